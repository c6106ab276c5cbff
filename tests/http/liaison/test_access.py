"""Every address of the slice × who asks: 200 opens, 303 asks for sign-in or proof, 404 whatever is not yours: a page
closed to a hat looks like one that does not exist."""

from dataclasses import dataclass

import pytest
from django.urls import URLPattern, reverse

from openrenda.liaison import actions
from openrenda.liaison.models import Booking
from openrenda.liaison.urls import urlpatterns
from openrenda.orgs.states import Role
from tests.http.conftest import SignedIn
from tests.makers.stations import PHONE, Scene

WHO: dict[str, tuple[Role | None, str]] = {
    "nobody": (None, ""),
    "deputy": (Role.DEPUTY, "D001"),
    "other deputy": (Role.DEPUTY, "D002"),
    "staff": (Role.STATION_STAFF, "S01"),
    "head": (Role.STATION_HEAD, "S01"),
    "other staff": (Role.STATION_STAFF, "S02"),
    "other head": (Role.STATION_HEAD, "S02"),
    "street": (Role.STREET_NPC, "J01"),
    "other street": (Role.STREET_NPC, "J02"),
    "deputies' committee": (Role.SC_REP, "R02"),
    "dispatch office": (Role.GOV_HUB, "G01"),
    "clerk": (Role.UNIT_CLERK, "Q01"),
    "leader": (Role.UNIT_LEADER, "Q01"),
    "other clerk": (Role.UNIT_CLERK, "Q02"),
    "other leader": (Role.UNIT_LEADER, "Q02"),
    "auditor": (Role.AUDITOR, "R01"),
}
DESKS = {"staff", "head", "other staff", "other head"}
HANDLERS = set(WHO) - {"nobody", "auditor"}
INSIDE = {"deputy", "staff", "head", "street", "deputies' committee", "clerk", "leader"}
AT_RECEPTION = {"deputy", "staff", "head", "street", "deputies' committee"}
RECEIVERS = DESKS | {"deputy", "other deputy", "street", "other street", "deputies' committee"}

EVERYBODY = {
    "stations",
    "station",
    "poster",
    "station_qr",
    "book",
    "cancel_booking",
    "deputies",
    "deputy",
    "deputy_qr",
    "opinion_new",
    "track",
    "track_qr",
    "published",
    "opinion",
}
SEE_OTHER = {"from_station", "from_deputy", "receipt", "track_case", "track_say"}
POST_ONLY = {"receipt_done", "track_leave", "opinion_others"}


@dataclass(frozen=True)
class Ground:
    """A private page: who may come in by hat, and of those who may see just this object."""

    hats: set[str]
    sees: set[str] | None = None
    opens: int = 200


PRIVATE = {
    "inbox": Ground(HANDLERS),
    "walk_in": Ground(DESKS),
    "work_receipt": Ground(DESKS, opens=303),
    "work_case": Ground(HANDLERS, INSIDE),
    "beside": Ground(HANDLERS, INSIDE),
    "move": Ground(HANDLERS, INSIDE),
    "reveal": Ground(HANDLERS, INSIDE, opens=405),
    "reset_code": Ground(DESKS, {"staff", "head"}),
    "my_receptions": Ground(DESKS, opens=303),
    "receptions": Ground(DESKS, {"staff", "head"}),
    "reception_plan": Ground(DESKS, {"staff", "head"}),
    "reception_generate": Ground(DESKS, {"staff", "head"}, opens=405),
    "reception": Ground(RECEIVERS, AT_RECEPTION),
    "reception_move": Ground(RECEIVERS, AT_RECEPTION),
}


def expected(name: str, who: str) -> int:
    if name in EVERYBODY:
        return 200
    if name in SEE_OTHER:
        return 303
    if name in POST_ONLY:
        return 405
    ground = PRIVATE[name]
    if who == "nobody":
        return 303
    if ground.opens == 405:
        return 405
    if who not in ground.hats or (ground.sees is not None and who not in ground.sees):
        return 404
    return ground.opens


@pytest.fixture
def paths(scene: Scene) -> dict[str, str]:
    """One address of each kind: an opinion of S01 that community Q01 handles, a published one, a reception day."""
    handled, other, published = scene.handling(), scene.handling(), scene.published("公园长椅坏了")
    event = scene.reception()
    booking: Booking = actions.book_reception(
        event_id=event.pk, name="李先生", phone=PHONE, actor=scene.resident, idempotency_key="k" * 20
    )[0]
    given = {
        "code": "S01",
        "event_id": event.pk,
        "booking_id": booking.pk,
        "opinion_id": handled,
        "other_id": other,
        "what": "rate",
        "number": scene.receipts[published].number,
        "key": "draft",
        "name": "cancel",
        "token": scene.stations["S01"].qr_token,
    }
    others = {
        "deputy": {"code": "D001"},
        "deputy_qr": {"code": "D001"},
        "from_deputy": {"token": scene.deputy.qr_token},
    }
    return {
        pattern.name: reverse(
            f"liaison:{pattern.name}",
            kwargs={key: others.get(pattern.name, {}).get(key, given[key]) for key in pattern.pattern.converters},
        )
        for pattern in urlpatterns
        if isinstance(pattern, URLPattern) and pattern.name
    }


def test_every_address_has_a_row(paths: dict[str, str]) -> None:
    assert set(paths) == EVERYBODY | SEE_OTHER | POST_ONLY | set(PRIVATE)


@pytest.mark.parametrize("who", WHO)
def test_who_may_open_what(who: str, paths: dict[str, str], client_as: SignedIn) -> None:
    client = client_as(*WHO[who])
    got = {name: client.get(path).status_code for name, path in paths.items()}
    wanted = {name: expected(name, who) for name in paths}
    assert got == wanted


def test_after_signing_in_one_comes_back(client_as: SignedIn) -> None:
    answer = client_as(None, "").get("/work/opinions/?lane=done")
    assert answer.headers["Location"] == "/account/sign-in/?next=%2Fwork%2Fopinions%2F%3Flane%3Ddone"
