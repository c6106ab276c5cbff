"""The workbench: one view serves every move; the case page offers just what is open."""

import re

import pytest

from openrenda.audit.models import AuditEntry
from openrenda.liaison.models import Opinion
from openrenda.liaison.states import OpinionState, PublishState
from openrenda.orgs.states import Role
from tests.http.conftest import SignedIn
from tests.makers import orgs
from tests.makers.stations import PHONE, Scene

HEAD, STAFF = (Role.STATION_HEAD, "S01"), (Role.STATION_STAFF, "S01")
CLERK, LEADER = (Role.UNIT_CLERK, "Q01"), (Role.UNIT_LEADER, "Q01")
STREET, SC_REP, HUB = (Role.STREET_NPC, "J01"), (Role.SC_REP, "R02"), (Role.GOV_HUB, "G01")


def state_of(pk: int) -> str:
    return Opinion.objects.get(pk=pk).state


def test_a_whole_road_over_the_pages(scene: Scene, client_as: SignedIn) -> None:
    pk = scene.submit()
    head, clerk, leader = client_as(*HEAD), client_as(*CLERK), client_as(*LEADER)
    steps = [
        (client_as(*STAFF), "register", {}, OpinionState.REGISTERED),
        (head, "classify", {"category_id": scene.category_id, "nature": "problem"}, OpinionState.CLASSIFIED),
        (head, "refer", {"unit": f"community:{orgs.a_unit('Q01').pk}"}, OpinionState.REFERRED),
        (clerk, "sign_for", {}, OpinionState.HANDLING),
        (clerk, "draft", {"text": "已换好12盏路灯。"}, OpinionState.HANDLING),
        (leader, "approve_result", {}, OpinionState.RESULT),
        (head, "feed_back", {"text": "12盏路灯都换好了。", "way": "site"}, OpinionState.FED_BACK),
    ]
    for client, key, data, after in steps:
        answer = client.post(f"/work/opinions/{pk}/{key}/", data)
        assert (answer.status_code, state_of(pk)) == (303, after), answer.content.decode()


def test_a_department_gets_it_through_two_offices(scene: Scene, client_as: SignedIn) -> None:
    pk = scene.classified()
    client_as(*HEAD).post(f"/work/opinions/{pk}/refer/", {"unit": f"department:{orgs.a_unit('B04').pk}"})
    for office in (SC_REP, HUB):
        answer = client_as(*office).post(f"/work/opinions/{pk}/approve_referral/", {})
        assert answer.status_code == 303, answer.content.decode()
    opinion = Opinion.objects.get(pk=pk)
    assert (opinion.state, opinion.handler_unit) == (OpinionState.REFERRED, orgs.a_unit("B04"))


@pytest.mark.parametrize(
    ("key", "data", "field"),
    [
        ("not_accept", {}, "reason"),
        ("not_accept", {"reason": "because"}, "reason"),
    ],
)
def test_a_refused_move_says_what_is_missing(
    scene: Scene, client_as: SignedIn, key: str, data: dict[str, str], field: str
) -> None:
    pk = scene.submit()
    answer = client_as(*HEAD).post(f"/work/opinions/{pk}/{key}/", data)
    assert answer.status_code == 422
    assert f'href="#id_{field}' in answer.content.decode()
    assert state_of(pk) == OpinionState.SUBMITTED


@pytest.mark.parametrize("key", ["send_back", "draft", "request_extension"])
def test_a_unit_must_say_something(scene: Scene, client_as: SignedIn, key: str) -> None:
    pk = scene.referred() if key == "send_back" else scene.handling()
    assert client_as(*CLERK).post(f"/work/opinions/{pk}/{key}/", {}).status_code == 422


def test_a_hundred_kilobytes_of_result_are_refused_kindly(scene: Scene, client_as: SignedIn) -> None:
    pk = scene.handling()
    answer = client_as(*CLERK).post(f"/work/opinions/{pk}/draft/", {"text": "办" * 100_000})
    assert answer.status_code == 422
    assert "请写得短一些" in answer.content.decode()


def test_markup_in_a_result_is_text(scene: Scene, client_as: SignedIn) -> None:
    pk = scene.handling()
    client = client_as(*CLERK)
    client.post(f"/work/opinions/{pk}/draft/", {"text": "<img src=x onerror=alert(1)>已办"})
    assert "<img src=x" not in client.get(f"/work/opinions/{pk}/").content.decode()


def test_of_two_officers_one_wins_and_the_other_is_told(scene: Scene, client_as: SignedIn) -> None:
    pk = scene.submit()
    assert client_as(*STAFF).post(f"/work/opinions/{pk}/register/").status_code == 303
    late = client_as(*STAFF).post(f"/work/opinions/{pk}/register/")
    assert late.status_code == 409
    assert "已登记" in late.content.decode()


def test_not_accepted_with_the_way_on(scene: Scene, client_as: SignedIn) -> None:
    pk = scene.submit()
    client_as(*HEAD).post(f"/work/opinions/{pk}/not_accept/", {"reason": "consultation"})
    assert state_of(pk) == OpinionState.NOT_ACCEPTED


def test_merging_takes_one_of_the_similar_ones(scene: Scene, client_as: SignedIn) -> None:
    child, parent = scene.registered("垃圾桶满了没人收"), scene.classified("垃圾桶满了没有人收")
    client = client_as(*HEAD)
    assert "垃圾桶满了没有人收" in client.get(f"/work/opinions/{child}/merge/").content.decode()
    assert client.post(f"/work/opinions/{child}/merge/", {"into_id": parent}).status_code == 303
    assert state_of(child) == OpinionState.MERGED
    assert "并入本件的意见" in client.get(f"/work/opinions/{parent}/").content.decode()


def test_publication_takes_two(scene: Scene, client_as: SignedIn) -> None:
    pk = scene.fed_back()
    client_as(*STAFF).post(f"/work/opinions/{pk}/summary/", {"title": "路灯", "summary": "一处路灯不亮，盼修。"})
    client_as(*HEAD).post(f"/work/opinions/{pk}/publish/")
    assert Opinion.objects.get(pk=pk).publish_state == PublishState.AT_STREET
    client_as(*STREET).post(f"/work/opinions/{pk}/publish/")
    assert Opinion.objects.get(pk=pk).publish_state == PublishState.PUBLIC


def test_the_case_page_offers_what_is_open_and_says_why_not(scene: Scene, client_as: SignedIn) -> None:
    pk = scene.handling()
    leader = client_as(*LEADER).get(f"/work/opinions/{pk}/").content.decode()
    assert "还没有办理结果草稿" in leader
    assert "审签办理结果" in leader
    clerk = client_as(*CLERK).get(f"/work/opinions/{pk}/").content.decode()
    assert "审签办理结果" not in clerk
    assert "填写办理结果" in clerk


def test_the_unit_sees_who_wrote_only_with_consent(scene: Scene, client_as: SignedIn) -> None:
    kept, shared = scene.handling(), scene.handling("公园长椅坏了", may_share=True)
    clerk = client_as(*CLERK)
    assert "138****1234" not in clerk.get(f"/work/opinions/{kept}/").content.decode()
    assert clerk.post(f"/work/opinions/{kept}/contact/", {"reason": "联系"}).status_code == 403
    assert "138****1234" in clerk.get(f"/work/opinions/{shared}/").content.decode()


def test_revealing_needs_a_reason_and_is_recorded(scene: Scene, client_as: SignedIn) -> None:
    pk = scene.submit()
    staff = client_as(*STAFF)
    assert PHONE not in staff.get(f"/work/opinions/{pk}/").content.decode()
    assert staff.post(f"/work/opinions/{pk}/contact/", {"reason": ""}).status_code == 422
    shown = staff.post(f"/work/opinions/{pk}/contact/", {"reason": "约时间看现场"})
    assert PHONE in shown.content.decode()
    assert AuditEntry.objects.filter(kind="liaison.contact_revealed").count() == 1


def test_a_new_code_is_printed_once(scene: Scene, client_as: SignedIn) -> None:
    pk = scene.submit()
    staff = client_as(*STAFF)
    assert staff.post(f"/work/opinions/{pk}/code/", {"reason": "本人到站"}).status_code == 303
    html = staff.get("/work/opinions/receipt/").content.decode()
    assert scene.receipts[pk].number in html
    assert scene.receipts[pk].code not in html


def walk_in(scene: Scene, html: str, **given: object) -> dict[str, object]:
    key = re.search(r'name="key"[^>]*value="([^"]+)"', html)
    assert key is not None
    return {
        "key": key.group(1), "channel": "visit", "content": "楼道灯坏了。我电话13800009999。", "nature": "problem",
        "identity_mode": "withheld", "masking": "on", "read_aloud": "on", "deputy_ids": [scene.deputy.pk], **given,
    }  # fmt: skip


def test_a_walk_in_is_registered_once_and_receipted(scene: Scene, client_as: SignedIn) -> None:
    staff = client_as(*STAFF)
    data = walk_in(scene, staff.get("/work/opinions/new/").content.decode())
    for _ in range(2):
        answer = staff.post("/work/opinions/new/", data)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/work/opinions/receipt/")
    opinion = Opinion.objects.get()
    assert (opinion.state, opinion.title) == (OpinionState.REGISTERED, "楼道灯坏了")
    assert "13800009999" not in opinion.content
    assert opinion.number in staff.get("/work/opinions/receipt/").content.decode()


def test_consent_must_have_been_read_aloud(scene: Scene, client_as: SignedIn) -> None:
    staff = client_as(*STAFF)
    data = walk_in(scene, staff.get("/work/opinions/new/").content.decode())
    del data["read_aloud"]
    answer = staff.post("/work/opinions/new/", data)
    assert answer.status_code == 422
    assert "楼道灯坏了" in answer.content.decode()
    assert not Opinion.objects.exists()


def test_an_unknown_move_is_not_found(scene: Scene, client_as: SignedIn) -> None:
    assert client_as(*HEAD).get(f"/work/opinions/{scene.submit()}/burn/").status_code == 404


def test_lanes_and_filters(scene: Scene, client_as: SignedIn) -> None:
    mine, waiting = scene.submit("路灯不亮"), scene.handling("公园长椅坏了")
    head = client_as(*HEAD)
    html = head.get("/work/opinions/").content.decode()
    assert f"/work/opinions/{mine}/" in html
    assert f"/work/opinions/{waiting}/" not in html
    assert f"/work/opinions/{waiting}/" in head.get("/work/opinions/?lane=waiting&q=长椅").content.decode()
    assert f"/work/opinions/{waiting}/" not in head.get("/work/opinions/?lane=waiting&state=referred").content.decode()


def test_the_workbench_names_my_tasks(scene: Scene, client_as: SignedIn) -> None:
    pk = scene.submit()
    assert f"/work/opinions/{pk}/" in client_as(*STAFF).get("/work/").content.decode()
    assert f"/work/opinions/{pk}/" not in client_as(Role.STATION_STAFF, "S02").get("/work/").content.decode()
