"""Every address of the app × who may open it."""

from itertools import product

from django.urls import reverse

from openrenda.reports.urls import urlpatterns
from tests.http.reports.conftest import HATS, Enter
from tests.makers.stations import Scene

ALL = set(HATS)
READERS = ALL - {"visitor", "deputy", "teller", "sysadmin", "secadmin", "auditor"}

ACCESS: dict[str, set[str]] = {
    "map": ALL,
    "board": ALL,
    "work_board": READERS,
    "drawing": {"rep"},
}


def test_every_address_stands_in_the_table() -> None:
    assert {pattern.name for pattern in urlpatterns} == set(ACCESS)


def test_every_address_opens_for_those_named_and_nobody_else(scene: Scene, enter: Enter) -> None:
    scene.published()
    wrong = []
    for name, allowed in ACCESS.items():
        url = reverse(f"reports:{name}")
        for who in HATS:
            want = 200 if who in allowed else 303 if who == "visitor" else 404
            if (got := enter(who).get(url).status_code) not in {want, 403 if want == 404 else want}:
                wrong.append(f"{who} {url}: {got}, not {want}")
    assert not wrong


def test_the_files_of_the_workbench_are_the_workbenchs(scene: Scene, enter: Enter) -> None:
    scene.published()
    wrong = []
    for what, who in product(("months", "hot", "waits"), ("visitor", "clerk", "rep", "auditor")):
        for side, allowed in (("public", ALL), ("work", READERS)):
            answer = enter(who).get(f"/exports/reports.{side}_opinions_{what}/", {"as": "csv"})
            answer.getvalue()  # a stream is closed by who reads it
            if (answer.status_code == 200) != (who in allowed):
                wrong.append(f"{who} {side} {what}: {answer.status_code}")
    assert not wrong
