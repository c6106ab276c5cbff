"""`python -m tools.bench.chamber FOLDER`: an open electronic poll of 300 deputies, their sealed ballots as files."""

import json
import sys
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection
from tqdm import tqdm

django.setup()

from django.conf import settings  # noqa: E402

from openrenda.cli import static_files  # noqa: E402  models exist only after setup
from openrenda.cli.district.ballots import cast_all  # noqa: E402
from openrenda.cli.district.marks import ballots_of  # noqa: E402
from openrenda.voting.selectors import election_of  # noqa: E402
from tests.makers.voting import an_electronic_poll  # noqa: E402

DEPUTIES, CANDIDATES, QUOTA = 300, 12, 10


def main(folder: Path) -> int:
    """Prints the poll's key and a slip that has not voted."""
    static_files.collect(Path(settings.STATIC_ROOT))
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    call_command("migrate", interactive=False, verbosity=0)
    walk = an_electronic_poll(
        base=DEPUTIES, present=DEPUTIES, candidates=CANDIDATES, quota=QUOTA, slips=DEPUTIES + 1, issue=False
    )
    marks = ballots_of([DEPUTIES * QUOTA // CANDIDATES] * CANDIDATES, DEPUTIES, QUOTA)
    folder.mkdir(parents=True, exist_ok=True)
    slips = [slip.private for slip in walk.slips]
    with tqdm(total=DEPUTIES, desc="sealing ballots", file=sys.stderr) as bar:

        def told(done: int) -> None:
            bar.update(done - bar.n)

        made = cast_all(election_of(walk.now).raw, slips[:DEPUTIES], marks, told)
        for number, raw in enumerate(made):
            (folder / f"{number:03}.json").write_bytes(raw)
    print(json.dumps({"key": walk.poll.key, "slip": slips[DEPUTIES]}))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
