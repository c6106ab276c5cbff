"""The second page's own buttons: join what others told, or not after all; nothing typed is lost, whatever happens."""

from django.test import Client

from openrenda.liaison import actions
from openrenda.liaison.models import Opinion
from openrenda.liaison.states import OpinionState, Satisfaction
from openrenda.orgs.states import Role
from tests.http.liaison.test_writing import FORM, fields, typed
from tests.makers.liaison import resident_of
from tests.makers.orgs import actor_of
from tests.makers.stations import Scene, entering

WORDS = "桐荫路路灯不亮，晚上走路看不见，盼望早点修好。"


def a_public_matter(scene: Scene, pk: int) -> Opinion:
    for role, unit in ((Role.STATION_HEAD, "S01"), (Role.STREET_NPC, "J01")):
        actions.approve_publication(opinion_id=pk, actor=actor_of(role, unit))
    return Opinion.objects.get(pk=pk)


def shown(client: Client, **given: str) -> dict[str, str]:
    """The second page's hidden fields, with the title."""
    return {**fields(client.post(FORM, typed(client, content=WORDS, **given))), "title": "路灯不亮", "masking": "mask"}


def test_the_second_page_names_others_and_its_button_sends(scene: Scene, client: Client) -> None:
    matter = a_public_matter(scene, scene.handling("桐荫路路灯不亮"))
    page = client.post(FORM, typed(client, content=WORDS)).content.decode()
    assert f'name="join" value="{matter.number}"' in page
    answer = client.post(FORM, {**shown(client), "join": matter.number})
    assert answer.status_code == 303
    mine = Opinion.objects.exclude(pk=matter.pk).get()
    assert (mine.state, mine.merged_into_id, mine.content) == (OpinionState.MERGED, matter.pk, WORDS)


def test_she_may_still_go_on_alone(scene: Scene, client: Client) -> None:
    matter = a_public_matter(scene, scene.handling("桐荫路路灯不亮"))
    kept = shown(client, join=matter.number)
    assert kept["joins"] == matter.number
    assert client.post(FORM, {**kept, "join": ""}).status_code == 303
    assert Opinion.objects.exclude(pk=matter.pk).get().state == OpinionState.SUBMITTED


def test_what_is_over_meanwhile_is_said_and_the_words_go_on_as_a_new_opinion(scene: Scene, client: Client) -> None:
    matter = a_public_matter(scene, scene.fed_back("桐荫路路灯不亮"))
    kept = shown(client, join=matter.number)
    me = resident_of(matter.pk, matter.congress_id)
    actions.rate(opinion_id=matter.pk, satisfaction=Satisfaction.SATISFIED, actor=me)
    refused = client.post(FORM, {**kept, "step": "send"})
    assert refused.status_code == 422
    assert "您写的都还在" in refused.content.decode()
    again = {**fields(refused), "title": "路灯不亮", "masking": "mask", "step": "send"}
    assert (again["content"], again["joins"]) == (WORDS, "")
    assert client.post(FORM, again).status_code == 303
    assert Opinion.objects.exclude(pk=matter.pk).get().state == OpinionState.SUBMITTED


def test_an_incomplete_second_page_keeps_the_matter_it_joins(scene: Scene, client: Client) -> None:
    matter = a_public_matter(scene, scene.handling("桐荫路路灯不亮"))
    answer = client.post(FORM, {**shown(client, join=matter.number), "name": "", "step": "send"})
    assert answer.status_code == 422
    assert "您将加入这件事" in answer.content.decode()


def test_a_number_that_cannot_take_it_in_is_said_beside_what_was_typed(scene: Scene, client: Client) -> None:
    head = entering(scene, Role.STATION_HEAD, "S01")
    child = scene.registered("垃圾桶满了没人收")
    answer = head.post(f"/work/opinions/{child}/merge/", {"into_number": "YJ2025-S01-999999", "note": "同一处"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "不能并到这一件" in page
    assert "YJ2025-S01-999999" in page
    assert "同一处" in page
