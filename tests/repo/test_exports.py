"""Every list can be taken out (issue: the old register comes in, anything goes out)."""

import re

import pytest
from django.apps import apps

from openrenda.exchange import tables
from tests.repo.tree import PACKAGE, name, templates

LIST = re.compile(r"\bui\.(pagination|table|rows)\(|class=\"(tick-list|rows)\"|<table")
LINKS = re.compile(r"ui\.export_links\(\s*\"([a-z_.]+)\"\s*[,)]")
OFFERS = "ui.export_links("

# Templates with a table or rows that are no list to be taken out, each with why.
OF_ONE_THING = "parts of one thing's own page"
IS_INCLUDED = "a part; the pages that show it offer the export"
IS_EXTRACT = "the first few of a list that has a page of its own"
IS_CHOICE = "a step of a form: one of these is to be chosen"
EXCEPTIONS = {
    "accounts/account.html": OF_ONE_THING,
    "accounts/manage/overview.html": "links to the lists",
    "accounts/manage/person.html": OF_ONE_THING,
    "accounts/manage/recomputed.html": "what one act has just done, once; the record keeps it",
    "accounts/manage/setting.html": OF_ONE_THING,
    "exchange/exports.html": "the list of what was taken out; the record of actions holds it and goes out",
    "exchange/imports/run.html": "one file that came in; its faults go out as a workbook of their own",
    "exchange/imports/runs.html": "the files one brought in; the record of actions holds them and goes out",
    "liaison/deputy.html": OF_ONE_THING,
    "liaison/opinion_where.html": IS_CHOICE,
    "liaison/slots/recent.html": IS_EXTRACT,
    "liaison/slots/tasks.html": IS_EXTRACT,
    "liaison/station.html": OF_ONE_THING,
    "liaison/track_case.html": OF_ONE_THING,
    "liaison/work/case.html": OF_ONE_THING,
    "liaison/work/desks.html": IS_CHOICE,
    "liaison/work/reception.html": OF_ONE_THING,
    "liaison/work/reception_desks.html": IS_CHOICE,
    "livelihood/parts/cards.html": IS_INCLUDED,
    "livelihood/parts/work.html": IS_INCLUDED,
    "livelihood/project.html": OF_ONE_THING,
    "livelihood/slots/home.html": IS_EXTRACT,
    "livelihood/slots/tasks.html": IS_EXTRACT,
    "livelihood/track_idea.html": OF_ONE_THING,
    "livelihood/work/project.html": OF_ONE_THING,
    "routing/standing.html": "a dozen figures about the learning, with what they mean",
    "site/manage/synonym_group.html": OF_ONE_THING,
    "suggestions/cosigners.html": IS_CHOICE,
    "suggestions/parts/public_case.html": OF_ONE_THING,
    "suggestions/parts/rows.html": IS_INCLUDED,
    "suggestions/parts/units.html": OF_ONE_THING,
    "suggestions/slots/home_recent.html": IS_EXTRACT,
    "suggestions/slots/opinion_alike.html": IS_EXTRACT,
    "suggestions/work_case.html": OF_ONE_THING,
    "ui/gallery.html": "shows the components",
    "ui/parts/charts.html": "the components",
    "ui/parts/data.html": "the components",
    "ui/parts/page.html": "the components",
    "voting/check.html": OF_ONE_THING,
    "voting/count.html": OF_ONE_THING,
    "voting/parts/result.html": OF_ONE_THING,
    "voting/poll.html": "one vote; its archive and proof go out whole, to be checked by anybody",
    "voting/slots/home_recent.html": IS_EXTRACT,
    "voting/slots/work_tasks.html": IS_EXTRACT,
    "voting/withdraw.html": OF_ONE_THING,
    "voting/work_poll.html": OF_ONE_THING,
}


def short(path: object) -> str:
    return str(path).partition("/jinja2/")[2]


LISTS = [path for path in templates() if LIST.search(path.read_text("utf-8"))]


@pytest.mark.parametrize("path", LISTS, ids=name)
def test_a_page_with_a_list_offers_to_take_it_out(path: object) -> None:
    offers = OFFERS in path.read_text("utf-8")  # type: ignore[attr-defined]
    told = short(path) in EXCEPTIONS
    assert offers or told, (
        f"{short(path)} shows a list: declare a Table in the slice's tables.py and put "
        '{{ ui.export_links("slice.name") }} under it, or say here why not'
    )
    assert not (offers and told), f"{short(path)} offers an export; take it off the exceptions"


def test_no_exception_is_dead() -> None:
    shown = {short(path) for path in LISTS}
    assert not [path for path in EXCEPTIONS if path not in shown]


def test_pages_and_lists_know_each_other() -> None:
    """A name on a page that no slice declares would show nothing; a list that no page offers is found by nobody."""
    offered = {found for path in templates() for found in LINKS.findall(path.read_text("utf-8"))}
    declared = {table.name for table in tables.all()}
    # The twins of charts are many: their pages put the names together.
    composed = {table for table in declared if table.startswith("reports.")}
    by_side = {"site.search", "site.work_search"}  # one template, two searches
    assert offered - declared == set()
    assert declared - composed - by_side - offered == set()


def test_each_list_is_named_after_its_slice() -> None:
    labels = {config.label for config in apps.get_app_configs()}
    assert not [table.name for table in tables.all() if table.name.partition(".")[0] not in labels]
    assert (PACKAGE / "exchange" / "tables.py").exists()
