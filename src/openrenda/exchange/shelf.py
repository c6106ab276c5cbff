"""The private folder of what was written in the background. Nothing here has an address on the web.

A file is written under its number, then given a name that nobody can guess; it is served through one view only, to
whoever asked for it. Names never come from a request.
"""

import hashlib
import os
import secrets
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from .errors import FileGone

DAY_SECONDS = 24 * 3600
CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Put:
    """What was put away."""

    token: str
    size: int
    sha256: str


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "exports"


@contextmanager
def writing(number: int) -> Iterator[BinaryIO]:
    """A file to write into; gone again unless it was `put` away inside. Another try begins anew."""
    root = _root()
    root.mkdir(parents=True, exist_ok=True)
    part = root / f"{number}.part"
    try:
        with part.open("w+b") as file:
            yield file
    finally:
        part.unlink(missing_ok=True)


def put(number: int, file: BinaryIO) -> Put:
    """Keep what was written under a new name."""
    file.flush()
    os.fsync(file.fileno())
    digest, size = measured(file)
    token = secrets.token_hex(20)
    (_root() / f"{number}.part").replace(_root() / token)
    return Put(token, size, digest)


def measured(file: BinaryIO) -> tuple[str, int]:
    """SHA-256 and size; the file then stands at its beginning."""
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    size = file.tell()
    file.seek(0)
    return digest.hexdigest(), size


def opened(token: str) -> BinaryIO:
    """The content for reading; FileGone when it is no longer there."""
    try:
        return (_root() / token).open("rb")
    except OSError as error:
        raise FileGone from error


def remove(token: str) -> None:
    """Delete the content."""
    if token:
        (_root() / token).unlink(missing_ok=True)


def remove_strays(known: Collection[str]) -> int:
    """Delete what a killed worker left behind: older than a day and nobody's."""
    # The file system's clock is the machine's, whatever the demonstration's clock says.
    strays = [
        path
        for path in _root().glob("*")
        if path.name not in known and time.time() - path.stat().st_mtime > DAY_SECONDS
    ]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)
