"""The yardstick: a bare Django view that runs the real page's SQL and returns its bytes, from one template."""

import itertools
import json
import os
import time
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from jinja2 import Environment

FOLDER = Path(os.environ.get("OPENRENDA_BENCH_RECORDINGS", ".data/bench/recordings"))
_process = f"{time.time_ns():x}{os.getpid():x}"  # numbers of this run are nobody else's
_fresh = itertools.count(1)
_templates = Environment(autoescape=True)


@cache
def _recording(name: str) -> tuple[list[dict[str, Any]], list[str], int, Any, str]:
    """(transactions and statements, texts that must be new in each run, status, template of the answer, its text)."""
    told = json.loads((FOLDER / f"{name}.json").read_text("utf-8"), object_hook=_composite)
    body = (FOLDER / f"{name}.html").read_text("utf-8")
    return told["runs"], told["fresh"], told["status"], _templates.from_string("{{ body|safe }}"), body


def _composite(read: dict[str, Any]) -> Any:
    return tuple(read["composite"]) if read.keys() == {"composite"} else read


def _renewed(params: Any, new: dict[str, str], ids: dict[int, int]) -> Any:
    """The parameters with each text and id that must be unique exchanged for this request's own."""
    if isinstance(params, str):
        for old, text in new.items():
            params = params.replace(old, text)
        return params
    if isinstance(params, int):
        return ids.get(params, params)
    if isinstance(params, (list, tuple)):
        return type(params)(_renewed(value, new, ids) for value in params)
    if isinstance(params, dict):
        return {name: _renewed(value, new, ids) for name, value in params.items()}
    return params


def _write(statements: list[Any], new: dict[str, str], ids: dict[int, int]) -> None:
    """Statements of a write; ids of new rows go into the statements that follow."""
    with connection.cursor() as cursor:
        for sql, params, given in statements:
            cursor.execute(sql, _renewed(params, new, ids))
            found = cursor.fetchall() if cursor.description else ()
            for old, row in zip(given, found, strict=False):
                ids[old] = row[0]
                new[str(old)] = str(row[0])


def _read(statements: list[Any]) -> None:
    with connection.cursor() as cursor:
        for sql, params, _given in statements:
            cursor.execute(sql, params)
            if cursor.description:
                cursor.fetchall()


def bare(request: HttpRequest, name: str) -> HttpResponse:
    """Run the recorded statements, fetch what they give, answer with the recorded page."""
    del request
    runs, fresh, status, template, body = _recording(name)
    stamp = f"{_process}-{next(_fresh)}" if fresh else ""
    new: dict[str, str] = {old: f"{stamp}-{index}" for index, old in enumerate(fresh)}
    ids: dict[int, int] = {}
    for run in runs:
        if run["atomic"]:
            with transaction.atomic():
                _write(run["statements"], new, ids)
        elif fresh:
            _write(run["statements"], new, ids)
        else:
            _read(run["statements"])
    return HttpResponse(template.render(body=body), status=status)


urlpatterns = [path("bare/<name>/", bare)]
