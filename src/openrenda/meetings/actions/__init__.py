"""Every write of the slice. Keyword-only, one transaction each: lock, decide, write, record, publish."""

from openrenda.voting.actions import OptionSpec
from openrenda.voting.models import Poll
from openrenda.voting.states import Form, Method

from .agenda import add_item, decide_item, withdraw_item
from .sitting import (
    archive_meeting,
    close_meeting,
    convene,
    give_notice,
    leave,
    name_scrutineers,
    open_meeting,
    sign_in,
    take_leave,
)
from .votes import follow_cancelled, follow_published, follow_voided, open_vote, put_to_vote, refresh_roll, repeat_vote

__all__ = [
    "Form",
    "Method",
    "OptionSpec",
    "Poll",
    "add_item",
    "archive_meeting",
    "close_meeting",
    "convene",
    "decide_item",
    "follow_cancelled",
    "follow_published",
    "follow_voided",
    "give_notice",
    "leave",
    "name_scrutineers",
    "open_meeting",
    "open_vote",
    "put_to_vote",
    "refresh_roll",
    "repeat_vote",
    "sign_in",
    "take_leave",
    "withdraw_item",
]
