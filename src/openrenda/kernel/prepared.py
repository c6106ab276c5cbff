"""Queries whose shape never changes: Django works out the SQL once, afterwards only the values change.

On the pages that everybody reads, building SQL anew took longer than running it. A prepared query gives the same
objects as its queryset (a test compares them); nothing that the database said is kept between two calls.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.transaction import TransactionManagementError

T = TypeVar("T")
# Stand-ins for values: no constant of ours, and small enough for every column of numbers.
STAND_INS: dict[type, Callable[[int], Any]] = {
    int: lambda n: 30_001 + n,
    str: lambda n: f"\x02{n}",
    date: lambda n: date(1901, 2, n + 1),
    datetime: lambda n: datetime(1901, 1, 1, n, tzinfo=UTC),
}
Value = int | str | date | datetime


@dataclass(frozen=True, slots=True)
class _Plan:
    """What Django worked out: the SQL, where the values stand in it, how rows become objects."""

    sql: str
    params: Sequence[Any]
    places: Mapping[int, str]
    casts: Mapping[int, Callable[[Any], Any]]  # a number of a small column is sent as such
    compiler: Any
    converters: Any
    objects: "_Objects | None"  # None: rows stay tuples, as a values_list gives them
    locks: bool


@dataclass(frozen=True, slots=True)
class _Objects:
    """How a row becomes an object with its related objects."""

    model: type[Model]
    start: int
    end: int
    names: Sequence[str]
    populators: Sequence[Any]
    annotations: Mapping[str, int]


class Prepared(Generic[T]):
    """`Prepared(lambda congress_id: Unit.objects.filter(congress_id=congress_id), congress_id=int)(congress_id=1)`.

    `build` must not look at the values: they only stand in comparisons, one column each, as numbers, texts or
    moments. A values_list gives tuples, anything else objects.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, T]], **kinds: type[Value]) -> None:
        self._build = build
        self._kinds = kinds
        self._plan: _Plan | None = None

    def __call__(self, **values: Value) -> list[T]:
        """The objects, in the queryset's order. One query."""
        plan = self._plan or self._learn()
        if plan.locks and connection.get_autocommit():
            raise TransactionManagementError("a lock belongs to the transaction of its action")
        params = list(plan.params)
        for place, name in plan.places.items():
            params[place] = plan.casts[place](values[name])
        with connection.cursor() as cursor:
            cursor.execute(plan.sql, params)
            rows = cursor.fetchall()
        if plan.converters:
            rows = plan.compiler.apply_converters(rows, plan.converters)
        found: Any = rows if plan.objects is None else (_object(plan.objects, row) for row in rows)
        return list(found)

    def queryset(self, **values: Value) -> QuerySet[Any, T]:
        """The queryset this stands for."""
        return self._build(**values)

    def _learn(self) -> _Plan:
        stand_ins = {name: STAND_INS[kind](n) for n, (name, kind) in enumerate(self._kinds.items())}
        queryset: Any = self._build(**stand_ins)
        compiler = queryset.query.get_compiler(using=connection.alias)
        sql, params = compiler.as_sql()
        names = {value: name for name, value in stand_ins.items()}
        places = {n: names[value] for n, value in enumerate(params) if isinstance(value, Value) and value in names}
        missing = set(self._kinds) - set(places.values())
        if missing:
            raise ValueError(f"not found in the SQL as they were given: {', '.join(sorted(missing))}")
        self._plan = _Plan(
            sql=sql,
            params=params,
            places=places,
            casts={n: _as_sent(params[n]) for n in places},
            compiler=compiler,
            converters=compiler.get_converters([column[0] for column in compiler.select]),
            locks=queryset.query.select_for_update,
            objects=None if queryset.query.has_select_fields else _objects(compiler),
        )
        return self._plan


def _as_sent(stand_in: object) -> Callable[[Any], Any]:
    return type(stand_in) if isinstance(stand_in, int) else lambda value: value


def _objects(compiler: Any) -> _Objects:
    columns = compiler.klass_info["select_fields"]
    start, end = columns[0], columns[-1] + 1
    return _Objects(
        model=compiler.klass_info["model"],
        start=start,
        end=end,
        names=[column[0].target.attname for column in compiler.select[start:end]],
        populators=get_related_populators(  # type: ignore[call-arg]  # the stubs describe Django 6
            compiler.klass_info, compiler.select, connection.alias
        ),
        annotations=dict(compiler.annotation_col_map or {}),
    )


def _object(how: _Objects, row: Sequence[Any]) -> Any:
    made = how.model.from_db(connection.alias, how.names, row[how.start : how.end])
    for populator in how.populators:
        populator.populate(row, made)
    for name, place in how.annotations.items():
        setattr(made, name, row[place])
    return made
