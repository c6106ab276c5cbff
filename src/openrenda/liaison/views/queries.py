"""What stands after the question mark, read without trust."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest

from openrenda.kernel import asked
from openrenda.ui.shapes import Link


def text(request: HttpRequest, name: str = "q") -> str:
    """A few words; what is longer than any name is cut."""
    return asked.text(request.GET.dict(), name)


def token(request: HttpRequest) -> str:
    """Where the page before ended; what is not one of ours starts at the beginning."""
    return request.GET.get("after", "").replace("\x00", "")[:200]


def number(request: HttpRequest, name: str) -> int | None:
    """A positive whole number that the database can hold, or nothing."""
    return asked.number(request.GET.dict(), name)


def here_with(request: HttpRequest, **changed: object) -> str:
    """This list with other filters, from its beginning. None takes a filter away."""
    kept = {key: value for key, value in request.GET.items() if key != "after"}
    wanted: Mapping[str, object] = {**kept, **changed}
    words = urlencode({key: value for key, value in wanted.items() if value not in (None, "")})
    return f"{request.path}?{words}" if words else request.path


def older(request: HttpRequest, token: str) -> str:
    """The address of the next page, or nothing at the end."""
    return here_with(request, after=token) if token else ""


def facet(request: HttpRequest, name: str, choices: list[tuple[int, str]] | list[tuple[str, str]]) -> list[Link]:
    """One link per answer; the chosen one takes itself away."""
    chosen = request.GET.get(name, "")
    return [
        Link(label, here_with(request, **{name: None if str(key) == chosen else key}), current=str(key) == chosen)
        for key, label in choices
    ]
