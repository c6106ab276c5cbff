"""`python -m tools.bench.routing_run`: the whole fictional district; prints figures and times as JSON."""

import hashlib
import json
import statistics
import sys
import time
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tqdm import tqdm

django.setup()

from tools.bench.places import DATA, ROOT  # noqa: E402

from openrenda.cli.district.load import District, load  # noqa: E402  models exist only after setup
from openrenda.cli.load_district import OWN_DISTRICT  # noqa: E402
from openrenda.kernel.actor import Actor  # noqa: E402
from openrenda.orgs.models import Congress, Unit  # noqa: E402
from openrenda.orgs.states import Role  # noqa: E402
from openrenda.routing import selectors, teaching  # noqa: E402
from openrenda.routing.values import Subject  # noqa: E402

ASKED = 200


def fingerprint() -> str:
    """Of what decides what the database holds."""
    digest = hashlib.sha256()
    migrations = (ROOT / "src" / "openrenda").glob("*/migrations/0*.py")
    for path in sorted([*migrations, *OWN_DISTRICT.glob("*.csv")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def fill(stamp: Path) -> None:
    """Load the district, unless an earlier run did."""
    if stamp.is_file() and stamp.read_text("utf-8") == fingerprint():
        return
    stamp.unlink(missing_ok=True)
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    call_command("migrate", interactive=False, verbosity=0)
    with tqdm(desc="replay", unit=" days") as bar:
        load(OWN_DISTRICT, District("yunting", is_demo=True), watch=lambda _stage, days: bar.update(days - bar.n))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    stamp.write_text(fingerprint(), "utf-8")


def reader(congress_id: int) -> Actor:
    """Somebody of the deputies' office, who may open every past case."""
    office = Unit.objects.get(congress_id=congress_id, code="R02")
    return Actor(urn="person:0", name="bench", congress_id=congress_id, roles=frozenset({(Role.SC_REP, office.pk)}))


def main() -> int:
    """The figures, then the same questions as a page asks them."""
    fill(DATA / "routing.stamp")
    congress_id = Congress.objects.get(code="yunting").pk
    examples = teaching.examples_of(congress_id)
    figures = teaching.judged(congress_id, examples)
    version = teaching.teach(congress_id)
    assert version is not None, "nobody else learns in this database"
    actor = reader(congress_id)
    subjects = [
        Subject(one.title, one.body, one.category_id, one.place, one.kind, one.object_id) for one in examples[:ASKED]
    ]
    start = time.perf_counter()
    selectors.in_force(congress_id)
    read_ms = (time.perf_counter() - start) * 1000
    times, busy = [], []
    for subject in tqdm(subjects, desc="asking"):
        start, worked = time.perf_counter(), time.process_time()
        selectors.advise(congress_id, subject, actor=actor)
        times.append((time.perf_counter() - start) * 1000)
        busy.append((time.process_time() - worked) * 1000)
    with CaptureQueriesContext(connection) as asked:
        selectors.advise(congress_id, subjects[0], actor=actor)
    found = {
        "examples": len(examples),
        "figures": figures.stored(),
        "learn_ms": version.milliseconds,
        "bytes": len(version.arrays),
        "read_ms": read_ms,
        "p50_ms": statistics.median(times),
        "p95_ms": statistics.quantiles(times, n=20)[-1],
        "cpu_ms": statistics.median(busy),
        "queries": len(asked),
    }
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
