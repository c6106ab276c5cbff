"""`openrenda routing-check`: figures as a table or as JSON; stores only when asked to."""

import argparse
import json

import pytest

from openrenda.cli import routing_check
from openrenda.routing.models import Version
from tests.makers.orgs import a_congress, a_unit
from tests.makers.routing import a_source, cases


def called(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    routing_check.configure(parser)
    examples = cases(a_unit("B04").pk, a_unit("B03").pk, a_unit("F01").pk, category=7)
    with a_source(examples):
        return routing_check.run(parser.parse_args(arguments))


def test_a_table_is_printed_and_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    a_congress()
    assert called() == 0
    said = capsys.readouterr().out
    assert "单位（同一件事全部拿开）" in said
    assert "测试案例" in said
    assert not Version.objects.exists()


def test_json_is_for_machines_and_learning_is_stored(capsys: pytest.CaptureFixture[str]) -> None:
    a_congress()
    assert called("--json", "--learn") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["units"]["n"] == told["examples"] == Version.objects.get().examples == 24


def test_too_few_cases_are_said_to_be_too_few(capsys: pytest.CaptureFixture[str]) -> None:
    a_congress()
    parser = argparse.ArgumentParser()
    routing_check.configure(parser)
    with a_source([]):
        assert routing_check.run(parser.parse_args([])) == 1
    assert "不足20件" in capsys.readouterr().err
