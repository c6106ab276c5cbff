"""What can be done on a page of the workbench: a row says the act, its form, its action, its words.

The workflows say who may and when; these rows only say what is asked and what is told. One view serves each table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from openrenda.livelihood.forms.base import ActForm, Plain

PAGE = "livelihood/work/act.html"


@dataclass(frozen=True, slots=True)
class Act:
    """One row: `says` what will happen, `done` what is told afterwards; `on` is the action's id argument."""

    label: str
    action: Callable[..., Any]
    done: str
    on: str
    form: type[ActForm] = Plain
    says: str = ""
    template: str = PAGE
    danger: bool = False
