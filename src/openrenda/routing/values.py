"""What goes in and what comes out: a past case, what is asked, the advice with its reasons. Plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from openrenda.kernel.enums import Labelled
from openrenda.kernel.text import N_

STREET, COMMUNITY = -1, -2
"""Instead of a unit: "the street (community) where it lies", so that what one street handled teaches about all."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the matter lies, as far as it is known: ids of orgs.Unit."""

    street_id: int | None = None
    community_id: int | None = None

    def label(self, unit_id: int) -> int:
        """The unit, or STREET or COMMUNITY when it is this place's own."""
        if unit_id == self.street_id:
            return STREET
        return COMMUNITY if unit_id == self.community_id else unit_id

    def unit(self, label: int) -> int | None:
        """The other way round; None when the place is not known."""
        if label == STREET:
            return self.street_id
        return self.community_id if label == COMMUNITY else label


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Example:
    """A case that was handled: who did it in the end, who returned it before. Without `unit_id` it teaches the
    category alone. Cases of one `matter` are left out together when the advice is tested: they are no independent
    witnesses."""

    kind: str
    object_id: int
    title: str
    body: str
    category_id: int | None
    unit_id: int | None
    place: Place = NOWHERE
    refused_unit_ids: tuple[int, ...] = ()
    matter: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """A new case that waits for a category and a unit."""

    title: str
    body: str
    category_id: int | None = None
    place: Place = NOWHERE
    kind: str = ""
    object_id: int | None = None  # of itself it is no evidence


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """A line of the category map: what it is called, who usually handles it."""

    category_id: int
    name: str
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseLink:
    """A past case that this reader may open."""

    ref: str
    title: str
    url: str


class Ground(Labelled):
    """Why a unit or a category is advised."""

    MAP = "map", N_("类别的默认单位")
    CATEGORY = "category", N_("这一类别过去多由它办理")
    DUTY = "duty", N_("职责词")
    WORDS = "words", N_("过去由它办理的事里常见")
    NAME = "name", N_("类别名称里的词")
    CASE = "case", N_("办过相似的")
    RETURNED = "returned", N_("退回过相似的")


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground, with the new text's own words or with a past case."""

    ground: Ground
    words: tuple[str, ...] = ()
    case: CaseLink | None = None


@dataclass(frozen=True, slots=True)
class UnitAdvice:
    """A unit, its part of the advice (0 to 1; what is shown sums to at most 1), and why."""

    unit_id: int
    name: str
    share: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class CategoryAdvice:
    """A category, and why."""

    category_id: int
    name: str
    share: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """Likeliest first. `fallback`: nothing was learned yet, the category map and duty words alone speak."""

    categories: tuple[CategoryAdvice, ...] = ()
    units: tuple[UnitAdvice, ...] = ()
    learned_from: int = 0
    learned_at: datetime | None = None
    fallback: bool = True
    figures: Mapping[str, float] = field(default_factory=dict)

    @property
    def category(self) -> CategoryAdvice | None:
        """The likeliest one."""
        return self.categories[0] if self.categories else None
