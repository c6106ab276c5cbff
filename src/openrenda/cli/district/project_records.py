"""Rows of the project files as values: parsed and cross-checked, not yet acted upon."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .institution import Institution
from .reading import BadCell, Row, Table

PROPOSAL_COLUMNS = ("编号", "日期", "来源", "提出人", "类别", "标题", "内容", "估算投资(万元)")
CANDIDATE_COLUMNS = (
    "编号",
    "名称",
    "类别",
    "建设内容",
    "总投资(万元)",
    "资金来源",
    "完成时限",
    "责任单位",
    "责任人职务",
    "来源提案",
    "票决赞成票",
    "是否入选",
)
PROGRESS_COLUMNS = ("项目", "月份", "计划进度%", "实际进度%", "亮灯", "说明", "完成投资(万元)")
EVALUATION_COLUMNS = ("项目", "满意", "基本满意", "不满意", "弃权")
PUBLIC, DEPUTY, DEPARTMENT = "群众", "代表", "部门"
SOURCES = (PUBLIC, DEPUTY, DEPARTMENT)
LAMPS = ("绿", "黄", "红", "蓝")


@dataclass(frozen=True, slots=True)
class ProposalRecord:
    """One proposal for a livelihood project; `proposer` is a name, a deputy's code or a unit's code by `source`."""

    row: Row
    code: str
    on: date
    source: str
    proposer: str
    category: str
    title: str
    content: str
    estimate: Decimal


@dataclass(frozen=True, slots=True)
class ProgressRecord:
    """A month of a project: shares in percent, `paid` cumulative in 万元."""

    row: Row
    month: date
    planned: int
    actual: int
    lamp: str
    note: str
    paid: Decimal


@dataclass(frozen=True, slots=True)
class EvaluationRecord:
    """The satisfaction vote on a project."""

    row: Row
    satisfied: int
    mostly: int
    unsatisfied: int
    abstained: int

    @property
    def ballots(self) -> int:
        return self.satisfied + self.mostly + self.unsatisfied + self.abstained


@dataclass
class CandidateRecord:
    """A candidate with its votes, and what became of it."""

    row: Row
    code: str
    name: str
    category: str
    content: str
    investment: Decimal
    funds: str
    finishes_on: date
    unit: str
    leader: str
    proposals: list[str]
    approvals: int
    chosen: bool
    progress: list[ProgressRecord] = field(default_factory=list)
    evaluation: EvaluationRecord | None = None


def proposal_record(row: Row, institution: Institution) -> ProposalRecord:
    """Raises BadCell; a deputy or a unit that proposes must be known."""
    source = row.one_of("来源", SOURCES)
    proposer = row.text("提出人", required=True)
    if source == DEPUTY:
        row.known("提出人", institution.mandates, "代表名册")
    if source == DEPARTMENT:
        row.known("提出人", institution.units, "单位表")
    return ProposalRecord(
        row,
        row.text("编号"),
        row.needed_day("日期"),
        source,
        proposer,
        row.text("类别", required=True),
        row.text("标题", required=True),
        row.text("内容", required=True),
        row.amount("估算投资(万元)"),
    )


def candidate_record(row: Row, institution: Institution, proposals: dict[str, ProposalRecord]) -> CandidateRecord:
    """Raises BadCell."""
    return CandidateRecord(
        row,
        row.text("编号"),
        row.text("名称", required=True),
        row.text("类别", required=True),
        row.text("建设内容", required=True),
        row.amount("总投资(万元)"),
        row.text("资金来源", required=True),
        row.needed_day("完成时限"),
        row.known("责任单位", institution.units, "单位表"),
        row.text("责任人职务", required=True),
        row.all_known("来源提案", proposals, "提案表"),
        row.number("票决赞成票"),
        row.one_of("是否入选", ("是", "否")) == "是",
    )


def take_progress(row: Row, candidates: dict[str, CandidateRecord]) -> None:
    """Adds a month to its project; raises BadCell."""
    candidate = candidates[row.known("项目", candidates, "候选项目表")]
    if not candidate.chosen:
        raise BadCell("项目", "没有入选的项目没有进度")
    planned, actual = row.number("计划进度%"), row.number("实际进度%")
    if max(planned, actual) > 100:
        raise BadCell("实际进度%", "进度不能超过 100")
    candidate.progress.append(
        ProgressRecord(
            row,
            row.month("月份"),
            planned,
            actual,
            row.one_of("亮灯", LAMPS, required=False),
            row.text("说明"),
            row.amount("完成投资(万元)"),
        )
    )


def take_evaluation(row: Row, candidates: dict[str, CandidateRecord]) -> None:
    """Adds the satisfaction vote to its project; raises BadCell."""
    candidate = candidates[row.known("项目", candidates, "候选项目表")]
    if not candidate.chosen:
        raise BadCell("项目", "没有入选的项目不测评")
    candidate.evaluation = EvaluationRecord(row, *(row.number(column) for column in EVALUATION_COLUMNS[1:]))


@dataclass
class ProjectTables:
    """The four files."""

    proposals: Table
    candidates: Table
    progress: Table
    evaluation: Table

    def each(self) -> tuple[Table, ...]:
        return (self.proposals, self.candidates, self.progress, self.evaluation)


def project_records(
    tables: ProjectTables, institution: Institution
) -> tuple[dict[str, ProposalRecord], dict[str, CandidateRecord]]:
    """All rows that can be read; the others become problems of their tables."""
    proposals: dict[str, ProposalRecord] = {}
    candidates: dict[str, CandidateRecord] = {}

    def proposal(row: Row) -> None:
        record = proposal_record(row, institution)
        proposals[record.code] = record

    def candidate(row: Row) -> None:
        record = candidate_record(row, institution, proposals)
        candidates[record.code] = record

    tables.proposals.each(proposal)
    tables.candidates.each(candidate)
    tables.progress.each(lambda row: take_progress(row, candidates))
    tables.evaluation.each(lambda row: take_evaluation(row, candidates))
    for record in candidates.values():
        record.progress.sort(key=lambda month: month.month)
    return proposals, candidates
