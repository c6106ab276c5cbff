"""Registers of the institution that may come in: units, and deputies with their mandates.

The same code is the same unit or mandate: what differs is shown before it is changed; empty cells change nothing.
"""

from . import kinds
from .institution_deputies import DEPUTIES
from .institution_units import UNITS


def register() -> None:
    """Called once in ready."""
    kinds.register(UNITS)
    kinds.register(DEPUTIES)
