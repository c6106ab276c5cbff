"""A folder may bring the drawing of its streets; a bad one is named like a bad row."""

import json
from pathlib import Path

import pytest

from openrenda.cli.district.load import District, Report, RowsRefused, load
from openrenda.orgs.models import Congress
from openrenda.reports.models import Shape
from tests.makers.district import a_folder


def loaded(folder: Path, *, leave_out_bad: bool = False) -> Report:
    return load(folder, District("small"), leave_out_bad=leave_out_bad, watch=lambda stage, days: None)


def draw(folder: Path, code: str) -> None:
    ring = [[124.58, 30.79], [124.6, 30.79], [124.6, 30.81], [124.58, 30.79]]
    feature = {"type": "Feature", "properties": {"编号": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    (folder / "streets.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")


def test_the_drawing_comes_with_the_folder(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, suggestions=[1])
    draw(folder, "J01")
    assert loaded(folder).problems == []
    assert Shape.objects.get().unit is not None


def test_a_bad_drawing_is_named_or_left_out(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, suggestions=[1])
    draw(folder, "J99")
    with pytest.raises(RowsRefused) as caught:
        loaded(folder)
    (problem,) = caught.value.report.problems
    assert (problem.file, problem.line) == ("streets.geojson", 0)
    assert "J99" in str(problem)
    assert not Congress.objects.exists()
    report = loaded(folder, leave_out_bad=True)
    assert [one.file for one in report.problems] == ["streets.geojson"]
    assert not Shape.objects.exists()
    assert Congress.objects.count() == 1
