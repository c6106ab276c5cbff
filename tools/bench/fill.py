# ruff: noqa: SLF001  _meta is Django's documented way to ask a model
"""Many suggestions and opinions: a really loaded district, multiplied row by row in SQL.

Triggers are off while rows are copied (they guard what people do, and each copied row was made by an action once);
counters are then recounted. Every copy of a case keeps all its parts: assignments, replies, promises, steps.
"""

from collections.abc import Collection
from functools import partial
from typing import Any

from django.apps import apps
from django.db import connection, models
from tqdm import tqdm

from openrenda.liaison.models import Opinion
from openrenda.suggestions.models import FacetCount, SourceOpinion, Suggestion

STEP = 25
Model = type[models.Model]
SPECIAL = {
    (Suggestion, "key"): "'JY-16-5-' || (t.serial + n * 1000)",
    (Suggestion, "serial"): "t.serial + n * 1000",
    (Suggestion, "shelf"): "t.shelf + n * 1000",
    (Suggestion, "year"): "2025 - n % 6",
    (Opinion, "number"): "t.number || '-' || n",
    (Opinion, "idempotency_key"): "''",
    (Opinion, "published_at"): "t.published_at - n * interval '3 hours'",
    (SourceOpinion, "is_released"): "true",
}


def multiply(root: Model, wanted: int) -> None:
    """Copy every case of `root` until there are about `wanted`; the originals stay as they are."""
    family = _family(root)
    with connection.cursor() as cursor:
        query = partial(_one, cursor)
        there = query(f"SELECT count(*) FROM {_table(root)}")  # noqa: S608  our own table names, here and below
        times = max(0, -(-wanted // max(there, 1)) - 1)
        tops = {model: query(f"SELECT max({_key(model)}) FROM {_table(model)}") for model in family}  # noqa: S608
        block = max(tops.values()) + 1
        cursor.execute("SET session_replication_role = replica")
        for first in tqdm(range(1, times + 1, STEP), desc=f"{_table(root)} × {times + 1}"):
            for model in family:
                cursor.execute(_copy(model, family, block), [first, min(first + STEP - 1, times), tops[model]])
        cursor.execute("SET session_replication_role = origin")


def spread_sequences(apart: int = 10_000_000) -> None:
    """Let ids of each table begin far from all others, so that a number found in recorded SQL means one row only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(sequencename) FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1")
        for place, (name,) in enumerate(cursor.fetchall(), start=1):
            cursor.execute("SELECT setval(%s, greatest(nextval(%s), %s))", [name, name, place * apart])


def _one(cursor: Any, sql: str) -> int:
    cursor.execute(sql)
    return int(cursor.fetchone()[0] or 0)


def _family(root: Model) -> list[Model]:
    """The root and every model of its app that hangs on it, parents first."""
    family = [root]
    app = apps.get_app_config(root._meta.app_label)
    waiting = [model for model in app.get_models(include_auto_created=True) if model is not FacetCount]
    grown = True
    while grown:
        found = [m for m in waiting if m not in family and any(t in family for t in _targets(m).values())]
        family += found
        grown = bool(found)
    return family


def _targets(model: Model) -> dict[str, Model]:
    fields = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    return {field.attname: field.related_model for field in fields if isinstance(field.related_model, type)}


def _copy(model: Model, family: Collection[Model], block: int) -> str:
    """The statement that copies the rows up to an id, some times over; ids of the family move by a block each time."""
    pairs = [(f'"{field.column}"', _value(model, field, family, block)) for field in model._meta.concrete_fields]
    names, values = (", ".join(part) for part in zip(*pairs, strict=True))
    return (
        f"INSERT INTO {_table(model)} ({names}) SELECT {values} FROM {_table(model)} t "  # noqa: S608
        f"CROSS JOIN generate_series(%s, %s) AS n WHERE t.{_key(model)} <= %s"
    )


def _value(model: Model, field: Any, family: Collection[Model], block: int) -> str:
    special = SPECIAL.get((model, field.attname))
    if special is not None:
        return special.replace("%", "%%")
    is_key = field.primary_key and not isinstance(field, models.ForeignKey)
    moves = is_key or _targets(model).get(field.attname) in family
    return f't."{field.column}" + n * {block}' if moves else f't."{field.column}"'


def _table(model: Model) -> str:
    return f'"{model._meta.db_table}"'


def _key(model: Model) -> str:
    return f'"{model._meta.pk.column}"'
