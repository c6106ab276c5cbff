"""A changed working-day calendar moves dates, after a look (peers.md §4)."""

from collections.abc import Sequence

from django.db import transaction

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import NotAllowed
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.orgs.states import Role
from openrenda.suggestions.events import DueMoved
from openrenda.suggestions.models import DueChange
from openrenda.suggestions.selectors.assignment_day import recompute_preview
from openrenda.suggestions.states import ANSWERING_PARTS, AssignmentState, DueChangeKind

from .steps import OFFICE, lock, write

_AT_WORK = (AssignmentState.HANDLING, AssignmentState.EXT_REQ, AssignmentState.REPLY_REVIEW)


@transaction.atomic
def apply_recompute(*, suggestion_ids: Sequence[int], actor: Actor) -> int:
    """Put the dates that `selectors.recompute_preview` shows in force, each with a line in the ledger."""
    if not actor.has(Role.SC_OFFICE, Role.SC_REP):
        raise NotAllowed("suggestions.not_sc_rep", N_("这一步由常委会办公室或代表工委办理。"))
    wanted = set(suggestion_ids)
    shifts = [shift for shift in recompute_preview(actor.congress_id) if shift.suggestion_id in wanted]
    for shift in sorted(shifts, key=lambda s: s.suggestion_id):
        case = lock(shift.suggestion_id, actor)
        suggestion = case.suggestion
        DueChange.objects.create(
            suggestion=suggestion,
            kind=DueChangeKind.CALENDAR,
            old_due=shift.old,
            new_due=shift.new,
            reason=N_("工作日历调整"),
            approved_by=actor.urn,
            at=clock.now(),
        )
        if suggestion.due == suggestion.legal_due:
            suggestion.due = shift.new
            suggestion.assignments.filter(part__in=ANSWERING_PARTS, state__in=_AT_WORK).update(due=shift.new)
        suggestion.legal_due = shift.new
        write(
            case,
            kind="due_moved",
            text=N_("工作日历调整，法定期限改为{due}"),
            params={"due": shift.new.isoformat()},
            actor=actor,
            who=OFFICE,
            old_due=shift.old.isoformat(),
            new_due=shift.new.isoformat(),
        )
        publish(DueMoved(suggestion.pk, due=shift.new.isoformat()), actor)
    return len(shifts)
