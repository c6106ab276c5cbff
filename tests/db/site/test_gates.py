"""Whoever searches finds just what the gates would let that hat open: every role, every kind, many states.

All objects hold one word; what is found by it is compared with what the gate's own query gives.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
from django.db.models import Model, QuerySet

from openrenda.kernel import clock, commit
from openrenda.kernel.actor import Actor
from openrenda.liaison.models import Opinion
from openrenda.liaison.selectors import visible_to
from openrenda.liaison.states import OpinionState, RouteLevel
from openrenda.liaison.tasks import nightly
from openrenda.livelihood.models import Idea, Project
from openrenda.livelihood.selectors.desks import visible_ideas, visible_projects
from openrenda.meetings.models import AgendaItem
from openrenda.meetings.selectors.meetings import is_inside
from openrenda.orgs import actions as orgs_actions
from openrenda.orgs.models import Mandate
from openrenda.orgs.states import MANDATE_ROLES, Role
from openrenda.search import kinds
from openrenda.search.actions import rebuild
from openrenda.search.models import Entry
from openrenda.search.selectors import find, hints
from openrenda.search.values import Query
from openrenda.suggestions import actions as suggestions_actions
from openrenda.suggestions.models import Suggestion
from openrenda.suggestions.selectors import visible
from openrenda.suggestions.states import Publicity
from tests.conftest import FrozenClock
from tests.makers import liaison, livelihood, meetings, suggestions
from tests.makers.orgs import a_congress, a_deputy, a_unit, actor_of, deputy_actor, setup_actor

WORD = "翡翠鲸鱼"
PLACES = {
    Role.STATION_STAFF: ("S01", "S02"),
    Role.STATION_HEAD: ("S01", "S02"),
    Role.STREET_NPC: ("J01", "J02"),
    Role.SC_REP: ("R02",),
    Role.SC_COMMITTEE: ("R04", "R03"),
    Role.GOV_HUB: ("G01",),
    Role.UNIT_ADMIN: ("B03", "B04"),
    Role.UNIT_CLERK: ("B03", "B04", "Q01", "F01"),
    Role.UNIT_LEADER: ("B03", "B04"),
}
STAFF = [role for role in Role if role not in MANDATE_ROLES]


def everybody(mandates: Iterable[Mandate]) -> list[Actor]:
    """Every staff role, most of them at two places, every deputy, and a visitor without a hat."""
    staff = [actor_of(role, place) for role in STAFF for place in PLACES.get(role, ("R01",))]
    hats = [deputy_actor(mandate) for mandate in mandates]
    return [*staff, *hats, Actor.anonymous(a_congress().pk)]


def found(actor: Actor, kind: str) -> set[int]:
    """All that this actor finds of the kind by the word; counted too."""
    query = Query(congress_id=actor.congress_id, text=WORD, actor=actor, kinds=(kind,), size=500)
    page = find(query)
    assert page.count == len(page.hits)
    by_relevance = find(replace(query, order="relevance"))
    assert {hit.object_id for hit in by_relevance.hits} == {hit.object_id for hit in page.hits}
    return {hit.object_id for hit in page.hits}


def ids(rows: QuerySet[Model]) -> set[int]:
    return set(rows.values_list("pk", flat=True))


def differences(actors: list[Actor], kind: str, gate: Callable[[Actor], QuerySet[Model]]) -> list[str]:
    """Where search and gate disagree, by role; and a check that both sides of the gate were seen."""
    wrong, sizes = [], set()
    for actor in actors:
        admitted, seen = ids(gate(actor)), found(actor, kind)
        sizes.add(len(admitted))
        if admitted != seen:
            wrong.append(f"{actor.name}: hidden but found {seen - admitted}, open but not found {admitted - seen}")
    assert len(sizes) > 2, "a scene in which all see the same proves nothing"
    return wrong


def stale() -> list[str]:
    """Entries that differ from what making all anew gives: somewhere a write forgot to say so."""
    commit.flush()
    kept = _entries()
    rebuild()
    fresh = _entries()
    return sorted({f"{key}" for key in kept.keys() | fresh.keys() if kept.get(key) != fresh.get(key)})


def _entries() -> dict[tuple[Any, ...], tuple[Any, ...]]:
    columns = ("kind", "object_id", "is_public", "fingerprint", "state", "grade", "is_open")
    return {row[:3]: row[3:] for row in Entry.objects.values_list(*columns)}


# -- opinions ----------------------------------------------------------------------------------------------------------


def test_opinions() -> None:
    cast = liaison.a_cast()
    mandates = [cast.mandate, a_deputy(station="S01"), a_deputy(station="S02"), a_deputy(station=None)]
    for state in OpinionState:
        liaison.an_opinion(cast, state, content=f"{WORD}，{liaison.CONTENT}", deputy_id=None)
    liaison.a_published_opinion(cast, content=f"{WORD}，{liaison.CONTENT}")
    for unit, level in (("B04", RouteLevel.DEPARTMENT), ("J01", RouteLevel.STREET), ("Q01", RouteLevel.COMMUNITY)):
        row = liaison.an_opinion(cast, OpinionState.CLASSIFIED, content=f"{WORD}，{liaison.CONTENT}")
        liaison.refer_to(row.pk, cast, unit, level)
    asked = liaison.an_opinion(cast, OpinionState.CLASSIFIED, content=f"{WORD}，{liaison.CONTENT}")
    liaison.actions.refer(
        opinion_id=asked.pk, level=RouteLevel.DEPARTMENT, unit_id=a_unit("B04").pk, actor=cast.head
    )  # proposed only: the unit may not look yet
    actors = everybody(mandates)
    rows = Opinion.objects.filter(content__contains=WORD)
    gate = lambda actor: visible_to(actor) & rows  # noqa: E731
    assert not differences(actors, "liaison.opinion", gate)
    # A deputy who moves to another station finds that station's opinions at once; nothing is written to them.
    orgs_actions.assign_station(mandate_id=mandates[2].pk, station_id=a_unit("S01").pk, actor=cast.sc_rep)
    assert not differences(actors, "liaison.opinion", gate)
    assert len(found(deputy_actor(mandates[2]), "liaison.opinion")) > len(OpinionState)
    assert not stale()


# -- suggestions -------------------------------------------------------------------------------------------------------


def test_suggestions() -> None:
    def words() -> object:
        return suggestions.a_text(problem=f"{WORD}，院内雨污合流。")

    walks = [
        suggestions.a_draft(text=words()),
        suggestions.a_submitted(text=words(), cosigners=1),
        suggestions.an_accepted(text=words()),
        suggestions.a_planned(text=words()),
        suggestions.an_assigned(text=words()),
        suggestions.a_distributed(text=words()),
        suggestions.a_handled(text=words()),
        suggestions.a_drafted_reply(text=words()),
        suggestions.a_replied(text=words()),
        suggestions.a_closed(text=words(), is_confidential=True),
        suggestions.a_rehandled(text=words()),
        suggestions.a_distributed([suggestions.line("B04")], text=words()),
    ]
    asked = suggestions.a_draft(text=words())
    others = [a_deputy(), a_deputy()]
    suggestions_actions.invite_cosigners(
        suggestion_id=asked.pk, mandate_ids=[one.pk for one in others], actor=asked.deputy
    )
    suggestions_actions.decline_cosign(suggestion_id=asked.pk, actor=deputy_actor(others[0]))
    suggestions_actions.release(
        suggestion_id=walks[9].pk, decision=Publicity.NO, reason="涉及个人", actor=suggestions.sc_rep(), checked_by="李"
    )
    mandates = [a_deputy(), *others, *(walk.lead for walk in walks), *walks[1].cosigners]
    rows = Suggestion.objects.filter(problem__contains=WORD)
    gate = lambda actor: visible(actor) & rows  # noqa: E731
    assert not differences(everybody(mandates), "suggestions.suggestion", gate)
    assert not stale()


# -- projects and ideas ------------------------------------------------------------------------------------------------


def test_projects_and_ideas() -> None:
    year = livelihood.a_call()
    idea = livelihood.an_idea(year, title=f"{WORD}一")
    with clock.at(livelihood.OPENED):
        own = livelihood.actions.propose_idea(
            year_id=year.pk,
            text=livelihood.IdeaText(f"{WORD}二", "本单位提出。"),
            idempotency_key="own-form-1",
            actor=livelihood.clerk(),
        )
    projects = [livelihood.a_project(year, name=f"{WORD}{n}") for n in "甲乙丙"]
    livelihood.a_project(year, name=f"{WORD}丁", lead_unit_id=a_unit("B04").pk)
    with clock.at(livelihood.CLOSED):
        livelihood.actions.shortlist_project(project_id=projects[0].pk, actor=livelihood.hub())
    with clock.at(livelihood.FIXED):
        livelihood.actions.close_call(year_id=year.pk, actor=livelihood.hub())
        livelihood.screen(projects[1])
    actors = everybody([a_deputy(sc_post="委员"), a_deputy()])
    ideas = Idea.objects.filter(pk__in=[idea.idea_id, own.idea_id])
    assert not differences(actors, "livelihood.idea", lambda actor: visible_ideas(actor) & ideas)
    wanted = Project.objects.filter(name__contains=WORD)
    gate = lambda actor: visible_projects(actor) & wanted  # noqa: E731
    assert not differences(actors, "livelihood.project", gate)
    assert not stale()


# -- the agenda, the directory -----------------------------------------------------------------------------------------


def test_agenda() -> None:
    walk = meetings.a_meeting()
    office = actor_of(Role.SC_OFFICE, "R01")
    meetings.actions.add_item(meeting_id=walk.pk, title=f"审议{WORD}报告", kind=meetings.ItemKind.REPORT, actor=office)
    rows = AgendaItem.objects.filter(title__contains=WORD)
    for actor in everybody(walk.members[:1]):
        assert found(actor, "meetings.item") == (ids(rows) if is_inside(actor) else set()), actor.name


@pytest.mark.parametrize("kind", ["orgs.deputy", "orgs.unit", "liaison.station"])
def test_the_directory_is_open_to_staff_and_closed_to_visitors(kind: str) -> None:
    a_deputy(f"{WORD}")
    setup = Actor.system("setup", a_congress().pk)
    orgs_actions.add_unit(
        code="X01", name=f"{WORD}局", short_name="", kind=livelihood.a_unit("B03").kind, parent_id=None, actor=setup
    )
    liaison.a_station("S01", address=f"{WORD}路1号")
    assert len(found(actor_of(Role.UNIT_CLERK, "B04"), kind)) == 1
    assert not found(Actor.anonymous(a_congress().pk), kind)


def test_no_kind_is_forgotten_here() -> None:
    tested = {
        "liaison.opinion", "suggestions.suggestion", "livelihood.idea", "livelihood.project", "meetings.item",
        "orgs.deputy", "orgs.unit", "liaison.station",
    }  # fmt: skip
    assert {kind.name for kind in kinds.all_kinds()} == tested, "say here whose the new kind is"


def test_a_project_that_becomes_public_is_found_by_everybody() -> None:
    walk = livelihood.a_screened()
    name = walk.projects[0].name

    def everybody_finds() -> int:
        return find(Query(congress_id=a_congress().pk, text=name, kinds=("livelihood.project",))).count

    assert not everybody_finds()
    with clock.at(livelihood.FIXED):
        livelihood.actions.fix_candidates(
            year_id=walk.year.pk, project_ids=[p.pk for p in walk.projects], actor=livelihood.office()
        )
    assert not everybody_finds()
    with clock.at(livelihood.BOOKLET):
        livelihood.actions.publish_candidates(
            year_id=walk.year.pk, session_on=livelihood.VOTED, actor=livelihood.office()
        )
    assert everybody_finds() == 1
    assert not stale()


def test_a_mandate_that_ends_by_date_leaves_the_index_in_the_night(clock: FrozenClock) -> None:
    mandate = a_deputy("周延庆")
    day = clock.today
    orgs_actions.end_mandate(mandate_id=mandate.pk, on=day, reason="调离", actor=setup_actor(a_congress()))
    asked = Query(congress_id=mandate.congress_id, text="zyq")
    assert [hint.text for hint in hints(asked)] == ["周延庆"]
    clock.forward(days=1)
    nightly(0)
    assert not hints(asked)
