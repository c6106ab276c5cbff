"""Queries whose shape never changes: Django works out the SQL once, afterwards only the values change.

On the pages that everybody reads, building SQL anew took longer than running it. A prepared query gives the same
objects as its queryset (a test compares them); nothing that the database said is kept between two calls.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)
FIRST = 30_001  # a stand-in for a value: no constant of ours, and small enough for every column of numbers


@dataclass(frozen=True, slots=True)
class _Plan:
    """What Django worked out: the SQL, where the values stand in it, how rows become objects."""

    sql: str
    params: Sequence[Any]
    places: Mapping[int, str]
    model: type[Model]
    start: int
    end: int
    names: Sequence[str]
    populators: Sequence[Any]
    annotations: Mapping[str, int]
    compiler: Any
    converters: Any


class Prepared(Generic[M]):
    """`Prepared(lambda congress_id: Unit.objects.filter(congress_id=congress_id), congress_id=int)(congress_id=1)`.

    `build` must not look at the values: they only stand in comparisons, one column each, as numbers or texts.
    """

    def __init__(self, build: Callable[..., QuerySet[M]], **kinds: type[int] | type[str]) -> None:
        self._build = build
        self._kinds = kinds
        self._plan: _Plan | None = None

    def __call__(self, **values: int | str) -> list[M]:
        """The objects, in the queryset's order. One query."""
        plan = self._plan or self._learn()
        params = list(plan.params)
        for place, name in plan.places.items():
            params[place] = values[name]
        with connection.cursor() as cursor:
            cursor.execute(plan.sql, params)
            rows = cursor.fetchall()
        if plan.converters:
            rows = plan.compiler.apply_converters(rows, plan.converters)
        return [_object(plan, row) for row in rows]

    def queryset(self, **values: int | str) -> QuerySet[M]:
        """The queryset this stands for."""
        return self._build(**values)

    def _learn(self) -> _Plan:
        stand_ins = {
            name: FIRST + n if kind is int else f"\x02{name}" for n, (name, kind) in enumerate(self._kinds.items())
        }
        compiler: Any = self._build(**stand_ins).query.get_compiler(using=connection.alias)
        sql, params = compiler.as_sql()
        names = {value: name for name, value in stand_ins.items()}
        places = {n: names[value] for n, value in enumerate(params) if _is_stand_in(value) and value in names}
        missing = set(self._kinds) - set(places.values())
        if missing:
            raise ValueError(f"not found in the SQL as they were given: {', '.join(sorted(missing))}")
        columns = compiler.klass_info["select_fields"]
        start, end = columns[0], columns[-1] + 1
        self._plan = _Plan(
            sql=sql,
            params=params,
            places=places,
            model=compiler.klass_info["model"],
            start=start,
            end=end,
            names=[column[0].target.attname for column in compiler.select[start:end]],
            populators=get_related_populators(compiler.klass_info, compiler.select, connection.alias),
            annotations=dict(compiler.annotation_col_map or {}),
            compiler=compiler,
            converters=compiler.get_converters([column[0] for column in compiler.select]),
        )
        return self._plan


def _is_stand_in(value: object) -> bool:
    return isinstance(value, (int, str)) and not isinstance(value, bool)


def _object(plan: _Plan, row: Sequence[Any]) -> Any:
    made = plan.model.from_db(connection.alias, plan.names, row[plan.start : plan.end])
    for populator in plan.populators:
        populator.populate(row, made)
    for name, place in plan.annotations.items():
        setattr(made, name, row[place])
    return made
