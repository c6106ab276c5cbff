"""What an adjustment may name, and when it is only filed (domain.md 4.7). Pure."""

from collections.abc import Mapping
from decimal import Decimal

from openrenda.kernel.text import N_
from openrenda.livelihood.states import AdjustmentKind

WEIGHTY = ("name", "target", "place", "finishes_on")
"""What deputies chose: a change of any of these goes back to the standing committee."""

FIELDS = {
    "name": N_("名称"),
    "content": N_("建设内容"),
    "target": N_("量化目标"),
    "place": N_("地点"),
    "finishes_on": N_("完成时限"),
    "investment_total": N_("总投资"),
    "fund_source": N_("资金来源"),
    "leader": N_("责任人"),
}
"""What an adjustment may change."""


def is_minor(kind: AdjustmentKind, change: Mapping[str, str], baseline: Decimal | None, percent: int) -> bool:
    """Content only, none of what deputies chose, and money within the band around what they chose.

    The band is measured from the sum last voted or approved, so that several small steps do not add up unseen."""
    if kind is not AdjustmentKind.CONTENT or any(field in change for field in WEIGHTY):
        return False
    if "investment_total" not in change:
        return True
    if baseline is None:
        return False
    return abs(Decimal(change["investment_total"]) - baseline) * 100 <= percent * baseline
