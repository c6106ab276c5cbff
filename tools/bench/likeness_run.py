"""`python -m tools.bench.likeness_run ROWS`: the labelled texts among their distractors and ROWS other matters.

Prints how many were found again, and the milliseconds of each question, as JSON.
"""

import hashlib
import json
import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection
from tqdm import tqdm

django.setup()

from tools.bench.places import DATA, ROOT  # noqa: E402

from openrenda.kernel import clock  # noqa: E402  models exist only after setup
from openrenda.kernel.actor import Actor  # noqa: E402
from openrenda.search import actions, kinds  # noqa: E402
from openrenda.search.actions.build import Progress  # noqa: E402
from openrenda.search.selectors.similar import LEAST, Similar, similar  # noqa: E402
from openrenda.search.values import Doc  # noqa: E402
from tests.makers import likeness  # noqa: E402
from tests.makers.likeness import Told, number  # noqa: E402

CONGRESS = 1
LABELLED, OWN, OTHERS, MANY = "bench.labelled", "bench.own", "bench.others", "bench.many"
FEW = (LABELLED, OWN, OTHERS)
KEY = "all"
CLERK = Actor("bench", "clerk", CONGRESS)
WARM = 20
Texts = dict[int, Told]


@dataclass(frozen=True, slots=True)
class Asked:
    """One text and what was shown for it: the groups of the first ten, with their scores, and the milliseconds."""

    text: Told
    others: int
    shown: list[tuple[str, float]]
    ms: float


def corpus(rows: int) -> dict[str, Texts]:
    """Everything that is in the index, by kind."""
    same, traps = likeness.labelled()
    marked = likeness.own_groups()
    opinions = {int(code[1:]): text for code, text in likeness.opinions().items()}
    own = list(likeness.district())
    rest = [text for text in likeness.distractors() if text not in set(opinions.values())]
    many = likeness.mixed(own, rows, random.Random(rows))  # noqa: S311  the same texts every time
    return {
        LABELLED: dict(enumerate(same, start=1)),
        OWN: {pk: marked.get(f"O{pk:03}", text) for pk, text in opinions.items()},
        OTHERS: dict(enumerate([*traps, *rest], start=1)),
        MANY: dict(enumerate(many, start=1)),
    }


def register(kind: str, texts: Texts, order: int) -> None:
    """Make these texts something that can be found by everybody."""

    def docs(ids: Sequence[int]) -> Iterable[Doc]:
        return (doc for pk in ids for doc in _docs(pk, texts[pk]))

    kinds.register(
        name=kind,
        label=kind,
        order=order,
        docs=docs,
        every=lambda after, size: list(range(after + 1, min(after + size, len(texts)) + 1)),
        keys=lambda _: frozenset({KEY}),
        url=lambda _: "",
    )


def _docs(pk: int, text: Told) -> Iterator[Doc]:
    """Inside and public; the public one knows no community, as those of opinions."""
    street, community = number(text.street), number(text.community)
    inside = Doc(
        object_id=pk,
        congress_id=CONGRESS,
        is_public=False,
        ref=f"B-{pk}",
        title=text.title,
        at=clock.now(),
        body=text.body,
        audience=frozenset({KEY}),
        street_id=street,
        community_id=community,
        is_open=True,
    )
    yield inside
    yield replace(inside, is_public=True, audience=frozenset(), community_id=None)


def fill(texts: dict[str, Texts], rows: int) -> None:
    """The index, unless an earlier run made it."""
    stamp = DATA / "likeness.stamp"
    if stamp.is_file() and stamp.read_text("utf-8") == fingerprint(rows):
        return
    stamp.unlink(missing_ok=True)
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    call_command("migrate", interactive=False, verbosity=0)
    with tqdm(total=sum(map(len, texts.values())), desc="texts", file=sys.stderr) as bar:
        done: dict[str, int] = defaultdict(int)

        def watch(progress: Progress) -> None:
            bar.update(progress.done - done[progress.kind])
            done[progress.kind] = progress.done

        actions.rebuild(watch=watch)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE search_entry")
    stamp.write_text(fingerprint(rows), "utf-8")


def fingerprint(rows: int) -> str:
    """Of all that decides what the index holds."""
    digest = hashlib.sha256(str(rows).encode())
    search = ROOT / "src" / "openrenda" / "search"
    made_by = [*search.glob("migrations/0*.py"), *search.glob("rules/*.py"), Path(__file__), Path(likeness.__file__)]
    for path in sorted([*made_by, *likeness.FOLDER.glob("*.csv")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def ask(kind: str, texts: dict[str, Texts], among: Sequence[str], actor: Actor | None = CLERK) -> list[Asked]:
    """Each text of a group, as if it came in now."""
    sizes: dict[str, int] = defaultdict(int)
    for text in texts[kind].values():
        sizes[text.group] += 1
    grouped = [(pk, text) for pk, text in texts[kind].items() if text.group]
    for pk, text in grouped[:WARM]:
        _similar(pk, kind, text, among, actor)
    found = []
    for pk, text in tqdm(grouped, desc=f"asking {kind}", file=sys.stderr):
        begun = time.perf_counter()
        shown = _similar(pk, kind, text, among, actor)
        ms = (time.perf_counter() - begun) * 1000
        groups = [(texts[one.kind][one.object_id].group, one.score) for one in shown]
        found.append(Asked(text, sizes[text.group] - 1, groups, ms))
    return found


def _similar(pk: int, kind: str, text: Told, among: Sequence[str], actor: Actor | None) -> list[Similar]:
    return similar(
        CONGRESS,
        text.title,
        text.body,
        actor=actor,
        kinds=among,
        street_id=number(text.street),
        community_id=number(text.community),
        open_only=True,
        exclude=(kind, pk),
        limit=10,
        least=0.0,
    )


def figures(asked: Sequence[Asked]) -> dict[str, float]:
    """What the report shows of these questions."""
    return {
        "texts": len(asked),
        "groups": len({one.text.group for one in asked}),
        "recall": statistics.mean(_right(one, 0.0) / one.others for one in asked),
        "first": statistics.mean(bool(one.shown) and one.shown[0][0] == one.text.group for one in asked),
        "kept": statistics.mean(_right(one, LEAST) / one.others for one in asked),
        "wrong": statistics.mean(
            any(group != one.text.group and score >= LEAST for group, score in one.shown) for one in asked
        ),
    }


def _right(one: Asked, least: float) -> int:
    return sum(group == one.text.group and score >= least for group, score in one.shown[:5])


def quantiles(asked: Sequence[Asked]) -> dict[str, float]:
    """Of milliseconds."""
    times = sorted(one.ms for one in asked)
    return {"p50": times[len(times) // 2], "p95": times[int(len(times) * 0.95)], "slowest": times[-1]}


def main(rows: int) -> int:
    """Fill, ask, tell."""
    texts = corpus(rows)
    kinds._register.clear()  # noqa: SLF001  a database of its own
    for order, (kind, each) in enumerate(texts.items()):
        register(kind, each, order)
    fill(texts, rows)
    few, many, own = ask(LABELLED, texts, FEW), ask(LABELLED, texts, ()), ask(OWN, texts, (OWN,))
    public, public_many = ask(LABELLED, texts, FEW, None), ask(LABELLED, texts, (), None)
    quality = {
        "development": [one for one in few if not one.text.is_held_out],
        "held out": [one for one in few if one.text.is_held_out],
        "whole": few,
        "public side, held out": [one for one in public if one.text.is_held_out],
        "public side, whole": public,
        f"whole, among {rows:,} mixtures": many,
        "the district's own opinions": own,
    }
    told = {
        "rows": rows,
        "others": len(texts[OTHERS]) + len(texts[OWN]),
        "records": sum(map(len, texts.values())),
        "least": LEAST,
        "quality": {name: figures(each) for name, each in quality.items()},
        "ms": {"inside": quantiles(many), "public": quantiles(public_many)},
    }
    print(json.dumps(told, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
