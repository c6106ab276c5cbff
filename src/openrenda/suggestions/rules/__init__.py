"""Who may (who), by when (clocks), under which number (numbers)."""

from .who import UNIT_ROLES

__all__ = ["UNIT_ROLES"]
