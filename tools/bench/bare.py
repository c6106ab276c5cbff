"""The yardstick: a bare Django view that runs the very SQL of the real page and returns the very bytes, from one template."""

import itertools
import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from jinja2 import Environment

FOLDER = Path(os.environ.get("OPENRENDA_BENCH_RECORDINGS", ".data/bench/recordings"))
_fresh = itertools.count(1)
_templates = Environment(autoescape=True)


@cache
def _recording(name: str) -> tuple[list[tuple[str, Any]], list[str], Any]:
    """(statements, texts that must be new in each run, template of the answer)."""
    told = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    body = (FOLDER / f"{name}.html").read_text("utf-8")
    template = _templates.from_string("{{ body|safe }}")
    return [(sql, params) for sql, params in told["statements"]], told["fresh"], (template, body)


def _renewed(params: Any, fresh: list[str], stamp: str) -> Any:
    """The parameters with each text that must be unique exchanged for one of this request."""
    if isinstance(params, str):
        for index, text in enumerate(fresh):
            params = params.replace(text, f"{stamp}-{index}")
        return params
    if isinstance(params, list):
        return [_renewed(value, fresh, stamp) for value in params]
    return params


def bare(request: HttpRequest, name: str) -> HttpResponse:
    """Run the recorded statements, fetch what they give, answer with the recorded page."""
    statements, fresh, (template, body) = _recording(name)
    stamp = f"{os.getpid()}-{next(_fresh)}" if fresh else ""
    with transaction.atomic() if fresh else connection.cursor() as held:  # a write is one transaction, as the real one
        del held
        with connection.cursor() as cursor:
            for sql, params in statements:
                cursor.execute(sql, _renewed(params, fresh, stamp) if fresh else params)
                if cursor.description:
                    cursor.fetchall()
    return HttpResponse(template.render(body=body))


urlpatterns = [path("bare/<name>/", bare)]
