"""A meeting from its convening to a vote and its end, through the pages; and who may open which."""

import pytest
from django.test import Client
from django.urls import reverse

from openrenda.accounts.tenancy import forget_congress
from openrenda.kernel import outbox
from openrenda.meetings.models import AgendaItem, Meeting
from openrenda.meetings.states import ItemState, MeetingState
from openrenda.meetings.urls import urlpatterns
from openrenda.orgs.models import Mandate
from openrenda.orgs.states import Role
from openrenda.voting.models import Poll
from openrenda.voting.states import Method, State
from tests.http.voting.conftest import client_of
from tests.makers import orgs
from tests.makers.meetings import a_sitting, an_item


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget_congress()


@pytest.fixture
def office() -> Client:
    return client_of(orgs.a_staff_member(Role.SC_OFFICE, "R01"))


NEW = {"kind": "congress", "title": "第五次会议", "key": "16-5", "held_on": "2025-03-10", "place": "区会议中心"}


def post(client: Client, name: str, *args: object, **sent: object) -> int:
    return client.post(reverse(f"meetings:{name}", args=args), sent).status_code


def shown(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(f"meetings:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def members(count: int) -> list[Mandate]:
    return [orgs.a_deputy() for _ in range(count)]


def test_a_meeting_from_its_convening_to_the_vote_and_its_end(office: Client) -> None:
    people = members(6)
    assert post(office, "convene", **{**NEW, "key": "第五次"}) == 422
    assert post(office, "convene", **NEW) == 303
    assert post(office, "convene", **NEW) == 422, "the key is taken"
    meeting = Meeting.objects.get(key="16-5")
    assert post(office, "act", "16-5", "add_item", title="票决民生实事项目", kind="project_vote") == 303
    assert post(office, "act", "16-5", "open") == 409, "nobody is there yet"

    ids = [person.pk for person in people]
    assert post(office, "sign_in", "16-5", do="sign_in", id=ids[:3]) == 303
    assert "还差1人" in shown(office, "meeting", "16-5")
    assert post(office, "sign_in", "16-5", do="take_leave", id=ids[5], reason="") == 422
    assert post(office, "sign_in", "16-5", do="take_leave", id=ids[5], reason="出差") == 303
    url = reverse("meetings:sign_in", args=["16-5"])
    part = office.post(url, {"do": "sign_in", "id": ids[3]}, headers={"HX-Request": "true"}).content.decode()
    assert "达到法定人数" in part
    assert "<html" not in part
    assert post(office, "sign_in", "16-5", do="dance", id=ids[3]) == 422

    watch = {"chief_id": ids[0], "scrutineer_ids": [ids[1]], "teller_ids": []}
    assert post(office, "act", "16-5", "name_scrutineers", **{**watch, "scrutineer_ids": [ids[0]]}) == 422
    assert post(office, "act", "16-5", "name_scrutineers", **watch) == 303
    assert post(office, "act", "16-5", "open") == 303
    assert Meeting.objects.get(pk=meeting.pk).base == 6

    item = AgendaItem.objects.get()
    ballot = {
        "title": "民生实事项目票决", "method": "paper", "form": "select", "quota": 2, "threshold": 0,
        "options": "老旧小区加装电梯｜三十部\n\n口袋公园\n社区食堂",
    }  # fmt: skip
    assert post(office, "item_act", "16-5", item.pk, "put_to_vote", **{**ballot, "quota": 3}) == 422, "no difference"
    assert post(office, "item_act", "16-5", item.pk, "put_to_vote", **ballot) == 303
    poll = Poll.objects.get()
    assert [(row.ref, row.label, row.note) for row in poll.options.all()] == [
        ("1", "老旧小区加装电梯", "三十部"), ("2", "口袋公园", ""), ("3", "社区食堂", ""),
    ]  # fmt: skip
    assert post(office, "sign_in", "16-5", do="sign_in", id=ids[4]) == 303
    assert post(office, "item_act", "16-5", item.pk, "refresh_roll") == 303
    assert poll.roll.filter(is_present=True).count() == 5
    assert "第五次会议" in office.get(reverse("voting:work", args=[poll.key])).content.decode()
    assert post(office, "act", "16-5", "close") == 303
    assert Meeting.objects.get().state == MeetingState.CLOSED


def test_a_void_vote_is_repeated_from_its_item_in_another_way(office: Client) -> None:
    walk = a_sitting()
    item = an_item(walk)
    key = walk.meeting.key
    sent = {"title": "表决", "method": "paper", "form": "items", "quota": 0, "threshold": 0, "options": "一项"}
    assert post(office, "item_act", key, item.pk, "put_to_vote", **sent) == 303
    poll = Poll.objects.get()
    assert post(office, "item_act", key, item.pk, "repeat_vote", method="hands") in (403, 404, 409)
    for name, fields in (("open", {"read_aloud": "on"}), ("void", {"reason": "票印错了"})):
        assert office.post(reverse("voting:act", args=[poll.key, name]), fields).status_code == 303
    outbox.drain()
    assert "再次投票" in shown(office, "meeting", key)
    assert post(office, "item_act", key, item.pk, "repeat_vote", method="hands") == 303
    again = Poll.objects.exclude(pk=poll.pk).get()
    assert (again.method, again.state, again.repeats_id) == (Method.HANDS, State.DRAFT, poll.pk)
    public = Client().get(reverse("voting:poll", args=[poll.key])).content.decode()
    assert "票印错了" in public


def test_an_item_is_heard_or_passed_by_counted_hands(office: Client) -> None:
    walk = a_sitting()
    key, heard, counted = walk.meeting.key, an_item(walk), an_item(walk)
    assert post(office, "item_act", key, heard.pk, "hear", note="") == 303
    few = {"approve": 3, "oppose": 3, "abstain": 0, "note": ""}
    assert post(office, "item_act", key, counted.pk, "pass", **few) in (409, 422), "half is not more than half"
    assert post(office, "item_act", key, counted.pk, "pass", **{**few, "approve": 4, "oppose": 2}) == 303
    assert {row.state for row in AgendaItem.objects.all()} == {ItemState.HEARD, ItemState.PASSED}
    assert "赞成4，反对2，弃权0" in shown(office, "meeting", key)


def test_every_address_opens_for_those_named_and_nobody_else(office: Client) -> None:
    walk = a_sitting()
    item = an_item(walk)
    key = walk.meeting.key
    inside = {"office", "deputy", "teller"}
    table = {
        "index": ((), inside), "convene": ((), {"office"}), "meeting": ((key,), inside),
        "sign_in": ((key,), {"office"}),
        "act": ((key, "add_item"), {"office"}), "item_act": ((key, item.pk, "put_to_vote"), {"office"}),
    }  # fmt: skip
    assert set(table) == {pattern.name for pattern in urlpatterns}
    clients = {
        "visitor": Client(), "office": office, "deputy": client_of(walk.members[0].person),
        "teller": client_of(orgs.a_staff_member(Role.TELLER, "R02")),
        "clerk": client_of(orgs.a_staff_member(Role.UNIT_CLERK, "B03")),
    }  # fmt: skip
    wrong = []
    for name, (args, allowed) in table.items():
        for who, client in clients.items():
            got = client.get(reverse(f"meetings:{name}", args=args)).status_code
            if got != (want := 200 if who in allowed else 303 if who == "visitor" else 404):
                wrong.append(f"{who} {name}: {got}, not {want}")
    assert not wrong
    assert office.get(reverse("meetings:item_act", args=[key, item.pk, "burn"])).status_code == 404
    assert post(clients["deputy"], "act", key, "close") == 403
    assert post(clients["deputy"], "sign_in", key, do="sign_in", id=walk.members[0].pk) == 403
