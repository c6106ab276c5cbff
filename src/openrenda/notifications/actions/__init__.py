"""Writes: tell, mark read, choose, send."""

from .letters import send_email
from .notices import mark_all_read, mark_read, notify
from .preferences import opt_out_token, read_opt_out, set_by_token, set_preferences

__all__ = [
    "mark_all_read",
    "mark_read",
    "notify",
    "opt_out_token",
    "read_opt_out",
    "send_email",
    "set_by_token",
    "set_preferences",
]
