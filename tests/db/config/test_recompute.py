"""A holiday decided late: its page shows which deadlines it would move, in every slice, and moves them when told."""

from openrenda.accounts import actions
from openrenda.accounts.year import pending_changes
from openrenda.kernel.workdays import DayKind
from openrenda.liaison.states import OpinionState
from openrenda.orgs.states import Role
from openrenda.suggestions.models import DueChange
from tests.makers.liaison import a_cast, again, an_opinion
from tests.makers.suggestions import actor_of, an_assigned


def test_a_late_holiday_moves_opinions_and_suggestions_together() -> None:
    walk = an_assigned()
    opinion = an_opinion(a_cast(), OpinionState.HANDLING)
    due, handle = walk.now.legal_due, again(opinion.pk).due_on
    assert due is not None
    assert handle is not None
    office = actor_of(Role.SC_OFFICE, "R02")
    for day in (due, handle):
        actions.mark_days(first=day, last=day, kind=DayKind.HOLIDAY, source="市政府通知", actor=office)
    groups = {group.label: group.changes for group in pending_changes(office.congress_id)}
    assert [change.old_due for change in groups["代表建议的法定期限"]] == [due]
    assert handle in [change.old_due for change in groups["群众意见的期限"]]
    assert (walk.now.legal_due, again(opinion.pk).due_on) == (due, handle)
    actions.apply_recompute(actor=office)
    moved, now = walk.now.legal_due, again(opinion.pk).due_on
    assert moved is not None
    assert now is not None
    assert moved > due
    assert now > handle
    assert DueChange.objects.get(suggestion_id=walk.pk).old_due == due
    assert pending_changes(office.congress_id) == []
