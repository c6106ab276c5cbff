"""What a sitting decides comes back by itself: the choice in the session, the judgement at the year's end."""

from datetime import date

import pytest

from openrenda.kernel import clock, outbox
from openrenda.kernel.errors import Invalid
from openrenda.kernel.event import Meta
from openrenda.kernel.subject import SubjectRef
from openrenda.livelihood import actions, subscribers
from openrenda.livelihood.errors import NotDecided
from openrenda.livelihood.states import AdjustmentKind, ProjectState, YearState
from openrenda.meetings import actions as meetings
from openrenda.meetings.actions import Method
from openrenda.meetings.events import ItemDecided
from openrenda.meetings.states import ItemKind, ItemState, MeetingKind
from openrenda.voting import actions as voting
from tests.makers.livelihood import VOTED, a_candidates, a_running, a_screened, an_accepted, leader, office
from tests.makers.meetings import a_sitting, an_item
from tests.makers.voting import Walk as PollWalk
from tests.makers.voting import enter_twice, figures, publish


def count_and_publish(poll: PollWalk, *lines: int | tuple[int, ...]) -> None:
    """A paper vote of six, from opening to the notice."""
    voting.open_poll(poll_id=poll.pk, actor=office())
    voting.issue_ballots(poll_id=poll.pk, actor=office())
    voting.close_poll(poll_id=poll.pk, actor=poll.chief)
    enter_twice(poll, figures(*lines, issued=6, returned=6))
    voting.count_poll(poll_id=poll.pk, actor=office())
    publish(poll)
    outbox.drain()


def test_the_session_chooses() -> None:
    walk = a_candidates(candidates=3, quota=2)
    with clock.at(VOTED):
        sitting = a_sitting(members=6)
        item = an_item(sitting, subject=actions.subject_of_year(walk.year))
        other = an_item(sitting)
        with pytest.raises(Invalid):
            actions.put_to_vote(year_id=walk.year.pk, item_id=other.pk, method=Method.PAPER, actor=office())
        poll = actions.put_to_vote(year_id=walk.year.pk, item_id=item.pk, method=Method.PAPER, actor=office())
        assert (poll.quota, poll.base, walk.now.state) == (2, 6, YearState.VOTING)
        count_and_publish(sitting.poll(poll), 4, 6, 1)
    assert [(walk.project(n).state, walk.project(n).final_no, walk.project(n).approve_votes) for n in range(3)] == [
        (ProjectState.VOTED_IN, 2, 4),
        (ProjectState.VOTED_IN, 1, 6),
        (ProjectState.VOTED_OUT, None, 1),
    ]
    assert (walk.now.state, walk.now.voted_on, walk.now.poll_key) == (YearState.VOTED, VOTED, poll.key)


def test_the_committee_judges() -> None:
    walk = an_accepted()
    with clock.at(date(2026, 1, 15)):
        sitting = a_sitting(members=6, kind=MeetingKind.STANDING_COMMITTEE)
        item = an_item(sitting, subject=actions.subject_of_year(walk.year), kind=ItemKind.EVALUATION)
        poll = actions.put_to_evaluation(year_id=walk.year.pk, item_id=item.pk, method=Method.PAPER, actor=office())
        count_and_publish(sitting.poll(poll), (3, 2, 1, 0))
    row = walk.project()
    judged = row.evaluations.get()
    assert (row.state, row.grade, walk.now.state) == (ProjectState.EVALUATED, "fair", YearState.JUDGED)
    assert (judged.satisfied, judged.mostly, judged.unsatisfied, judged.base) == (3, 2, 1, 6)


def test_what_is_deliberated_by_an_item_must_be_decided() -> None:
    walk = a_screened()
    project = actions.send_back_project(project_id=walk.projects[0].pk, reason="再议", actor=office())
    sitting = a_sitting(members=6, kind=MeetingKind.STANDING_COMMITTEE)
    item = an_item(sitting, subject=actions.subject_of_year(walk.year), kind=ItemKind.REPORT)
    given = {"year_id": walk.year.pk, "project_ids": [project.pk], "item_id": item.pk, "actor": office()}
    with pytest.raises(NotDecided):
        actions.deliberate(**given)
    meetings.decide_item(item_id=item.pk, decision=ItemState.HEARD, actor=office())
    with pytest.raises(Exception, match="wrong_state"):  # back in the pool: first the party committee again
        actions.deliberate(**given)


@pytest.mark.parametrize(("approve", "state"), [(3, "rejected"), (4, "approved")])
def test_the_committee_decides_on_a_change(approve: int, state: str) -> None:
    walk = a_running()
    change = actions.request_adjustment(
        project_id=walk.projects[0].pk, kind=AdjustmentKind.EXTENSION, reason="征地受阻",
        change={"finishes_on": "2025-12-31"}, actor=leader(),
    )  # fmt: skip
    actions.endorse_adjustment(adjustment_id=change.pk, decided_by="第81次主任会议", actor=office())
    sitting = a_sitting(members=6, kind=MeetingKind.STANDING_COMMITTEE)
    item = an_item(sitting, subject=SubjectRef("livelihood.adjustment", change.pk), kind=ItemKind.DECISION)
    line = {"ref": "1", "approve": approve, "oppose": 1, "abstain": 0}
    fact = ItemDecided(item.pk, sitting.pk, "livelihood.adjustment", change.pk, "", True, 0, "", (line,))
    subscribers.take_decision(fact, Meta(1, walk.year.congress_id, clock.now(), "system:meetings"))
    change.refresh_from_db()
    assert (change.state, change.members, change.decided_by) == (state, 6, "第五次会议")
