"""Words for figures, as tellers and the public read them."""

from collections.abc import Mapping

from openrenda.kernel.text import N_
from openrenda.voting.states import Choice, Grade

TOTALS = {
    "issued": N_("发出票数"),
    "returned": N_("收回票数"),
    "valid": N_("有效票数"),
    "void": N_("无效票数"),
}
_ANSWERS = {str(answer): answer.label for answer in (*Choice, *Grade)}


def difference_label(name: str, labels: Mapping[str, str]) -> str:
    """A name given by count.differences in words: a total, or an option with its answer."""
    if name in TOTALS:
        return TOTALS[name]
    ref, _, answer = name.rpartition(" ")
    return f"{labels.get(ref, ref)}·{_ANSWERS.get(answer, answer)}"
