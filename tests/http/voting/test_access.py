"""Every address of the slice × who asks: 200 opens, 303 asks for sign-in, 404 whatever is not yours."""

import pytest
from django.urls import reverse

from openrenda.voting.urls import urlpatterns
from openrenda.voting.views.act import ACTS
from tests.http.voting.conftest import WHO, Doors
from tests.makers import voting

EVERYBODY = set(WHO)
ON_ROLL = {"chief", "scrutineer", "voter"}
OFFICES = {"office", "sc_leader", "teller"}
SEES = ON_ROLL | OFFICES
WATCHES = {"chief", "scrutineer", "office", "teller"}
KEEPERS = {"chief", "scrutineer"}
DEPUTIES = ON_ROLL | {"outsider"}

# name, further arguments, who gets the page (of an electronic poll that is open)
ACCESS: tuple[tuple[str, tuple[str, ...], set[str]], ...] = (
    ("index", (), EVERYBODY), ("poll", ("key",), EVERYBODY), ("board", ("key",), EVERYBODY),
    ("election", ("key",), EVERYBODY), ("trustees", ("key",), EVERYBODY), ("public_credentials", ("key",), EVERYBODY),
    ("cast", ("key",), EVERYBODY), ("hall", ("key",), EVERYBODY),
    ("work_index", (), DEPUTIES | OFFICES), ("work", ("key",), SEES), ("act", ("key", "close"), {"office", "chief"}),
    ("roll", ("key",), KEEPERS | {"office"}), ("paper", ("key", "ballot"), WATCHES),
    ("credentials", ("key",), {"office"}), ("withdraw", ("key",), KEEPERS), ("trustee", ("key",), KEEPERS),
    ("transcript", ("key",), KEEPERS),
)  # fmt: skip
UNPUBLISHED = {"archive", "proof", "check"}
POSTS = {"ballots", "trustee_message"}

# what is offered at which stage: act → who gets its form
ACTS_AT: dict[str, dict[str, set[str]]] = {
    "draft": {"open": {"office", "chief"}, "cancel": {"office"}},
    "open": {"close": {"office", "chief"}, "void": {"office", "chief"}},
    "closed": {
        "enter_count": {"teller"}, "count": {"office", "chief", "teller"},
        "file_tally_sheet": WATCHES, "void": {"office", "chief"},
    },
    "counted": {"confirm": KEEPERS, "void": {"office", "chief"}, "publish": set()},
    "confirmed": {"publish": {"office"}, "confirm": set()},
    "published": {"publish": set(), "void": set()},
}  # fmt: skip
ASKED = [who for who in WHO if who not in ("outsider", "clerk")]
ELSEWHERE = {"begin_setup", "restart_keys", "vote_by_name", "decide"}


def url_of(name: str, args: tuple[str, ...], key: str) -> str:
    return reverse(f"voting:{name}", args=[key if arg == "key" else arg for arg in args])


def expected(who: str, allowed: set[str], closed: int = 404) -> int:
    if who in allowed:
        return 200
    return 303 if who == "visitor" else closed


def test_every_address_stands_in_the_table() -> None:
    known = {name for name, _, _ in ACCESS} | UNPUBLISHED | POSTS | {"ballot"}
    assert {pattern.name for pattern in urlpatterns} == known


def test_every_act_is_met_somewhere() -> None:
    assert {name for acts in ACTS_AT.values() for name in acts} | ELSEWHERE == set(ACTS)


def test_every_address_opens_for_those_named_and_nobody_else(doors: Doors) -> None:
    walk = voting.a_cast_poll(2, deputies=doors.deputies)
    wrong = []
    for name, args, allowed in ACCESS:
        url = url_of(name, args, walk.poll.key)
        for who in WHO:
            got = doors[who].get(url).status_code
            want = expected(who, allowed, 403 if name == "transcript" and who in SEES else 404)
            if got != want:
                wrong.append(f"{who} {url}: {got}, not {want}")
    assert not wrong


def test_what_is_proved_comes_with_the_result_and_not_before(doors: Doors) -> None:
    walk = voting.a_cast_poll(2, deputies=doors.deputies)
    for name in UNPUBLISHED:
        for who in ("visitor", "office", "chief"):
            assert doors[who].get(reverse(f"voting:{name}", args=[walk.poll.key])).status_code == 409


def test_what_changes_something_is_only_sent(doors: Doors) -> None:
    walk = voting.a_cast_poll(1, deputies=doors.deputies)
    assert doors["visitor"].get(reverse("voting:ballots", args=[walk.poll.key])).status_code == 405
    assert doors["chief"].get(reverse("voting:trustee_message", args=[walk.poll.key, "cert"])).status_code == 405
    assert doors["visitor"].post(reverse("voting:trustee_message", args=[walk.poll.key, "cert"])).status_code == 303


def _at(stage: str, doors: Doors) -> voting.Walk:
    if stage in ("draft", "open", "closed"):
        made = {"draft": voting.a_poll, "open": voting.an_open_poll, "closed": voting.a_closed_poll}
        return made[stage](deputies=doors.deputies)
    walk = voting.a_counted_poll(deputies=doors.deputies)
    if stage != "counted":
        (voting.confirm if stage == "confirmed" else voting.publish)(walk)
    return walk


@pytest.mark.parametrize("stage", ACTS_AT)
def test_every_act_asks_those_named_and_nobody_else(stage: str, doors: Doors) -> None:
    walk = _at(stage, doors)
    wrong = []
    for act, allowed in ACTS_AT[stage].items():
        url = reverse("voting:act", args=[walk.poll.key, act])
        got = {who: doors[who].get(url).status_code for who in ASKED}
        wrong += [f"{who} {url}: {got[who]}" for who in ASKED if got[who] != expected(who, allowed)]
    assert not wrong


def test_a_poll_of_nobody_and_an_act_of_nothing_are_not_found(doors: Doors) -> None:
    walk = voting.an_open_poll(deputies=doors.deputies)
    for url in (
        "/votes/none/", "/hall/none/", "/vote/none/", "/work/votes/none/", f"/vote/{walk.poll.key}/",
        f"/votes/{walk.poll.key}/board/", f"/votes/{walk.poll.key}/election.json",
        f"/votes/{walk.poll.key}/ballots/{'0' * 64}/",
        f"/work/votes/{walk.poll.key}/act/burn/", f"/work/votes/{walk.poll.key}/trustee/",
        f"/work/votes/{walk.poll.key}/paper/minutes.pdf", f"/work/votes/{walk.poll.key}/paper/none.pdf",
    ):  # fmt: skip
        assert doors["office"].get(url).status_code == 404, url


def test_a_draft_is_not_known_outside(doors: Doors) -> None:
    walk = voting.a_setup(deputies=doors.deputies, keys=False)
    for name in ("poll", "board", "cast", "hall", "election", "public_credentials"):
        assert doors["visitor"].get(reverse(f"voting:{name}", args=[walk.poll.key])).status_code == 404
    assert walk.poll.title not in doors["visitor"].get(reverse("voting:index")).content.decode()
