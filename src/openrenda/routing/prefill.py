"""A button of the advice leads to the form with its field filled in, as the address says. A person sends it."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

FIELDS: Mapping[str, tuple[str, ...]] = {"category": ("category_id",), "unit": ("unit", "unit_id", "unit_1")}
"""What the address may name, and how the forms of the slices call it."""


def prefill(form: forms.Form, given: Mapping[str, str]) -> None:
    """Take over what the form offers; anything else in the address is ignored. A form that was sent keeps its own."""
    if form.is_bound:
        return
    for asked, names in FIELDS.items():
        wanted = given.get(asked, "")
        if not (wanted.isascii() and wanted.isdigit()):
            continue
        for name in names:
            field = form.fields.get(name)
            if isinstance(field, forms.ChoiceField) and (key := _offered(field, wanted)):
                form.initial[name] = key


def _offered(field: forms.ChoiceField, wanted: str) -> str:
    """The option of that id; some forms write the level before it ("department:45")."""
    return next((key for key in _keys(field.choices) if key.rpartition(":")[2] == wanted), "")


def _keys(choices: Any) -> Iterator[str]:
    for key, words in choices:
        if isinstance(words, list | tuple):
            yield from _keys(words)
        elif key not in (None, ""):
            yield str(key)
