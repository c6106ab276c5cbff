"""Enumerations whose members carry a Chinese label."""

from enum import StrEnum


class Labelled(StrEnum):
    """A string enum with labels: ``OPEN = "open", N_("未决")``; ``.label`` is the msgid."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Labelled":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value
        return member
