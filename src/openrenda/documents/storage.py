"""Content by its hash, in the folder of uploads. Nothing here has an address on the web."""

import fcntl
import hashlib
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from openrenda.kernel.errors import NotFound

KEPT_SECONDS = 24 * 3600
"""Content nobody refers to stays for a day: its row may be in a transaction that has not ended."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was put away."""

    sha256: str
    size: int


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "files"


def _place(sha256: str) -> Path:
    return _root() / sha256[:2] / sha256


def put(chunks: Iterable[bytes]) -> Kept:
    """Keep the content; whole or not at all, and once."""
    root = _root()
    root.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    handle, part = tempfile.mkstemp(suffix=".part", dir=root)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        with _lock(fcntl.LOCK_SH):
            place = _place(digest.hexdigest())
            place.parent.mkdir(exist_ok=True)
            Path(part).replace(place)
    finally:
        Path(part).unlink(missing_ok=True)
    return Kept(digest.hexdigest(), size)


def opened(sha256: str) -> BinaryIO:
    """The content for reading; NotFound when it is gone (a restore without the folder of uploads)."""
    try:
        return _place(sha256).open("rb")
    except FileNotFoundError as error:
        raise NotFound("documents.content_missing") from error


def old() -> Iterator[str]:
    """Hashes of everything that has lain for a day."""
    yield from (path.name for path in _root().glob("??/*") if _is_old(path))


def remove(sha256s: Iterable[str]) -> int:
    """Delete what still is old; whoever puts the same content now is waited for, and wins."""
    count = 0
    with _lock(fcntl.LOCK_EX):
        for sha256 in sha256s:
            place = _place(sha256)
            if _is_old(place):
                place.unlink()
                count += 1
    return count


def remove_parts() -> int:
    """Delete what a killed upload left behind."""
    parts = [path for path in _root().glob("*.part") if _is_old(path)]
    for path in parts:
        path.unlink(missing_ok=True)
    return len(parts)


def _is_old(path: Path) -> bool:
    # The file system's clock is the machine's, whatever the demonstration's clock says.
    return path.exists() and time.time() - path.stat().st_mtime > KEPT_SECONDS


@contextmanager
def _lock(how: int) -> Iterator[None]:
    _root().mkdir(parents=True, exist_ok=True)
    with (_root() / ".lock").open("a") as lock:
        fcntl.flock(lock, how)
        yield
