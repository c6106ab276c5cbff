"""Rows with a state, written as the database allows: each begins where its workflow begins and walks its own path.

The triggers that watch over states stay awake. So a row is added in its first state and moved along, all rows of a
step by one statement; what is large or unique to the end (texts, numbers) is filled in with the last step, so that
the steps between stay cheap.
"""

from collections.abc import Sequence

from django.db import connection, models

from openrenda.kernel.copying import Row, copy_into, model_of, values_of

STATE = "state"


def walk(rows: Sequence[tuple[Row, Sequence[str]]], *, last: frozenset[str] = frozenset()) -> None:
    """Add the rows and lead each along its path. Columns named in `last` are empty until the last step.

    One statement for each step of the longest path, and three more. Constraints hold after each.
    """
    if not rows:
        return
    table = _Steps(model_of(rows[0][0]), last)
    table.fill(rows)
    table.begin()
    for step in range(2, max(len(path) for _, path in rows) + (0 if last else 1)):
        table.move(step)
    if last:
        table.finish()


class _Steps:
    """The rows with their paths in a table of this transaction."""

    def __init__(self, model: type[models.Model], last: frozenset[str]) -> None:
        meta = model._meta  # noqa: SLF001  Django documents it as public
        self.fields = list(meta.concrete_fields)
        self.table, self.waiting = meta.db_table, f"walking_{meta.db_table}"
        self.late = [str(field.column) for field in self.fields if field.name in last]
        columns = [str(field.column) for field in self.fields]
        self.early = [column for column in columns if column not in self.late and column != STATE]
        self.nulls = {str(field.column) for field in self.fields if field.null}

    def _run(self, sql: str, params: Sequence[int] = ()) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, list(params))

    def fill(self, rows: Sequence[tuple[Row, Sequence[str]]]) -> None:
        """Everything goes into the waiting table first."""
        self._run(
            f"CREATE TEMP TABLE IF NOT EXISTS {self.waiting} ON COMMIT DROP AS "  # noqa: S608  our tables' names
            f"SELECT t.*, ARRAY[]::text[] AS path FROM {self.table} t LIMIT 0"
        )
        self._run(f"TRUNCATE {self.waiting}")
        values = values_of([row for row, _ in rows], self.fields)
        paths = [list(path) for _, path in rows]
        columns = [*(str(field.column) for field in self.fields), "path"]
        copy_into(self.waiting, columns, ([*cells, path] for cells, path in zip(values, paths, strict=True)))
        self._run(f"ANALYZE {self.waiting}")

    def begin(self) -> None:
        """Each row in its first state, in the order they were given."""
        late = [column for column in self.late if column not in self.nulls]
        columns = ", ".join([*self.early, STATE, *late])
        values = ", ".join([*(f"w.{c}" for c in self.early), "w.path[1]", *("''" for _ in late)])
        self._run(f"INSERT INTO {self.table} ({columns}) SELECT {values} FROM {self.waiting} w ORDER BY w.id")  # noqa: S608

    def move(self, step: int) -> None:
        """One step on, for those whose path is that long. A path whose end is filled in last stops before it."""
        longer = ">" if self.late else ">="
        self._run(
            f"UPDATE {self.table} t SET state = w.path[%s] FROM {self.waiting} w "  # noqa: S608
            f"WHERE w.id = t.id AND cardinality(w.path) {longer} %s AND t.state <> w.path[%s]",
            [step, step, step],
        )

    def finish(self) -> None:
        """The last step, with all that belongs to it."""
        columns = ", ".join(f"{column} = w.{column}" for column in [*self.late, STATE])
        self._run(f"UPDATE {self.table} t SET {columns} FROM {self.waiting} w WHERE w.id = t.id")  # noqa: S608
