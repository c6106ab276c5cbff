"""What all forms of the slice share."""

from dataclasses import dataclass
from typing import Any

from openrenda.kernel.actor import Actor
from openrenda.ui.fields import SectionedForm
from openrenda.voting.models import Poll


@dataclass(frozen=True, slots=True)
class Ask:
    """What a form is asked about, and who acts."""

    poll: Poll
    actor: Actor


class ActForm(SectionedForm):
    """A form of an act: it may look at the poll it is about."""

    def __init__(self, *args: Any, ask: Ask, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ask = ask
        self.prepare(ask)

    def prepare(self, ask: Ask) -> None:
        """Subclasses set what may be chosen."""

    def values(self) -> dict[str, Any]:
        """The action's arguments."""
        return dict(self.cleaned_data)


class Plain(ActForm):
    """Nothing to fill in: the page says what will happen, the button does it."""
