"""What all forms of the slice share: a form's cleaned values are an action's keyword arguments."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from openrenda.kernel.actor import Actor
from openrenda.suggestions.selectors.rows import WorkCase
from openrenda.ui.fields import (
    LONG_TEXT,
    Choices,
    Day,
    Line,
    One,
    Pick,
    PickSome,
    Section,
    SectionedForm,
    ShownSection,
    Text,
    Yes,
    labels,
)

__all__ = [
    "LONG_TEXT",
    "ActForm",
    "Ask",
    "Choices",
    "Day",
    "Line",
    "One",
    "Pick",
    "PickSome",
    "Section",
    "ShownSection",
    "Text",
    "Yes",
    "labels",
]


@dataclass(frozen=True, slots=True)
class Ask:
    """What a form is asked about: the case, the part of it that the act is about, and who acts."""

    case: WorkCase
    part: Any
    actor: Actor


class ActForm(SectionedForm):
    """A form of an act: it may look at the case it is about."""

    def __init__(self, *args: Any, ask: Ask | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if ask is not None:
            self.prepare(ask)

    def prepare(self, ask: Ask) -> None:
        """Subclasses set what may be chosen and what is filled in already."""

    def take_along(self, given: Mapping[str, str]) -> None:
        """Subclasses fill in what the link to them names."""
