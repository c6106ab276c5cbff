"""The visibility matrix: what is hidden shows nowhere.

Every hidden part of the scene holds one word that all share, and a mark of its own. Each viewer then looks for the
shared word at every place where something could be found, listed, counted, suggested or taken out; whatever marks come
back must be those that this viewer may see. New kinds, exports, feeds and public pages are walked through their
registers, so that they are in the matrix by themselves.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import quote

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from openrenda.accounts.gates import access_of
from openrenda.exchange import tables
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import OpenRendaError
from openrenda.liaison import actions as liaison
from openrenda.liaison.actions import Contact
from openrenda.liaison.models import Opinion
from openrenda.liaison.selectors import visible_to
from openrenda.liaison.states import OpinionState, StationStatus
from openrenda.livelihood.models import Idea, Project
from openrenda.livelihood.selectors.desks import visible_ideas, visible_projects
from openrenda.meetings import actions as meetings
from openrenda.meetings.selectors.meetings import is_inside
from openrenda.meetings.states import ItemKind
from openrenda.orgs import actions as orgs
from openrenda.orgs.models import Mandate, Person
from openrenda.orgs.states import MANDATE_ROLES, Role
from openrenda.search import selectors as index
from openrenda.search.actions import add_synonyms
from openrenda.search.models import SynonymKind
from openrenda.search.selectors.similar import similar
from openrenda.search.values import Query
from openrenda.suggestions import actions as suggestions
from openrenda.suggestions.models import Suggestion
from openrenda.suggestions.selectors import visible
from openrenda.suggestions.states import Publicity
from tests.makers import liaison as opinions
from tests.makers import livelihood, stations
from tests.makers import meetings as sittings
from tests.makers import suggestions as cases
from tests.makers.orgs import a_congress, a_deputy, a_staff_member, actor_of, deputy_actor, setup_actor

WORD = "翡翠鲸"
DIGITS = "零壹贰叁肆伍陆柒捌玖"
MARK = re.compile(f"鲸([{DIGITS}]{{2}})记")
Sees = Callable[[Actor], bool]


def nobody(actor: Actor) -> bool:
    """Found by none, whoever searches."""
    return False


def keeps_people(actor: Actor) -> bool:
    """Who opens accounts, gives posts, reads the record: names are their trade, cases are not."""
    return actor.has(Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR)


def staff(actor: Actor) -> bool:
    """The inner directory."""
    return bool(actor.roles)


@dataclass
class Hidden:
    """A hidden part: what it is, who finds it in the workbench, who may read it there."""

    what: str
    finds: Sees
    reads: Sees


@dataclass
class Scene:
    """All hidden parts by their marks."""

    hidden: dict[str, Hidden] = field(default_factory=dict)
    mandates: list[Mandate] = field(default_factory=list)

    def mark(self, what: str, finds: Sees, reads: Sees | None = None) -> str:
        """A text for one more hidden part."""
        number = f"{len(self.hidden):02}"
        name = "".join(DIGITS[int(digit)] for digit in number)
        self.hidden[name] = Hidden(what, finds, reads or finds)
        return f"{WORD}{name}记"

    def names(self, marks: set[str]) -> set[str]:
        return {self.hidden[mark].what for mark in marks}


def gate(rows: Callable[[Actor], Any], pk: Callable[[], int]) -> Sees:
    """As the page's own gate says."""
    return lambda actor: rows(actor).filter(pk=pk()).exists()


@pytest.fixture
def scene() -> Scene:
    """One of everything that hides."""
    made = Scene()
    _opinions(made)
    _suggestions(made)
    _projects(made)
    _directory(made)
    return made


def _opinions(made: Scene) -> None:
    cast = opinions.a_cast()
    made.mandates.append(cast.mandate)
    rows: list[Opinion] = []
    sees = gate(visible_to, lambda: rows[0].pk)
    text = made.mark("an unpublished opinion", sees)
    contact = made.mark("who wrote it", nobody)
    given = Contact(f"{contact}女士", "13800004447")
    rows.append(opinions.an_opinion(cast, OpinionState.HANDLING, title=text, contact=given))
    draft = made.mark("a unit's draft", nobody, sees)
    liaison.draft_result(opinion_id=rows[0].pk, text=draft, actor=cast.clerk)

    public: list[Opinion] = []
    sees_public = gate(visible_to, lambda: public[0].pk)
    raw = made.mark("what the summary left out", sees_public)
    public.append(opinions.an_opinion(cast, OpinionState.FED_BACK, content=f"{raw}，{opinions.CONTENT}"))
    pk = public[0].pk
    liaison.edit_public_summary(opinion_id=pk, title="路灯不亮", summary="路灯不亮，盼修。", actor=cast.staff)
    liaison.approve_publication(opinion_id=pk, actor=cast.head)
    liaison.approve_publication(opinion_id=pk, actor=cast.street)

    taken: list[Opinion] = []
    down = made.mark("taken down again", gate(visible_to, lambda: taken[0].pk))
    taken.append(opinions.a_published_opinion(cast, title=down))
    liaison.object_to_publication(
        opinion_id=taken[0].pk, actor=opinions.resident_of(taken[0].pk, cast.congress_id), reason="不想公开"
    )


def _suggestions(made: Scene) -> None:
    def case(what: str, make: Callable[..., Any], *, field: str = "problem", **given: object) -> Any:
        walks: list[Any] = []
        words = made.mark(what, gate(visible, lambda: walks[0].pk))
        walks.append(make(text=cases.a_text(**{field: words if field == "title" else f"{words}，雨污合流。"}), **given))
        made.mandates.append(walks[0].lead)
        return walks[0]

    case("a draft", cases.a_draft)
    submitted = case("withdrawn", cases.a_submitted, field="title")
    suggestions.withdraw(suggestion_id=submitted.pk, reason="想再调研", actor=submitted.deputy)
    pending = case("not released yet", cases.a_handled)
    kept = case("decided not to be public", cases.a_replied, field="title")
    suggestions.release(
        suggestion_id=kept.pk, decision=Publicity.NO, reason="涉及个人", actor=cases.sc_rep(), checked_by="李保密"
    )
    summed = case("what the summary left out of a suggestion", cases.a_replied)
    suggestions.release(
        suggestion_id=summed.pk,
        decision=Publicity.SUMMARY,
        summary="修管网。",
        actor=cases.sc_rep(),
        checked_by="李保密",
    )

    sees = gate(visible, lambda: reply.pk)
    drafted = made.mark("a reply that was not issued", nobody, sees)
    reply = cases.a_handled()
    cases.meet(reply)
    suggestions.draft_reply(assignment_id=reply.turn().pk, answer=cases.an_answer(body=drafted), actor=cases.clerk())
    made.mandates += [pending.lead, reply.lead]

    def sees_lead(actor: Actor) -> bool:
        return visible(actor).filter(pk=secret.pk).exists()

    name = made.mark("who leads, but does not wish to be named", sees_lead, keeps_people)
    secret = cases.a_replied(lead=a_deputy(name, station=None), is_confidential=True)
    suggestions.release(suggestion_id=secret.pk, decision=Publicity.FULL, actor=cases.sc_rep(), checked_by="李保密")
    orgs.end_mandate(mandate_id=secret.lead.pk, on=clock.today().replace(day=1), reason="调离", actor=cases.clockwork())


def _projects(made: Scene) -> None:
    ids: dict[str, int] = {}
    idea = made.mark("an idea that is not out", gate(visible_ideas, lambda: ids["idea"]))
    pool = made.mark("a project in the pool", gate(visible_projects, lambda: ids["project"]))
    year = livelihood.a_call()
    ids["idea"] = livelihood.an_idea(year, title=idea).idea_id
    ids["project"] = livelihood.a_project(year, name=pool).pk
    item = made.mark("an item of the agenda", is_inside)
    walk = sittings.a_meeting(members=2)
    made.mandates.append(walk.members[0])
    meetings.add_item(meeting_id=walk.pk, title=item, kind=ItemKind.OTHER, actor=actor_of(Role.SC_OFFICE, "R01"))


def _directory(made: Scene) -> None:
    closed = made.mark("a station that was closed", staff)
    station = opinions.a_station("C01", address=closed)
    liaison.edit_station(
        unit_id=station.unit_id, actor=setup_actor(a_congress()), address=closed, phone="", opening_note="",
        reception_text="", contact_name="", head_id=None, status=StationStatus.CLOSED,
    )  # fmt: skip
    gone = made.mark("a deputy whose mandate ended", nobody, keeps_people)
    mandate = a_deputy(gone)
    orgs.end_mandate(
        mandate_id=mandate.pk, on=clock.today().replace(day=1), reason="辞职", actor=setup_actor(a_congress())
    )


# -- viewers -----------------------------------------------------------------------------------------------------------

PLACES = {
    Role.STATION_STAFF: "S01", Role.STATION_HEAD: "S02", Role.STREET_NPC: "J01", Role.SC_REP: "R02",
    Role.SC_COMMITTEE: "R04", Role.GOV_HUB: "G01", Role.UNIT_ADMIN: "B04", Role.UNIT_CLERK: "B03",
    Role.UNIT_LEADER: "B03",
}  # fmt: skip


@dataclass(frozen=True)
class Viewer:
    """Somebody with a hat, and as whom the gates know them."""

    name: str
    actor: Actor
    person: Person | None

    @property
    def client(self) -> Client:
        return stations.signed_in(self.person) if self.person else Client()


def viewers(scene: Scene) -> Iterator[Viewer]:
    """A visitor, every staff role, a deputy of each part in the scene."""
    yield Viewer("visitor", Actor.anonymous(a_congress().pk), None)
    for role in Role:
        if role not in MANDATE_ROLES:
            place = PLACES.get(role, "R01")
            yield Viewer(role.label, actor_of(role, place), a_staff_member(role, place))
    for mandate in {one.pk: one for one in scene.mandates}.values():
        yield Viewer(f"deputy {mandate.person.name}", deputy_actor(mandate), mandate.person)


def marks(text: str) -> set[str]:
    """Which hidden parts show in it; the marks around letters are taken away."""
    return set(MARK.findall(re.sub(r"<[^>]+>", "", text)))


# -- the matrix --------------------------------------------------------------------------------------------------------


def test_the_index_finds_each_part_for_those_and_only_those(scene: Scene) -> None:
    wrong = []
    add_synonyms(kind=SynonymKind.WORD, words=(WORD, "深海巨物"), actor=cases.sc_rep())
    for viewer in viewers(scene):
        for mark, part in scene.hidden.items():
            asked = Query(congress_id=viewer.actor.congress_id, text=f"{WORD}{mark}记")
            if index.find(asked).count or index.hints(asked):
                wrong.append(f"the public finds {part.what}")
            inside = Query(congress_id=asked.congress_id, text=asked.text, actor=viewer.actor)
            if bool(index.find(inside).count) != part.finds(viewer.actor):
                wrong.append(f"{viewer.name}: {part.what}")
    assert not wrong
    public, rep = (Query(congress_id=a_congress().pk, text="深海巨物", actor=actor) for actor in (None, cases.sc_rep()))
    assert index.find(rep).count, "another name finds what the name finds"
    assert not index.find(public).count
    assert {part.what for part in scene.hidden.values() if part.finds is not nobody} == {
        part.what for part in scene.hidden.values() for viewer in viewers(scene) if part.finds(viewer.actor)
    }, "somebody must find each part that may be found, or the matrix proves nothing"


def test_search_pages_counts_filters_and_hints_show_nothing_else(scene: Scene, client: Client) -> None:
    wrong = []
    for viewer in viewers(scene):
        browser = viewer.client
        allowed = {mark for mark, part in scene.hidden.items() if part.finds(viewer.actor)}
        for path in ("search", "hints", "search_json"):
            shown = marks(browser.get(reverse(f"site:{path}"), {"q": WORD}).content.decode())
            wrong += [f"{viewer.name} in public {path}: {what}" for what in scene.names(shown)]
        for path, given in (("work_search", {}), ("work_search", {"order": "relevance"}), ("work_hints", {})):
            answer = browser.get(reverse(f"site:{path}"), {"q": WORD, **given})
            assert answer.status_code == (303 if viewer.person is None else 200)
            shown = marks(answer.content.decode())
            wrong += [f"{viewer.name} in {path}: {what}" for what in scene.names(shown - allowed)]
    assert not wrong
    for text in (WORD, WORD[:2], f"{WORD} 雨污"):
        answer = json.loads(client.get(reverse("site:search_json"), {"q": text}).content)
        assert (answer["count"], answer["hits"]) == (0, [])
        assert not any(answer["facets"].values())


def test_what_is_laid_beside_a_text_is_open_to_who_reads_it(scene: Scene) -> None:
    wrong, seen = [], 0
    for viewer in viewers(scene):
        allowed = {mark for mark, part in scene.hidden.items() if part.finds(viewer.actor)}
        asked = partial(similar, viewer.actor.congress_id, f"{WORD}雨污合流", opinions.CONTENT, least=0.0, limit=50)
        seen_here = marks(repr(asked(actor=viewer.actor)))
        seen += len(seen_here)
        wrong += [f"{viewer.name} beside: {what}" for what in scene.names(seen_here - allowed)]
        shown = marks(repr(asked()))
        wrong += [f"the public beside: {what}" for what in scene.names(shown)]
    assert not wrong
    assert seen, "nothing lay beside anything: the matrix proves nothing"


def test_lists_that_go_out_hold_what_the_gates_admit(scene: Scene) -> None:
    wrong, seen = [], 0
    for viewer in viewers(scene):
        allowed = {mark for mark, part in scene.hidden.items() if part.finds(viewer.actor) or part.reads(viewer.actor)}
        for table in tables.all():
            if table.who(viewer.actor):
                shown = marks(_written(table, viewer.actor))
                seen += len(shown)
                wrong += [f"{viewer.name} takes out {table.name}: {what}" for what in scene.names(shown - allowed)]
    assert not wrong, sorted(set(wrong))
    assert seen, "no list held anything: the matrix proves nothing"


def _written(table: tables.Table, actor: Actor) -> str:
    try:
        rows = [row for asked in ("", f"q={quote(WORD)}") for row in table.rows(actor, QueryDict(asked).dict())]
    except OpenRendaError:  # asks for a year, a station: those of the scene are in the lists without one
        return ""
    return " ".join(str(column.value(row)) for row in rows for column in table.columns)


def public_addresses() -> Iterator[str]:
    """Every public page that needs nothing but its address."""

    def walk(resolver: Any, prefix: str = "/") -> Iterator[str]:
        for entry in resolver.url_patterns:
            path = prefix + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry, path)
            elif isinstance(entry, URLPattern) and "<" not in path and not access_of(entry.callback, path).signed_in:
                yield path

    return walk(get_resolver())


def test_public_pages_and_the_feed(scene: Scene, client: Client) -> None:
    addresses = set(public_addresses())
    assert {"/", "/search/", "/search.json", "/feed/", "/opinions/", "/suggestions/"} <= addresses
    details = [reverse("liaison:opinion", args=[row.number]) for row in Opinion.objects.all()]
    details += [reverse("suggestions:case", args=[row.key]) for row in Suggestion.objects.exclude(key=None)]
    details += [reverse("livelihood:idea", args=[row.key]) for row in Idea.objects.all()]
    details += [reverse("livelihood:project", args=[row.year.year, row.serial]) for row in Project.objects.all()]
    wrong = []
    for path in [*sorted(addresses), *details]:
        for asked in (path, f"{path}?q={quote(WORD)}") if path in addresses else (path,):
            shown = marks(client.get(asked).content.decode("utf-8", "replace"))
            wrong += [f"{asked}: {what}" for what in scene.names(shown)]
    assert not wrong
