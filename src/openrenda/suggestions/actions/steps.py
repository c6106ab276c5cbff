"""The five steps that every action of the slice takes alike: lock, (decide), write, record; and what follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models

from openrenda.audit.actions import digest, record
from openrenda.kernel import clock, lines
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Invalid
from openrenda.kernel.prepared import Prepared
from openrenda.kernel.text import N_
from openrenda.orgs.models import Mandate, Unit
from openrenda.search.actions import touch
from openrenda.suggestions.errors import NoSuggestion
from openrenda.suggestions.models import Assignment, Commitment, Step, Suggestion
from openrenda.suggestions.rules.offices import CLOCKWORK, COMMITTEE, HUB, OFFICE
from openrenda.suggestions.states import ANSWERING_PARTS, AssignmentState, CosignState, State
from openrenda.suggestions.workflow import FOLLOW, SUGGESTION, handling_state

_LOCKED = Prepared(
    lambda pk, congress_id: (
        Suggestion.objects.select_for_update(of=("self",))
        .select_related("lead__person")
        .filter(pk=pk, congress_id=congress_id)
    ),
    pk=int,
    congress_id=int,
)

_SUGGESTION_OF_TURN = Prepared(
    lambda pk, congress_id: Assignment.objects.filter(pk=pk, suggestion__congress_id=congress_id).values_list(
        "suggestion_id"
    ),
    pk=int,
    congress_id=int,
)
_LOCKED_TURN = Prepared(
    lambda pk: Assignment.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=pk), pk=int
)


@dataclass(slots=True)
class Locked:
    """A suggestion under lock, with what it was before."""

    suggestion: Suggestion
    before: str
    was: State


@dataclass(slots=True)
class LockedTurn:
    """A unit's turn under lock, its suggestion locked first: always in this order."""

    assignment: Assignment
    before: str
    case: Locked

    @property
    def suggestion(self) -> Suggestion:
        return self.case.suggestion


def lock(suggestion_id: int, actor: Actor) -> Locked:
    """Lock the suggestion in the actor's congress; NoSuggestion otherwise. One query."""
    found = _LOCKED(pk=suggestion_id, congress_id=actor.congress_id)
    if not found:
        raise NoSuggestion
    return Locked(found[0], digest(found[0]), State(found[0].state))


def lock_turn(assignment_id: int, actor: Actor) -> LockedTurn:
    """Lock the suggestion, then the assignment. Three queries."""
    of = _SUGGESTION_OF_TURN(pk=assignment_id, congress_id=actor.congress_id)
    if not of:
        raise NoSuggestion
    case = lock(of[0][0], actor)
    (turn,) = _LOCKED_TURN(pk=assignment_id)
    turn.suggestion = case.suggestion
    return LockedTurn(turn, digest(turn), case)


def lock_promise(commitment_id: int, actor: Actor) -> tuple[Commitment, str, Locked]:
    """Lock the suggestion, then the promise. Three queries."""
    suggestion_id = (
        Commitment.objects.filter(pk=commitment_id, congress_id=actor.congress_id)
        .values_list("suggestion_id", flat=True)
        .first()
    )
    if suggestion_id is None:
        raise NoSuggestion
    case = lock(suggestion_id, actor)
    promise = Commitment.objects.select_for_update(of=("self",)).select_related("unit").get(pk=commitment_id)
    promise.suggestion = case.suggestion
    return promise, digest(promise), case


def follow(case: Locked) -> State:
    """Let the suggestion stand where its answering units are (one query). The move must be in the table."""
    suggestion = case.suggestion
    turns = list(suggestion.assignments.filter(part__in=ANSWERING_PARTS).only("state", "level", "suggestion"))
    target = handling_state(turns, suggestion.round)
    if target != suggestion.state:
        derive(suggestion, FOLLOW[target])
    return target


def derive(suggestion: Suggestion, move: str) -> None:
    """Take a derived move."""
    system = Actor.system("suggestions.follow", suggestion.congress_id)
    suggestion.state = SUGGESTION.take(move, system, suggestion).lands(State(suggestion.state))


def write(
    case: Locked,
    *,
    kind: str,
    text: str,
    actor: Actor,
    who: str,
    unit: Unit | None = None,
    obj: models.Model | None = None,
    before: str = "",
    is_public: bool = True,
    params: Mapping[str, str] | None = None,
    **detail: str | int | bool | None,
) -> None:
    """Save the suggestion, tell the step in its life story, and record it: three queries, one transaction.

    `obj` and `before` name the changed object where it is not the suggestion; `text` is a msgid with {named} params.
    """
    suggestion, now = case.suggestion, clock.now()
    waited = max((now.date() - clock.local(suggestion.last_step_at).date()).days, 0) if suggestion.last_step_at else 0
    suggestion.updated_at = suggestion.last_step_at = now
    suggestion.save()
    touch("suggestions.suggestion", suggestion.pk)
    lines.add(
        Step(
            suggestion=suggestion,
            at=now,
            kind=kind,
            text=text,
            params=dict(params or {}),
            who=who[:80],
            unit=unit,
            from_state=case.was if case.was != suggestion.state else "",
            to_state=suggestion.state,
            waited_days=waited,
            is_public=is_public,
        )
    )
    record(
        actor,
        f"suggestions.{kind}",
        obj or suggestion,
        before=before if obj else case.before,
        suggestion=suggestion.pk,
        state=str(suggestion.state),
        **detail,
    )
    case.before, case.was = digest(suggestion), State(suggestion.state)


def signatories(suggestion: Suggestion) -> list[Mandate]:
    """The lead and every deputy who co-signed, in order. One query."""
    cosigned = suggestion.cosigners.filter(state=CosignState.CONFIRMED).select_related("mandate__person")
    return [suggestion.lead, *[c.mandate for c in cosigned]]


def mandate_of(actor: Actor, wanted: Sequence[int]) -> int | None:
    """Which of these mandates the actor acts in."""
    held = actor.scopes("DEPUTY")
    return next((pk for pk in wanted if pk in held), None)


def open_turns(suggestion: Suggestion) -> list[Assignment]:
    """Turns that are not over, locked. One query."""
    over = (AssignmentState.REPLACED, AssignmentState.STOPPED, AssignmentState.DISTRIBUTED)
    return list(suggestion.assignments.select_for_update(of=("self",)).exclude(state__in=over).select_related("unit"))


def required(**texts: str) -> dict[str, str]:
    """Trim the texts; Invalid names those that are empty or longer than 10,000 characters."""
    trimmed = {name: text.replace("\0", "").strip() for name, text in texts.items()}
    problems = {name: N_("请填写这一项。") for name, text in trimmed.items() if not text}
    problems |= {name: N_("不能超过一万字。") for name, text in trimmed.items() if len(text) > 10_000}
    if problems:
        raise Invalid(fields=problems)
    return trimmed


def not_in_future(field: str, on: date) -> None:
    """What has happened cannot lie ahead."""
    if on > clock.today():
        raise Invalid(fields={field: N_("日期不能晚于今天。")})


__all__ = [
    "CLOCKWORK",
    "COMMITTEE",
    "HUB",
    "OFFICE",
    "Locked",
    "LockedTurn",
    "derive",
    "follow",
    "lock",
    "lock_promise",
    "lock_turn",
    "mandate_of",
    "not_in_future",
    "open_turns",
    "required",
    "signatories",
    "write",
]
