"""What makes a plan fit its mode (pure)."""

from collections.abc import Sequence

from openrenda.kernel.text import N_
from openrenda.suggestions.states import Mode, Part

from .values import PlanLine


def plan_problem(mode: Mode, lines: Sequence[PlanLine]) -> str:
    """Why the lines do not fit the mode (a msgid), empty when they do."""
    parts = [line.part for line in lines]
    if len({line.unit_id for line in lines}) != len(lines):
        return N_("同一个单位不能重复。")
    if mode == Mode.SINGLE:
        return "" if parts == [Part.SOLE] else N_("单办要有且只有一个独办单位。")
    if mode == Mode.LEAD_CO:
        fits = parts.count(Part.LEAD) == 1 and parts.count(Part.CO) == len(parts) - 1 >= 1
        return "" if fits else N_("主办会办要有一个主办单位和至少一个会办单位。")
    if len(parts) < 2 or set(parts) != {Part.SHARE}:
        return N_("分办要有至少两个分办单位。")
    return "" if all(line.part_text.strip() for line in lines) else N_("分办要写明每个单位负责哪一部分。")
