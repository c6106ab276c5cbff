"""What the lives of one year of projects share, and which session votes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from openrenda.kernel.actor import Actor
from openrenda.orgs.states import Role, UnitKind

from .project_records import CandidateRecord, ProposalRecord
from .reading import BadCell, Row, Table
from .world import World


@dataclass(frozen=True, slots=True)
class Sitting:
    """The session that votes, as meetings.csv tells it."""

    key: str
    name: str
    on: date
    present: int
    committee: str
    committee_on: date


@dataclass
class ProjectYear:
    """What the lives of one year share."""

    sitting: Sitting
    proposals: Mapping[str, ProposalRecord]
    candidates: Mapping[str, CandidateRecord]
    world: World
    year_id: int = 0
    is_voted: bool = False
    idea_ids: dict[str, int] = field(default_factory=dict)
    project_ids: dict[str, int] = field(default_factory=dict)

    @property
    def chosen(self) -> list[CandidateRecord]:
        return [record for record in self.candidates.values() if record.chosen]

    def office(self) -> Actor:
        """The standing committee's office, which is a session's secretariat."""
        bodies = [u for u in self.world.institution.units.values() if u.kind == UnitKind.NPC]
        named = [unit for unit in bodies if "办公室" in unit.name]
        return self.world.officer(Role.SC_OFFICE, (named or bodies)[0])

    def hub(self) -> Actor:
        return self.world.dispatch_office()


def sitting_of(table: Table, candidate: Row) -> Sitting:
    """The congress session of meetings.csv, and the last meeting of the standing committee before it.

    Raises BadCell: without them nobody knows who could vote.
    """
    for row in table.rows:
        if row.text("类型") == "代表大会":
            on = row.needed_day("日期")
            before = [r for r in table.rows if r.text("类型") == "常委会会议" and r.needed_day("日期") < on]
            latest = max(before, key=lambda r: r.needed_day("日期"), default=None)
            return Sitting(
                row.text("会议编号"),
                row.text("名称", required=True),
                on,
                row.number("实到"),
                latest.text("名称") if latest else "台账未载的常委会会议",
                latest.needed_day("日期") if latest else on - timedelta(days=15),
            )
    raise BadCell("票决赞成票", f"meetings.csv 里没有代表大会，{candidate.text('名称')}的票决无从重放")
