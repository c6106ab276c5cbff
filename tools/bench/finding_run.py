"""`python -m tools.bench.finding_run NUMBER ROUNDS`: each class of search and its very SQL bare, in turn, as JSON.

Bare means: the statements that a search sent, with their values, on a connection of psycopg without Django, all rows
fetched. Which of the two goes first changes from one query to the next, so that neither meets the warmer cache.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import django
import psycopg
from django.db import connection, transaction

django.setup()

from tools.bench.matters import OPINION, RARE_UNIT, SUGGESTION, District  # noqa: E402

from openrenda.kernel.actor import Actor  # noqa: E402  models exist only after setup
from openrenda.kernel.pinyin import pinyin_of  # noqa: E402
from openrenda.search import kinds, selectors  # noqa: E402
from openrenda.search.actions import index  # noqa: E402
from openrenda.search.selectors import profile  # noqa: E402
from openrenda.search.values import Query  # noqa: E402

EACH = 25
_MILLISECONDS, _MOST_ROUNDS = 150, 25  # a quick query is asked more often, so that chance says less
CLERK = Actor(urn="person:1", name="clerk", congress_id=1, roles=frozenset({("UNIT_STAFF", RARE_UNIT)}))
OFFICE = Actor(urn="person:2", name="office", congress_id=1, roles=frozenset({("SC_REP", 1)}))
Statement = tuple[str, Any]


def keys_of(actor: Actor) -> frozenset[str]:
    return frozenset({"district"} if actor.has("SC_REP") else {f"unit:{pk}" for pk in actor.scopes("UNIT_STAFF")})


def register() -> None:
    """Two kinds as the slices name them; nothing is written here."""
    kinds._register.clear()  # noqa: SLF001  a database of its own
    for order, name in enumerate((OPINION, SUGGESTION)):
        kinds.register(
            name=name,
            label=name,
            order=order,
            docs=lambda _: (),
            every=lambda _after, _size: [],
            keys=keys_of,
            url=lambda _: "",
        )


def classes() -> dict[str, list[Query]]:
    """Queries of each class. Words are drawn from the texts; how frequent they are the database's statistics tell."""
    chance = random.Random(7)  # noqa: S311
    district = District()
    frequent, middling = _words()
    fours = ["物业公司", "路灯不亮", "停车收费", "人大代表", "地下车库", "加装电梯", "消防通道", "垃圾分类"]
    cuts = (sentence[3:7] for sentence in chance.sample(_sentences(district), 60))
    fours += [cut for cut in cuts if cut.isalpha()]
    rare = [place[:2] for place in district.places[-EACH:]]
    return {
        "one character": _asked("路灯水车学老门口电院楼桥雨树医菜"),
        "two characters, frequent": _asked(frequent),
        "two characters, rare": _asked(rare),
        "four characters": _asked(fours),
        "two words": _asked(f"{a} {b}" for a, b in zip(frequent, [*middling[:12], *frequent], strict=False)),
        "absent word": _asked(
            ["齉龘", "不存在的词", "鼙鼓", "qwertyuiop", "犇骉麤", "第99999999号", "饕餮盛宴", "蟾蜍"]
        ),
        "pinyin, initials": _asked(pinyin_of(name)[place % 2] for place, name in enumerate(district.deputies[:EACH])),
        "number": _asked(f"第{n:03}号" if n % 2 else f"{n:03}" for n in range(41, 41 + EACH)),
        "filtered": [
            replace(query, category_id=1 + place % 12, year=2020 + place % 6, state="closed" if place % 2 else "")
            for place, query in enumerate(_asked(frequent))
        ],
        "by relevance": [replace(query, order="relevance") for query in _asked([*frequent[:12], *fours[:12]])],
        "inside, a clerk of few matters": [replace(query, actor=CLERK) for query in _asked([*frequent, "路", "院"])],
        "inside, an office that sees all": [replace(query, actor=OFFICE) for query in _asked([*frequent, *fours[:8]])],
    }


def _asked(words: Any) -> list[Query]:
    return [Query(congress_id=1, text=word) for word in words][:EACH]


def _sentences(district: District) -> list[str]:
    return sorted({sentence for found in district.sentences.values() for sentence in found if len(sentence) > 10})


def _words() -> tuple[list[str], list[str]]:
    """Two-character words: the commonest and others in more than 8 of a thousand texts; those in 1 to 8 of them."""
    shares = profile.current().shares
    words = sorted(word for word in shares if len(word) == 2 and word.isalpha() and not word.isascii())
    chance = random.Random(3)  # noqa: S311
    frequent = sorted((word for word in words if shares[word] >= 0.008), key=lambda word: -shares[word])
    middling = [word for word in words if 0.001 <= shares[word] < 0.008]
    common = [*frequent[: EACH // 2], *chance.sample(frequent[EACH // 2 :], EACH - EACH // 2)]
    return chance.sample(common, EACH), chance.sample(middling, EACH)


@contextmanager
def recorded(into: list[Statement]) -> Iterator[None]:
    """The statements of what happens inside."""

    def note(execute: Callable[..., Any], sql: str, params: Any, *more: Any) -> Any:
        into.append((sql, params))
        return execute(sql, params, *more)

    with connection.execute_wrapper(note):
        yield


def bare(raw: psycopg.Connection[Any], statements: list[Statement]) -> None:
    for sql, params in statements:
        raw.execute(sql, params).fetchall()


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def measured(
    ask: Callable[[Query], object], queries: list[Query], raw: psycopg.Connection[Any], rounds: int
) -> dict[str, Any]:
    """Milliseconds, ours and bare, of each query in at least so many rounds."""
    ours: list[float] = []
    plain: list[float] = []
    plans: list[str] = []
    counts: list[int] = []
    for query in queries:
        statements: list[Statement] = []
        with recorded(statements):
            result = ask(query)
        plans.append(getattr(result, "plan", "hints"))
        counts.append(len(statements))
        bare(raw, statements)
        turns = max(rounds, min(_MOST_ROUNDS, round(_MILLISECONDS / timed(lambda query=query: ask(query)))))
        for turn in range(turns):
            pair = [
                (ours, lambda query=query: ask(query)),
                (plain, lambda statements=statements: bare(raw, statements)),
            ]
            for into, work in pair if (turn + len(plans)) % 2 else reversed(pair):
                into.append(timed(work))
    return {
        "queries": len(queries),
        "statements": max(counts),
        "newest": plans.count("newest"),
        "p50": statistics.median(ours),
        "p95": _p95(ours),
        "bare p50": statistics.median(plain),
        "bare p95": _p95(plain),
    }


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def keeping(documents: int, times: int = 40) -> dict[str, float]:
    """Median milliseconds to bring the entries of one object up to date, before the commit: nothing changed, its state,
    its text. Rolled back each time."""
    district = District()
    chance = random.Random(5)  # noqa: S311
    changes: dict[str, dict[str, str]] = {"nothing": {}, "state": {"state": "changed"}, "text": {"body": "新的内容"}}
    taken: dict[str, list[float]] = {name: [] for name in changes}
    for number in chance.sample(range(documents), times):
        (matter,) = district.matters(number, 1, documents)
        for name, change in changes.items():
            docs = [replace(doc, **change) for doc in matter.docs]  # type: ignore[arg-type]  # texts, all of them
            kind = replace(kinds.kind(matter.kind), docs=lambda _ids, docs=docs: docs)
            with transaction.atomic():
                taken[name].append(timed(lambda kind=kind, number=number: index.write(kind, [number + 1])))
                transaction.set_rollback(True)
    return {name: statistics.median(values) for name, values in taken.items()}


def main(documents: int, rounds: int) -> dict[str, Any]:
    register()
    connection.ensure_connection()
    settings = connection.settings_dict
    raw = psycopg.connect(
        dbname=settings["NAME"],
        user=settings["USER"] or None,
        host=settings["HOST"] or None,
        port=settings["PORT"] or None,
        autocommit=True,
        cursor_factory=psycopg.ClientCursor,
    )
    found = {name: measured(selectors.find, queries, raw, rounds) for name, queries in classes().items()}
    typed = _asked(["路灯", "停车", "zh", "wang", "041", "家属", "物业", "望", "电梯", "加装电", "16-5", "学校"])
    found["hints while typing"] = measured(selectors.hints, typed, raw, rounds)
    raw.close()
    return {"classes": found, "keeping": keeping(documents)}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2])), ensure_ascii=False))
