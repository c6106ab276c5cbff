"""Every write of the slice. Keyword-only, one transaction each: lock, decide, write, record, publish."""

from .casting import accept_ballot, accept_ballots, enter_partial
from .ceremony import (
    begin_setup,
    enter_certificate,
    enter_credentials,
    enter_polynomial,
    enter_verification_key,
    restart_keys,
)
from .counting import count_poll, enter_ballots, enter_count, file_tally_sheet
from .deciding import confirm_result, decide, publish_poll, repeat_poll
from .drafting import cancel_poll, draft_poll, take_roll
from .issuing import fall_back_to_paper, issue_ballot, issue_ballots, vote_by_name, withdraw_credentials
from .opening import close_poll, mark_present, open_poll, void_poll
from .values import Figures, OptionSpec, Receipt, RollSpec, ScrutineerSpec

__all__ = [
    "Figures",
    "OptionSpec",
    "Receipt",
    "RollSpec",
    "ScrutineerSpec",
    "accept_ballot",
    "accept_ballots",
    "begin_setup",
    "cancel_poll",
    "close_poll",
    "confirm_result",
    "count_poll",
    "decide",
    "draft_poll",
    "enter_ballots",
    "enter_certificate",
    "enter_count",
    "enter_credentials",
    "enter_partial",
    "enter_polynomial",
    "enter_verification_key",
    "fall_back_to_paper",
    "file_tally_sheet",
    "issue_ballot",
    "issue_ballots",
    "mark_present",
    "open_poll",
    "publish_poll",
    "repeat_poll",
    "restart_keys",
    "take_roll",
    "void_poll",
    "vote_by_name",
    "withdraw_credentials",
]
