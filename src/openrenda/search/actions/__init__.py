"""Keeping the index: with each write, as a whole, and its table of synonyms."""

from .build import build_if_old, is_old, rebuild
from .index import touch
from .synonyms import add_synonyms, change_synonyms, remove_synonyms

__all__ = ["add_synonyms", "build_if_old", "change_synonyms", "is_old", "rebuild", "remove_synonyms", "touch"]
