"""Keys of a demonstration: made on first use, kept in its data folder, readable by its owner only."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def kept_secret(path: Path) -> str:
    """The secret in `path`, made if it is not there; two processes that start together get the same one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), "utf-8")
        with suppress(FileExistsError):  # another process was first: its secret holds
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text("utf-8").strip()
