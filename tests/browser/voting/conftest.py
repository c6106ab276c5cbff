"""Pages of the ballot client in a real browser; the test plays the server, with the Python side."""

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, TypeAlias

import pytest
from django.test import RequestFactory
from playwright.sync_api import Page, Route

from ballotcrypt.faults import FaultCode
from openrenda.kernel.actor import Actor
from openrenda.ui.render import page as rendered
from openrenda.voting.views.pins import pins

POLL = {"key": "2025-01", "title": "2025年民生实事项目票决", "state": "open", "kind": "electronic", "uuid": ""}
ADDRESS = "/test-page/"
POLICY = {"Content-Security-Policy": "default-src 'self'; img-src 'self' data: blob:"}

Serve: TypeAlias = Callable[..., None]


def answer(route: Route, content: object, status: int = 200) -> None:
    """JSON, or text as it is."""
    body = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    route.fulfill(status=status, body=body, content_type="application/json; charset=utf-8")


@pytest.fixture
def serve() -> Serve:
    """`serve(page, "cast", urls={…}, uuid=…)`: the template at ADDRESS, modules pinned, policy as on the site."""

    def give(page: Page, name: str, *, urls: dict[str, str], elder: bool = False, **poll: Any) -> None:
        request: Any = RequestFactory().get(ADDRESS)
        request.actor = Actor.anonymous(0)
        request.COOKIES["elder"] = "1" if elder else ""
        facts = SimpleNamespace(**{**POLL, **poll})
        context = {
            "poll": facts,
            "urls": urls,
            "client": pins(f"{name}-page.js"),
            "faults": list(FaultCode),
            "entitled": 6,
        }
        html = rendered(request, f"voting/{name}.html", context).content.decode()
        kind = "text/html; charset=utf-8"
        page.route(f"**{ADDRESS}", lambda route: route.fulfill(body=html, content_type=kind, headers=POLICY))

    return give
