"""The slice's settings (domain.md 13)."""

from openrenda.kernel.parameters import Kind, declare
from openrenda.kernel.text import N_
from openrenda.voting.states import ASK, RULINGS, Blank, GradeRule, Need, Ruling

# fmt: off
MIN_DIFF_PERCENT = declare(
    "project.min_diff_ratio", 10, Kind.INT, N_("差额比例下限（百分比）"),
    N_("本地规定"), minimum=1, maximum=100)
BLANK_BALLOT = declare(
    "project.blank_ballot", str(Blank.ABSTAIN), Kind.CHOICE, N_("空白票如何计算"),
    N_("票决办法"), choices=tuple(str(value) for value in Blank))
SHORTFALL_RULE = declare(
    "project.shortfall_rule", ASK, Kind.CHOICE, N_("过半数的少于应选数时如何处理"),
    N_("票决办法，默认由主席团决定"),
    choices=(ASK, *(str(ruling) for ruling in Ruling if ruling in RULINGS[Need.SHORTFALL])))
GRADE_RULE = declare(
    "eval.rule", str(GradeRule.MAJORITY_MEMBERS), Kind.CHOICE, N_("满意度测评的等次规则"),
    N_("测评办法"), choices=tuple(str(value) for value in GradeRule))
# fmt: on
