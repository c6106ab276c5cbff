"""Reading the index. Every function states its queries; all look at one side only."""

from .finding import find
from .hinting import hints
from .holding import holding

__all__ = ["find", "hints", "holding"]
