"""Loading a district: the history is replayed, bad rows are named, all or nothing."""

from datetime import date
from pathlib import Path

import pytest

from openrenda.cli.district.load import AlreadyLoaded, District, Report, RowsRefused, load
from openrenda.kernel.models import OutboxEvent
from openrenda.liaison.models import Opinion
from openrenda.liaison.states import OpinionState
from openrenda.orgs.models import Congress, Mandate, Term, Unit
from openrenda.suggestions.models import Suggestion
from openrenda.suggestions.states import State
from tests.makers.district import a_folder, changed, rows_of, write


def loaded(folder: Path, *, leave_out_bad: bool = False) -> Report:
    return load(folder, District("small"), leave_out_bad=leave_out_bad, watch=lambda stage, days: None)


def refused(folder: Path) -> list[str]:
    with pytest.raises(RowsRefused) as caught:
        loaded(folder)
    assert not Congress.objects.exists(), "a refused load leaves nothing behind"
    assert not OutboxEvent.objects.exists()
    return [str(problem) for problem in caught.value.report.problems]


def test_a_suggestion_lives_its_life_from_the_opinion_to_the_rating(tmp_path: Path) -> None:
    report = loaded(a_folder(tmp_path, suggestions=[1]))
    assert report.problems == []
    suggestion = Suggestion.objects.get()
    assert suggestion.state == State.CLOSED
    assert suggestion.key == "JY-16-5-001"
    opinion = Opinion.objects.get()
    assert opinion.state == OpinionState.CLOSED
    assert opinion.external_ref == "O003"
    assert Congress.objects.get().short_name == "云汀区"


def test_returned_extended_and_rehandled_ones_go_through(tmp_path: Path) -> None:
    report = loaded(a_folder(tmp_path, suggestions=[7, 16, 17, 80, 109]))
    assert report.problems == []
    assert set(Suggestion.objects.values_list("state", flat=True)) == {State.CLOSED}


def test_what_the_register_does_not_tell_is_said(tmp_path: Path) -> None:
    report = loaded(a_folder(tmp_path, suggestions=[18]))
    assert any("C 类" in what for what in report.assumed)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk"])
def test_a_byte_order_mark_and_gbk_read_the_same(tmp_path: Path, encoding: str) -> None:
    report = loaded(a_folder(tmp_path, suggestions=[3], encoding=encoding))
    assert report.problems == []
    assert Unit.objects.filter(name="云汀区人民政府").exists()


def test_every_bad_row_is_named_with_file_line_and_reason_and_nothing_is_written(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, suggestions=[1, 3, 7])
    changed(folder, "suggestions.csv", "1", 主办单位="B99")
    changed(folder, "suggestions.csv", "3", 交办日期="2025-02-30")
    changed(folder, "deputies.csv", "D146", 当选届次="第十五届")
    told = refused(folder)
    assert "suggestions.csv 第2行「主办单位」：单位表中没有编号“B99”，或那一行没有载入" in told
    assert "suggestions.csv 第3行「交办日期」：“2025-02-30”这一天不存在" in told
    assert any(line.startswith("deputies.csv") and "第16届" in line for line in told)


def test_a_history_against_the_rules_is_refused_with_the_rule(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, suggestions=[3])
    changed(folder, "suggestions.csv", "3", 沟通方式="", 沟通日期="")
    [line] = [told for told in refused(folder) if told.startswith("suggestions.csv")]
    assert "不合规则" in line


def test_the_rest_can_be_loaded_without_the_bad_rows(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, suggestions=[1, 3])
    changed(folder, "suggestions.csv", "3", 主办单位="B99")
    report = loaded(folder, leave_out_bad=True)
    assert [problem.column for problem in report.problems if problem.file == "suggestions.csv"] == ["主办单位"]
    assert Suggestion.objects.count() == 1


def test_a_second_load_of_the_same_district_changes_nothing(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, suggestions=[3])
    loaded(folder)
    before = Mandate.objects.count()
    with pytest.raises(AlreadyLoaded):
        loaded(folder)
    assert Mandate.objects.count() == before


def test_missing_files_are_taken_as_empty(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, suggestions=[3])
    (folder / "suggestions.csv").unlink()
    (folder / "opinions.csv").unlink()
    assert loaded(folder).problems == []
    assert Suggestion.objects.count() == 0


def test_without_meetings_and_suggestions_the_term_begins_before_what_is_told(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, suggestions=[], opinions=["O001"])
    people = rows_of("deputies.csv", folder)
    people[-1] |= {"状态": "已终止", "终止日期": "2024-11-30", "终止原因": "迁出本行政区域"}
    write(folder, "deputies.csv", people)
    (folder / "meetings.csv").unlink()
    assert loaded(folder).problems == []
    assert Term.objects.get().starts_on == date(2024, 1, 1)


def test_a_mandate_that_ended_before_its_term_is_named(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, suggestions=[3])
    people = rows_of("deputies.csv", folder)
    unneeded = next(row for row in people if row["编号"] != "D001" and row["状态"] == "在任")
    unneeded |= {"状态": "已终止", "终止日期": "2019-11-30", "终止原因": "辞职"}
    write(folder, "deputies.csv", people)
    assert any("终止日期" in line and "早于本届" in line for line in refused(folder))
