"""分派参考 beside the forms that choose a category or a unit: for those who choose, with reasons they may see."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from openrenda.liaison import actions as liaison
from openrenda.liaison.models import Category
from openrenda.liaison.states import RouteLevel
from openrenda.orgs.states import Role
from openrenda.routing import teaching
from tests.http.conftest import SignedIn
from tests.makers.orgs import a_unit
from tests.makers.routing import a_source, cases
from tests.makers.stations import Scene
from tests.makers.suggestions import a_text, an_accepted

PANEL = 'id="advice"'
FALLBACK = "还没有足够的办结案例可学"


def shown(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def learn(scene: Scene) -> None:
    examples = cases(a_unit("B04").pk, a_unit("B03").pk, a_unit("F01").pk, category=scene.category_id)
    with a_source(examples):
        assert teaching.teach(scene.congress.pk) is not None


def test_whoever_classifies_is_advised_and_told_that_nothing_was_learned(scene: Scene, client_as: SignedIn) -> None:
    page = shown(
        client_as(Role.STATION_HEAD, "S01"), reverse("liaison:work_case", args=[scene.registered("公厕晚上锁门")])
    )
    assert PANEL in page
    assert FALLBACK in page
    assert "公厕" in page.partition(PANEL)[2]


def test_whoever_cannot_choose_now_sees_no_panel(scene: Scene, client_as: SignedIn) -> None:
    url = reverse("liaison:work_case", args=[scene.referred("公厕晚上锁门")])
    for role, where in ((Role.STATION_HEAD, "S01"), (Role.UNIT_CLERK, "Q01"), (Role.SC_REP, "R02")):
        assert PANEL not in shown(client_as(role, where), url)


def test_a_button_leads_to_the_form_filled_in(scene: Scene, client_as: SignedIn) -> None:
    learn(scene)
    head = client_as(Role.STATION_HEAD, "S01")
    pk = scene.classified("东街梧桐枝叶遮住窗户，请剪枝")
    page = shown(head, reverse("liaison:work_case", args=[pk])).partition(PANEL)[2]
    assert FALLBACK not in page
    links = re.findall(r'href="([^"]*/refer/\?unit=\d+)"', page)
    assert links[0].endswith(f"unit={a_unit('B04').pk}")
    form = shown(head, links[0])
    assert re.search(rf'<option value="department:{a_unit("B04").pk}" selected', form)
    assert PANEL in form


def test_a_category_is_filled_in_and_nothing_is_decided(scene: Scene, client_as: SignedIn) -> None:
    head = client_as(Role.STATION_HEAD, "S01")
    pk = scene.registered("公厕晚上锁门")
    toilets = Category.objects.get(congress=scene.congress, name="公厕")
    url = f"{reverse('liaison:move', args=[pk, 'classify'])}?category={toilets.pk}"
    assert url.replace("&", "&amp;") in shown(head, reverse("liaison:work_case", args=[pk]))
    assert re.search(rf'<option value="{toilets.pk}" selected', shown(head, url))
    scene_opinion = reverse("liaison:work_case", args=[pk])
    assert "已登记" in shown(head, scene_opinion), "opening a form is no decision"


@pytest.mark.parametrize("asked", ["unit=999999", "unit=abc", "unit=-1", "category=", "unit=%00", "unit=" + "9" * 3000])
def test_an_address_that_asks_for_nonsense_is_ignored(scene: Scene, client_as: SignedIn, asked: str) -> None:
    head = client_as(Role.STATION_HEAD, "S01")
    pk = scene.classified()
    plain = shown(head, reverse("liaison:move", args=[pk, "refer"]))
    assert chosen(shown(head, f"{reverse('liaison:move', args=[pk, 'refer'])}?{asked}")) == chosen(plain)


def chosen(page: str) -> list[str]:
    return re.findall(r'value="([^"]+)" selected', page)


def test_words_of_a_case_the_reader_may_not_open_are_nowhere(scene: Scene, client_as: SignedIn) -> None:
    """Opinions of the other station teach; the head of this one reads neither their titles nor their words."""
    for n in range(teaching.LEAST):
        pk = scene.submit(f"绝密字样{n}号院的电梯坏了", "电梯坏了没人修", station="S02")
        liaison.register(opinion_id=pk, actor=scene.hat(Role.STATION_STAFF, "S02"))
        head = scene.hat(Role.STATION_HEAD, "S02")
        liaison.classify(opinion_id=pk, category_id=scene.category_id, actor=head)
        liaison.refer(opinion_id=pk, level=RouteLevel.COMMUNITY, unit_id=a_unit("Q02").pk, actor=head)
    assert teaching.teach(scene.congress.pk) is not None
    mine = scene.registered("电梯坏了", content="电梯坏了没人修")  # type: ignore[arg-type]  # submit takes it
    url = reverse("liaison:work_case", args=[mine])
    page = shown(client_as(Role.STATION_HEAD, "S01"), url)
    assert PANEL in page
    assert "绝密" not in page
    assert "号院的" not in page


def test_the_plan_of_a_suggestion_is_advised(client_as: SignedIn, scene: Scene) -> None:
    walk = an_accepted(text=a_text(title="关于为老楼加装电梯的建议"))
    rep = client_as(Role.SC_REP, "R02")
    url = reverse("suggestions:act", args=[walk.pk, "plan"])
    page = shown(rep, url)
    unit = a_unit("B03").pk
    assert f'href="{url}?unit={unit}"' in page.partition(PANEL)[2]
    first = re.search(r'<select[^>]*name="unit_1".*?</select>', shown(rep, f"{url}?unit={unit}"), re.DOTALL)
    assert first is not None
    assert f'value="{unit}" selected' in first[0]
