"""What stands after the question mark, read without trust."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from django.http import HttpRequest

from openrenda.kernel import asked
from openrenda.ui.shapes import Link


def text(request: HttpRequest, name: str) -> str:
    """A few words; what is longer than any title is cut."""
    return asked.text(request.GET.dict(), name)


def number(request: HttpRequest, name: str) -> int | None:
    """A positive whole number that the database can hold, or nothing."""
    raw = request.GET.get(name, "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else None


def here_with(request: HttpRequest, **changed: object) -> str:
    """This list with other filters, from its beginning. None takes a filter away."""
    kept = {key: value for key, value in request.GET.items() if key != "before"}
    wanted: Mapping[str, object] = {**kept, **changed}
    words = urlencode({key: value for key, value in wanted.items() if value not in (None, "")})
    return f"{request.path}?{words}" if words else request.path


def answers(request: HttpRequest, name: str, choices: Iterable[tuple[str, str, int | None]]) -> list[Link]:
    """One link per answer; the chosen one takes itself away."""
    chosen = request.GET.get(name, "")
    return [
        Link(label, here_with(request, **{name: None if key == chosen else key}), current=key == chosen, count=count)
        for key, label, count in choices
    ]
