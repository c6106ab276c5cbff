"""Every address of the slice × who may open it."""

from typing import Any

from django.urls import reverse

from openrenda.kernel.workflow import Workflow
from openrenda.livelihood.urls import urlpatterns
from openrenda.livelihood.views.acts import IDEA_ACTS, PART_ACTS, PROJECT_ACTS, YEAR_ACTS
from openrenda.livelihood.views.moves import act_of
from openrenda.livelihood.workflow import ADJUSTMENT, IDEA, PROJECT, YEAR
from tests.http.livelihood import scene
from tests.http.livelihood.conftest import WHO, Enter

ALL = set(WHO)
INSIDE = ALL - {"visitor", "auditor"}
SEE_ALL = {"hub", "office", "rep", "committee"}
UNITS = {"clerk", "leader", "other_clerk", "other_leader"}
OWN = {"deputy", "street", "rep", "committee"} | UNITS
STATIONS = {"station", "street"}

# name, arguments, who gets the page
ACCESS: tuple[tuple[str, tuple[str, ...], set[str]], ...] = (
    ("idea_new", (), ALL),
    ("track", (), ALL),
    ("track_qr", ("MSJY-2025-0001",), ALL),
    ("idea", ("{key}",), ALL),
    ("year", ("2025",), ALL),
    ("ideas", ("2025",), ALL),
    ("booklet", ("2025",), ALL),
    ("project", ("2025", "{serial}"), ALL),
    ("own", (), UNITS),
    ("open_call", (), {"hub"}),
    ("propose", (), OWN),
    ("register", (), STATIONS),
    ("work_idea", ("{idea}",), SEE_ALL | {"street"}),
    ("idea_act", ("{idea}", "withhold"), {"hub", "street"}),
    ("work_year", ("{year}",), INSIDE),
    ("pool", ("{year}",), INSIDE),
    ("year_act", ("{year}", "put_to_evaluation"), {"office"}),
    ("work_project", ("{pk}",), SEE_ALL | {"deputy", "clerk", "leader"} | STATIONS),
    ("project_act", ("{pk}", "report"), {"clerk", "leader"}),
    ("project_act", ("{pk}", "request_adjustment"), {"leader", "hub"}),
    ("project_act", ("{pk}", "issue_order"), {"office", "rep", "committee"}),
    ("project_act", ("{pk}", "burn"), set()),
)
ELSEWHERE = {"index", "work_index", "receipt", "receipt_done", "track_idea", "track_leave", "part_act"}
"""They lead on, or take a form; tested in test_pages."""

TOLD_WHY = ("/put_to_evaluation/",)
"""Theirs, but not at this stage: they are told why."""


def expected(who: str, url: str, allowed: set[str]) -> int:
    if who in allowed:
        return 409 if url.endswith(TOLD_WHY) else 200
    return 303 if who == "visitor" else 404


def test_every_address_stands_in_the_table() -> None:
    assert {pattern.name for pattern in urlpatterns} == {name for name, _, _ in ACCESS} | ELSEWHERE


def named(flow: Workflow[Any]) -> set[str]:
    return {move.name for move in flow.moves}


def test_every_act_is_a_move_of_a_workflow_or_says_why_not() -> None:
    """A row without a move would be a button nobody ever gets."""
    assert YEAR_ACTS.keys() - named(YEAR) == {"discuss_party"}  # over projects, offered on the year's page
    assert IDEA_ACTS.keys() <= named(IDEA)
    assert PROJECT_ACTS.keys() - named(PROJECT) == {"reuse"}  # from one year to another
    assert PART_ACTS.keys() - named(ADJUSTMENT) == {"decide", "answer_inspection", "answer_order"}


def test_every_address_opens_for_those_named_and_nobody_else(enter: Enter) -> None:
    works = scene.running()
    given = {
        "pk": works.chosen.pk, "serial": works.chosen.serial, "key": works.idea.key, "idea": works.idea.pk,
        "year": works.year.pk,
    }  # fmt: skip
    wrong = []
    for name, args, allowed in ACCESS:
        url = reverse(f"livelihood:{name}", args=[arg.format(**given) for arg in args])
        for who in WHO if url.startswith("/work/") else ("visitor", "clerk"):
            got = enter(who).get(url).status_code
            if got != expected(who, url, allowed):
                wrong.append(f"{url} {who}: {got} instead of {expected(who, url, allowed)}")
    assert not wrong, "\n".join(wrong)


def test_acts_are_found_by_name_only() -> None:
    assert act_of(PROJECT_ACTS, "report").form is PROJECT_ACTS["report"].form
