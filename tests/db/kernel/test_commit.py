"""Work before COMMIT: once, in the same transaction, forgotten with a rollback; if it fails, nothing is written."""

import copy
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError, load_backend
from django.test.utils import CaptureQueriesContext

from openrenda.kernel import commit
from tests.makers.kernel import a_rollback, at_once

Say = Callable[[object], None]


@pytest.fixture
def heard() -> list[object]:
    """What was done, in order."""
    return []


@pytest.fixture
def say(heard: list[object]) -> Say:
    """Waiting work that writes a word down."""
    return lambda word: commit.before(word, lambda: heard.append(word))


@pytest.fixture(autouse=True)
def _own_connection() -> Iterator[None]:
    """One that really commits, with a table that goes when it closes: nothing has to be emptied afterwards."""
    usual = connections["default"]
    connections["default"] = usual.copy()
    try:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE written (word text PRIMARY KEY)")
        yield
    finally:
        connections["default"].close()
        connections["default"] = usual


def written() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM written")
        return {word for (word,) in cursor.fetchall()}


def write(word: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO written VALUES (%s) ON CONFLICT DO NOTHING", [word])


def test_work_runs_once_before_the_commit_and_in_its_transaction() -> None:
    runs: list[bool] = []
    with transaction.atomic():
        for _ in range(3):
            commit.before("index", lambda: (runs.append(connection.in_atomic_block), write("made")))
        write("row")
        assert not runs
    assert runs == [True]
    assert written() == {"row", "made"}


def test_things_of_one_key_are_gathered() -> None:
    seen: list[set[int]] = []
    with transaction.atomic():
        commit.gather("a", [1, 2], seen.append)
        with transaction.atomic():
            commit.gather("a", [2, 3], seen.append)
    assert seen == [{1, 2, 3}]


def test_where_each_statement_commits_by_itself_work_is_done_at_once(say: Say, heard: list[object]) -> None:
    say("now")
    assert heard == ["now"]


def test_a_rollback_forgets(say: Say, heard: list[object]) -> None:
    with a_rollback():
        say("lost")
    with transaction.atomic():
        say("kept")
    assert heard == ["kept"]


def test_a_rollback_to_a_savepoint_forgets_only_what_was_asked_for_inside(say: Say, heard: list[object]) -> None:
    with transaction.atomic():
        say("before")
        with a_rollback():
            say("inside")
            say("before")
        with transaction.atomic():
            say("after")
    assert heard == ["after", "before"]


def test_work_is_done_in_the_order_of_keys(say: Say, heard: list[object]) -> None:
    """Whatever the order of asking: two transactions lock what they write in the same order."""
    with transaction.atomic():
        for word in ("b", "c", "a"):
            say(word)
    assert heard == ["a", "b", "c"]


def test_what_was_asked_for_inside_and_again_outside_survives_neither_rolled_back(
    say: Say, heard: list[object]
) -> None:
    with transaction.atomic():
        with transaction.atomic():
            say("twice")
        say("twice")
    assert heard == ["twice"]


def test_an_inner_block_without_savepoint_belongs_to_the_outer(say: Say, heard: list[object]) -> None:
    with transaction.atomic(), transaction.atomic(savepoint=False):
        say("in")
        assert not heard
    assert heard == ["in"]


@pytest.mark.parametrize("error", [ValueError, DatabaseError, KeyboardInterrupt])
def test_work_that_fails_takes_the_transaction_along(error: type[BaseException]) -> None:
    told: list[str] = []

    def fail() -> None:
        write("half")
        raise error

    def attempt() -> None:
        with transaction.atomic():
            write("row")
            transaction.on_commit(lambda: told.append("committed"))
            commit.before("bad", fail)

    with pytest.raises(error):
        attempt()
    assert not written()
    assert not told
    with transaction.atomic():  # the connection is as good as new, and nothing waits any more
        write("next")
    assert written() == {"next"}
    assert not told


def test_a_broken_transaction_is_not_committed_by_work_that_swallows_the_error() -> None:
    def swallow() -> None:
        with suppress(ValueError), transaction.atomic(savepoint=False):
            raise ValueError

    def attempt() -> None:
        with transaction.atomic():
            write("row")
            commit.before("bad", swallow)

    with pytest.raises(transaction.TransactionManagementError):
        attempt()
    assert not written()


def test_work_may_use_savepoints_ask_for_more_work_and_for_something_after(say: Say, heard: list[object]) -> None:
    def work() -> None:
        with transaction.atomic():
            write("kept")
        with a_rollback():
            write("lost")
        say("more")
        transaction.on_commit(lambda: heard.append("after"))

    with transaction.atomic():
        commit.before("work", work)
    assert written() == {"kept"}
    assert heard == ["more", "after"]


def test_manual_transactions_have_it_too(say: Say, heard: list[object]) -> None:
    transaction.set_autocommit(False)
    try:
        say("one")
        assert not heard
        transaction.commit()
        assert heard == ["one"]
        say("two")
        transaction.rollback()
        transaction.commit()
    finally:
        transaction.set_autocommit(True)
    assert heard == ["one"]


def test_flush_does_it_now_and_only_once(say: Say, heard: list[object]) -> None:
    with transaction.atomic():
        say("word")
        commit.flush()
        commit.flush()
        assert heard == ["word"]
        say("word")
        commit.flush()
        assert heard == ["word", "word"]
    assert heard == ["word", "word"]


def test_flush_costs_nothing_when_nothing_waits() -> None:
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        commit.flush()
    assert [query["sql"] for query in queries] == ["BEGIN", "COMMIT"]


def test_what_a_rollback_took_from_flushed_work_is_done_again() -> None:
    with transaction.atomic():
        write("row")
        commit.before("index", lambda: write("made"))
        with a_rollback():
            commit.flush()
            assert "made" in written()
        assert "made" not in written()
    assert written() == {"row", "made"}


def test_flushed_work_is_not_done_again_without_need(say: Say, heard: list[object]) -> None:
    with transaction.atomic():
        say("word")
        with transaction.atomic():
            commit.flush()
    assert heard == ["word"]


def test_what_fails_in_a_flush_still_waits(heard: list[object]) -> None:
    answers = iter([ValueError("not yet"), None])

    def work() -> None:
        if error := next(answers):
            raise error
        heard.append("done")

    with transaction.atomic():
        commit.before("work", work)
        with pytest.raises(ValueError, match="not yet"):
            commit.flush()
    assert heard == ["done"]


def test_work_that_flushes_does_not_begin_again(heard: list[object]) -> None:
    def work() -> None:
        commit.flush()
        heard.append("done")

    with transaction.atomic():
        commit.before("work", work)
        commit.flush()
    assert heard == ["done"]


def test_threads_do_not_see_each_others_work(heard: list[object]) -> None:
    def work(number: int) -> None:
        with transaction.atomic():
            commit.before("same key", lambda: heard.append(number))

    at_once(4, work)
    assert set(heard) == {0, 1, 2, 3}


def test_a_connection_lent_twice_from_a_pool_brings_nothing_along() -> None:
    settings = copy.deepcopy(connection.settings_dict)
    settings["OPTIONS"] = {**settings["OPTIONS"], "pool": {"min_size": 1, "max_size": 1}}
    ran: list[str] = []
    pooled = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, alias="pooled")
    try:
        pooled.set_autocommit(False)
        pooled.before_commit("x", [], lambda _: ran.append("lost"))
        pooled.close()  # back to the pool, in the middle of a transaction
        pooled.set_autocommit(False)
        pooled.before_commit("x", [], lambda _: ran.append("kept"))
        pooled.commit()
        assert ran == ["kept"]
    finally:
        pooled.close()
        pooled.close_pool()
