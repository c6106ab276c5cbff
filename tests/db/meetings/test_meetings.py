"""A meeting: who is there, quorum at each vote, items decided by hands and by ballots (domain.md 5.1)."""

import pytest
from django.db import DatabaseError, connection, transaction

from openrenda.kernel import outbox
from openrenda.kernel.errors import Blocked, Invalid, NotAllowed, WrongState
from openrenda.kernel.models import OutboxEvent
from openrenda.kernel.subject import SubjectRef
from openrenda.meetings import actions, selectors
from openrenda.meetings.errors import NoMajority, NoMeeting, NoQuorum, NotMember
from openrenda.meetings.states import ItemKind, ItemState, MeetingKind, MeetingState
from openrenda.notifications.models import Notification
from openrenda.voting import actions as voting
from openrenda.voting.errors import QuorumMissing
from openrenda.voting.states import Method, Ruling, State
from tests.makers.meetings import Walk, a_meeting, a_sitting, a_vote, an_item
from tests.makers.orgs import a_deputy, deputy_actor, setup_actor
from tests.makers.voting import Walk as PollWalk
from tests.makers.voting import enter_twice, figures, office, publish, teller

SUBJECT = SubjectRef("livelihood.year", 7)


def decided() -> dict[str, object]:
    return OutboxEvent.objects.filter(kind="meetings.item_decided").latest("pk").payload


def hold(poll: PollWalk, *lines: int, papers: int = 6) -> None:
    """Open, hand out, close, count."""
    voting.open_poll(poll_id=poll.pk, actor=office())
    voting.issue_ballots(poll_id=poll.pk, actor=office())
    voting.close_poll(poll_id=poll.pk, actor=office())
    enter_twice(poll, figures(*lines, issued=papers, returned=papers))
    voting.count_poll(poll_id=poll.pk, actor=office())


@pytest.mark.parametrize(
    ("kind", "present", "opens"),
    [
        (MeetingKind.CONGRESS, 3, False),  # two thirds of six are four
        (MeetingKind.CONGRESS, 4, True),
        (MeetingKind.STANDING_COMMITTEE, 3, False),  # more than half of six are four
        (MeetingKind.STANDING_COMMITTEE, 4, True),
    ],
)
def test_quorum_to_open(kind: MeetingKind, present: int, opens: bool) -> None:
    walk = a_meeting(kind=kind, members=6, present=present)
    assert selectors.attendance_counts(walk.now).has_quorum is opens
    if not opens:
        with pytest.raises(NoQuorum):
            actions.open_meeting(meeting_id=walk.pk, actor=office())
        return
    actions.open_meeting(meeting_id=walk.pk, actor=office())
    assert (walk.now.base, walk.meeting.state) == (6, MeetingState.SITTING)
    a_deputy(sc_post="委员")
    assert selectors.attendance_counts(walk.now).base == 6, "frozen at the opening"


def test_only_members_sign_in_and_all_or_none() -> None:
    walk = a_meeting(kind=MeetingKind.STANDING_COMMITTEE, members=3, watchers=0)
    stranger = a_deputy()
    with pytest.raises(NotMember):
        actions.sign_in(meeting_id=walk.pk, mandate_ids=[stranger.pk, walk.members[0].pk], actor=office())
    assert actions.sign_in(meeting_id=walk.pk, mandate_ids=[p.pk for p in walk.members], actor=office()) == 0
    actions.take_leave(meeting_id=walk.pk, mandate_ids=[walk.members[2].pk], reason="出差", actor=office())
    counts = selectors.attendance_counts(walk.now)
    assert (counts.base, counts.present, counts.on_leave, counts.missing) == (3, 2, 1, 0)
    assert [row.presence for row in selectors.roll(walk.now)].count("signed_in") == 2
    with pytest.raises(NotAllowed):
        actions.sign_in(meeting_id=walk.pk, mandate_ids=[], actor=deputy_actor(walk.members[0]))
    with pytest.raises(NoMeeting):
        selectors.meeting_for(setup_actor(walk.meeting.congress), walk.pk)
    with pytest.raises(Invalid):
        actions.name_scrutineers(
            meeting_id=walk.pk, chief_id=walk.members[0].pk, scrutineer_ids=[walk.members[0].pk], teller_ids=[],
            actor=office(),
        )  # fmt: skip


def test_hands_need_more_than_half_of_all_members_and_the_quorum() -> None:
    walk = a_sitting(kind=MeetingKind.STANDING_COMMITTEE, members=6, present=5)
    item = an_item(walk, kind=ItemKind.DECISION)
    with pytest.raises(NoMajority):
        actions.decide_item(item_id=item.pk, decision=ItemState.PASSED, approve=3, oppose=2, actor=office())
    with pytest.raises(Invalid):
        actions.decide_item(item_id=item.pk, decision=ItemState.PASSED, approve=4, oppose=2, actor=office())
    with pytest.raises(Invalid):
        actions.decide_item(item_id=item.pk, decision=ItemState.NOT_PASSED, approve=4, actor=office())
    actions.leave(meeting_id=walk.pk, mandate_ids=[p.pk for p in walk.members[3:5]], actor=office())
    with pytest.raises(NoQuorum):
        actions.decide_item(item_id=item.pk, decision=ItemState.PASSED, approve=3, actor=office())
    actions.sign_in(meeting_id=walk.pk, mandate_ids=[walk.members[3].pk], actor=office())
    actions.decide_item(item_id=item.pk, decision=ItemState.PASSED, approve=4, actor=office())
    assert decided()["passed"] is True
    heard = an_item(walk, kind=ItemKind.REPORT)
    assert actions.decide_item(item_id=heard.pk, decision=ItemState.HEARD, actor=office()).state == ItemState.HEARD
    with pytest.raises(WrongState):
        actions.decide_item(item_id=heard.pk, decision=ItemState.HEARD, actor=office())


def test_a_ballot_decides_its_item() -> None:
    walk = a_sitting(members=6, present=6)
    item = an_item(walk, subject=SUBJECT)
    poll = a_vote(walk, item, purpose="projects")
    assert (poll.poll.base, poll.poll.line, poll.poll.quorum, poll.poll.roll.count()) == (6, 4, 4, 6)
    hold(poll, 6, 4, 2)
    publish(poll)
    outbox.drain()
    item.refresh_from_db()
    assert item.state == ItemState.PASSED
    event = decided()
    assert (event["subject_kind"], event["subject_id"], event["purpose"]) == (SUBJECT.kind, SUBJECT.id, "projects")
    assert [line["ref"] for line in event["outcome"] if line["chosen"]] == ["K01", "K02"]  # type: ignore[attr-defined]
    assert selectors.item_of_poll(poll.pk) == item
    assert list(selectors.items_about(SUBJECT)) == [item]


def test_quorum_is_looked_at_again_when_a_vote_is_drawn_up_and_opened() -> None:
    walk = a_sitting(members=6, present=4)
    item, other = an_item(walk), an_item(walk)
    poll = a_vote(walk, item)
    actions.leave(meeting_id=walk.pk, mandate_ids=[walk.members[3].pk], actor=office())
    with pytest.raises(NoQuorum):
        a_vote(walk, other)
    with pytest.raises(NoQuorum):
        actions.refresh_roll(item_id=item.pk, actor=office())
    actions.sign_in(meeting_id=walk.pk, mandate_ids=[p.pk for p in walk.members], actor=office())
    assert actions.refresh_roll(item_id=item.pk, actor=office()).roll.filter(is_present=True).count() == 6
    poll.poll.roll.filter(mandate__in=walk.members[3:]).update(is_present=False)
    with pytest.raises(QuorumMissing):
        voting.open_poll(poll_id=poll.pk, actor=office())


def test_a_tie_leaves_the_item_open_until_the_second_vote() -> None:
    walk = a_sitting(members=6, present=6)
    item = an_item(walk)
    first = a_vote(walk, item)
    hold(first, 4, 4, 4)
    voting.decide(poll_id=first.pk, ruling=Ruling.REVOTE, text="就相等的再次投票", actor=office())
    publish(first)
    outbox.drain()
    item.refresh_from_db()
    assert item.state == ItemState.BEFORE_VOTE
    second = walk.poll(actions.repeat_vote(item_id=item.pk, actor=office()))
    hold(second, 3, 2, 1)
    publish(second)
    outbox.drain()
    item.refresh_from_db()
    assert (item.state, item.poll_id) == (ItemState.PASSED, second.pk)
    assert [line["ref"] for line in decided()["outcome"] if line["chosen"]] == ["K01", "K02"]  # type: ignore[attr-defined]


def test_a_void_vote_is_repeated_and_a_cancelled_one_leaves_the_item_as_it_was() -> None:
    walk = a_sitting(members=6, present=6)
    item = an_item(walk)
    void = a_vote(walk, item)
    voting.open_poll(poll_id=void.pk, actor=office())
    voting.void_poll(poll_id=void.pk, reason="会场停电", actor=office())
    outbox.drain()
    assert OutboxEvent.objects.filter(kind="meetings.item_reopened").count() == 1
    again = actions.repeat_vote(item_id=item.pk, method=Method.HANDS, actor=office())
    assert (again.state, again.method, again.repeats_id) == (State.DRAFT, Method.HANDS, void.pk)
    other = an_item(walk)
    poll = a_vote(walk, other)
    voting.cancel_poll(poll_id=poll.pk, reason="改期", actor=office())
    outbox.drain()
    other.refresh_from_db()
    assert (other.state, other.poll_id) == (ItemState.PLANNED, None)


def test_votes_belong_to_a_sitting_of_a_body_that_votes() -> None:
    walk = a_meeting(members=6)
    item = an_item(walk)
    with pytest.raises(Blocked):
        a_vote(walk, item)
    chairs = a_sitting(kind=MeetingKind.PRESIDIUM, members=3)
    with pytest.raises(Blocked):
        a_vote(chairs, an_item(chairs))
    with pytest.raises(NotAllowed):
        actions.add_item(meeting_id=walk.pk, title="议程", kind=ItemKind.OTHER, actor=teller())
    actions.withdraw_item(item_id=item.pk, reason="不再审议", actor=office())


def test_the_whole_way_and_no_other() -> None:
    walk: Walk = a_meeting(members=3)
    actions.give_notice(meeting_id=walk.pk, actor=office())
    outbox.drain()
    notice = Notification.objects.filter(subject_kind="meetings.meeting", subject_id=walk.pk)
    assert {row.recipient for row in notice} == {f"person:{person.person_id}" for person in walk.members}
    actions.open_meeting(meeting_id=walk.pk, actor=office())
    actions.close_meeting(meeting_id=walk.pk, actor=office())
    actions.archive_meeting(meeting_id=walk.pk, actor=office())
    with pytest.raises(DatabaseError, match="illegal step"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE meetings_meeting SET state = 'sitting'")
