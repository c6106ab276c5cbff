"""Whose turn a row is, in a word; and what the lanes of the workbench are called."""

from collections.abc import Mapping

from openrenda.kernel.text import N_
from openrenda.liaison.states import ENDED
from openrenda.liaison.states import OpinionState as S

from .rows import InboxRow

LANES: Mapping[str, str] = {
    "mine": N_("轮到我办"),
    "waiting": N_("等别人办"),
    "done": N_("近来办过"),
    "publish": N_("待公开审核"),
}


def holder(row: InboxRow) -> str:
    """Who must act next on a row of the inbox, in a word."""
    if row.awaiting:
        return row.awaiting
    if row.state in (S.REFERRED, S.HANDLING, S.REWORK):
        return row.handler or row.station
    return {
        S.ANSWERED: N_("反映人"), S.FED_BACK: N_("反映人"), S.CONVERTED: N_("代表建议"), S.ESCALATED: N_("上级代表"),
    }.get(row.state, "—" if row.state in ENDED else row.station)  # fmt: skip
