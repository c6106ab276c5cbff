"""The verdict on every row: what the framework sees (unreadable cells, keys), then what the kind says."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from openrenda.exchange.values import Fault, Finding, ImportKind, Outcome, Progress, Row
from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_

TWICE = N_("与第 {line} 行重复")
TWICE_ELSEWHERE = N_("与“{sheet}”表第 {line} 行重复")
EMPTY = N_("不能为空")


def judge(kind: ImportKind, rows: Sequence[Row], actor: Actor, progress: Progress) -> list[Finding]:
    """One finding per row, in order. Rows with a bad key are not shown to the kind: nobody knows which they are."""
    bad_keys = _key_faults(kind, rows)
    asked = [row for n, row in enumerate(rows) if n not in bad_keys]
    answers = iter(kind.check(asked, actor, progress) if asked else ())
    found = []
    for n, row in enumerate(rows):
        if n in bad_keys:
            faults = (*bad_keys[n], *_unread(row))
            found.append(Finding(row, Outcome.BAD, _once(faults)))
        else:
            found.append(_with_unread(next(answers)))
    return found


def _with_unread(finding: Finding) -> Finding:
    faults = _once((*_unread(finding.row), *finding.faults))
    return replace(finding, outcome=Outcome.BAD, faults=faults) if faults else finding


def _unread(row: Row) -> tuple[Fault, ...]:
    return tuple(Fault(column, reason) for column, reason in row.unread.items())


def _once(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """The same reason for the same cell is said once."""
    return tuple({(fault.column, fault.reason): fault for fault in faults}.values())


def _key_faults(kind: ImportKind, rows: Sequence[Row]) -> dict[int, list[Fault]]:
    """By position: keys that are empty or stand on an earlier row already."""
    keys = kind.keys
    seen: dict[tuple[str, ...], Row] = {}
    found: dict[int, list[Fault]] = {}
    for n, row in enumerate(rows if keys else ()):
        values = tuple(_same(row.cells.get(key, "")) for key in keys)
        empty = [Fault(key, EMPTY) for key, value in zip(keys, values, strict=True) if not value and row.has(key)]
        if empty:
            found[n] = [fault for fault in empty if fault.column not in row.unread]
        elif any(key in row.unread for key in keys):
            found[n] = []
        elif (first := seen.get(values)) and not kind.keys_repeat:
            found[n] = [_twice(keys[0], row, first)]
        elif any(values):  # a table without the key's column: nothing tells its rows apart
            seen[values] = row
    return found


def _same(key: str) -> str:
    """041 and 41 are one number, Ｄ001 and D001 one code."""
    folded = "".join(unicodedata.normalize("NFKC", key).split()).casefold()
    return folded.lstrip("0") or "0" if folded.isascii() and folded.isdigit() else folded


def _twice(column: str, row: Row, first: Row) -> Fault:
    if row.sheet == first.sheet:
        return Fault(column, TWICE, {"line": first.line})
    return Fault(column, TWICE_ELSEWHERE, {"sheet": first.sheet, "line": first.line})
