"""Co-handlers' opinions (R6)."""

from django.db import transaction

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.suggestions.events import OpinionGiven
from openrenda.suggestions.models import Assignment
from openrenda.suggestions.rules import who
from openrenda.suggestions.states import AssignmentState
from openrenda.suggestions.workflow import ASSIGNMENT

from .steps import HUB, OFFICE, lock_turn, required, write


@transaction.atomic
def give_opinion(*, assignment_id: int, text: str, actor: Actor) -> Assignment:
    """A co-handler gives its written opinion to the lead unit; also when it is late."""
    turn = lock_turn(assignment_id, actor)
    assignment = turn.assignment
    move = ASSIGNMENT.take("give_opinion", actor, assignment)
    assignment.opinion = required(text=text)["text"]
    assignment.state = move.lands(AssignmentState(assignment.state))
    assignment.opinion_on = assignment.ended_on = clock.today()
    assignment.save()
    write(
        turn.case,
        kind="opinion_given",
        text=N_("提出会办意见"),
        actor=actor,
        who=str(assignment.unit),
        unit=assignment.unit,
        obj=assignment,
        before=turn.before,
    )
    publish(OpinionGiven(turn.suggestion.pk, unit_id=assignment.unit_id), actor)
    return assignment


@transaction.atomic
def mark_opinion_overdue(*, assignment_id: int, actor: Actor) -> Assignment:
    """Lead unit, hub or deputies' office marks a co-handler as late, so that the lead need not wait."""
    turn = lock_turn(assignment_id, actor)
    assignment = turn.assignment
    ASSIGNMENT.take("mark_opinion_overdue", actor, assignment)
    assignment.overdue_marked_on = clock.today()
    assignment.save(update_fields=["overdue_marked_on"])
    offices = OFFICE if who.is_sc_rep(actor, assignment) else HUB if who.is_gov_hub(actor, assignment) else ""
    main = turn.suggestion.main_unit
    write(
        turn.case,
        kind="opinion_overdue",
        text=N_("{unit}会办意见逾期"),
        params={"unit": str(assignment.unit)},
        actor=actor,
        who=offices or str(main),
        unit=assignment.unit,
        obj=assignment,
        before=turn.before,
    )
    return assignment
