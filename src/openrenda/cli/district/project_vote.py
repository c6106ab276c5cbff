"""The vote of the session, held again: real keys, slips and ballots that add up to the register's totals."""

from collections.abc import Callable, Iterator
from datetime import datetime

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.subject import SubjectRef
from openrenda.livelihood import actions as livelihood
from openrenda.livelihood.actions import ProjectResult
from openrenda.meetings import actions as meetings
from openrenda.meetings.actions import Method
from openrenda.meetings.states import ItemKind, MeetingKind
from openrenda.orgs.selectors import deputies_in_office
from openrenda.voting.models import Poll
from openrenda.voting.selectors import outcome_of

from .marks import ballots_of
from .project_year import ProjectYear
from .reading import BadCell
from .secret_vote import Chamber, conclude, hold, scrutineers_of

Told = Callable[[int], None]
TRUSTEES, THRESHOLD = 5, 3


def _convened(shared: ProjectYear, title: str) -> tuple[int, int, Chamber]:
    """The congress sits: those present, scrutineers, one item. (meeting, item, chamber)"""
    office, world, sitting = shared.office(), shared.world, shared.sitting
    meeting_id = meetings.convene(
        kind=MeetingKind.CONGRESS,
        key=sitting.key,
        title=sitting.name,
        held_on=sitting.on,
        place="大会会场（台账未载）",
        actor=office,
    ).pk
    meetings.give_notice(meeting_id=meeting_id, actor=office)
    everyone = deputies_in_office(world.congress_id, sitting.on).select_related("person", "delegation")
    there = list(everyone)[: sitting.present]
    meetings.sign_in(meeting_id=meeting_id, mandate_ids=[m.pk for m in there], actor=office)
    world.assume("出席名单没有记载，按实到人数依代表编号登记签到")
    watching = scrutineers_of(there, TRUSTEES)
    tellers = [m for m in there if m not in watching][:2]
    meetings.name_scrutineers(
        meeting_id=meeting_id,
        chief_id=watching[0].pk,
        scrutineer_ids=[m.pk for m in watching[1:]],
        teller_ids=[m.pk for m in tellers],
        actor=office,
    )
    world.assume("监票人、计票人没有记载，从出席代表中按代表团依次登记")
    meetings.open_meeting(meeting_id=meeting_id, actor=office)
    item = meetings.add_item(
        meeting_id=meeting_id,
        title=title,
        kind=ItemKind.PROJECT_VOTE,
        subject=SubjectRef("livelihood.year", shared.year_id),
        actor=office,
    )
    return meeting_id, item.pk, Chamber(office, [world.deputy(m) for m in watching], min(THRESHOLD, len(watching)))


def life_of_vote(shared: ProjectYear, told: Told) -> Iterator[datetime]:
    """The vote of the session, in secret, on ballots that add up to the register's totals."""
    sitting, records = shared.sitting, list(shared.candidates.values())
    title = f"{sitting.on.year}年民生实事项目票决"
    meeting_id, item_id, chamber = _convened(shared, title)
    poll = livelihood.put_to_vote(
        year_id=shared.year_id,
        item_id=item_id,
        method=Method.ELECTRONIC,
        title=title,
        threshold=chamber.threshold,
        actor=chamber.office,
    )
    try:
        marks = ballots_of([record.approvals for record in records], sitting.present, len(shared.chosen))
    except ValueError:
        raise BadCell(
            "票决赞成票", f"{sitting.present} 张票、每张最多 {len(shared.chosen)} 项，得不出这些票数"
        ) from None
    hold(poll, chamber, marks, told)
    shared.world.assume("票决按无记名电子表决重放：台账只有各项得票，选票按总数生成")
    yield clock.at_time(sitting.on, 16)
    conclude(poll, chamber)
    _take_over(poll, item_id, shared)
    meetings.close_meeting(meeting_id=meeting_id, actor=chamber.office)
    shared.is_voted = True


def _take_over(poll: Poll, item_id: int, shared: ProjectYear) -> None:
    """What subscribers do outside a load, where facts of the past are told to nobody."""
    outcome = outcome_of(poll)
    world = shared.world
    meetings.follow_published(
        item_id=item_id, poll_id=poll.pk, poll_key=poll.key, outcome=outcome, congress_id=world.congress_id
    )
    livelihood.take_result(
        year_id=shared.year_id,
        results=[ProjectResult(line["ref"], line["approve"], line["chosen"]) for line in outcome],
        poll_key=poll.key,
        actor=Actor.system("livelihood.result", world.congress_id),
    )
    chosen = {line["ref"] for line in outcome if line["chosen"]}
    for code, record in shared.candidates.items():
        if (str(shared.project_ids[code]) in chosen) != record.chosen:
            raise BadCell("是否入选", f"按票数和过半数规则，{record.name}的结果与台账不同")
