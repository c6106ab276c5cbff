"""What the exchange puts on the pages of others: under a list, the ways to take it out; on the workbench, mine."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from openrenda.kernel import subject
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import NotFound
from openrenda.kernel.text import N_
from openrenda.ui import nav
from openrenda.ui import slots as ui

from .keepers import IMPORTERS
from .selectors import subjects, table_for
from .states import Format

CURSORS = ("after", "before", "as")
"""What says where a page begins, and in which form a list goes out: no filters."""


def links(request: HttpRequest | None, *, table: str, place: Mapping[str, object]) -> Mapping[str, Any] | None:
    """Nothing for those to whom the list is not open."""
    actor: Actor | None = getattr(request, "actor", None)
    if request is None or actor is None:
        return None
    try:
        found = table_for(actor, table)
    except NotFound:
        return None
    kept = {key: value for key, value in request.GET.items() if key not in CURSORS and value}
    asked = {**kept, **{key: str(value) for key, value in place.items()}}
    base = reverse("exchange:export", args=[found.name])
    forms = [
        (form.label, f"{base}?{urlencode({**asked, 'as': form.value})}")
        for form in (Format.XLSX, Format.CSV, Format.CSV_GBK)
    ]
    return {"table": found, "forms": forms}


def _imports(actor: Actor | None) -> bool:
    return actor is not None and actor.has(*IMPORTERS)


def register() -> None:
    """Called once in ready."""
    ui.fill("ui.export", "exchange/slots/links.html", links)
    nav.register("work", N_("我的导出"), "exchange:exports", 900, nav.signed_in)
    nav.register("manage", N_("导入台账"), "exchange:imports", 35, _imports)
    subject.register("exchange.export", title=subjects.title, url=subjects.url, visible=subjects.visible)
