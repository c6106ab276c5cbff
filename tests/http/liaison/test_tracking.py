"""Following an opinion with number and code: the proof stays in the session, every refusal reads the same."""

import pytest
from django.http import HttpResponse
from django.test import Client

from openrenda.liaison.models import Opinion
from openrenda.liaison.states import OpinionState, PublishState, Satisfaction, Solved
from tests.makers.stations import Scene

CASE = "/opinions/track/case/"


def shown(client: Client, scene: Scene, pk: int) -> HttpResponse:
    """In with the receipt of opinion `pk`."""
    receipt = scene.receipts[pk]
    return client.post("/opinions/track/", {"number": receipt.number, "code": receipt.code})


def test_number_and_code_open_the_case_and_stay_out_of_the_address(scene: Scene, client: Client) -> None:
    pk = scene.submit()
    answer = shown(client, scene, pk)
    assert (answer.status_code, answer.headers["Location"]) == (303, CASE)
    html = client.get(CASE).content.decode()
    assert scene.receipts[pk].number in html
    assert "轮到联络站" in html
    assert "这个日期怎么算的" in html


@pytest.mark.parametrize("which", ["unknown number", "wrong code", "another's code"])
def test_every_refusal_reads_the_same_and_keeps_the_number(scene: Scene, client: Client, which: str) -> None:
    one, other = scene.submit(), scene.submit("公园长椅坏了")
    number, code = {
        "unknown number": ("YJ2025-S01-999999", "12345678"),
        "wrong code": (scene.receipts[one].number, "00000000"),
        "another's code": (scene.receipts[one].number, scene.receipts[other].code),
    }[which]
    answer = client.post("/opinions/track/", {"number": number, "code": code})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "编号或查询码不对，或者尝试次数过多。" in html
    assert f'value="{number}"' in html
    assert client.get(CASE).status_code == 303


def test_guessing_is_stopped_even_for_the_right_code(scene: Scene, client: Client) -> None:
    pk = scene.submit()
    for _ in range(12):
        client.post("/opinions/track/", {"number": scene.receipts[pk].number, "code": "00000000"})
    assert shown(client, scene, pk).status_code == 422


def test_the_proof_ends_with_leaving_and_with_time(scene: Scene, client: Client, clock: object) -> None:
    pk = scene.submit()
    shown(client, scene, pk)
    client.post("/opinions/track/leave/")
    assert client.get(CASE).status_code == 303
    shown(client, scene, pk)
    clock.forward(minutes=31)  # type: ignore[attr-defined]  # the fixture of tests/conftest.py
    assert client.get(CASE).status_code == 303


def test_the_codes_address_fills_in_the_number_only(scene: Scene, client: Client) -> None:
    assert 'value="YJ2025-S01-000001"' in client.get("/opinions/track/?number=YJ2025-S01-000001").content.decode()


def test_rating(scene: Scene, client: Client) -> None:
    pk = scene.fed_back()
    shown(client, scene, pk)
    assert "已换好12盏路灯" in client.get(CASE).content.decode()
    assert client.post(f"{CASE}rate/", {"satisfaction": "satisfied"}).status_code == 303
    opinion = Opinion.objects.get(pk=pk)
    assert (opinion.satisfaction, opinion.state) == (Satisfaction.SATISFIED, OpinionState.CLOSED)


def test_dissatisfied_without_a_reason_is_asked_for_it(scene: Scene, client: Client) -> None:
    pk = scene.fed_back()
    shown(client, scene, pk)
    answer = client.post(f"{CASE}rate/", {"satisfaction": "dissatisfied"})
    assert answer.status_code == 422
    assert "请写明哪里不满意" in answer.content.decode()
    client.post(f"{CASE}rate/", {"satisfaction": "dissatisfied", "reason": "还是不亮"})
    assert Opinion.objects.get(pk=pk).state == OpinionState.REWORK


def test_not_solved_is_heard_apart_from_the_rating(scene: Scene, client: Client) -> None:
    pk = scene.fed_back()
    shown(client, scene, pk)
    assert client.post(f"{CASE}solved/", {"solved": "no", "note": "北头两盏没换"}).status_code == 303
    opinion = Opinion.objects.get(pk=pk)
    assert (opinion.solved, opinion.satisfaction) == (Solved.NO, Satisfaction.UNRATED)


def test_withdrawing_asks_twice(scene: Scene, client: Client) -> None:
    pk = scene.submit()
    shown(client, scene, pk)
    assert client.post(f"{CASE}withdraw/", {"reason": ""}).status_code == 422
    assert client.post(f"{CASE}withdraw/", {"sure": "on"}).status_code == 303
    assert Opinion.objects.get(pk=pk).state == OpinionState.WITHDRAWN


def test_objecting_takes_the_summary_down(scene: Scene, client: Client) -> None:
    pk = scene.published()
    number = scene.receipts[pk].number
    assert client.get(f"/opinions/{number}/").status_code == 200
    shown(client, scene, pk)
    client.post(f"{CASE}object/", {"reason": "看得出是我"})
    assert Opinion.objects.get(pk=pk).publish_state == PublishState.KEPT
    assert client.get(f"/opinions/{number}/").status_code == 404


def test_saving_one_consent_leaves_the_other(scene: Scene, client: Client) -> None:
    pk = scene.submit(may_publish=True, may_share=True)
    shown(client, scene, pk)
    client.post(f"{CASE}consent/", {"may_publish": "on"})
    opinion = Opinion.objects.get(pk=pk)
    assert (opinion.may_publish, opinion.may_share) == (True, False)


def test_nobody_rates_before_an_answer(scene: Scene, client: Client) -> None:
    shown(client, scene, scene.submit())
    assert client.post(f"{CASE}rate/", {"satisfaction": "satisfied"}).status_code == 409


def test_an_unknown_saying_is_not_found(scene: Scene, client: Client) -> None:
    shown(client, scene, scene.submit())
    assert client.post(f"{CASE}praise/", {}).status_code == 404
