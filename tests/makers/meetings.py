"""Meetings at every stage, reached by walking the actions as the secretariat does."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from openrenda.kernel import clock
from openrenda.kernel.subject import SubjectRef
from openrenda.meetings import actions
from openrenda.meetings.models import AgendaItem, Meeting
from openrenda.meetings.states import ItemKind, MeetingKind
from openrenda.orgs.models import Mandate
from openrenda.voting.models import Poll
from openrenda.voting.states import Form, Method
from tests.makers.orgs import a_congress, a_deputy, the_session
from tests.makers.voting import Walk as PollWalk
from tests.makers.voting import office, options

_number = count(1)


@dataclass
class Walk:
    """A meeting on its way, with its members."""

    meeting: Meeting
    members: list[Mandate]

    @property
    def now(self) -> Meeting:
        """The row as it stands."""
        self.meeting.refresh_from_db()
        return self.meeting

    @property
    def pk(self) -> int:
        return self.meeting.pk

    def poll(self, poll: Poll) -> PollWalk:
        """A poll of this meeting with the same people: the chief scrutineer first."""
        return PollWalk(poll, self.members)


def a_meeting(
    *,
    kind: MeetingKind = MeetingKind.CONGRESS,
    members: int = 6,
    present: int | None = None,
    watchers: int = 3,
    deputies: Sequence[Mandate] | None = None,
) -> Walk:
    """Convened today; so many signed in, the first ones named scrutineers, the chief first."""
    a_congress()
    sc_post = "委员" if kind == MeetingKind.STANDING_COMMITTEE else ""
    people = list(deputies or (a_deputy(sc_post=sc_post) for _ in range(members)))
    meeting = actions.convene(
        kind=kind,
        key=f"m-{next(_number)}",
        title="第五次会议",
        held_on=clock.today(),
        place="区会议中心",
        session_id=the_session().pk if kind == MeetingKind.CONGRESS else None,
        actor=office(),
    )
    there = people[: len(people) if present is None else present]
    actions.sign_in(meeting_id=meeting.pk, mandate_ids=[person.pk for person in there], actor=office())
    if watchers:
        actions.name_scrutineers(
            meeting_id=meeting.pk,
            chief_id=people[0].pk,
            scrutineer_ids=[person.pk for person in people[1:watchers]],
            teller_ids=[],
            actor=office(),
        )
    return Walk(meeting, people)


def a_sitting(**given: object) -> Walk:
    """Open."""
    walk = a_meeting(**given)  # type: ignore[arg-type]
    actions.open_meeting(meeting_id=walk.pk, actor=office())
    return walk


def an_item(walk: Walk, *, subject: SubjectRef | None = None, kind: ItemKind = ItemKind.PROJECT_VOTE) -> AgendaItem:
    """On its agenda."""
    return actions.add_item(meeting_id=walk.pk, title="票决民生实事项目", kind=kind, subject=subject, actor=office())


def a_vote(
    walk: Walk,
    item: AgendaItem,
    *,
    method: Method = Method.PAPER,
    form: Form = Form.SELECT,
    candidates: int = 3,
    quota: int = 2,
    purpose: str = "",
) -> PollWalk:
    """The item put to the vote."""
    poll = actions.put_to_vote(
        item_id=item.pk,
        title="民生实事项目票决",
        method=method,
        form=form,
        options=options(candidates),
        quota=quota,
        threshold=2 if method == Method.ELECTRONIC else 0,
        purpose=purpose,
        actor=office(),
    )
    return walk.poll(poll)
