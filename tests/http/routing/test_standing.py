"""The page of routing: empty, learned, learning; who may begin one."""

import pytest
from django.urls import reverse

from openrenda.orgs.states import Role
from openrenda.routing import actions, teaching
from openrenda.routing.models import Run
from openrenda.routing.states import RunState
from openrenda.routing.urls import urlpatterns
from tests.http.conftest import SignedIn
from tests.makers.orgs import a_unit, actor_of
from tests.makers.routing import a_source, an_example, cases
from tests.makers.stations import Scene

URL = "/manage/routing/"
OFFICE = (Role.SC_REP, "R02")


def test_every_address_is_tried_here() -> None:
    """Which role opens which stands in tests/http/accounts/test_manage_access.py, with all of /manage/."""
    assert {pattern.name for pattern in urlpatterns} == {"standing", "learn"}


def test_before_the_first_learning_it_says_what_to_do(scene: Scene, client_as: SignedIn) -> None:
    page = client_as(*OFFICE).get(URL).content.decode()
    assert "还没有学习过" in page
    assert reverse("routing:learn") in page


def test_figures_and_mistakes_are_shown(scene: Scene, client_as: SignedIn) -> None:
    examples = [
        *cases(a_unit("B04").pk, a_unit("B03").pk, a_unit("F01").pk),
        an_example(90, "东街梧桐枝叶遮住窗户，请剪枝", a_unit("F01").pk),
    ]
    with a_source(examples):
        teaching.teach(scene.congress.pk)
        page = client_as(*OFFICE).get(URL).content.decode()
    assert "（25 件）" in page
    assert "测试案例" in page
    assert page.partition('id="mistakes"')[2].index("区法院") < page.partition('id="mistakes"')[2].index("城管局")


def test_a_learning_is_asked_for_once(scene: Scene, client_as: SignedIn) -> None:
    client = client_as(*OFFICE)
    assert client.post(reverse("routing:learn")).status_code == 303
    assert Run.objects.get().state == RunState.WAITING
    page = client.get(URL).content.decode()
    assert "等待开始" in page
    assert "hx-trigger" in page
    assert client.post(reverse("routing:learn")).status_code == 409


@pytest.mark.parametrize(
    ("state", "said"), [(RunState.FAILED, "上次学习没有完成"), (RunState.TOO_FEW, "案例还不够")], ids=str
)
def test_what_became_of_it_is_said(scene: Scene, client_as: SignedIn, state: RunState, said: str) -> None:
    actions.ask_to_learn(actor=actor_of(*OFFICE))
    actions.end(scene.congress.pk, state)
    page = client_as(*OFFICE).get(URL).content.decode()
    assert said in page
    assert "hx-trigger" not in page.partition('id="progress"')[2].partition("<form")[0]


def test_a_get_starts_nothing(scene: Scene, client_as: SignedIn) -> None:
    assert client_as(*OFFICE).get(reverse("routing:learn")).status_code == 405
    assert not Run.objects.exists()
