"""What follows the count: confirmations, the presidium's rulings, publication, one more vote."""

from collections.abc import Sequence

from django.db import transaction

from openrenda.audit.actions import record
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Conflict, Invalid
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.orgs.states import Role
from openrenda.voting.errors import RulingMissing, RulingUnfit, SheetMissing
from openrenda.voting.events import PollPublished
from openrenda.voting.models import Confirmation, Decision, Poll
from openrenda.voting.selectors.outcome import outcome_of, rulings_of
from openrenda.voting.states import Duty, Method, Need, Repeat, Ruling, State

from .counting import counts_papers, has_sheet
from .drafting import enter
from .steps import facts_of, lock, required
from .values import OptionSpec, RollSpec, ScrutineerSpec


@transaction.atomic
def confirm_result(*, poll_id: int, actor: Actor) -> Poll:
    """A scrutineer's word that the count is right. The chief's and one more's let the result out.

    Papers need the picture of the signed tally sheet first.
    """
    case = lock(poll_id, actor)
    case.go("confirm", actor)
    poll = case.poll
    if poll.method != Method.HANDS and counts_papers(poll) and not has_sheet(poll):
        raise SheetMissing
    mandates = actor.scopes(Role.DEPUTY)
    mine = next(s for s in poll.scrutineers.all() if s.mandate_id in mandates and s.duty != Duty.TELLER)
    row, is_new = Confirmation.objects.get_or_create(scrutineer=mine, defaults={"poll": poll, "at": clock.now()})
    if not is_new:
        raise Conflict("voting.already_confirmed", N_("您已经确认过这次结果。"), N_("请等另一位监票人确认。"))
    record(actor, "voting.confirmed", row)
    duties = list(poll.confirmations.values_list("scrutineer__duty", flat=True))
    if Duty.CHIEF in duties and len(duties) >= 2:
        case.follow("conclude")
        poll.confirmed_at = clock.now()
    case.write(actor, "result_confirmed", confirmations=len(duties))
    return poll


@transaction.atomic
def decide(*, poll_id: int, ruling: Ruling, text: str, actor: Actor, chosen: Sequence[str] = ()) -> Decision:
    """Enter what the presidium decided on a tie or a shortfall. `chosen` with CHOOSE: which of the tied, by ref."""
    case = lock(poll_id, actor)
    case.go("decide", actor)
    poll, refs = case.poll, sorted(set(chosen))
    if Ruling(ruling) not in rulings_of(poll):
        raise RulingUnfit
    if ruling == Ruling.CHOOSE and not (set(refs) <= set(poll.tied) and len(refs) == poll.places):
        raise Invalid(fields={"chosen": N_("请在票数相等的项目中选定名额数的项目。")})
    if ruling != Ruling.CHOOSE and refs:
        raise RulingUnfit
    if poll.decisions.exists():
        raise Conflict("voting.already_decided", N_("主席团的决定已经登记。"), N_("决定登记后不能更改。"))
    row = Decision.objects.create(
        poll=poll,
        need=poll.need,
        ruling=Ruling(ruling),
        chosen=refs,
        text=required(text=text)["text"][:400],
        at=clock.now(),
        entered_by=actor.urn,
    )
    record(actor, "voting.decided", row, ruling=str(ruling), need=str(poll.need))
    return row


@transaction.atomic
def publish_poll(*, poll_id: int, actor: Actor) -> Poll:
    """Let the result out. What the count left open must have been decided first."""
    case = lock(poll_id, actor)
    case.go("publish", actor)
    poll = case.poll
    decision = poll.decisions.first()
    if poll.need != Need.NOTHING and decision is None:
        raise RulingMissing(need=Need(poll.need).label)
    poll.published_at = clock.now()
    case.write(actor, "published", rules_hash=poll.rules_hash)
    final = decision is None or decision.ruling != Ruling.REVOTE
    event = PollPublished(
        **facts_of(poll),  # type: ignore[arg-type]  # keys are those of the event
        outcome=tuple(outcome_of(poll)),
        final=final,
        rules_hash=poll.rules_hash,
    )
    publish(event, actor)
    return poll


@transaction.atomic
def repeat_poll(
    *,
    poll_id: int,
    roll: Sequence[RollSpec],
    actor: Actor,
    scrutineers: Sequence[ScrutineerSpec] | None = None,
    method: Method | None = None,
    threshold: int | None = None,
    key: str = "",
) -> Poll:
    """Vote again: all of a void vote, only the tied, or those left for the places left (domain.md 4.5, 8 and 9).

    Attendance and scrutineers are taken anew; base and majority stay, but among the tied more votes win.
    """
    case = lock(poll_id, actor)
    case.go("repeat", actor)
    old = case.poll
    if old.followers.exclude(state=State.CANCELLED).exists():
        raise Conflict(
            "voting.already_repeated", N_("这次表决已经安排了重新投票。"), N_("请在表决列表中打开新的一次。")
        )
    reason, keep = _what_again(old)
    options = [OptionSpec(o.ref, o.label, o.note) for o in old.options.all() if o.ref in keep]
    again = Poll(
        congress_id=old.congress_id, title=_titled(old.title, reason), method=method or old.method, form=old.form,
        base=old.base, quorum=old.quorum, line=0 if reason == Repeat.TIE else old.line,
        quota=old.quota if reason == Repeat.VOID else old.places, minimum=min(old.minimum, old.places or old.minimum),
        maximum=old.maximum if reason == Repeat.VOID or old.form != "select" else old.places,
        threshold=old.threshold if threshold is None else threshold, repeats=old, repeat_reason=reason,
        subject_kind=old.subject_kind, subject_id=old.subject_id, meeting_ref=old.meeting_ref,
    )  # fmt: skip
    watch = [ScrutineerSpec(s.mandate_id, Duty(s.duty)) for s in old.scrutineers.all()]
    poll = enter(again, options, roll, watch if scrutineers is None else scrutineers, actor, key=key or _next_key(old))
    record(actor, "voting.repeated", old, again=poll.key, reason=str(reason))
    return poll


def _what_again(old: Poll) -> tuple[Repeat, set[str]]:
    """Why, and which options."""
    if old.state == State.VOIDED:
        return Repeat.VOID, {option.ref for option in old.options.all()}
    decision = old.decisions.first()
    if decision is None or decision.ruling != Ruling.REVOTE:
        raise RulingMissing(need=Need(old.need).label)
    if old.need == Need.SHORTFALL:
        return Repeat.SHORTFALL, set(old.outcomes.filter(chosen=False).values_list("option__ref", flat=True))
    return Repeat.TIE, set(old.tied)


def _titled(title: str, reason: Repeat) -> str:
    return f"{title[:100]}（{reason.label}）"[:120]


def _next_key(old: Poll) -> str:
    number, root = 2, old
    while root.repeats is not None:
        number, root = number + 1, root.repeats
    return f"{root.key[:34]}-r{number}"
