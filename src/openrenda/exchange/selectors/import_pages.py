"""What the pages of an import show: where it stands, its sheets, its rows in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from openrenda.exchange import kinds
from openrenda.exchange.import_states import OPEN_IMPORTS, ImportState
from openrenda.exchange.incoming.plan import SheetPlan
from openrenda.exchange.models import ImportRow, ImportRun
from openrenda.exchange.values import ImportKind, Outcome
from openrenda.exchange.writing.faults import said
from openrenda.kernel.text import N_
from openrenda.ui.filters import t
from openrenda.ui.shapes import Link

from .imports import faults_of

TONES = {
    ImportState.CHECKED: "open", ImportState.DONE: "done", ImportState.SAME: "done", ImportState.REFUSED: "stop",
    ImportState.FAILED: "stop",
}  # fmt: skip
ROW_TONES = {Outcome.BAD: "stop", Outcome.ADD: "done", Outcome.CHANGE: "warn", Outcome.SAME: "neutral"}
COUNTED = (
    "rows", "add", "change", "same", "bad", "totals", "notes", "added", "changed", "unchanged", "left_out",
)  # fmt: skip
MOVING = (ImportState.CHECKING, ImportState.WRITING)
ALL = N_("全部")


@dataclass(frozen=True, slots=True)
class RunFace:
    """A run as a reader sees it."""

    run: ImportRun
    label: str
    state: str
    tone: str
    is_moving: bool
    is_open: bool
    done: int
    total: int
    is_stopping: bool

    @property
    def counts(self) -> dict[str, int]:
        """Every count there may be; 0 for what has not been counted."""
        return {**dict.fromkeys(COUNTED, 0), **self.run.counts}

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0

    @property
    def bad(self) -> int:
        return self.counts["bad"]

    @property
    def writes(self) -> int:
        return self.counts["add"] + self.counts["change"]


@dataclass(frozen=True, slots=True)
class RowFace:
    """A row in words; `lines` are (what, column, words)."""

    row: ImportRow
    outcome: str
    tone: str
    faults: Sequence[tuple[str, str]]
    changes: Sequence[tuple[str, str, str]]
    notes: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class SheetFace:
    """A sheet: where its header stands, which column is what; or why it is skipped."""

    plan: SheetPlan
    pairs: Sequence[tuple[str, str]]
    missing: Sequence[str]


def run_face(run: ImportRun) -> RunFace:
    """No query if the run came with its progress."""
    state = ImportState(run.state)
    return RunFace(
        run=run,
        label=_label(run.kind),
        state=state.label,
        tone=TONES.get(state, "neutral"),
        is_moving=state in MOVING,
        is_open=state in OPEN_IMPORTS,
        done=run.progress.done,
        total=run.progress.total,
        is_stopping=state is ImportState.WRITING and run.progress.is_to_stop,
    )


def _label(name: str) -> str:
    return t(kinds.kind(name).label)


def row_face(row: ImportRow, kind: ImportKind) -> RowFace:
    """No query."""
    outcome = Outcome(row.outcome)
    detail = row.detail
    return RowFace(
        row=row,
        outcome=outcome.label,
        tone=ROW_TONES[outcome],
        faults=[(column_label(kind, one.column), said(one, kind)) for one in faults_of(row)],
        changes=[(column_label(kind, c), before, after) for c, before, after in detail.get("changes", ())],
        notes=[(column_label(kind, one["column"]), t(one["text"], **one["params"])) for one in detail.get("notes", ())],
    )


def column_label(kind: ImportKind, key: str) -> str:
    """What a column is called on pages; "" for the row as a whole."""
    return t(kind.column(key).label) if key else ""


def sheet_faces(plans: Sequence[SheetPlan], kind: ImportKind) -> list[SheetFace]:
    """No query."""
    return [
        SheetFace(
            plan,
            [
                (label, column_label(kind, key))
                for index, label in enumerate(plan.labels)
                if (key := plan.key_at(index))
            ],
            [t(column.label) for column in plan.missing(kind.columns)] if plan.labels else [],
        )
        for plan in plans
    ]


def tabs(run: ImportRun, base: str, outcome: Outcome | None) -> list[Link]:
    """The rows by outcome, with their numbers; what there is none of is left out. No query."""
    links = [Link(ALL, base, current=outcome is None, count=run.counts.get("rows", 0))]
    for one in (Outcome.BAD, Outcome.ADD, Outcome.CHANGE, Outcome.SAME):
        count = run.counts.get(str(one), 0)
        if count or one is outcome:
            links.append(Link(one.label, f"{base}?{urlencode({'only': one.value})}", one is outcome, count))
    return links
