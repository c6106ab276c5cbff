"""What stands after the question mark of a search, read without trust, and links to the same search with changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

from openrenda.kernel import asked
from openrenda.ui.shapes import Link

LONGEST = 200
NUMBERS = ("category", "unit", "street", "year")
FILTERS = ("kind", *NUMBERS, "state", "class")
ORDERS = ("time", "relevance")


@dataclass(frozen=True, slots=True)
class Asked:
    """The words and what narrows them."""

    text: str = ""
    kind: str = ""
    category: int | None = None
    unit: int | None = None
    street: int | None = None
    year: int | None = None
    state: str = ""
    grade: str = ""
    order: str = ""
    after: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Is any filter set?"""
        return any((self.kind, self.category, self.unit, self.street, self.year, self.state, self.grade))


def read(params: Mapping[str, str]) -> Asked:
    """The search as asked; what is no value of ours is left out."""
    order = params.get("order", "")
    return Asked(
        text=asked.text(params, "q", LONGEST),
        kind=asked.text(params, "kind"),
        state=asked.text(params, "state"),
        grade=asked.text(params, "class"),
        order=order if order in ORDERS else "",
        after=asked.text(params, "after", LONGEST),
        **{name: asked.number(params, name) for name in NUMBERS},
    )


def with_changes(request: HttpRequest, **changed: object) -> str:
    """This search, from its beginning, with other answers; None takes one away."""
    kept = {key: value for key, value in request.GET.items() if key in (*FILTERS, "q", "order")}
    wanted: Mapping[str, object] = {**kept, **changed}
    words = urlencode({key: value for key, value in wanted.items() if value not in (None, "")})
    return f"{request.path}?{words}" if words else request.path


def next_page(request: HttpRequest, token: str) -> str:
    """The same search from where this page ends, or nothing at the end."""
    return f"{with_changes(request)}&{urlencode({'after': token})}" if token else ""


def kept(request: HttpRequest) -> dict[str, str]:
    """Filters and order, to be sent along with other words."""
    return {key: str(value) for key, value in request.GET.items() if key in (*FILTERS, "order") and value}


def answers(request: HttpRequest, name: str, values: Iterable[tuple[str, str, int]]) -> Sequence[Link]:
    """One link for each (value, label, count); the chosen one takes itself away."""
    chosen = request.GET.get(name, "")
    return [
        Link(label, with_changes(request, **{name: None if value == chosen else value}), value == chosen, n)
        for value, label, n in values
    ]
