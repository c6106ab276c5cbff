"""One suggestion as a whole for those who work on it, with the moves open to this actor."""

from collections.abc import Iterable

from django.db.models import Prefetch

from openrenda.kernel.actor import Actor
from openrenda.orgs.states import Role
from openrenda.suggestions.models import (
    Assignment,
    ExtensionRequest,
    Reply,
    ReplyDelivery,
    ReturnRequest,
    Suggestion,
)
from openrenda.suggestions.rules import UNIT_ROLES, who
from openrenda.suggestions.rules.numbers import number_of
from openrenda.suggestions.states import (
    ContactState,
    Decision,
    ReplyState,
    State,
)
from openrenda.suggestions.workflow import ASSIGNMENT, COMMITMENT, SUGGESTION

from .access import feedback_seen_by, sees_drafts, suggestion_for
from .clocks import legal_clock, unit_clock
from .promises import promise_lamp
from .rows import AssignmentTurn, PromiseTurn, WorkCase
from .same_matter import behind, turns_to_share
from .story import full_story

_DELIVERIES = Prefetch("deliveries", ReplyDelivery.objects.select_related("mandate__person").order_by("pk"))


def work_case(actor: Actor, pk: int) -> WorkCase:
    """The workbench's page with the moves open to this actor; NotFound otherwise.

    Twenty-one queries, and those of the guards of the moves that are open just now (at most four per unit at work);
    where the matter is grouped, four more, and one for each reply of the clerk's own unit.
    """
    row = suggestion_for(actor, pk)
    assignments = _with(row, row.assignments.select_related("unit"))
    contacts = list(row.contacts.select_related("mandate__person", "assignment__unit"))
    replies = list(row.replies.select_related("assignment__unit").prefetch_related(_DELIVERIES))
    feedbacks = list(feedback_seen_by(actor, row))
    look_backs = list(row.look_backs.order_by("pk"))
    objections = list(row.objections.select_related("unit", "mandate__person"))
    nudges = list(row.nudges.select_related("unit"))
    promises = list(row.commitments.select_related("unit").prefetch_related("reports"))
    for promise in promises:
        promise.suggestion = row
    return WorkCase(
        suggestion=row,
        number=number_of(row.key),
        cosigners=list(row.cosigners.select_related("mandate__person")),
        planned=list(row.planned.select_related("unit")),
        legal_clock=legal_clock(row),
        assignments=_turns(actor, row, assignments, replies),
        contacts=contacts,
        replies=replies if sees_drafts(actor) else [r for r in replies if r.state == ReplyState.ISSUED],
        feedbacks=feedbacks,
        promises=[PromiseTurn(p, promise_lamp(p), COMMITMENT.offers(actor, p)) for p in promises],
        due_changes=list(row.due_changes.order_by("pk")),
        supplements=list(row.supplements.all()),
        objections=objections,
        nudges=nudges,
        look_backs=look_backs,
        publication=getattr(row, "publication", None),
        story=full_story(row),
        register_line=getattr(row, "register_line", None),
        opinion_ids=list(row.sources.filter(is_released=False).values_list("opinion_id", flat=True)),
        same_matter=_group(row),
        behind=None if row.group_id is None else behind(row.group_id),
        offers=SUGGESTION.offers(actor, row),
        extras=frozenset(_extras(actor, row, assignments, replies))
        | _waiting(
            actor,
            row,
            has_contact=any(_is_mine(actor, c.mandate_id, c.state) for c in contacts),
            has_nudge=any(n.answered_on is None and _in_unit(actor, n.unit_id) for n in nudges),
            has_objection=any(o.answered_at is None for o in objections),
            has_look_back=any(not look.verdict for look in look_backs),
        ),
    )


def _with(row: Suggestion, turns: Iterable[Assignment]) -> list[Assignment]:
    found = list(turns)
    for turn in found:
        turn.suggestion = row
    return found


def _group(row: Suggestion) -> list[Suggestion]:
    if row.group_id is None:
        return []
    return list(Suggestion.objects.filter(group_id=row.group_id).exclude(pk=row.pk).order_by("pk"))


def _turns(actor: Actor, row: Suggestion, assignments: list[Assignment], replies: list[Reply]) -> list[AssignmentTurn]:
    """Each turn with what is open on it: its request, its reply, its moves. Two queries, and the guards'."""
    returns: dict[int, ReturnRequest] = {
        r.assignment_id: r for r in row.return_requests.filter(decision=Decision.OPEN).select_related("wished_unit")
    }
    extensions: dict[int, ExtensionRequest] = {
        e.assignment_id: e for e in row.extension_requests.filter(decision=Decision.OPEN)
    }
    live = {r.assignment_id: r for r in replies if r.state in (ReplyState.IN_REVIEW, ReplyState.SIGNED)}
    return [
        AssignmentTurn(
            turn,
            unit_clock(turn),
            ASSIGNMENT.offers(actor, turn),
            returns.get(turn.pk),
            extensions.get(turn.pk),
            live.get(turn.pk) if sees_drafts(actor) else None,
        )
        for turn in assignments
    ]


def _is_mine(actor: Actor, mandate_id: int, state: str) -> bool:
    return state == ContactState.WAITING and actor.holds(Role.DEPUTY, mandate_id)


def _in_unit(actor: Actor, unit_id: int) -> bool:
    return any(actor.holds(role, unit_id) for role in UNIT_ROLES)


def _extras(actor: Actor, row: Suggestion, assignments: list[Assignment], replies: list[Reply]) -> Iterable[str]:
    """Things that are no moves and open now."""
    numbered = row.shelf is not None and row.state != State.WITHDRAWN
    if numbered and who.is_either_office(actor, row):
        yield "release"
    if any(r.state != ReplyState.SENT_BACK and who.works_at_unit(actor, r.assignment) for r in replies):
        yield "review_publicity"
    if any(turns_to_share(r, actor) for r in replies if r.state != ReplyState.SENT_BACK):
        yield "share_reply"
    at_work = any(t.ended_on is None and not t.is_hub for t in assignments)
    if at_work and (who.supervises(actor, row) or who.is_gov_hub(actor, row)):
        yield "nudge"
    if numbered and who.is_sc_rep(actor, row):
        yield "mark_key"
    if row.state == State.CLOSED and who.supervises(actor, row):
        yield "choose_look_back"


def _waiting(
    actor: Actor, row: Suggestion, *, has_contact: bool, has_nudge: bool, has_objection: bool, has_look_back: bool
) -> frozenset[str]:
    """Answers that somebody waits for from this actor."""
    answers = {
        "answer_contact": has_contact,
        "answer_nudge": has_nudge,
        "answer_objection": has_objection and bool(who.is_sc_rep(actor, row)),
        "record_look_back": has_look_back and bool(who.supervises(actor, row)),
    }
    return frozenset(name for name, is_open in answers.items() if is_open)
