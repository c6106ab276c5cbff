"""`openrenda reindex` says how far it is and what it did."""

import argparse

import pytest

from openrenda.cli import reindex
from openrenda.kernel import commit
from openrenda.kernel.errors import NotFound
from openrenda.search import actions
from openrenda.search.models import Entry
from tests.makers.search import NAME, Shelf, a_shelf


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    shelf = a_shelf(monkeypatch, NAME)[0]
    shelf.put(1, "路灯")
    commit.flush()
    return shelf


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    reindex.configure(parser)
    return reindex.run(parser.parse_args(arguments))


def test_everything_or_one_kind(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ((), ("--kind", NAME)):
        Entry.objects.all().delete()
        assert run(*arguments) == 0
        told = capsys.readouterr()
        assert "已检索 1 件" in told.out
        assert NAME in told.err
        assert Entry.objects.count() == 2


def test_only_what_is_old(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    run("--if-old")
    assert "已检索 1 件" in capsys.readouterr().out
    run("--if-old")
    assert "最新" in capsys.readouterr().out


def test_no_such_kind(shelf: Shelf) -> None:
    with pytest.raises(NotFound, match=r"no\.such"):
        run("--kind", "no.such")


def test_what_comes_before_serving_is_silent_when_all_is_well(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    reindex.build_if_old()
    assert not actions.is_old()
    capsys.readouterr()
    reindex.build_if_old()
    assert capsys.readouterr() == ("", "")
