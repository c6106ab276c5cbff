"""What can be done to a suggestion from its page: a row says the act, its form, its action, its words.

The workflow says who may and when; these rows only say what is asked and what is told. One view serves them all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from openrenda.suggestions.forms.base import ActForm
from openrenda.suggestions.selectors.rows import WorkCase


class On(Enum):
    """What an act is about, and how the action names its id."""

    CASE = "suggestion_id"
    MAIN = "main_id"
    PART = "assignment_id"
    REPLY = "reply_id"
    LETTER = "reply"
    PROMISE = "commitment_id"
    CONTACT = "contact_id"
    NUDGE = "nudge_id"
    OBJECTION = "objection_id"
    LOOK_BACK = "look_back_id"


@dataclass(frozen=True, slots=True)
class Act:
    """One row: `says` what will happen, `done` what is told afterwards, `shows` a template read before deciding."""

    label: str
    form: type[ActForm]
    action: Callable[..., Any]
    done: str
    on: On = On.CASE
    says: str = ""
    shows: str = ""
    template: str = "suggestions/act.html"
    danger: bool = False


TEXT, LETTER, PLAN = "suggestions/parts/text.html", "suggestions/parts/letter.html", "suggestions/parts/plan.html"
PLAN_PAGE = "suggestions/plan.html"

FIND: Mapping[On, Callable[[WorkCase], dict[int, Any]]] = {
    On.PART: lambda case: {row.assignment.pk: row for row in case.assignments},
    On.REPLY: lambda case: {row.assignment.pk: row for row in case.assignments if row.reply is not None},
    On.LETTER: lambda case: {row.pk: row for row in case.replies},
    On.PROMISE: lambda case: {row.commitment.pk: row for row in case.promises},
    On.CONTACT: lambda case: {row.pk: row for row in case.contacts},
    On.NUDGE: lambda case: {row.pk: row for row in case.nudges},
    On.OBJECTION: lambda case: {row.pk: row for row in case.objections},
    On.LOOK_BACK: lambda case: {row.pk: row for row in case.look_backs},
}
"""Parts of a case by the number in the address; whatever is not among them is not found."""
