"""Residents' opinions that wait for their suggestion: it comes with the register."""

from datetime import date
from pathlib import Path

import pytest

from openrenda.cli.district.load import District, load
from openrenda.exchange.values import Outcome
from openrenda.liaison.models import Opinion
from openrenda.liaison.states import OpinionState
from openrenda.orgs.models import Congress
from openrenda.suggestions.models import SourceOpinion, Suggestion
from tests.conftest import FrozenClock
from tests.makers.district import a_folder, rows_of
from tests.makers.register import checked, taken_over, with_subjects

ROW = next(row for row in rows_of("suggestions.csv") if row["编号"] == "1")


@pytest.fixture
def waiting(tmp_path: Path) -> Congress:
    """A folder without suggestions: the opinion that became one stands at 已分类."""
    folder = a_folder(tmp_path, suggestions=[1])
    (folder / "suggestions.csv").unlink()
    load(folder, District("small"), watch=lambda *_: None)
    congress = Congress.objects.get()
    with_subjects(congress, [ROW["类别"]])
    return congress


def test_the_opinion_becomes_the_suggestion_and_gets_its_answer(waiting: Congress, clock: FrozenClock) -> None:
    assert Opinion.objects.get().state == OpinionState.CLASSIFIED
    clock.at(date(2026, 1, 5))
    taken_over([ROW], waiting)
    opinion, suggestion = Opinion.objects.get(), Suggestion.objects.get()
    assert (opinion.state, opinion.converted_ref) == (OpinionState.RESULT, f"suggestions.suggestion:{suggestion.pk}")
    assert opinion.result_text == ROW["答复正文"]
    assert SourceOpinion.objects.get().suggestion == suggestion
    assert checked([ROW], waiting)[0].outcome == Outcome.SAME
    other, twice = checked([ROW | {"编号": "2"}, ROW | {"编号": "3", "来源意见": ""}], waiting)
    assert [fault.column for fault in other.faults] == ["sources"], "an opinion becomes one suggestion"
    assert twice.faults == ()
