"""Writes of accounts: signing in and out, passwords, hats, keeping accounts, and the administration's own records."""

from .calendar_days import apply_recompute, clear_day, mark_days
from .end_sign_ins import close_overrun, end_sign_in, end_sign_ins_of, sign_out
from .keep_accounts import (
    add_person,
    create_account,
    deactivate,
    lift_lock,
    reactivate,
    reset_password,
    unlock,
)
from .passwords import change_password
from .posts import end_post, give_post
from .settings import change_setting
from .sign_in import sign_in
from .wear_hat import wear_hat

__all__ = [
    "add_person",
    "apply_recompute",
    "change_password",
    "change_setting",
    "clear_day",
    "close_overrun",
    "create_account",
    "deactivate",
    "end_post",
    "end_sign_in",
    "end_sign_ins_of",
    "give_post",
    "lift_lock",
    "mark_days",
    "reactivate",
    "reset_password",
    "sign_in",
    "sign_out",
    "unlock",
    "wear_hat",
]
