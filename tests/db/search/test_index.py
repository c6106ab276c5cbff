"""The index is kept with each write, at little cost, and can be made anew."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from openrenda.kernel import clock, commit
from openrenda.search import actions, kinds, selectors
from openrenda.search.actions import build
from openrenda.search.models import Build, Entry
from openrenda.search.values import Query
from tests.makers.kernel import a_rollback
from tests.makers.search import NAME, Shelf, a_shelf, url

OTHER = "test.other"


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    return a_shelf(monkeypatch, NAME)[0]


def titles(text: str = "") -> list[str]:
    return [hit.plain_title for hit in selectors.find(Query(congress_id=1, text=text)).hits]


def place_of(pk: int) -> tuple[object, ...]:
    """Where the row lies; moves with each version of it."""
    commit.flush()
    with connection.cursor() as cursor:
        cursor.execute("SELECT ctid, xmin, fingerprint FROM search_entry WHERE object_id = %s AND is_public", [pk])
        return tuple(cursor.fetchone())


def updates() -> tuple[int, int]:
    """Rows updated so far on this connection, and how many of them in their place."""
    table = "'search_entry'::regclass"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_stat_get_xact_tuples_updated({table}), pg_stat_get_xact_tuples_hot_updated({table})")
        every, in_place = cursor.fetchone()
    return every, in_place


# -- with each write ---------------------------------------------------------------------------------------------------


def test_a_change_is_found_at_once_and_the_old_words_no_more(shelf: Shelf) -> None:
    shelf.put(1, "路灯")
    assert titles("路灯") == ["路灯"]
    shelf.put(1, "停车")
    assert titles("路灯") == []
    assert titles("停车") == ["停车"]


def test_what_is_gone_or_hidden_is_not_found(shelf: Shelf) -> None:
    shelf.put(1, "路灯")
    shelf.put(2, "路灯")
    commit.flush()
    shelf.drop(1)
    shelf.put(2, "路灯", side="inside")
    assert titles("路灯") == []
    assert list(Entry.objects.values_list("object_id", "is_public")) == [(2, False)]


def test_a_rollback_leaves_no_trace(shelf: Shelf) -> None:
    shelf.put(1, "路灯")
    commit.flush()
    with a_rollback():
        shelf.put(1, "停车")
        assert titles("停车") == ["停车"]
    shelf.put(1, "路灯")
    assert (titles("停车"), titles("路灯")) == ([], ["路灯"])


def test_many_writes_of_an_object_are_one_reading(shelf: Shelf) -> None:
    with transaction.atomic():
        for n in range(20):
            shelf.put(1, f"路灯{n}")
        assert shelf.asked == 0
    commit.flush()
    assert shelf.asked == 1
    assert titles("路灯") == ["路灯19"]


@pytest.mark.parametrize("count", [1, 400])
def test_the_cost_of_a_commit_does_not_grow_with_what_changed(shelf: Shelf, count: int) -> None:
    for pk in range(1, count + 1):
        shelf.put(pk, "路灯")
    with CaptureQueriesContext(connection) as queries:
        commit.flush()
    inserts = -(-2 * count // 100)
    assert len(queries) == 1 + inserts


def test_what_did_not_change_is_not_written(shelf: Shelf) -> None:
    shelf.put(1, "路灯", state="open")
    before = place_of(1)
    actions.touch(NAME, 1)
    with CaptureQueriesContext(connection) as queries:
        commit.flush()
    assert len(queries) == 1
    assert place_of(1)[2] == before[2]


def test_a_change_of_state_leaves_the_lexemes_alone(shelf: Shelf) -> None:
    shelf.put(1, "路灯", state="open")
    mark = place_of(1)[2]
    before = updates()
    shelf.put(1, "路灯", state="closed", grade="A", is_open=True)
    with CaptureQueriesContext(connection) as queries:
        commit.flush()
    assert [query["sql"].strip().startswith("UPDATE") for query in queries] == [False, True]
    assert place_of(1)[2] == mark
    assert [now - then for now, then in zip(updates(), before, strict=True)] == [2, 2]  # no index was touched
    assert list(Entry.objects.filter(is_public=True).values_list("state", "grade", "is_open")) == [
        ("closed", "A", True)
    ]
    assert selectors.find(Query(congress_id=1, text="路灯", state="closed")).count == 1


@pytest.mark.parametrize(
    "change",
    [
        {"title": "路灯！"},
        {"body": "坏"},
        {"names": ("张三",)},
        {"numbers": ("第7号",)},
        {"ref": "T-2"},
        {"category_id": 1},
        {"unit_id": 1},
        {"street_id": 1},
        {"community_id": 1},
        {"year": 2024},
        {"at": clock.at_time(clock.today()) + timedelta(days=3)},
    ],
)
def test_everything_else_makes_the_entry_anew(shelf: Shelf, change: dict[str, object]) -> None:
    shelf.put(1, "路灯")
    mark = place_of(1)[2]
    shelf.put(1, **{"title": "路灯", **change})  # type: ignore[arg-type]
    assert place_of(1)[2] != mark


def test_an_unknown_kind_is_a_mistake_at_once(shelf: Shelf) -> None:
    with pytest.raises(KeyError):
        actions.touch("no.such", 1)


def test_text_of_any_length_and_kind_can_be_kept(shelf: Shelf) -> None:
    shelf.put(1, "路\x00灯\ud800", "长" * 300_000, names=("\u202e张三",), ref="x" * 70)
    assert titles("路") == ["路 灯 "]


# -- as a whole --------------------------------------------------------------------------------------------------------


def test_the_whole_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf, other = a_shelf(monkeypatch, NAME, OTHER)
    for pk in range(1, 8):
        shelf.put(pk, "路灯")
    other.put(1, "停车")
    commit.flush()
    Entry.objects.filter(object_id=3).delete()
    Entry.objects.filter(object_id=4).update(title="别的")
    del shelf.docs[5], shelf.docs[7]
    seen: list[tuple[str, int]] = []
    assert actions.rebuild(watch=lambda progress: seen.append((progress.kind, progress.done))) == 6
    assert seen == [(NAME, 5), (OTHER, 1)]
    rows = Entry.objects.filter(is_public=True).order_by("kind", "object_id").values_list("kind", "object_id", "title")
    assert list(rows) == [*((NAME, pk, "路灯" if pk != 4 else "别的") for pk in (1, 2, 3, 4, 6)), (OTHER, 1, "停车")]


def test_kinds_that_nobody_registers_go(monkeypatch: pytest.MonkeyPatch) -> None:
    _, other = a_shelf(monkeypatch, NAME, OTHER)
    other.put(1, "停车")
    commit.flush()
    kinds._register.pop(OTHER)
    actions.rebuild()
    assert not Entry.objects.exists()


def test_it_is_old_until_it_is_made_and_when_the_code_is_newer(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.docs = {}
    assert actions.is_old()
    assert actions.build_if_old() == 0
    assert not actions.is_old()
    shelf.put(1, "路灯")
    commit.flush()
    assert not actions.is_old()
    monkeypatch.setattr(build, "VERSION", build.VERSION + 1)
    assert actions.is_old()
    assert actions.build_if_old() == 1
    assert actions.build_if_old() == 0


def test_an_index_that_was_lost_is_made_anew(shelf: Shelf) -> None:
    shelf.put(1, "路灯")
    actions.rebuild()
    assert not actions.is_old()
    Entry.objects.all().delete()
    assert actions.is_old()
    assert actions.build_if_old() == 1
    assert titles("路灯") == ["路灯"]


def test_a_kind_of_a_newer_version_is_made_anew_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf, other = a_shelf(monkeypatch, NAME, OTHER)
    shelf.put(1, "路灯")
    other.put(1, "停车")
    actions.rebuild()
    kinds._register.pop(OTHER)
    kinds.register(
        name=OTHER,
        label="",
        order=1,
        docs=other.read,
        every=other.every,
        keys=other.keys_of,
        url=url,
        version=2,
    )
    before = shelf.asked
    assert actions.build_if_old() == 1
    assert shelf.asked == before


def test_what_was_interrupted_goes_on_from_there(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "BATCH", 2)
    for pk in range(1, 8):
        shelf.put(pk, "路灯")
    commit.flush()

    def stop(progress: build.Progress) -> None:
        if progress.done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.rebuild(watch=stop)
    assert Build.objects.get().reached == 4
    assert actions.is_old()
    seen: list[int] = []
    assert actions.build_if_old(watch=lambda progress: seen.append(progress.done)) == 3
    assert seen == [2, 3]
    assert not actions.is_old()
