"""Every move × state × person, spelled a second time by hand from domain.md 4.2 to 4.8."""

from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest

from openrenda.kernel.actor import Actor
from openrenda.kernel.workflow import Workflow
from openrenda.livelihood.states import AdjustmentState, IdeaState, ProjectState, YearState
from openrenda.livelihood.workflow import ADJUSTMENT, IDEA, PROJECT, YEAR

CONGRESS, ELSEWHERE = 1, 2
B03, B04 = 33, 34


def actor(urn: str, *roles: tuple[str, int], congress: int = CONGRESS) -> Actor:
    return Actor(urn=urn, name=urn, congress_id=congress, roles=frozenset(roles))


ACTORS = {
    "hub": actor("person:1", ("GOV_HUB", 20)),
    "office": actor("person:2", ("SC_OFFICE", 1)),
    "rep": actor("person:3", ("SC_REP", 2)),
    "committee": actor("person:4", ("SC_COMMITTEE", 4)),
    "leader": actor("person:5", ("UNIT_LEADER", B03)),
    "clerk": actor("person:6", ("UNIT_CLERK", B03)),
    "contact": actor("person:7", ("UNIT_ADMIN", B03)),
    "other leader": actor("person:8", ("UNIT_LEADER", B04)),
    "other clerk": actor("person:9", ("UNIT_CLERK", B04)),
    "deputy": actor("person:10", ("DEPUTY", 11)),
    "sc leader": actor("person:11", ("SC_LEADER", 1)),
    "street": actor("person:12", ("STREET_NPC", 60)),
    "station": actor("person:13", ("STATION_HEAD", 90), ("STATION_STAFF", 90)),
    "sysadmin": actor("person:14", ("SYSADMIN", 1)),
    "public": Actor.anonymous(CONGRESS),
    "result": Actor.system("livelihood.result", CONGRESS),
    "follow": Actor.system("livelihood.follow", CONGRESS),
    "sweep": Actor.system("livelihood.sweep", CONGRESS),
    "hub elsewhere": actor("person:21", ("GOV_HUB", 20), congress=ELSEWHERE),
    "office elsewhere": actor("person:22", ("SC_OFFICE", 1), congress=ELSEWHERE),
    "leader elsewhere": actor("person:23", ("UNIT_LEADER", B03), congress=ELSEWHERE),
    "result elsewhere": Actor.system("livelihood.result", ELSEWHERE),
    "sweep elsewhere": Actor.system("livelihood.sweep", ELSEWHERE),
}
UNIT = "leader clerk contact"
SC = "office rep committee"
PLANNED = "plan_published implementing adjust_req"

ON_YEARS = {
    "extend_call": ("collecting", "hub"),
    "close_call": ("collecting", "hub"),
    "propose": ("collecting screening", "hub"),
    "deliberate": ("screening", "office"),
    "fix_candidates": ("screening", "office"),
    "publish_candidates": ("candidates", "office"),
    "put_to_vote": ("candidates voting", "office"),
    "take_result": ("candidates voting voted", "result"),
    "begin": ("voted", "follow"),
    "put_to_evaluation": ("running judged", "office"),
    "take_grades": ("running judged", "result"),
    "close": ("judged", "office"),
}
EVERY_IDEA = "new merged reserve adopted declined"
ON_IDEAS = {
    "merge": ("new reserve", "hub"),
    "adopt": ("new reserve", "hub"),
    "reserve": ("new", "hub"),
    "decline": ("new reserve", "hub"),
    "publish": (EVERY_IDEA, "hub street"),
    "withhold": (EVERY_IDEA, "hub street"),
}
ON_PROJECTS = {
    "edit": ("idea_pool prelim party_discussed", "hub"),
    "shortlist": ("idea_pool", "hub"),
    "score": ("prelim", "hub rep committee deputy"),
    "give_opinion": ("prelim", "hub other_leader"),
    "discuss_party": ("prelim", "hub office"),
    "send_back": ("prelim party_discussed sc_deliberated", "hub office"),
    "deliberate": ("party_discussed", "office"),
    "fix": ("sc_deliberated", "office"),
    "vote_in": ("candidate voted_out", "result"),
    "vote_out": ("candidate", "result"),
    "replace_in": ("voted_out", "follow"),
    "draft_plan": ("voted_in", f"hub {UNIT}"),
    "publish_plan": ("voted_in", "hub"),
    "confirm_funds": (f"voted_in {PLANNED}", f"hub {UNIT}"),
    "report": (f"{PLANNED} completed accepted", UNIT),
    "mark_missing": (PLANNED, "sweep"),
    "form_group": (f"voted_in {PLANNED}", SC),
    "inspect": (f"{PLANNED} completed accepted rectifying", SC),
    "issue_order": (f"{PLANNED} rectifying", SC),
    "file_adjustment": ("plan_published implementing", "hub leader"),
    "request_adjustment": ("plan_published implementing", "hub leader"),
    "follow_decided": ("adjust_req", "follow"),
    "follow_terminated": ("adjust_req", "follow"),
    "complete": ("implementing", "leader"),
    "accept": ("completed", "hub"),
    "refuse_acceptance": ("completed", "hub"),
    "judge": ("accepted", "result"),
    "order_rectification": ("evaluated", "result"),
    "file_rectify_plan": ("rectifying", "leader"),
    "file_rectify_result": ("rectifying", "leader"),
    "rejudge": ("rectifying", "result"),
    "carry_over": ("implementing", "hub"),
    "archive": ("evaluated re_evaluated terminated", "office"),
}
ON_ADJUSTMENTS = {
    "endorse": ("requested", "office"),
    "turn_down": ("requested", "office"),
    "approve": ("endorsed", "office result"),
    "reject": ("endorsed", "office result"),
}
TABLES: dict[str, tuple[Workflow[Any], type[Any], dict[str, tuple[str, str]]]] = {
    "year": (YEAR, YearState, ON_YEARS),
    "idea": (IDEA, IdeaState, ON_IDEAS),
    "project": (PROJECT, ProjectState, ON_PROJECTS),
    "adjustment": (ADJUSTMENT, AdjustmentState, ON_ADJUSTMENTS),
}


def a_thing(state: str) -> Any:
    return SimpleNamespace(congress_id=CONGRESS, state=state, lead_unit_id=B03)


def may(workflow: Workflow[Any], name: str, who: str, obj: Any) -> bool:
    """Is there a row of that name from here, and does it know this person?"""
    return any(obj.state in move.sources and bool(move.rule(ACTORS[who], obj)) for move in workflow.named(name))


@pytest.mark.parametrize("table", TABLES)
def test_exactly_the_written_cells_are_open(table: str) -> None:
    workflow, states, cells = TABLES[table]
    assert set(cells) == {move.name for move in workflow.moves}
    for name, (sources, people) in cells.items():
        allowed = {one.replace("_", " ") for one in people.split()}
        for state, who in product(states, ACTORS):
            wanted = state.value in sources.split() and who in allowed
            assert may(workflow, name, who, a_thing(state.value)) == wanted, (name, state.value, who)


def test_a_unit_gives_no_opinion_on_its_own_project_even_with_another_post() -> None:
    both = actor("person:30", ("UNIT_LEADER", B03), ("UNIT_LEADER", B04))
    move = PROJECT.named("give_opinion")[0]
    assert move.rule(both, a_thing("prelim"))
    assert not move.rule(ACTORS["leader"], a_thing("prelim"))


EDGES = {
    "idea_pool": "prelim",
    "prelim": "party_discussed idea_pool",
    "party_discussed": "sc_deliberated idea_pool",
    "sc_deliberated": "candidate idea_pool",
    "candidate": "voted_in voted_out",
    "voted_out": "voted_in",
    "voted_in": "plan_published",
    "plan_published": "implementing adjust_req",
    "implementing": "adjust_req completed carried_over",
    "adjust_req": "implementing terminated",
    "completed": "accepted implementing",
    "accepted": "evaluated",
    "evaluated": "rectifying archived",
    "rectifying": "re_evaluated",
    "re_evaluated": "archived",
    "terminated": "archived",
    "archived": "",
    "carried_over": "",
}


def test_the_steps_between_states_of_a_project() -> None:
    steps = {(a.value, b.value) for a, b in PROJECT.edges() if a != b}
    assert steps == {(a, b) for a, targets in EDGES.items() for b in targets.split()}
