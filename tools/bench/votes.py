"""300 deputies vote within 30 seconds: every ballot is checked on arrival; none may be lost. And one slow phone."""

import asyncio
import hashlib
import json
import random
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass

from playwright.sync_api import sync_playwright

from . import load
from .places import CLUSTER, DATA, REAL, ROOT, environment, python
from .servers import serving

DATABASE, SECONDS = "chamber", 30.0
BALLOTS = DATA / "ballots"
SLOWER, READING, CAST_GOAL = 4, 8000, 1.0  # times, milliseconds, seconds


@dataclass(frozen=True, slots=True)
class Rush:
    """What the voters met: latencies in milliseconds, and how many found their ballot on the board afterwards."""

    sent: int
    accepted: int
    on_board: int
    p50: float
    p99: float
    slowest: float


@dataclass(frozen=True, slots=True)
class Cast:
    """One ballot in a slow browser: seconds to seal it, and to send it until the tracker is there."""

    sealing: float
    sending: float


def prepared() -> tuple[str, str]:
    """The key of a fresh poll, and a slip that is left; the ballots of the others lie in BALLOTS."""
    CLUSTER.ensure_database(DATABASE)
    shutil.rmtree(BALLOTS, ignore_errors=True)
    told = subprocess.run(  # noqa: S603  our own module
        python("chamber", str(BALLOTS)), cwd=ROOT, env=environment(DATABASE), check=True, stdout=subprocess.PIPE
    )
    found = json.loads(told.stdout)
    return found["key"], found["slip"]


def measure() -> tuple[Rush, Cast | None]:
    """Serve a fresh poll and let everybody vote; one more deputy has a slow phone."""
    key, slip = prepared()
    ballots = [path.read_bytes() for path in sorted(BALLOTS.glob("*.json"))]
    with serving(REAL, f"/votes/{key}/", DATABASE) as port:
        return asyncio.run(_everybody(port, key, ballots)), _phone(f"http://127.0.0.1:{port}/vote/{key}/#{slip}")


def _phone(address: str) -> Cast | None:
    """Ten of twelve marked in Chromium with a processor four times slower; None where there is no Chromium."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        print("apt-get install chromium: without it nobody casts in a browser", file=sys.stderr)
        return None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--headless=new", "--no-sandbox"])
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(address)
        page.locator(".vote-choice").last.wait_for()
        page.wait_for_timeout(READING)
        for place in range(10):
            page.locator(".vote-choice").nth(place).click()
        begun = time.perf_counter()
        page.locator("[data-do='review'] button[type=submit]").click()
        page.locator("[data-do='cast']:enabled").wait_for()
        sealed = time.perf_counter()
        page.locator("[data-do='cast']").click()
        page.locator("[data-step='done']:visible").wait_for()
        ended = time.perf_counter()
        browser.close()
    return Cast(sealed - begun, ended - sealed)


async def _everybody(port: int, key: str, ballots: list[bytes]) -> Rush:
    draw = random.Random(len(ballots))  # noqa: S311  when people press the button, no secret
    moments = [draw.uniform(0, SECONDS) for _ in ballots]
    answers = await asyncio.gather(
        *(_vote(port, key, raw, moment) for raw, moment in zip(ballots, moments, strict=True))
    )
    times = sorted(spent for _, spent in answers)
    found = [
        await _status(port, load.get(f"/votes/{key}/ballots/{hashlib.sha256(raw).hexdigest()}/")) for raw in ballots
    ]
    return Rush(
        sent=len(ballots),
        accepted=sum(status == 201 for status, _ in answers),
        on_board=sum(status == 200 for status in found),
        p50=times[len(times) // 2] * 1000,
        p99=times[int(len(times) * 0.99)] * 1000,
        slowest=times[-1] * 1000,
    )


async def _vote(port: int, key: str, raw: bytes, moment: float) -> tuple[int, float]:
    """Status and seconds of one voter on a connection of her own."""
    await asyncio.sleep(moment)
    begun = time.perf_counter()
    head = (
        f"POST /votes/{key}/ballots/ HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(raw)}\r\n\r\n"
    )
    status = await _status(port, head.encode() + raw)
    return status, time.perf_counter() - begun


async def _status(port: int, request: bytes) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
    try:
        writer.write(request)
        return await load.answer(reader)
    finally:
        writer.close()


def told(rush: Rush, cast: Cast | None) -> list[str]:
    """The section of the page."""
    lines = [
        f"## {rush.sent} ballots in {SECONDS:.0f} s",
        "",
        "Each voter on her own connection, at a random moment; 12 candidates, at most 10 marks. The server checks",
        "every proof before it answers with the tracker.",
        "",
        "| sent | accepted | on the board afterwards | p50 ms | p99 ms | slowest ms |",
        "|--:|--:|--:|--:|--:|--:|",
        f"| {rush.sent} | {rush.accepted} | {rush.on_board} | {rush.p50:.0f} | {rush.p99:.0f} | {rush.slowest:.0f} |",
    ]
    if cast is not None:
        verdict = "met" if cast.sealing + cast.sending < CAST_GOAL else "missed"
        lines += [
            "",
            f"One more ballot in Chromium, its processor {SLOWER} times slower: sealed in {cast.sealing:.2f} s, sent",
            f"and answered in {cast.sending:.2f} s (goal < {CAST_GOAL:.0f} s: {verdict}). Tables are built while",
            f"the voter reads; here she had {READING / 1000:.0f} s.",
        ]
    return lines
