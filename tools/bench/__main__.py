"""`make bench`: pages against a bare Django view that runs the same SQL and returns the same bytes.

100,000 suggestions and 100,000 opinions are generated on the first run and kept in .data/bench. Real and bare server
are loaded in turn, a few seconds each, by the same clients on the same machine: what counts is the ratio. Then: does
any page ask more of the database when there are more rows? Then: an archive of ballots verified by us and by
another, a chamber full of deputies who vote at once, the search among a million made-up documents, whether texts about
the same matter are found again, and whether the right unit is advised.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from tqdm import tqdm

from openrenda.cli.embedded import DatabaseDown

from . import ballots, finding, likeness, load, register, report, routing, votes
from .places import BARE, CLUSTER, REAL, RECORDINGS, ROOT, environment, python
from .servers import serving

GOAL = 0.7
SUBMIT = "submit"
BALLOTS, CHAMBER = "ballots", "chamber"
# Sections that need the database and nothing else.
ASKED_OF_THE_DATABASE: dict[str, Callable[[argparse.Namespace], list[str]]] = {
    "search": lambda asked: finding.told(finding.measure(asked.documents, asked.rounds)),
    "similar": lambda asked: likeness.told(likeness.measure(asked.rows)),
    "routing": lambda _: routing.told(routing.measure()),
    "register": lambda _: register.told(register.measure()),
}
NO_PAGES = {BALLOTS, CHAMBER, *ASKED_OF_THE_DATABASE}
FORM_KEY = b"-key-of-this-form-"


@dataclass
class Page:
    """What one page took, round by round."""

    name: str
    address: str
    real: list[load.Measured] = field(default_factory=list)
    bare: list[load.Measured] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """Of requests per second, real to bare; the median of the rounds."""
        return statistics.median(real.rate / bare.rate for real, bare in zip(self.real, self.bare, strict=True))


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5.0, help="per page, server and round")
    parser.add_argument("--rows", type=int, default=100_000, help="suggestions, and opinions")
    parser.add_argument("--only", nargs="*", help=f"these: list filtered case submit {' '.join(sorted(NO_PAGES))}")
    parser.add_argument("--ballots", type=int, default=300, help="in the archive that is verified")
    parser.add_argument("--documents", type=int, default=1_000_000, help="among which is searched")
    parser.add_argument("--write", action="store_true", help="write docs/reference/benchmarks.md")
    return parser.parse_args()


def prepared(size: str, rows: int) -> dict[str, Any]:
    """A filled database and what recording its pages told."""
    CLUSTER.ensure_database(size)
    env = environment(size)
    subprocess.run(python("prepare", size, str(rows)), cwd=ROOT, env=env, check=True)  # noqa: S603  our own module
    out = [str(RECORDINGS)] if size == "big" else []
    told = subprocess.run(python("record", *out), cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE)  # noqa: S603
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def real_request(page: Page, port: int) -> Callable[[], bytes]:
    """What a visitor sends for this page."""
    if page.name != SUBMIT:
        request = load.get(page.address)
        return lambda: request
    return form_requests(page.address, port)


def form_requests(address: str, port: int) -> Callable[[], bytes]:
    """The second step of the form, each time with a key of its own; cookie and token are one visitor's."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{address}", timeout=30) as answer:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.read().decode())
        cookie = SimpleCookie(answer.headers["Set-Cookie"])["csrftoken"].value
    assert token is not None, "a form carries its token"
    form = json.loads((RECORDINGS / "form.json").read_text("utf-8"))
    body = urlencode({**form, "csrfmiddlewaretoken": token[1], "key": FORM_KEY.decode()}).encode()
    return lambda: load.post(address, body.replace(FORM_KEY, os.urandom(12).hex().encode()), f"csrftoken={cookie}")


def measure(pages: list[Page], rounds: int, seconds: float) -> None:
    """Both servers are up, one is loaded at a time: neighbours in time are what is compared."""
    with serving(REAL, "/suggestions/") as real, serving(BARE, f"/bare/{pages[0].name}/") as bare:
        bar = tqdm(total=len(pages) * (rounds + 1) * 2, desc="measuring")
        for page in pages:
            status = 303 if page.name == SUBMIT else 200
            send = real_request(page, real)
            plain = load.get(f"/bare/{page.name}/")
            for place in range(rounds + 1):
                for port, make, into in ((real, send, page.real), (bare, lambda plain=plain: plain, page.bare)):
                    found = load.run(port, make, wanted=status, seconds=seconds if place else min(1.0, seconds))
                    if place:  # the first, short one only warms up
                        into.append(found)
                    bar.update()
        bar.close()


def bench_pages(asked: argparse.Namespace) -> tuple[list[str], list[str]]:
    """The pages' section, and what went wrong: queries that grow with the rows, answers other than the wanted."""
    with CLUSTER.running():
        small, big = prepared("small", 20), prepared("big", asked.rows)
        named = [name for name in big["addresses"] if not asked.only or name in asked.only]
        pages = [Page(name, big["addresses"][name]) for name in named]
        measure(pages, asked.rounds, asked.seconds)
    grown = [name for name in named if small["queries"][name] != big["queries"][name]]
    bad = [page.name for page in pages if any(found.bad for found in [*page.real, *page.bare])]
    wrong = [f"More rows, other queries: {', '.join(grown)}"] if grown else []
    wrong += [f"Answers of another status than wanted: {', '.join(bad)}"] if bad else []
    return report.told(pages, small, big, GOAL), wrong


def database_sections(asked: argparse.Namespace) -> list[list[str]]:
    """Those that were asked for."""
    sections = []
    for name, section_of in ASKED_OF_THE_DATABASE.items():
        if not asked.only or name in asked.only:
            with CLUSTER.running():
                sections.append(section_of(asked))
    return sections


def main() -> int:
    """1 when something went wrong; a missed goal is a figure like any other."""
    asked = options()
    sections: list[list[str]] = []
    wrong: list[str] = []
    if not asked.only or set(asked.only) - NO_PAGES:
        section, wrong = bench_pages(asked)
        sections.append(section)
    if not asked.only or BALLOTS in asked.only:
        sections.append(ballots.told(ballots.measure(asked.ballots, asked.rounds)))
    if not asked.only or CHAMBER in asked.only:
        with CLUSTER.running():
            rush, cast = votes.measure()
        sections.append(votes.told(rush, cast))
        if rush.on_board < rush.sent:
            wrong.append(f"{rush.sent - rush.on_board} of {rush.sent} ballots are not on the board")
    sections += database_sections(asked)
    print("\n\n".join("\n".join(section) for section in sections))
    if asked.write:
        report.write(*sections)
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (DatabaseDown, subprocess.CalledProcessError) as error:
        sys.exit(str(error))
