"""A load generator: raw HTTP/1.1 requests over a few kept connections, latencies measured one by one."""

import asyncio
import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

HEAD_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Measured:
    """Requests per second and latencies in milliseconds; `bad` counts answers that were not the wanted status."""

    rate: float
    p50: float
    p99: float
    count: int
    bad: int


async def answer(reader: asyncio.StreamReader) -> int:
    head = (await reader.readuntil(HEAD_END)).decode("latin-1").lower()
    status = int(head.split(" ", 2)[1])
    length = next((int(line.split(":")[1]) for line in head.split("\r\n") if line.startswith("content-length:")), None)
    if length is not None:
        await reader.readexactly(length)
        return status
    while (size := int((await reader.readline()).strip() or b"0", 16)) > 0:
        await reader.readexactly(size + 2)
    await reader.readline()
    return status


async def _client(
    port: int, requests: Iterator[bytes], wanted: int, until: float, times: list[float], bad: list[int]
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
    while time.perf_counter() < until:
        begun = time.perf_counter()
        writer.write(next(requests))
        status = await answer(reader)
        times.append(time.perf_counter() - begun)
        if status != wanted:
            bad.append(status)
    writer.close()


async def _run(port: int, make: Callable[[], bytes], wanted: int, seconds: float, clients: int) -> Measured:
    requests = (make() for _ in itertools.count())
    times: list[float] = []
    bad: list[int] = []
    begun = time.perf_counter()
    until = begun + seconds
    await asyncio.gather(*(_client(port, requests, wanted, until, times, bad) for _ in range(clients)))
    spent = time.perf_counter() - begun
    times.sort()
    return Measured(
        len(times) / spent,
        times[len(times) // 2] * 1000,
        times[min(len(times) - 1, int(len(times) * 0.99))] * 1000,
        len(times),
        len(bad),
    )


def run(port: int, make: Callable[[], bytes], *, wanted: int, seconds: float, clients: int = 8) -> Measured:
    """Send what `make` gives for some seconds over `clients` connections to this machine's port."""
    return asyncio.run(_run(port, make, wanted, seconds, clients))


def get(path: str, cookie: str = "") -> bytes:
    """A GET request as bytes."""
    line = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nAccept-Language: zh-CN\r\n"
    return (line + (f"Cookie: {cookie}\r\n" if cookie else "") + "\r\n").encode()


def post(path: str, body: bytes, cookie: str) -> bytes:
    """A form POST as bytes."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nCookie: {cookie}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
