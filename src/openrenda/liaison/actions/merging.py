"""并件: several opinions, one case, and nobody is lost: each keeps number, code, notices and rating."""

from django.db import transaction

from openrenda.audit.actions import digest, record
from openrenda.kernel import codes, texts
from openrenda.kernel.actor import Actor
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.kernel.workflow import Move
from openrenda.liaison.errors import BadMerge, NotJoinable
from openrenda.liaison.events import OpinionJoined, OpinionMerged, OpinionSplit
from openrenda.liaison.models import Clock, Opinion
from openrenda.liaison.rules import who
from openrenda.liaison.states import CLOSED_TO_JOIN, ClockKind, OpinionState, PublishState, Satisfaction
from openrenda.liaison.workflow import OPINION

from .case import drop, lock, resume, show, tell, write
from .identity import resident

_MERGED = N_("并件")
_UNTIL_REGISTERED = (ClockKind.REGISTER, ClockKind.DECISION)


@transaction.atomic
def merge(
    *, opinion_id: int, actor: Actor, into_id: int | None = None, into_number: str = "", note: str = ""
) -> Opinion:
    """The child goes under the parent's case, and whoever was under the child comes along; returns the child. The
    parent is named by id or number; BadMerge for one that is over, out of reach or not there at all.

    All rows are locked, the lower id first, so that two merges the other way round cannot wait for each other."""
    note = texts.line(note, "note", texts.REASON_LIMIT, required=False)
    into_id = into_id or _by_number(into_number, actor)
    if into_id is None or into_id == opinion_id:
        raise BadMerge
    under = Opinion.objects.filter(merged_into_id=opinion_id, congress_id=actor.congress_id)
    rows = {pk: lock(pk, actor) for pk in sorted((opinion_id, into_id, *under.values_list("pk", flat=True)))}
    # Who came under it while we waited; nobody can any more, for that needs the child's lock.
    rows |= {pk: lock(pk, actor) for pk in under.exclude(pk__in=rows).values_list("pk", flat=True)}
    child, parent = rows[opinion_id], rows[into_id]
    before = digest(child)
    move = OPINION.take("merge", actor, child)
    _check(child, parent, actor)
    drop(child, _MERGED, ClockKind.REFERRAL)
    show(child, None, None)
    _under(child, parent, actor, move)
    record(actor, "liaison.opinion_merged", child, before=before, into=parent.pk)
    publish(OpinionMerged(opinion_id=child.pk, into_id=parent.pk), actor)
    for pk in rows.keys() - {opinion_id, into_id}:
        _follow(rows[pk], child, parent, actor)
    tell(parent, "took_in", N_("并入同类意见"), actor, note, public=True, resident=False)
    return child


def _by_number(number: str, actor: Actor) -> int | None:
    known = Opinion.objects.filter(congress_id=actor.congress_id, number=codes.tidy_number(number.replace("\0", "")))
    return known.values_list("pk", flat=True).first()


def _under(child: Opinion, parent: Opinion, actor: Actor, move: Move[OpinionState]) -> None:
    """What the parent's author has been told, the child's is told too."""
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


def _follow(follower: Opinion, child: Opinion, parent: Opinion, actor: Actor) -> None:
    """One that was under the child: it stays merged, only its case is another one now."""
    if follower.merged_into_id != child.pk:  # taken out by somebody else before it was locked
        return
    before = digest(follower)
    write(follower, merged_into=parent)
    tell(follower, "merge", _MERGED, actor, parent.number)
    record(actor, "liaison.opinion_merged", follower, before=before, into=parent.pk)
    publish(OpinionMerged(opinion_id=follower.pk, into_id=parent.pk), actor)


def _check(child: Opinion, parent: Opinion, actor: Actor) -> None:
    """The parent must be alive, no child itself, within the same office's reach."""
    reach = (who.is_station_head, who.is_street_npc, who.is_sc_rep)
    fits = any(rule(actor, parent) for rule in reach)
    if not (fits and _is_alive(parent)) or child.pk == parent.merged_into_id:
        raise BadMerge


def _is_alive(parent: Opinion) -> bool:
    return parent.state not in CLOSED_TO_JOIN


def joinable(number: str, actor: Actor) -> Opinion:
    """The open, public matter that a resident wants to join, locked; NotJoinable for any other number. Two queries."""
    rows = Opinion.objects.filter(congress_id=actor.congress_id, publish_state=PublishState.PUBLIC, number=number)
    pk = rows.values_list("pk", flat=True).first()
    parent = lock(pk, actor) if pk is not None else None
    if parent is None or parent.publish_state != PublishState.PUBLIC or not _is_alive(parent):
        raise NotJoinable
    return parent


def join(child: Opinion, parent: Opinion, actor: Actor) -> None:
    """同感: the fresh opinion goes under the public one. Its author keeps words, number, code, notices and rating; the
    station sees both and may take them apart again (`split`)."""
    move = OPINION.take("join", resident(child), child)
    drop(child, _MERGED, *_UNTIL_REGISTERED)
    show(child, None, None)
    _under(child, parent, actor, move)
    tell(parent, "joined", N_("又有一位群众反映同一件事"), actor, public=True)
    record(actor, "liaison.opinion_joined", child, into=parent.pk)
    publish(OpinionJoined(opinion_id=child.pk, into_id=parent.pk), actor)


@transaction.atomic
def split(*, opinion_id: int, reason: str, actor: Actor) -> Opinion:
    """Undo a merge: the child is an opinion of its own again, its clock runs on towards its old day. What its author
    said of the parent's answer stays as the first rating. One that its author joined returns to the station's desk."""
    reason = texts.line(reason, "reason", texts.REASON_LIMIT)
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("split_joined" if opinion.registered_at is None else "split", actor, opinion)
    parent_id = opinion.merged_into_id or 0
    dropped = Clock.objects.filter(opinion=opinion, is_superseded=True, note=_MERGED)
    for kind in dropped.order_by("pk").values_list("kind", flat=True):
        resume(opinion, ClockKind(kind))
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
