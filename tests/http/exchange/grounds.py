"""For each list that may be taken out: its page, who opens it, what lies in it, and how it is narrowed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.test import Client

from openrenda.livelihood import actions as projects
from openrenda.orgs.models import Mandate
from openrenda.orgs.states import Role
from openrenda.search import actions as search
from openrenda.search.models import SynonymKind
from openrenda.suggestions import actions as suggestions
from tests.http.livelihood import scene as livelihood
from tests.http.suggestions import walk as suggestion
from tests.makers import meetings, notifications, orgs, stations, voting
from tests.makers.stations import signed_in

Made = Mapping[str, str]


def in_tables(html: str) -> int:
    """Rows in the bodies of tables."""
    bodies = re.findall(r'<table class="table".*?<tbody>(.*?)</tbody>', html, re.DOTALL)
    return sum(body.count("<tr") for body in bodies)


def in_lists(html: str) -> int:
    """Lines of lists."""
    return html.count('<li class="row">')


def in_ticks(html: str) -> int:
    """Lines of a list to tick."""
    return html.count('class="tick-who"')


def in_cards(html: str) -> int:
    """Cards of projects."""
    return html.count('class="project-card')


@dataclass(frozen=True)
class Ground:
    """`page` and `place` are filled from what `make` answers; `key` is the column whose words stand on the page.

    `shown` counts the rows on the page; None where a page shows more lists than one.
    """

    page: str
    make: Callable[[], Made]
    role: Role | None = None
    unit: str = "R01"
    place: Made = field(default_factory=dict)
    query: Made = field(default_factory=dict)
    key: int = 1
    shown: Callable[[str], int] | None = in_tables
    gate: str = "page"
    """"page": the page's own mark says who; "object": the view looks at the object."""


# -- what lies there ---------------------------------------------------------------------------------------------------


def _opinions() -> Made:
    scene = stations.a_scene()
    for title in ("公园长椅坏了", "公园没有灯", "路灯不亮"):
        scene.published(title)
    return {}


def _inbox() -> Made:
    scene = stations.a_scene()
    for title in ("公园长椅坏了", "公园没有灯", "路灯不亮"):
        scene.submit(title)
    return {}


def _scene() -> Made:
    stations.a_scene()
    return {}


def _receptions() -> Made:
    scene = stations.a_scene()
    scene.reception(days=7)
    scene.reception(days=14, announced=False)
    return {"station": "S01"}


def _suggestions(stage: str = "released") -> Callable[[], Made]:
    def make() -> Made:
        scene = suggestion.a_scene()
        for title in ("关于修好桐花里路灯的建议", "关于增设路灯的建议", "关于停车的建议"):
            suggestion.to(scene, stage, title=title)
        return {"person": str(scene.lead.person_id)}

    return make


def _looked_back() -> Made:
    made = _suggestions("closed")()
    suggestions.draw_look_back(year=2025, seed="42", share=50, actor=orgs.actor_of(Role.SC_REP, "R02"))
    return made


def _year() -> Made:
    works = livelihood.running()
    return {"year": "2025", "pk": str(works.year.pk)}


def _ideas() -> Made:
    works = livelihood.call()
    more = livelihood.idea(works, "再建一个助餐点", may_publish=True)
    for receipt in (works.ideas[0], more):
        projects.publish_idea(idea_id=receipt.idea_id, actor=livelihood.hub())
    return {"year": "2025", "pk": str(works.year.pk)}


def _polls() -> Made:
    first, second = voting.an_open_poll(), voting.an_open_poll()
    return {"key": first.now.key, "other": second.now.key}


def _meeting() -> Made:
    walk = meetings.a_sitting()
    return {"key": walk.meeting.key}


def _people() -> Made:
    for name in ("沈若兰", "沈一鸣", "周延庆"):
        orgs.a_person(name)
    return {}


def _synonyms() -> Made:
    orgs.a_congress()
    for words in (("老车站", "客运站"), ("小广场", "人民广场")):
        search.add_synonyms(words=words, kind=SynonymKind.PLACE, note="", actor=orgs.actor_of(Role.SYSADMIN, "R01"))
    return {}


def _notices() -> Made:
    orgs.a_congress()
    return {}


BY_SUGGESTIONS = (Role.SC_REP, "R02")
GROUNDS: Mapping[str, Ground] = {
    "liaison.published": Ground("/opinions/", _opinions, query={"q": "公园"}, shown=in_lists),
    "liaison.stations": Ground("/stations/", _scene, query={"q": "街道"}, shown=in_lists),
    "liaison.deputies": Ground("/deputies/", _scene, query={"q": "周"}, shown=in_lists),
    "liaison.inbox": Ground("/work/opinions/", _inbox, Role.STATION_STAFF, "S01", query={"q": "公园", "lane": "mine"}),
    "liaison.receptions": Ground(
        "/work/stations/{station}/receptions/", _receptions, Role.STATION_STAFF, "S01",
        place={"station": "{station}"}, key=6,
    ),
    "suggestions.index": Ground("/suggestions/", _suggestions(), query={"q": "路灯"}, shown=in_lists),
    "suggestions.inbox": Ground(
        "/work/suggestions/", _suggestions("submitted"), *BY_SUGGESTIONS, query={"lane": "mine"}
    ),
    "suggestions.register": Ground(
        "/work/suggestions/all/", _suggestions("submitted"), *BY_SUGGESTIONS, query={"q": "路灯"}
    ),
    "suggestions.promises": Ground(
        "/work/suggestions/promises/", _suggestions(), *BY_SUGGESTIONS, query={"all": "1"}, key=0
    ),
    "suggestions.look_backs": Ground("/work/suggestions/look-backs/", _looked_back, *BY_SUGGESTIONS, key=2),
    "suggestions.bulk": Ground(
        "/work/suggestions/bulk/assign/", _suggestions("planned"), *BY_SUGGESTIONS,
        place={"desk": "assign"}, gate="object",
    ),
    "suggestions.mine": Ground(
        "/work/suggestions/mine/", _suggestions("draft"), Role.DEPUTY, shown=in_lists
    ),
    "livelihood.year": Ground("/projects/{year}/", _year, place={"year": "{year}"}, shown=None),
    "livelihood.ideas": Ground("/projects/{year}/ideas/", _ideas, place={"year": "{year}"}, shown=in_lists),
    "livelihood.work_year": Ground(
        "/work/projects/years/{pk}/", _year, Role.GOV_HUB, "G01", place={"year": "{pk}"}
    ),
    "livelihood.own": Ground("/work/projects/own/", _year, Role.UNIT_CLERK, "B03", key=2),
    "livelihood.pool": Ground(
        "/work/projects/years/{pk}/ideas/", _ideas, Role.GOV_HUB, "G01",
        place={"year": "{pk}"}, query={"q": "助餐点"},
    ),
    "voting.index": Ground("/votes/", _polls, key=0, shown=in_lists),
    "voting.work_index": Ground("/work/votes/", _polls, Role.SC_OFFICE, key=0),
    "voting.roll": Ground(
        "/work/votes/{key}/roll/", _polls, Role.SC_OFFICE, place={"poll": "{key}"}, key=0, shown=in_ticks,
        gate="object",
    ),
    "meetings.index": Ground("/work/meetings/", _meeting, Role.SC_OFFICE, key=0),
    "meetings.sign_in": Ground(
        "/work/meetings/{key}/sign-in/", _meeting, Role.SC_OFFICE, place={"meeting": "{key}"}, key=0, shown=in_ticks
    ),
    "site.search": Ground("/search/", _opinions, query={"q": "公园"}, key=2, shown=in_lists),
    "site.work_search": Ground(
        "/work/search/", _inbox, Role.STATION_STAFF, "S01", query={"q": "公园"}, key=2, shown=in_lists
    ),
    "site.synonyms": Ground("/manage/search/synonyms/", _synonyms, Role.SYSADMIN, key=0),
    "accounts.people": Ground("/manage/people/", _people, Role.SYSADMIN, query={"q": "沈"}, key=0),
    "accounts.sessions": Ground("/manage/security/", _people, Role.SECADMIN, key=0, shown=None),
    "accounts.locks": Ground("/manage/security/", _people, Role.SECADMIN, key=0, shown=None),
    "accounts.settings": Ground("/manage/settings/", _people, Role.SYSADMIN),
    "accounts.calendar": Ground("/manage/calendar/", _people, Role.SYSADMIN, query={"year": "2025"}, key=3, shown=None),
    "accounts.audit": Ground("/manage/audit/", _people, Role.AUDITOR, query={"kind": "orgs.person"}, key=7),
    "notifications.inbox": Ground("/inbox/", _notices, Role.UNIT_CLERK, "B03", shown=in_lists),
}  # fmt: skip


def enter(ground: Ground, made: Made) -> Client:
    """A browser of whoever opens the list."""
    if ground.role is None:
        return Client()
    if ground.role is Role.DEPUTY:
        return signed_in(Mandate.objects.get(person_id=made["person"]).person)
    person = orgs.a_staff_member(ground.role, ground.unit)
    if ground.page == "/inbox/":
        for number in ("YJ1", "YJ2"):
            notifications.told(f"person:{person.pk}", number=number)
    return signed_in(person)
