"""The kind "suggestions.register": checked row by row, written in bulk."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from openrenda.exchange import origin
from openrenda.exchange.values import Fault, Finding, ImportKind, Outcome, Progress, Row
from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.kernel.verdict import ALLOWED, Verdict, deny
from openrenda.orgs.states import Role
from openrenda.suggestions.actions.register import Past, take_over

from .columns import COLUMNS
from .directory import directory_of
from .numbers import Known, differences, in_series, known_under, marks_of
from .reading import Reading, read

STRIDE = 200
_NOT_HERE = deny("suggestions.not_register_office", N_("建议台账由代表工委或者常委会办公室导入。"))


def may_take_over(actor: Actor, _: object) -> Verdict:
    """The deputies' office keeps the register."""
    return ALLOWED if actor.has(Role.SC_REP, Role.SC_OFFICE) else _NOT_HERE


def check(rows: Sequence[Row], actor: Actor, progress: Progress) -> list[Finding]:
    """One finding per row. A number that is known is the same or a fault: a register never rewrites what is handled
    here. About ten queries, and one for each two thousand rows."""
    known = directory_of(actor.congress_id, _opinions(rows))
    readings: list[Reading] = []
    for n, row in enumerate(rows, start=1):
        readings.append(read(row, known))
        if n % STRIDE == 0 or n == len(rows):
            progress(n, len(rows))
    readings = in_series(readings, actor.congress_id)
    standing = known_under([r.past.key for r in readings if r.past is not None], actor.congress_id)
    return list(_findings(readings, standing, set(known.free_opinions)))


def _opinions(rows: Sequence[Row]) -> set[str]:
    """All opinions that the rows name; a cell that cannot be read is told with its row."""
    return {code for row in rows if "sources" not in row.unread for code in row.codes("sources")}


def _findings(readings: Sequence[Reading], standing: Mapping[str, Known], free_opinions: set[int]) -> Iterator[Finding]:
    """`free_opinions`: residents' opinions that no suggestion has taken yet; each is taken once."""
    seen: dict[str, Row] = {}
    for reading in readings:
        past, row = reading.past, reading.row
        if past is None:
            yield Finding(row, Outcome.BAD, reading.faults, notes=reading.notes)
        elif (first := seen.get(past.key)) is not None:
            yield Finding(row, Outcome.BAD, (_twice(row, first),), notes=reading.notes)
        else:
            seen[past.key] = row
            yield _finding(reading, past, standing.get(past.key), free_opinions)


def _twice(row: Row, first: Row) -> Fault:
    if row.sheet == first.sheet:
        return Fault("number", N_("与第 {line} 行重复"), {"line": first.line})
    return Fault("number", N_("与“{sheet}”表第 {line} 行重复"), {"sheet": first.sheet, "line": first.line})


def _finding(reading: Reading, past: Past, known: Known | None, free_opinions: set[int]) -> Finding:
    if known is not None:
        faults = tuple(differences(past, known))
        return Finding(reading.row, Outcome.BAD if faults else Outcome.SAME, faults, notes=reading.notes)
    if not free_opinions.issuperset(past.opinion_ids):
        taken = Fault("sources", N_("来源意见已经转为别的建议，或者现在不能转为建议"))
        return Finding(reading.row, Outcome.BAD, (taken,), notes=reading.notes)
    free_opinions.difference_update(past.opinion_ids)
    return Finding(reading.row, notes=reading.notes, parsed=replace(past, marks=marks_of(past)))


def write(findings: Sequence[Finding], actor: Actor, progress: Progress) -> dict[str, int]:
    """Write what was found new, in the caller's transaction."""
    pasts = [finding.parsed for finding in findings if isinstance(finding.parsed, Past)]
    added = take_over(pasts, actor=actor, source=origin.current(), progress=progress)
    return {"added": added, "changed": 0, "unchanged": len(findings) - added}


KIND = ImportKind(
    name="suggestions.register",
    label=N_("建议办理台账"),
    columns=COLUMNS,
    who=may_take_over,
    check=check,
    write=write,
    hint=N_("往年的代表建议办理台账，一行一件。没有办完的导入后接着办；已经在系统里的编号不会被改写。"),
    order=50,
    keys_repeat=True,
)
