"""What goes into the index, what is asked, what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from openrenda.kernel.actor import Actor

Order = Literal["time", "relevance"]
Part = tuple[str, bool]
"""A piece of text and whether it is what was asked for. Pages escape the text and mark it; there is no HTML in it."""

FACETS = ("kind", "category", "unit", "street", "year", "state", "grade")
Counts = tuple[tuple[str | int, int], ...]
"""(value, how many hits), the most frequent first."""


@dataclass(frozen=True, slots=True)
class Doc:
    """What is found of one object by one side: everybody (`is_public`), or those who carry a token of `audience`.

    A public one may hold nothing that not everybody may read: every word of it can match, count and be suggested.
    `names` (people, places) are found by pinyin and initials too, `numbers` ("第041号", "16-5-041") without their zeros
    and from any part on. `at` orders hits by time.
    """

    object_id: int
    congress_id: int
    is_public: bool
    ref: str
    title: str
    at: datetime
    body: str = ""
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    audience: frozenset[str] = frozenset()
    category_id: int | None = None
    unit_id: int | None = None
    street_id: int | None = None
    community_id: int | None = None
    year: int | None = None
    state: str = ""
    grade: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody looks for. Without `actor` only public entries are looked at, with one only inside entries.

    Without `text` everything that passes the filters is found. `after` is a `Found.next_after`; anything else begins at
    the first page.
    """

    congress_id: int
    text: str = ""
    actor: Actor | None = None
    kinds: tuple[str, ...] = ()
    category_id: int | None = None
    unit_id: int | None = None
    street_id: int | None = None
    year: int | None = None
    state: str = ""
    grade: str = ""
    order: Order = "time"
    after: str = ""
    size: int = 20


class Hit(NamedTuple):
    """One entry found. `snippet` is empty when there is no body; `score` is 0 when ordered by time.

    A tuple, made several times faster than a frozen dataclass: every page makes twenty.
    """

    kind: str
    object_id: int
    ref: str
    title: tuple[Part, ...]
    snippet: tuple[Part, ...]
    at: datetime
    category_id: int | None
    unit_id: int | None
    street_id: int | None
    year: int | None
    state: str
    grade: str
    is_public: bool
    score: int = 0

    @property
    def plain_title(self) -> str:
        return "".join(text for text, _ in self.title)


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits. `count` and `facets` look at the newest 2000 hits; `capped` says that there are more ("2000+").

    `words`: what was looked for, as understood; `also`: other names looked for as well (也找了…); `left_out`: the text
    was too long and only its beginning counts; `unreadable`: there was text, but no letter or number in it.
    `plan` tells how it was found: "none", "all" or "newest".
    """

    hits: tuple[Hit, ...] = ()
    count: int = 0
    capped: bool = False
    facets: Mapping[str, Counts] = field(default_factory=dict)
    next_after: str = ""
    words: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    left_out: bool = False
    unreadable: bool = False
    plan: str = "none"


@dataclass(frozen=True, slots=True)
class Hint:
    """A line under the search box: `text` is what to search for, `hit` where it leads if it is one object."""

    kind: str
    text: str
    parts: tuple[Part, ...]
    hit: Hit
