"""并件: several opinions, one case, and nobody is lost: each keeps number, code, notices and rating."""

from django.db import transaction

from openrenda.audit.actions import digest, record
from openrenda.kernel import texts
from openrenda.kernel.actor import Actor
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.liaison.errors import BadMerge
from openrenda.liaison.events import OpinionMerged, OpinionSplit
from openrenda.liaison.models import Clock, Opinion
from openrenda.liaison.rules import who
from openrenda.liaison.states import ENDED, ClockKind, OpinionState, Satisfaction
from openrenda.liaison.workflow import OPINION

from .case import drop, lock, resume, show, tell, write

_MERGED = N_("并件")


@transaction.atomic
def merge(*, opinion_id: int, into_id: int, actor: Actor, note: str = "") -> Opinion:
    """The child goes under the parent's case; returns the child. Both rows are locked, the lower id first, so that two
    merges the other way round cannot wait for each other."""
    note = texts.line(note, "note", texts.REASON_LIMIT, required=False)
    if opinion_id == into_id:
        raise BadMerge
    rows = {pk: lock(pk, actor) for pk in sorted((opinion_id, into_id))}
    child, parent = rows[opinion_id], rows[into_id]
    before = digest(child)
    move = OPINION.take("merge", actor, child)
    _check(child, parent, actor)
    drop(child, _MERGED, ClockKind.REFERRAL)
    show(child, None, None)
    write(
        child,
        move,
        merged_into=parent,
        answer_text=parent.answer_text,
        answered_at=parent.answered_at,
        answer_way=parent.answer_way,
        first_answered_at=parent.first_answered_at,
        round=parent.round,
    )
    tell(child, move.name, move.label, actor, parent.number)
    tell(parent, "took_in", N_("并入同类意见"), actor, note, public=True, resident=False)
    record(actor, "liaison.opinion_merged", child, before=before, into=parent.pk)
    publish(OpinionMerged(opinion_id=child.pk, into_id=parent.pk), actor)
    return child


def _check(child: Opinion, parent: Opinion, actor: Actor) -> None:
    """The parent must be alive, no child itself, within the same office's reach; a child carries none of its own."""
    reach = (who.is_station_head, who.is_street_npc, who.is_sc_rep)
    fits = any(rule(actor, parent) for rule in reach)
    alive = OpinionState(parent.state) not in ENDED | {OpinionState.SUBMITTED}
    if not (fits and alive) or Opinion.objects.filter(merged_into=child).exists():
        raise BadMerge


@transaction.atomic
def split(*, opinion_id: int, reason: str, actor: Actor) -> Opinion:
    """Undo a merge: the child is an opinion of its own again, its clock runs on towards its old day. What its author
    said of the parent's answer stays as the first rating."""
    reason = texts.line(reason, "reason", texts.REASON_LIMIT)
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("split", actor, opinion)
    parent_id = opinion.merged_into_id or 0
    if Clock.objects.filter(opinion=opinion, kind=ClockKind.REFERRAL, note=_MERGED).exists():
        resume(opinion, ClockKind.REFERRAL)
    write(
        opinion,
        move,
        merged_into=None,
        answer_text="",
        answered_at=None,
        answer_way="",
        first_answered_at=None,
        round=1,
        satisfaction=Satisfaction.UNRATED,
        rating_reason="",
        rated_at=None,
        rated_round=0,
        awaiting_role="",
    )
    tell(opinion, move.name, move.label, actor, reason)
    record(actor, "liaison.opinion_split", opinion, before=before, parent=parent_id)
    publish(OpinionSplit(opinion_id=opinion.pk, from_id=parent_id), actor)
    return opinion
