"""What stands after the question mark, read without trust; and links to this page with other filters."""

from urllib.parse import urlencode

from django.http import HttpRequest

from openrenda.ui.shapes import Link

Choice = tuple[object, str, int | None]
"""Value, label, how many."""


def number(request: HttpRequest, name: str) -> int | None:
    """A positive whole number that a column of ours can hold, or nothing."""
    raw = request.GET.get(name, "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else None


def year(request: HttpRequest) -> int | None:
    """A year that a calendar of ours can hold, or nothing."""
    given = number(request, "year")
    return given if given is not None and 1990 <= given <= 2100 else None


def here_with(request: HttpRequest, kept: dict[str, object], **changed: object) -> str:
    """This page with other filters; None takes one away."""
    words = urlencode({key: value for key, value in {**kept, **changed}.items() if value not in (None, "")})
    return f"{request.path}?{words}" if words else request.path


def answers(request: HttpRequest, kept: dict[str, object], name: str, choices: list[Choice]) -> list[Link]:
    """One link per answer; the chosen one takes itself away."""
    chosen = kept.get(name)
    return [
        Link(label, here_with(request, kept, **{name: None if value == chosen else value}), value == chosen, count)
        for value, label, count in choices
    ]
