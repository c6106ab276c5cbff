"""Look-backs (回头看; domain.md 2.6)."""

import hashlib
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef

from openrenda.audit.actions import record
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Conflict, Invalid, NotAllowed
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.orgs.states import Role
from openrenda.suggestions.errors import NoSuggestion, NothingToDo
from openrenda.suggestions.events import LookedBack
from openrenda.suggestions.models import Feedback, LookBack, LookBackBatch, Suggestion
from openrenda.suggestions.rules import who
from openrenda.suggestions.states import LookBackCause, LookBackVerdict, Rating, ReplyClass, State

from .delivery import grade
from .steps import COMMITTEE, Locked, lock, not_in_future, required, write


def draw_sample(pks: Sequence[int], share: int, seed: str) -> list[int]:
    """`share` % (rounded up) of the ids, by the published seed: the same seed and ids always give the same sample.

    Each id is ordered by SHA-256 of "seed:id", so anybody can check the draw with a pocket calculator of hashes.
    """
    count = -(-len(pks) * share // 100)
    ordered = sorted(pks, key=lambda pk: hashlib.sha256(f"{seed}:{pk}".encode()).hexdigest())
    return sorted(ordered[:count])


@transaction.atomic
def draw_look_back(*, year: int, seed: str, actor: Actor, share: int = 20) -> LookBackBatch:
    """Draw the yearly batch: all B and C of two years, `share` % of A by a published seed, every former 不满意."""
    if not actor.has(Role.SC_REP):
        raise NotAllowed.by(who.is_sc_rep(actor, Suggestion(congress_id=actor.congress_id)))
    seed = required(seed=seed)["seed"][:60]
    if not 1 <= share <= 100:
        raise Invalid(fields={"share": N_("抽样比例在百分之一到百分之百之间。")})
    closed = Suggestion.objects.filter(congress_id=actor.congress_id, state=State.CLOSED, year__in=(year - 1, year))
    bad = Feedback.objects.filter(suggestion=OuterRef("pk"), is_lead=True, result=Rating.BAD)
    rows = closed.annotate(was_bad=Exists(bad)).order_by("pk").values_list("pk", "reply_class", "was_bad")
    causes: dict[int, LookBackCause] = {}
    for pk, reply_class, was_bad in rows:
        if was_bad:
            causes[pk] = LookBackCause.UNSATISFIED
        elif reply_class in (ReplyClass.B, ReplyClass.C):
            causes[pk] = LookBackCause.CLASS_BC
    class_a = [pk for pk, reply_class, was_bad in rows if reply_class == ReplyClass.A and not was_bad]
    causes |= dict.fromkeys(draw_sample(class_a, share, seed), LookBackCause.SAMPLE_A)
    if not causes:
        raise NothingToDo
    batch = LookBackBatch.objects.create(
        congress_id=actor.congress_id,
        year=year,
        seed=seed,
        share=share,
        drawn_at=clock.now(),
        drawn_by=actor.urn,
        population=len(class_a),
    )
    LookBack.objects.bulk_create(
        [LookBack(batch=batch, suggestion_id=pk, cause=cause) for pk, cause in sorted(causes.items())]
    )
    record(actor, "suggestions.look_back_drawn", batch, year=year, seed=seed, share=share, chosen=len(causes))
    return batch


def _may(case: Locked, actor: Actor) -> None:
    verdict = who.supervises(actor, case.suggestion)
    if not verdict:
        raise NotAllowed.by(verdict)


@transaction.atomic
def choose_look_back(*, suggestion_id: int, actor: Actor) -> LookBack:
    """Look at one outside the batch."""
    case = lock(suggestion_id, actor)
    _may(case, actor)
    if case.suggestion.state != State.CLOSED:
        raise Conflict("suggestions.not_closed", N_("办结后才能回头看。"))
    row = LookBack.objects.create(suggestion=case.suggestion, cause=LookBackCause.CHOSEN)
    write(case, kind="look_back_chosen", text=N_("列入回头看"), actor=actor, who=COMMITTEE, obj=row)
    return row


@transaction.atomic
def record_look_back(
    *,
    look_back_id: int,
    verdict: LookBackVerdict,
    note: str,
    actor: Actor,
    on: date | None = None,
    new_class: ReplyClass | None = None,
) -> LookBack:
    """What was found; `new_class` re-grades with a line in the class history."""
    found = LookBack.objects.filter(pk=look_back_id, suggestion__congress_id=actor.congress_id).first()
    if found is None:
        raise NoSuggestion
    case = lock(found.suggestion_id, actor)
    row = LookBack.objects.select_for_update().get(pk=look_back_id)
    _may(case, actor)
    if row.verdict:
        raise Conflict("suggestions.looked_back", N_("这次回头看已有结论。"), N_("有新情况请另列一次回头看。"))
    day = on or clock.today()
    not_in_future("on", day)
    row.verdict, row.note = LookBackVerdict(verdict), required(note=note)["note"]
    row.checked_on, row.checked_by = day, actor.urn
    row.save()
    regraded = new_class is not None and new_class != case.suggestion.reply_class
    if new_class is not None and regraded:
        grade(case.suggestion, ReplyClass(new_class), actor, LookBackVerdict(verdict).label, look_back_id=row.pk)
    text = N_("回头看：{verdict}，改为{new}类") if regraded else N_("回头看：{verdict}")
    write(
        case,
        kind="looked_back",
        text=text,
        params={
            "verdict": LookBackVerdict(verdict).label,
            "new": str(new_class or ""),
        },
        actor=actor,
        who=COMMITTEE,
        obj=row,
        verdict=str(verdict),
    )
    publish(LookedBack(case.suggestion.pk, verdict=str(verdict), regraded=regraded), actor)
    return row
