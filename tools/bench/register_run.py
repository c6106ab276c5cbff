"""`python -m tools.bench.register_run ROWS`: a register of many years comes in; prints what each stage took as JSON."""

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.db import connection

django.setup()

from openrenda.cli import import_register  # noqa: E402  models exist only after setup
from openrenda.cli.district.load import District, load  # noqa: E402
from openrenda.cli.load_district import OWN_DISTRICT  # noqa: E402
from openrenda.exchange import kinds  # noqa: E402
from openrenda.kernel import clock  # noqa: E402
from openrenda.orgs.models import Congress  # noqa: E402
from openrenda.suggestions.imports import KIND  # noqa: E402
from openrenda.suggestions.models import Step, Suggestion  # noqa: E402
from tests.makers.district import write  # noqa: E402
from tests.makers.register import many, with_sessions, with_subjects  # noqa: E402

TODAY = date(2026, 3, 1)
YEARS = (2021, 2022, 2023, 2024, 2025)
INSTITUTION = ("units.csv", "deputies.csv", "stations.csv", "meetings.csv")


def empty_district() -> None:
    """The fictional district with its units and deputies, sessions of five years, and no suggestion."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    call_command("migrate", interactive=False, verbosity=0)
    with tempfile.TemporaryDirectory() as folder:
        for name in INSTITUTION:
            shutil.copy(OWN_DISTRICT / name, folder)
        load(Path(folder), District("yunting", is_demo=True), watch=lambda _stage, _days: None)
    congress = Congress.objects.get(code="yunting")
    with_sessions(congress, YEARS)
    with_subjects(congress, [row["类别"] for row in many(121, YEARS[-1:])])


class Stages:
    """Wall and processor seconds of this process by stage."""

    def __init__(self) -> None:
        self.took: dict[str, list[float]] = {}

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        wall, own = time.monotonic(), time.process_time()
        try:
            yield
        finally:
            was = self.took.setdefault(name, [0.0, 0.0])
            was[0] += time.monotonic() - wall
            was[1] += time.process_time() - own

    def around(self, name: str, done: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any) -> Any:
            with self(name):
                return done(*given)

        return timed


def came_in(file: Path) -> int:
    """What the command line does; its words go to stderr."""
    parser = argparse.ArgumentParser()
    import_register.configure(parser)
    with redirect_stdout(sys.stderr):
        return import_register.run(parser.parse_args([str(file), "--district", "yunting"]))


def main(rows: int) -> int:
    """The same file twice: the second time nothing may change."""
    empty_district()
    stages = Stages()
    kinds.register(replace(KIND, check=stages.around("check", KIND.check), write=stages.around("write", KIND.write)))
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), "register.csv", many(rows, YEARS), "gbk")
        file = Path(folder) / "register.csv"
        size = file.stat().st_size
        with stages("whole"):
            code = came_in(file)
        found = {"suggestions": Suggestion.objects.count(), "steps": Step.objects.count()}
        took = {name: list(seconds) for name, seconds in stages.took.items()}
        with stages("again"):
            came_in(file)
        took["again"] = stages.took["again"]
    unchanged = found == {"suggestions": Suggestion.objects.count(), "steps": Step.objects.count()}
    print(json.dumps({"rows": rows, "bytes": size, "code": code, "unchanged": unchanged, **found, "took": took}))
    return code


if __name__ == "__main__":
    with clock.at(TODAY):
        sys.exit(main(int(sys.argv[1])))
