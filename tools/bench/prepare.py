"""`python -m tools.bench.prepare small|big ROWS`: twenty suggestions and opinions; `big` multiplies them to ROWS."""

import hashlib
import sys
import tempfile
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from tqdm import tqdm

django.setup()

from tools.bench.fill import multiply, spread_sequences  # noqa: E402
from tools.bench.places import DATA, ROOT  # noqa: E402

from openrenda.cli import static_files  # noqa: E402  models exist only after setup
from openrenda.cli.demo_clock import write_offset  # noqa: E402
from openrenda.cli.district.load import District, Report, load  # noqa: E402
from openrenda.cli.load_district import OWN_DISTRICT  # noqa: E402
from openrenda.kernel import clock  # noqa: E402
from openrenda.liaison.models import Opinion  # noqa: E402
from openrenda.suggestions.actions import recount_facets  # noqa: E402
from openrenda.suggestions.models import Suggestion  # noqa: E402
from tests.makers.district import a_folder, rows_of  # noqa: E402

SMALL = 20


def fingerprint(rows: int) -> str:
    """Of all that decides what the databases hold: tables, the district's records, how they are multiplied."""
    digest = hashlib.sha256(str(rows).encode())
    migrations = (ROOT / "src" / "openrenda").glob("*/migrations/0*.py")
    for path in sorted([*migrations, *OWN_DISTRICT.glob("*.csv"), Path(__file__), Path(__file__).with_name("fill.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def main(size: str, rows: int) -> int:
    """Fill the database of this environment, unless an earlier run did."""
    static_files.collect(Path(settings.STATIC_ROOT))
    stamp = DATA / f"{size}.stamp"
    if stamp.is_file() and stamp.read_text("utf-8") == fingerprint(rows):
        return 0
    stamp.unlink(missing_ok=True)
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    print(f"{size}: tables", flush=True)
    call_command("migrate", interactive=False, verbosity=0)
    report = _load()
    assert report.last_day is not None, "the district has days"
    write_offset(DATA / "demo-clock.json", clock.offset_to(clock.at_time(report.last_day, 9)))
    if size == "big":
        _multiply(rows)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    stamp.write_text(fingerprint(rows), "utf-8")
    return 0


def _load() -> Report:
    """A folder cut from the fictional district, replayed through the actions as every load is."""
    register = [row for row in rows_of("suggestions.csv") if row["来源意见"]]
    others = [row for row in rows_of("suggestions.csv") if not row["来源意见"]]
    chosen = [*register[: SMALL // 2], *others[: SMALL - SMALL // 2]]
    sources = {code for row in chosen for code in row["来源意见"].split(";") if code}
    spare = [row["编号"] for row in rows_of("opinions.csv") if row["编号"] not in sources and row["编号"] < "O040"]
    with tempfile.TemporaryDirectory() as name, tqdm(desc="replay", unit=" days") as bar:
        folder = a_folder(
            Path(name) / "yunting",
            suggestions=[int(row["编号"]) for row in chosen],
            opinions=spare[: SMALL - len(sources)],
        )
        return load(folder, District("yunting", is_demo=True), watch=lambda _stage, days: bar.update(days - bar.n))


def _multiply(rows: int) -> None:
    multiply(Opinion, rows)
    multiply(Suggestion, rows)
    print("counters", flush=True)
    recount_facets()
    spread_sequences()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
