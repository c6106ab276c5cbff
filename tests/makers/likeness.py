"""Labelled groups of texts about the same matter, and texts about others: how well are they told apart?"""

import csv
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tests.makers.district import rows_of

FOLDER = Path(__file__).resolve().parents[1] / "data" / "likeness"
SEED = 2025
COPIES, MIXED = 4, 351
CLAUSE = re.compile(r"[^，。；！？]+[，。；！？]?")


@dataclass(frozen=True, slots=True)
class Told:
    """One text; `group` is empty when it belongs to no labelled matter."""

    title: str
    body: str
    street: str = ""
    community: str = ""
    group: str = ""
    place: str = ""

    @property
    def is_held_out(self) -> bool:
        """Weights were fitted without the groups of even number."""
        return bool(self.group) and int(self.group[1:]) % 2 == 0


def number(code: str) -> int | None:
    """The id that stands for a street or community."""
    return int(code[1:]) if code else None


def labelled() -> tuple[list[Told], list[Told]]:
    """The texts of the groups, and the traps: same words about another place, or another matter of the same place."""
    same, traps = [], []
    with (FOLDER / "matters.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            relation, group = row.pop("relation"), row.pop("group")
            if relation == "same":
                same.append(Told(group=group, **row))
            else:
                traps.append(Told(**row))
    return same, traps


def distractors() -> list[Told]:
    """About a thousand: the district's own texts, matters moved to another place, and mixtures."""
    own = list(district())
    return [*own, *moved(labelled()[0], random.Random(SEED)), *mixed(own, MIXED, random.Random(SEED))]  # noqa: S311


def district() -> Iterator[Told]:
    """What the fictional district's residents and deputies wrote."""
    yield from opinions().values()
    streets = {row["简称"]: row["编号"] for row in rows_of("units.csv") if row["类别"] == "街道"}
    for row in rows_of("suggestions.csv"):
        street = next((code for name, code in streets.items() if name in row["正文"]), "")
        yield Told(row["标题"], row["正文"], street)
    for row in rows_of("project_proposals.csv"):
        yield Told(row["标题"], row["内容"])


def opinions() -> dict[str, Told]:
    """The district's opinions by their codes."""
    homes = {row["编号"]: (row["所属街道"], row["所属社区"]) for row in rows_of("stations.csv")}
    return {row["编号"]: Told(row["标题"], row["内容"], *homes[row["联络站"]]) for row in rows_of("opinions.csv")}


def own_groups() -> dict[str, Told]:
    """Those of them that tell of one matter, found by reading, with their group."""
    texts = opinions()
    with (FOLDER / "own.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: replace(texts[row["code"]], group=row["group"]) for row in csv.DictReader(file)}


def moved(texts: list[Told], draw: random.Random) -> Iterator[Told]:
    """Traps made by machine: a labelled text, word for word, but about the place of another group."""
    groups: dict[str, list[Told]] = {}
    for text in texts:
        if text.place and text.place in text.title + text.body:
            groups.setdefault(text.group, []).append(text)
    for group, members in groups.items():
        ending = members[0].place[-1]
        alike = sorted(other for other in groups if other != group and groups[other][0].place[-1] == ending)
        for other in draw.sample(alike or sorted(groups.keys() - {group}), min(COPIES, len(alike) or COPIES)):
            text, home = draw.choice(members), groups[other][0]
            there = {name: getattr(text, name).replace(text.place, home.place) for name in ("title", "body")}
            yield replace(text, **there, street=home.street, community=home.community, group="", place="")


def mixed(texts: list[Told], wanted: int, draw: random.Random) -> Iterator[Told]:
    """Clauses of several texts put together, as from some place of one of them."""
    clauses = [[part for part in CLAUSE.findall(text.body) if len(part) > 4] for text in texts]
    for _ in range(wanted):
        places = draw.sample(range(len(texts)), draw.randint(2, 4))
        parts = [part for place in places for part in draw.sample(clauses[place], min(2, len(clauses[place])))]
        home = texts[places[0]]
        yield Told(draw.choice(parts).rstrip("，。；！？")[:30], "".join(parts), home.street, home.community)
