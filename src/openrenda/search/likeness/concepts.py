"""Everyday words by what they are about, from words.csv: a first stock, to which a district adds its own synonyms."""

import csv
from functools import cache
from pathlib import Path

from ..rules.text import compared

WORDS = Path(__file__).resolve().parents[1] / "words.csv"


@cache
def everyday() -> dict[str, tuple[str, ...]]:
    """Concept name → words. Not to be changed by callers."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {row["concept"]: tuple(compared(row["words"]).split()) for row in rows}
