"""What stands after the question mark, read without trust: by a page, and by whatever says the same as the page."""

from collections.abc import Mapping
from typing import TypeVar

from .enums import Labelled

Params = Mapping[str, str]
L = TypeVar("L", bound=Labelled)
LONGEST = 60


def text(params: Params, name: str, longest: int = LONGEST) -> str:
    """A few words; what is longer than any name or title is cut."""
    return params.get(name, "").replace("\x00", "").strip()[:longest]


def number(params: Params, name: str) -> int | None:
    """A positive whole number that fits an id or a year of our tables, or nothing."""
    raw = params.get(name, "")
    found = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 12 else None
    return found if found is not None and found < 2**31 else None


def member(params: Params, name: str, enum: type[L]) -> L | None:
    """A member of the enumeration, or nothing."""
    return next((one for one in enum if one.value == params.get(name, "")), None)
