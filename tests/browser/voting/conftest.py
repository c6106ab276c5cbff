"""Pages of the ballot client in a real browser; what the server would answer is played by the test, with the Python side."""

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import RequestFactory
from playwright.sync_api import Page, Route

from ballotcrypt.faults import FaultCode
from openrenda.kernel.actor import Actor
from openrenda.ui.render import page as rendered
from openrenda.voting.views.pins import pins

POLL = SimpleNamespace(key="2025-01", title="2025年民生实事项目票决", state="open", kind="electronic", entitled=6)
ADDRESS = "/test-page/"

Serve = Callable[..., None]


def answer(route: Route, content: object, status: int = 200) -> None:
    """JSON, or text as it is."""
    body = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    route.fulfill(status=status, body=body, content_type="application/json; charset=utf-8")


@pytest.fixture
def serve() -> Serve:
    """`serve(page, "cast", urls={…}, uuid=…)`: the template at ADDRESS, its modules pinned, policy as on the site."""

    def give(page: Page, name: str, *, urls: dict[str, str], elder: bool = False, **poll: Any) -> None:
        request = RequestFactory().get(ADDRESS)
        request.actor = Actor.anonymous(0)
        request.COOKIES["elder"] = "1" if elder else ""
        facts = SimpleNamespace(**{**vars(POLL), **poll})
        context = {"poll": facts, "urls": urls, "client": pins(f"{name}-page.js"), "faults": list(FaultCode)}
        html = rendered(request, f"voting/{name}.html", context).content.decode()
        policy = {"Content-Security-Policy": "default-src 'self'; img-src 'self' data: blob:"}
        page.route(
            f"**{ADDRESS}", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=policy)
        )

    return give
