"""A paper vote walked through its pages by those on duty; what shows when, and what never does."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from openrenda.voting import actions
from openrenda.voting.models import Poll
from openrenda.voting.states import Form, Method, State
from tests.http.voting.conftest import Doors
from tests.makers import voting

TOTALS = {"issued": 7, "returned": 7, "valid": 7, "void": 0}


def do(client: Client, poll: Poll, name: str, **sent: object) -> int:
    answer = client.post(reverse("voting:act", args=[poll.key, name]), sent)
    return answer.status_code


def page(client: Client, name: str, poll: Poll) -> str:
    answer = client.get(reverse(f"voting:{name}", args=[poll.key]))
    assert answer.status_code == 200
    return answer.content.decode()


def lines(*votes: int) -> dict[str, int]:
    return {f"line_{position}_approve": vote for position, vote in enumerate(votes)}


def state(poll: Poll) -> str:
    poll.refresh_from_db()
    return poll.state


def test_a_paper_vote_from_opening_to_publication(doors: Doors) -> None:
    poll = voting.a_poll(deputies=doors.deputies).poll
    office, chief, first, second = (doors[who] for who in ("office", "chief", "teller", "second teller"))
    assert do(office, poll, "open") == 422, "nobody opens without having read the rules aloud"
    assert do(office, poll, "open", read_aloud="on") == 303
    assert "第1项" in page(doors["visitor"], "poll", poll)

    roll = reverse("voting:roll", args=[poll.key])
    one = doors.deputies[0].pk
    assert office.post(roll, {"do": "issue", "id": one}).status_code == 303
    assert office.post(roll, {"do": "issue", "id": one}).status_code == 409, "one ballot per deputy"
    assert doors["scrutineer"].post(roll, {"do": "issue_all"}).status_code == 303
    assert poll.roll.exclude(issued="nothing").count() == 7
    assert do(chief, poll, "close") == 303

    assert do(first, poll, "enter_count", **TOTALS, **lines(6, 5, 3)) == 303
    assert do(second, poll, "enter_count", **TOTALS, **lines(6, 5, 2)) == 303
    told = page(second, "work", poll)
    assert "不一致" in told
    assert "第3项·赞成" in told
    assert do(office, poll, "count") == 409
    assert do(second, poll, "enter_count", **TOTALS, **lines(6, 5, 3)) == 303
    assert do(office, poll, "count") == 303

    assert do(chief, poll, "confirm") == 409, "without the signed sheet nobody confirms"
    assert do(first, poll, "file_tally_sheet", sheet=voting.a_sheet()) == 303
    assert do(chief, poll, "confirm") == 303
    assert do(chief, poll, "confirm") in (404, 409)
    assert do(doors["scrutineer"], poll, "confirm") == 303
    assert do(office, poll, "publish") == 303
    assert state(poll) == State.PUBLISHED

    shown = page(doors["visitor"], "poll", poll)
    assert "当选" in shown
    assert "未过半数" in shown
    assert poll.rules_hash in shown
    assert doors.deputies[3].person.name in shown
    minutes = office.get(reverse("voting:paper", args=[poll.key, "minutes"]))
    assert minutes.content.startswith(b"%PDF-")
    assert poll.key in minutes.headers["Content-Disposition"]
    proof = json.loads(doors["visitor"].get(reverse("voting:proof", args=[poll.key])).content)
    assert proof["tally"]["total"]["lines"] == [[6], [5], [3]]
    assert proof["roll_count"] == {"entitled": 7, "present": 7, "took_ballot": 7}


def everything(client: Client, poll: Poll) -> str:
    """All that this client can open of a poll, in one text."""
    said = []
    for name in ("index", "poll", "hall", "board", "check", "archive", "proof", "work", "roll", "work_index"):
        url = reverse(f"voting:{name}", args=[] if name in ("index", "work_index") else [poll.key])
        answer = client.get(url)
        said.append(answer.getvalue().decode("utf-8", "replace"))
    for name in ("ballot", "tally", "minutes"):
        answer = client.get(reverse("voting:paper", args=[poll.key, name]))
        said.append(answer.content.decode("latin-1") if answer.status_code == 200 and name == "minutes" else "")
    said.append(client.get("/").content.decode())
    return "".join(said)


def counted(doors: Doors) -> Poll:
    """Counted and not confirmed: K01 has 6, K02 5, and nothing of it may show."""
    return voting.a_counted_poll(6, 5, 3, deputies=doors.deputies).poll


def test_before_the_scrutineers_confirm_nobody_but_those_on_duty_sees_a_figure(doors: Doors) -> None:
    poll = counted(doors)
    for who in ("visitor", "voter", "sc_leader", "clerk"):
        seen = everything(doors[who], poll)
        for word in ("当选", "未过半数", "过半数，未入选", "hall-result", '"tally"'):
            assert word not in seen, f"{who} reads {word}"
    assert "当选" in page(doors["chief"], "work", poll)
    assert "当选" in page(doors["office"], "work", poll)


def test_after_confirmation_the_hall_sees_it_and_the_public_page_after_publication(doors: Doors) -> None:
    poll = counted(doors)
    walk = voting.Walk(poll, doors.deputies)
    voting.confirm(walk)
    assert "hall-result" in page(doors["visitor"], "hall", poll)
    assert "当选" not in page(doors["visitor"], "poll", poll)
    assert doors["visitor"].get(reverse("voting:proof", args=[poll.key])).status_code == 409


def test_a_teller_never_sees_what_the_other_entered(doors: Doors) -> None:
    poll = voting.a_closed_poll(deputies=doors.deputies).poll
    given = {**TOTALS, **lines(5, 4, 4)}
    assert do(doors["teller"], poll, "enter_count", **given) == 303
    form = doors["second teller"].get(reverse("voting:act", args=[poll.key, "enter_count"])).content.decode()
    assert 'value="5"' not in form
    assert 'value="7"' not in form
    assert "已录入" in page(doors["second teller"], "work", poll)


def test_figures_that_cannot_be_come_back_with_the_reason_and_what_was_typed(doors: Doors) -> None:
    poll = voting.a_closed_poll(deputies=doors.deputies).poll
    url = reverse("voting:act", args=[poll.key, "enter_count"])
    refused = doors["teller"].post(url, {**TOTALS, "void": 1, **lines(6, 5, 3)})
    assert refused.status_code == 422
    assert "有效票加无效票要等于收回票数" in refused.content.decode()
    assert 'value="6"' in refused.content.decode()
    garbled = doors["teller"].post(url, {**TOTALS, "issued": "七", **lines(6, -5, 3)})
    assert garbled.status_code == 422
    assert "请填写整数" in garbled.content.decode()
    assert not poll.paper_counts.exists()


def test_more_returned_than_issued_is_void_and_says_so(doors: Doors) -> None:
    poll = voting.a_closed_poll(deputies=doors.deputies).poll
    more = {"issued": 7, "returned": 8, "valid": 8, "void": 0, **lines(6, 5, 3)}
    for who in ("teller", "second teller"):
        assert do(doors[who], poll, "enter_count", **more) == 303
    assert state(poll) == State.VOIDED
    for name in ("poll", "hall"):
        assert "收回 8 张，多于发出 7 张" in page(doors["visitor"], name, poll)


def test_a_tie_is_the_presidiums_and_its_ruling_is_published(doors: Doors) -> None:
    poll = voting.a_counted_poll(5, 4, 4, base=7, deputies=doors.deputies).poll
    url = reverse("voting:act", args=[poll.key, "decide"])
    assert "票数相等" in doors["office"].get(url).content.decode()
    assert doors["chief"].get(url).status_code == 404
    assert do(doors["office"], poll, "decide", ruling="accept", text="只确认一项") == 422
    assert do(doors["office"], poll, "decide", ruling="revote", text="就两项再投一次") == 303
    voting.publish(voting.Walk(poll, doors.deputies))
    shown = page(doors["visitor"], "poll", poll)
    assert "就两项再投一次" in shown
    assert "合起来" not in shown

    roll = [voting.RollSpec(person.pk, present=True) for person in doors.deputies]
    again = voting.Walk(actions.repeat_poll(poll_id=poll.pk, roll=roll, actor=voting.office()), doors.deputies)
    actions.open_poll(poll_id=again.pk, actor=voting.office())
    actions.issue_ballots(poll_id=again.pk, actor=voting.office())
    actions.close_poll(poll_id=again.pk, actor=again.chief)
    voting.enter_twice(again, voting.figures(4, 3))
    actions.count_poll(poll_id=again.pk, actor=voting.office())
    voting.publish(again)
    shown = page(doors["visitor"], "poll", again.now)
    assert "票数相等，再次投票" in shown
    merged = shown.partition('id="merged"')[2].partition("</table>")[0]
    assert merged.count("当选") == 2
    assert merged.count("未入选") == 1


def test_a_vote_by_name_shows_each_voice_after_publication_only(doors: Doors) -> None:
    walk = voting.an_open_poll(method=Method.NAMED, form=Form.ITEMS, candidates=1, quota=0, deputies=doors.deputies)
    poll, mine = walk.poll, doors.deputies[3]
    voter = doors["voter"]
    other = {"mandate_id": doors.deputies[4].pk, "option_0": "approve"}
    assert do(voter, poll, "vote_by_name", **other) == 422, "nobody speaks for another"
    assert do(voter, poll, "vote_by_name", mandate_id=mine.pk, option_0="oppose") == 303
    for number in (0, 1, 2, 4, 5, 6):
        sent = {"mandate_id": doors.deputies[number].pk, "option_0": "approve"}
        assert do(doors["office"], poll, "vote_by_name", **sent) == 303
    for who in ("visitor", "voter", "sc_leader"):
        assert "反对</td>" not in everything(doors[who], poll)
    for who, act in (("chief", "close"), ("office", "count"), ("chief", "confirm"), ("scrutineer", "confirm")):
        assert do(doors[who], poll, act) == 303
    assert do(doors["office"], poll, "publish") == 303
    assert "<td>反对</td>" in page(doors["visitor"], "poll", poll)


def test_a_show_of_hands_needs_two_tellers_and_no_papers(doors: Doors) -> None:
    walk = voting.an_open_poll(method=Method.HANDS, form=Form.ITEMS, candidates=1, quota=0, deputies=doors.deputies)
    assert do(doors["chief"], walk.poll, "close") == 303
    hands = {"line_0_approve": 6, "line_0_oppose": 1, "line_0_abstain": 0}
    form = doors["teller"].get(reverse("voting:act", args=[walk.poll.key, "enter_count"])).content.decode()
    assert "发出票数" not in form
    for who in ("teller", "second teller"):
        assert do(doors[who], walk.poll, "enter_count", **hands) == 303
    for who, act in (("office", "count"), ("chief", "confirm"), ("scrutineer", "confirm")):
        assert do(doors[who], walk.poll, act) == 303
    assert "通过" in page(doors["visitor"], "hall", walk.poll)


@pytest.mark.parametrize("form", [Form.ITEMS, Form.GRADES])
def test_other_forms_of_ballots_are_entered_and_printed(form: Form, doors: Doors) -> None:
    poll = voting.a_closed_poll(form=form, candidates=2, quota=0, deputies=doors.deputies).poll
    answers = (
        ("approve", "oppose", "abstain") if form == Form.ITEMS else ("satisfied", "mostly", "unsatisfied", "abstain")
    )
    marks = {f"line_{line}_{answer}": 5 if answer == answers[0] else 0 for line in (0, 1) for answer in answers}
    for who in ("teller", "second teller"):
        assert do(doors[who], poll, "enter_count", issued=7, returned=7, valid=7, void=0, **marks) == 303
    assert do(doors["office"], poll, "count") == 303
    for paper in ("ballot", "tally"):
        answer = doors["office"].get(reverse("voting:paper", args=[poll.key, paper]))
        assert answer.content.startswith(b"%PDF-")
    assert ("满意" if form == Form.GRADES else "通过") in page(doors["chief"], "work", poll)
