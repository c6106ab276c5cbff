"""What all forms of the slice share."""

from dataclasses import dataclass
from typing import Any

from openrenda.kernel.actor import Actor
from openrenda.meetings.models import AgendaItem, Meeting
from openrenda.ui.fields import SectionedForm


@dataclass(frozen=True, slots=True)
class Ask:
    """What a form is asked about: the meeting, the item of it if any, and who acts."""

    meeting: Meeting
    item: AgendaItem | None
    actor: Actor


class ActForm(SectionedForm):
    """A form of an act: it may look at the meeting or the item it is about."""

    def __init__(self, *args: Any, ask: Ask, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ask = ask
        self.prepare(ask)

    def prepare(self, ask: Ask) -> None:
        """Subclasses set what may be chosen and what is filled in already."""

    def values(self) -> dict[str, Any]:
        """The action's arguments."""
        return dict(self.cleaned_data)


class Plain(ActForm):
    """Nothing to fill in: the page says what will happen, the button does it."""
