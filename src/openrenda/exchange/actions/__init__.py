"""Every write of the exchange."""

from .answering import Answer, answer, answer_visitor, check_visits, stream
from .composing import Wanted
from .exports import WRITE_TASK, ask_for, cancel, checked_reason, expire, forget_visits, write_file

__all__ = [
    "WRITE_TASK",
    "Answer",
    "Wanted",
    "answer",
    "answer_visitor",
    "ask_for",
    "cancel",
    "check_visits",
    "checked_reason",
    "expire",
    "forget_visits",
    "stream",
    "write_file",
]
