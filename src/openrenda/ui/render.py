"""A page, or for htmx just the block of it that changes: one template serves both."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.template import engines
from jinja2 import Environment
from jinja2_fragments import render_block

from . import current


def jinja() -> Environment:
    """The environment that Django built from settings."""
    env: Environment = engines["jinja2"].env  # type: ignore[attr-defined]  # the Jinja2 backend has it
    return env


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
    fragment: str | None = None,
) -> HttpResponse:
    """The whole page; for an htmx request with `fragment`, only the block of that name."""
    values = {**(context or {}), "request": request, "messages": messages.get_messages(request)}
    with current.rendering(request):
        if fragment and is_htmx(request):
            html = render_block(jinja(), template, fragment, values)
        else:
            html = jinja().get_template(template).render(values)
    response = HttpResponse(html, status=status)
    if fragment:
        response.headers["Vary"] = "HX-Request"
    return response


def text(template: str, context: Mapping[str, Any] | None = None) -> str:
    """A template without a request: a letter, a part of one."""
    return jinja().get_template(template).render({**(context or {}), "request": None})


def is_htmx(request: HttpRequest) -> bool:
    """A fragment is wanted; a boosted or history-restoring request wants the whole page."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def see_other(url: str) -> HttpResponse:
    """303: the form was taken, the next page is elsewhere."""
    return HttpResponse(status=303, headers={"Location": url})


def confirm(
    request: HttpRequest,
    *,
    title: str,
    what: Sequence[str],
    action_url: str,
    confirm_label: str,
    cancel_url: str,
    danger: bool = False,
    fields: Mapping[str, str] | None = None,
    form: BaseForm | None = None,
    layout: str = "ui/work.html",
) -> HttpResponse:
    """Asks once more, saying what will happen; the confirming form sends `confirmed=1`."""
    context = {
        "title": title, "what": what, "action_url": action_url, "confirm_label": confirm_label,
        "cancel_url": cancel_url, "danger": danger, "fields": fields or {}, "form": form, "layout": layout,
    }  # fmt: skip
    status = 422 if form is not None and form.errors else 200
    return page(request, "ui/confirm.html", context, status=status)
