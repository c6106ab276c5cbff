"""The Jinja2 environment: strict, autoescaped, with our filters, slots, navigation and components."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined, pass_context, pass_environment
from jinja2.runtime import Context
from markupsafe import Markup

from openrenda.kernel import clock

from . import current, memo, nav, slots
from .filters import FILTERS, t
from .forms import sentences
from .house import House, house


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """`{{ url("liaison:station", code=station.code) }}`"""
    return reverse(name, args=args or None, kwargs=kwargs or None) if args or kwargs else memo.address(name)


@pass_environment
def slot(env: Environment, name: str, /, **given: Any) -> Markup:
    """`{{ slot("liaison.opinion.actions", opinion=opinion) }}`: whatever apps above show here."""
    request = current.request()
    parts = []
    for filling in slots.fillings(name):
        found = filling.context(request, **given)
        if found is not None:
            parts.append(env.get_template(filling.template).render({**found, "request": request}))
    return Markup("").join(Markup(part) for part in parts)  # noqa: S704  rendered by our own templates


@pass_environment
def is_filled(env: Environment, name: str) -> bool:
    """Does any app fill this place (for this reader it may still turn out empty)?"""
    return bool(slots.fillings(name))


@pass_context
def navigation(context: Context, area: str) -> tuple[nav.NavItem, ...]:
    """`{% for item in nav("public") %}`"""
    return tuple(nav.items(area, _request_of(context)))


@pass_context
def navigation_groups(context: Context, area: str) -> list[tuple[str, tuple[nav.NavItem, ...]]]:
    """`{% for group, items in nav_groups("work") %}`, groups in the order of their first entry."""
    groups: dict[str, list[nav.NavItem]] = {}
    for item in nav.items(area, _request_of(context)):
        groups.setdefault(item.group, []).append(item)
    return [(group, tuple(entries)) for group, entries in groups.items()]


@pass_context
def institution(context: Context) -> House:
    """`{{ house().name }}`"""
    return house(_request_of(context))


def _request_of(context: Context) -> HttpRequest | None:
    given = context.get("request")
    return given if isinstance(given, HttpRequest) else current.request()


class Components:
    """`ui.card(…)` in any template, without an import: fragments and slots have no top of their page to import at."""

    def __init__(self, env: Environment) -> None:
        self._env = env

    def __getattr__(self, name: str) -> Any:
        component = getattr(self._env.get_template("ui/components.html").module, name)
        if not self._env.auto_reload:
            setattr(self, name, component)  # found without this method from now on
        return component


def environment(**options: Any) -> Environment:
    """Undefined names are errors; compiled templates are kept for the life of the process."""
    settled = {"auto_reload": settings.DEBUG, "cache_size": -1, "trim_blocks": True, "lstrip_blocks": True}
    env = Environment(  # noqa: S701  Django's backend passes autoescape=True, and it is set again here
        **{**options, **settled, "autoescape": True, "undefined": StrictUndefined, "extensions": ["jinja2.ext.i18n"]}
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.filters.update(FILTERS)
    env.globals.update(
        csrf_input=current.CsrfInput(),
        drawn_once=memo.drawn_once,
        elder=current.elder,
        errors_of=sentences,
        house=institution,
        is_filled=is_filled,
        lang=current.lang,
        nav=navigation,
        nav_groups=navigation_groups,
        now=clock.now,
        slot=slot,
        static=memo.static_files(),
        t=t,
        today=clock.today,
        ui=Components(env),
        url=url,
    )
    return env
