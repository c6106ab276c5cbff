"""What a poll and its parts can be (domain.md 4.5, 4.8, 5.1)."""

from openrenda.kernel.enums import Labelled
from openrenda.kernel.text import N_


class Kind(Labelled):
    """What the public is told about a poll's way."""

    PAPER = "paper", N_("纸质无记名")
    ELECTRONIC = "electronic", N_("电子无记名")
    OPEN = "open", N_("公开表决")


class Method(Labelled):
    """How votes are given."""

    PAPER = "paper", N_("纸质无记名投票")
    ELECTRONIC = "electronic", N_("电子无记名投票")
    NAMED = "named", N_("记名表决")
    HANDS = "hands", N_("举手表决")

    @property
    def kind(self) -> Kind:
        return _KINDS[self]


_KINDS = {
    Method.PAPER: Kind.PAPER,
    Method.ELECTRONIC: Kind.ELECTRONIC,
    Method.NAMED: Kind.OPEN,
    Method.HANDS: Kind.OPEN,
}


class Form(Labelled):
    """What a ballot asks."""

    SELECT = "select", N_("在名单中选择")
    ITEMS = "items", N_("逐项赞成、反对、弃权")
    GRADES = "grades", N_("逐项评满意度")


class Choice(Labelled):
    """Answers of a line that is voted on."""

    APPROVE = "approve", N_("赞成")
    OPPOSE = "oppose", N_("反对")
    ABSTAIN = "abstain", N_("弃权")


class Grade(Labelled):
    """Answers of a line that is judged (domain.md 4.8)."""

    SATISFIED = "satisfied", N_("满意")
    MOSTLY = "mostly", N_("基本满意")
    UNSATISFIED = "unsatisfied", N_("不满意")
    ABSTAIN = "abstain", N_("弃权")


class State(Labelled):
    """Where a poll stands."""

    DRAFT = "draft", N_("起草")
    SETUP = "setup", N_("准备密钥与凭证")
    OPEN = "open", N_("正在投票")
    CLOSED = "closed", N_("投票结束，计票中")
    COUNTED = "counted", N_("已计票，待监票人确认")
    CONFIRMED = "confirmed", N_("监票人已确认")
    PUBLISHED = "published", N_("已公布")
    VOIDED = "voided", N_("表决无效")
    CANCELLED = "cancelled", N_("已取消")


class Issued(Labelled):
    """What a deputy was handed; never what came of it."""

    NOTHING = "nothing", N_("未领票")
    PAPER = "paper", N_("已领纸质票")
    ELECTRONIC = "electronic", N_("已领电子票凭证")


class CredentialState(Labelled):
    """A credential's way: it votes once, or is taken out of use before that."""

    FREE = "free", N_("未使用")
    USED = "used", N_("已投票")
    WITHDRAWN = "withdrawn", N_("已收回")


class WithdrawalReason(Labelled):
    """Why a credential was taken out of use."""

    PAPER = "paper", N_("设备故障，改投纸质票")
    UNISSUED = "unissued", N_("没有发出")
    SPOILED = "spoiled", N_("损坏或遗失")


class EventKind(Labelled):
    """Events of the public board, by the names of the archive's format."""

    SETUP = "Setup", N_("设置")
    BALLOT = "Ballot", N_("选票")
    END_BALLOTS = "EndBallots", N_("投票结束")
    ENCRYPTED_TALLY = "EncryptedTally", N_("加密合计")
    PARTIAL = "PartialDecryption", N_("部分解密")
    RESULT = "Result", N_("结果")


class Duty(Labelled):
    """Who watches a vote; the first two keep keys of electronic ones."""

    CHIEF = "chief", N_("总监票人")
    SCRUTINEER = "scrutineer", N_("监票人")
    TELLER = "teller", N_("计票人")


class Need(Labelled):
    """What a count leaves to the presidium."""

    NOTHING = "nothing", N_("无需决定")
    TIE = "tie", N_("票数相等，须就相等的再次投票")
    SECOND_TIE = "second_tie", N_("再次投票仍相等，由主席团决定办法")
    SHORTFALL = "shortfall", N_("过半数的少于应选数，由主席团决定")


class Ruling(Labelled):
    """What the presidium decided."""

    ACCEPT = "accept", N_("只确认已过半数的")
    REVOTE = "revote", N_("另行投票")
    AUTHORISE = "authorise", N_("授权常委会决定")
    CHOOSE = "choose", N_("按主席团决定的办法确定")


RULINGS = {
    Need.NOTHING: frozenset[Ruling](),
    Need.TIE: frozenset({Ruling.REVOTE}),
    Need.SECOND_TIE: frozenset({Ruling.CHOOSE, Ruling.REVOTE}),
    Need.SHORTFALL: frozenset({Ruling.ACCEPT, Ruling.REVOTE, Ruling.AUTHORISE}),
}
"""Which decisions answer which need."""

ASK = "ask"
"""The rule for a shortfall leaves the choice to the presidium."""


class Repeat(Labelled):
    """Why a poll follows another."""

    NOTHING = "nothing", N_("首次投票")
    VOID = "void", N_("前次表决无效，重新投票")
    TIE = "tie", N_("票数相等，再次投票")
    SHORTFALL = "shortfall", N_("不足应选数，另行投票")


class Blank(Labelled):
    """What a ballot without any mark is (config; domain.md 13)."""

    ABSTAIN = "abstain", N_("有效，视为全部弃权")
    VOID = "void", N_("无效")


class GradeRule(Labelled):
    """How grades are found (domain.md 4.8)."""

    MAJORITY_MEMBERS = "majority_members", N_("按全体组成人员过半数")
    TWO_THIRDS = "two_thirds", N_("按有效票的三分之二")


ANSWERS: dict[Form, tuple[Labelled, ...]] = {
    Form.SELECT: (Choice.APPROVE,),
    Form.ITEMS: tuple(Choice),
    Form.GRADES: tuple(Grade),
}
"""What may be marked on each line, in the order in which figures are kept."""

BEFORE_OPENING = (State.DRAFT, State.SETUP)
ENDED = (State.PUBLISHED, State.VOIDED, State.CANCELLED)
