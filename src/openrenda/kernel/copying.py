"""Thousands of rows at once: PostgreSQL's COPY, for what is built in memory and only ever added.

Constraints and triggers hold as for any INSERT; signals and `save` methods are not run. Ids that other rows must know
beforehand are drawn with `Ids`.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

Cast = Callable[[Any], Any]
Row = Any
"""A model's object or a Fresh one."""


class Ids:
    """Numbers for new rows of a model, drawn from its sequence in blocks. What is not used leaves a gap, as a
    rollback does."""

    def __init__(self, model: type[models.Model], block: int = 1000) -> None:
        self._table = model._meta.db_table  # noqa: SLF001  Django documents _meta as public
        self._block = block
        self._ready: list[int] = []

    def take(self) -> int:
        """The next one. One query per block."""
        if not self._ready:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s) ORDER BY 1 DESC",
                    [self._table, self._block],
                )
                self._ready = [row[0] for row in cursor.fetchall()]
        return self._ready.pop()


class Fresh:
    """A new row of a model by its columns, the others at their defaults. Ten times lighter than the model itself: for
    rows that are only built and copied. Made by `fresh`."""

    __slots__ = ("__dict__", "model")

    def __init__(self, model: type[models.Model], columns: dict[str, Any]) -> None:
        self.model = model
        self.__dict__ = columns


@cache
def _defaults(model: type[models.Model]) -> dict[str, Any]:
    return {field.attname: field.get_default() for field in model._meta.concrete_fields}  # noqa: SLF001


def fresh(model: type[models.Model], **columns: Any) -> Any:
    """A new row; a relation is given by its number (`unit_id`). TypeError for a column the model does not have."""
    made = _defaults(model) | columns
    if len(made) != len(_defaults(model)):
        raise TypeError(f"{model.__name__} has no {', '.join(columns.keys() - _defaults(model).keys())}")
    return Fresh(model, made)


def model_of(row: "Fresh | models.Model") -> type[models.Model]:
    """Of which model a row is."""
    return row.model if isinstance(row, Fresh) else type(row)


def settle(*models_written: type[models.Model]) -> None:
    """Let the planner see what has been added, and check now what would be checked at COMMIT.

    In one long transaction nobody else tells the planner: plans made for a nearly empty table would be kept, and each
    foreign key be looked up by reading the whole table.
    """
    with connection.cursor() as cursor:
        for model in models_written:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")  # noqa: SLF001
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def columns_of(model: type[models.Model], *, with_id: bool) -> "list[models.Field[Any, Any]]":
    """The fields a COPY fills; without its own number where the database gives it."""
    return [f for f in model._meta.concrete_fields if with_id or not _is_own_number(f)]  # noqa: SLF001


def _is_own_number(field: "models.Field[Any, Any]") -> bool:
    return isinstance(field, models.AutoField) and field.primary_key


def _as_json(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)


def _as_text(value: object) -> str | None:
    return None if value is None else str(value).replace("\0", "")


def _as_is(value: object) -> object:
    return value


def _cast(field: "models.Field[Any, Any]") -> Cast:
    if isinstance(field, models.JSONField):
        return _as_json
    return _as_text if isinstance(field, models.CharField | models.TextField) else _as_is


def copy(rows: Sequence[Row], *, with_id: bool = False) -> int:
    """Add the rows, all of one model, in their order; returns how many. One statement."""
    if not rows:
        return 0
    model = model_of(rows[0])
    fields = columns_of(model, with_id=with_id)
    copy_into(model._meta.db_table, [str(f.column) for f in fields], values_of(rows, fields))  # noqa: SLF001
    return len(rows)


def values_of(rows: Iterable[Row], fields: "Sequence[models.Field[Any, Any]]") -> Iterable[list[Any]]:
    """What stands in those columns of each row, as COPY takes it."""
    plan = [(field.attname, _cast(field)) for field in fields]
    for row in rows:
        values = row.__dict__
        yield [cast(values[name]) for name, cast in plan]


def copy_into(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """COPY into a table of ours."""
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    sql = f"COPY {connection.ops.quote_name(table)} ({quoted}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(sql) as target:
        for row in rows:
            target.write_row(row)
