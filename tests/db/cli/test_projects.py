"""A year of projects comes in with the district: ideas, a real secret vote, progress, the judgement."""

from pathlib import Path

import pytest

from ballotcrypt.verify import verify
from openrenda.cli.district.load import District, Report, RowsRefused, load
from openrenda.livelihood.models import Idea, Progress, Project
from openrenda.livelihood.states import Grade, IdeaState, Lamp, ProjectState
from openrenda.orgs.models import Congress
from openrenda.voting import selectors
from openrenda.voting.models import Poll
from openrenda.voting.states import State
from tests.makers.district import a_folder, changed, rows_of, with_projects


def loaded(folder: Path) -> Report:
    return load(folder, District("small"), watch=lambda stage, days: None)


def test_a_year_of_projects_lives_from_the_ideas_to_the_judgement(tmp_path: Path) -> None:
    folder = with_projects(a_folder(tmp_path, suggestions=()))
    report = loaded(folder)
    assert report.problems == []
    # every proposer's idea is settled
    assert Idea.objects.count() == len(rows_of("project_proposals.csv", folder))
    assert not Idea.objects.filter(state=IdeaState.NEW).exists()
    # the vote: totals as in the file, ballots that anyone can check again
    poll = Poll.objects.get()
    assert poll.state == State.PUBLISHED
    totals = {line["label"]: line["approve"] for line in selectors.outcome_of(poll)}
    assert totals == {row["名称"]: int(row["票决赞成票"]) for row in rows_of("project_candidates.csv", folder)}
    found = verify(selectors.archive_bytes(poll), workers=1)
    assert len(found.trackers) == max(totals.values())
    # built, accepted, judged
    chosen = Project.objects.exclude(final_no=None)
    assert {p.name for p in chosen} == {
        row["名称"] for row in rows_of("project_candidates.csv", folder) if row["是否入选"] == "是"
    }
    assert set(chosen.values_list("state", "lamp", "grade")) == {(ProjectState.EVALUATED, Lamp.BLUE, Grade.GOOD)}
    assert Progress.objects.count() == len(rows_of("project_progress.csv", folder))
    assert Project.objects.get(final_no=None).state == ProjectState.VOTED_OUT


def test_rows_of_projects_that_cannot_be_are_named(tmp_path: Path) -> None:
    folder = with_projects(a_folder(tmp_path, suggestions=()))
    changed(folder, "project_proposals.csv", "P002", 来源="网友")
    changed(folder, "project_candidates.csv", "K01", 责任单位="B99")
    changed(folder, "project_candidates.csv", "K03", 票决赞成票="很多")
    with pytest.raises(RowsRefused) as caught:
        loaded(folder)
    told = [str(problem) for problem in caught.value.report.problems]
    assert any(line.startswith("project_proposals.csv 第3行「来源」") for line in told)
    assert any("B99" in line for line in told)
    assert any(line.startswith("project_candidates.csv 第4行「票决赞成票」") for line in told)
    assert not Congress.objects.exists()


def test_votes_that_no_ballots_can_give_are_refused(tmp_path: Path) -> None:
    folder = with_projects(a_folder(tmp_path, suggestions=()))
    changed(folder, "project_candidates.csv", "K03", 票决赞成票="999")
    with pytest.raises(RowsRefused) as caught:
        loaded(folder)
    assert any("得不出这些票数" in str(problem) for problem in caught.value.report.problems)


def test_ideas_without_candidates_are_left_out_and_that_is_said(tmp_path: Path) -> None:
    folder = with_projects(a_folder(tmp_path, suggestions=()))
    for name in ("candidates", "progress", "evaluation"):
        (folder / f"project_{name}.csv").unlink()
    report = loaded(folder)
    assert not Idea.objects.exists()
    assert any("民生实事没有载入" in what for what in report.assumed)
