"""A page declares a named place; apps above fill it in AppConfig.ready, so that no arrow points up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

# Given the request and what the page hands over; None leaves the place empty.
ContextFn = Callable[..., Mapping[str, Any] | None]


def as_given(request: HttpRequest | None, /, **given: Any) -> Mapping[str, Any]:
    """What the page handed over, unchanged."""
    return given


@dataclass(frozen=True, slots=True)
class Filling:
    """One template for one place."""

    template: str
    context: ContextFn
    order: int


_slots: dict[str, list[Filling]] = {}


def fill(slot: str, template: str, context_fn: ContextFn = as_given, *, order: int = 100) -> None:
    """Show `template` at `slot`, lower `order` first. `context_fn(request, **given)` answers its context or None."""
    filling = Filling(template, context_fn, order)
    fillings = _slots.setdefault(slot, [])
    if filling not in fillings:
        fillings.append(filling)
        fillings.sort(key=lambda each: each.order)


def fillings(slot: str) -> tuple[Filling, ...]:
    """All that fills the place, in order."""
    return tuple(_slots.get(slot, ()))
