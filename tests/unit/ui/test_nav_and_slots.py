"""Apps above fill places below."""

from collections.abc import Iterator

import pytest
from django.test import RequestFactory

from openrenda.kernel.actor import Actor
from openrenda.ui import current, nav, slots
from openrenda.ui.render import jinja


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(nav, "_entries", {})
    monkeypatch.setattr(slots, "_slots", {})
    return


def test_entries_come_in_order_and_only_for_whom_they_are() -> None:
    nav.register("public", "二", "ui:gallery-work", 20)
    nav.register("public", "一", "ui:gallery", 10)
    nav.register("public", "内", "site:work", 5, nav.signed_in)
    request = RequestFactory().get("/ui/work/")
    assert [(item.label, item.current) for item in nav.items("public", request)] == [("一", False), ("二", True)]
    request.actor = Actor("person:1", "李", 1)  # type: ignore[attr-defined]
    assert [item.label for item in nav.items("public", request)] == ["内", "一", "二"]
    request.actor = Actor.anonymous(1)  # type: ignore[attr-defined]
    assert len(nav.items("public", request)) == 2


def test_registering_again_replaces() -> None:
    nav.register("public", "旧", "ui:gallery", 1)
    nav.register("public", "新", "ui:gallery", 1)
    assert [item.label for item in nav.items("public", None)] == ["新"]


def test_an_unknown_area_is_an_error() -> None:
    with pytest.raises(ValueError, match="no navigation area"):
        nav.register("nowhere", "一", "ui:gallery", 1)


def test_home_is_current_only_on_itself() -> None:
    nav.register("public", "首页", "site:home", 1)
    assert not nav.items("public", RequestFactory().get("/ui/"))[0].current
    assert nav.items("public", RequestFactory().get("/"))[0].current


def test_a_slot_is_filled_in_order_and_left_empty_on_none() -> None:
    env = jinja()
    slots.fill("x.y", "ui/errors/fragment.html", lambda request, **given: None, order=1)
    slots.fill("x.y", "ui/errors/fragment.html", _notice("乙"), order=30)
    slots.fill("x.y", "ui/errors/fragment.html", _notice("甲"), order=20)
    with current.rendering(RequestFactory().get("/")):
        html = env.from_string('{{ slot("x.y", name="<b>") }}{{ slot("nothing") }}').render()
    assert html.index("甲&lt;b&gt;") < html.index("乙&lt;b&gt;")
    assert html.count("notice-title") == 2
    assert env.from_string('{{ is_filled("x.y") }}{{ is_filled("nothing") }}').render() == "TrueFalse"


def test_the_same_filling_twice_shows_once() -> None:
    given = _notice("甲")
    slots.fill("x.y", "ui/errors/fragment.html", given)
    slots.fill("x.y", "ui/errors/fragment.html", given)
    assert len(slots.fillings("x.y")) == 1


def _notice(title: str) -> slots.ContextFn:
    return lambda request, name: {"title": title + name, "message": "", "remedy": ""}
