"""Static files are gathered under hashed names only when one of them changed: a second start takes no time for it."""

import hashlib
from pathlib import Path

from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from openrenda import __version__


def collect(target: Path) -> bool:
    """Gather if needed; tells whether it did."""
    stamp = target / ".sources"
    current = fingerprint()
    if stamp.is_file() and stamp.read_text("utf-8") == current:
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(current, "utf-8")
    return True


def fingerprint() -> str:
    """Of all sources' names, sizes and times of change."""
    digest = hashlib.sha256(__version__.encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
