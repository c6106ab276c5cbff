"""What a poll's pages show: rules in sentences, the result as lines, bars and words."""

from collections.abc import Sequence
from dataclasses import dataclass

from openrenda.kernel.text import N_
from openrenda.ui.filters import t
from openrenda.ui.shapes import Bar, ProgressStep
from openrenda.voting import selectors
from openrenda.voting.models import Poll
from openrenda.voting.rules.labels import TOTALS
from openrenda.voting.states import (
    ANSWERS,
    Blank,
    CredentialState,
    Duty,
    Form,
    Grade,
    GradeRule,
    Method,
    Repeat,
    State,
)


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One option of the result as a row of the table."""

    rank: int
    label: str
    marks: tuple[int, ...]
    verdict: str
    tone: str
    approve: int


@dataclass(frozen=True, slots=True)
class ResultFace:
    """The result: heads of the columns of marks, rows best first, bars, totals of the papers."""

    heads: tuple[str, ...]
    lines: tuple[ResultLine, ...]
    bars: tuple[Bar, ...]
    totals: tuple[tuple[str, int], ...]
    line: int

    @property
    def columns(self) -> list[tuple[str, str]]:
        """Heads of the columns of marks, as a table takes them."""
        return [(head, "num") for head in self.heads]


def result(poll: Poll) -> ResultFace:
    """The result of this poll alone. One query."""
    answers = ANSWERS[Form(poll.form)]
    rows = tuple(
        ResultLine(row.rank, row.option.label, tuple(row.marks), *_verdict(poll, row), row.approve)
        for row in selectors.result_lines(poll)
    )
    total = poll.tally.get("total", {})
    return ResultFace(
        heads=tuple(answer.label for answer in answers),
        lines=rows,
        bars=tuple(Bar(row.label, row.approve, note=t(row.verdict)) for row in rows),
        totals=tuple((label, int(total[name])) for name, label in TOTALS.items() if name in total),
        line=poll.line,
    )


def _verdict(poll: Poll, row: object) -> tuple[str, str]:
    grade, chosen, passed = (getattr(row, name) for name in ("grade", "chosen", "passed"))
    if grade:
        return Grade(grade).label, "done" if passed else "stop"
    if chosen:
        return (N_("当选") if poll.quota else N_("通过")), "done"
    if passed:
        return N_("过半数，未入选"), "warn"
    return N_("未过半数"), "stop"


def rules(poll: Poll) -> list[str]:
    """The rules in sentences, from the frozen ones where there are any."""
    said = [t(N_("全体组成人员{base}人。不论到会多少，都以全体组成人员为基数。"), base=poll.base)]
    if poll.quorum:
        said.append(t(N_("实到不少于{quorum}人才能表决。"), quorum=poll.quorum))
    said.extend(_decision_rules(poll))
    if poll.is_secret:
        said.append(t(N_("收回的票多于发出的票，整次表决无效，重新投票。")))
    return said


def _decision_rules(poll: Poll) -> list[str]:
    if poll.form == Form.GRADES:
        by_valid = poll.rules.get("grade_rule") == GradeRule.TWO_THIRDS
        return [
            t(
                N_("满意达到有效票的三分之二为“满意”；满意加基本满意达到三分之二为“基本满意”；否则为“不满意”。")
                if by_valid
                else N_("满意超过全体组成人员半数为“满意”；满意加基本满意超过半数为“基本满意”；否则为“不满意”。")
            )
        ]
    if poll.repeat_reason == Repeat.TIE:
        said = [t(N_("前次票数相等的项目再次投票，得票多的入选。"))]
    else:
        said = [t(N_("赞成达到{line}票（全体组成人员的过半数）才通过。"), line=poll.line)]
    if poll.quota:
        said.append(t(N_("应选{quota}项：过线的按得票从多到少取前{quota}项。"), quota=poll.quota))
    if poll.form == Form.SELECT:
        said.append(t(N_("每张票最多选{maximum}项，多选的无效。"), maximum=poll.maximum))
        void = poll.rules.get("blank") == Blank.VOID
        said.append(t(N_("一项也没选的票无效。") if void else N_("一项也没选的票有效，视为全部弃权。")))
    return said


def prints(poll: Poll) -> list[tuple[str, str]]:
    """What is read aloud at the opening and stands in the minutes, as far as it exists."""
    found = [
        (N_("表决规则"), poll.rules_hash),
        (N_("选举文件"), poll.election_hash),
        (N_("监票人公钥"), poll.trustees_hash),
        (N_("凭证公开清单"), poll.credentials_hash),
    ]
    if poll.state in (State.CONFIRMED, State.PUBLISHED):
        found.append((N_("公示板末条记录"), poll.board_head))
    return [(label, value) for label, value in found if value]


STAGES: Sequence[tuple[str, tuple[State, ...]]] = (
    (N_("准备"), (State.DRAFT, State.SETUP)),
    (N_("投票"), (State.OPEN,)),
    (N_("计票"), (State.CLOSED,)),
    (N_("监票人确认"), (State.COUNTED,)),
    (N_("公布"), (State.CONFIRMED, State.PUBLISHED)),
)


def stages(poll: Poll) -> list[ProgressStep]:
    """Where the poll stands on its way; nothing for one that ended early."""
    at = next((n for n, (_, states) in enumerate(STAGES) if poll.state in states), None)
    if at is None:
        return []
    done = len(STAGES) if poll.state == State.PUBLISHED else at
    return [
        ProgressStep(label, "done" if n < done else "now" if n == at else "later")
        for n, (label, _) in enumerate(STAGES)
    ]


TURNS = {
    State.DRAFT: N_("等待宣布投票开始"),
    State.SETUP: N_("等待凭证和监票人密钥"),
    State.OPEN: N_("正在投票"),
    State.CLOSED: N_("等待计票"),
    State.COUNTED: N_("等待总监票人和一位监票人确认"),
    State.CONFIRMED: N_("等待公布"),
}


def turn(poll: Poll) -> str:
    """Whose turn it is, in a few words."""
    if poll.state == State.DRAFT and poll.is_electronic:
        return N_("等待准备电子投票")
    if poll.state == State.CLOSED and poll.is_electronic:
        return N_("等待监票人解密和计票")
    return TURNS.get(State(poll.state), "")


def is_by_hands(poll: Poll) -> bool:
    return poll.method == Method.HANDS


def same_tracker(typed: str, tracker: str) -> bool:
    """As written on the receipt; blanks and padding do not matter."""
    return "".join(typed.split()).rstrip("=") == tracker


def choices_of(poll: Poll) -> dict[int, str]:
    """What each deputy said in a vote by name, in words, by the number of the row. Two queries."""
    if poll.method != Method.NAMED:
        return {}
    options = list(poll.options.all())
    labels = {row.ref: row.label for row in options}
    said = {str(answer): t(answer.label) for answer in ANSWERS[Form(poll.form)]}
    found = {}
    for vote in poll.named_votes.all():
        if poll.form == Form.SELECT:
            parts = [labels.get(ref, ref) for ref in vote.choices]
        elif len(options) == 1:
            parts = [said.get(vote.choices[0], "")]
        else:
            parts = [f"{row.label}：{said.get(one, one)}" for row, one in zip(options, vote.choices, strict=True)]
        found[vote.pk] = "；".join(parts)
    return found


@dataclass(frozen=True, slots=True)
class KeeperRow:
    """A scrutineer who keeps a key, and how far she is."""

    name: str
    duty: str
    rounds: tuple[bool, bool, bool]
    has_decrypted: bool


@dataclass(frozen=True, slots=True)
class SetupFace:
    """How far the preparation of an electronic vote is."""

    credentials: int
    withdrawn: int
    threshold: int
    keepers: tuple[KeeperRow, ...]
    decrypted: int

    @property
    def is_ready(self) -> bool:
        """Slips and all keys are there."""
        return self.credentials > 0 and bool(self.keepers) and all(all(row.rounds) for row in self.keepers)


def setup(poll: Poll) -> SetupFace:
    """Two queries."""
    keepers = tuple(
        KeeperRow(
            row.name,
            Duty(row.duty).label,
            (bool(row.cert), bool(row.polynomial), bool(row.verification_key)),
            row.has_decrypted,
        )
        for row in poll.scrutineers.filter(index__isnull=False).order_by("index")
    )
    states = list(poll.credentials.values_list("state", flat=True))
    return SetupFace(
        len(states),
        states.count(CredentialState.WITHDRAWN),
        poll.threshold,
        keepers,
        sum(row.has_decrypted for row in keepers),
    )
