"""PostgreSQL refuses to run as root: started by root, it runs as a helper user of the system."""

import os
import pwd
import stat
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypedDict

NAME = "openrenda-db"


class RunAs(TypedDict, total=False):
    """Arguments of subprocess that change the user."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose the database files are."""

    uid: int
    gid: int

    def run_as(self) -> RunAs:
        """Nothing for an ordinary user, who runs the server under his own name."""
        if self.uid == os.getuid():
            return RunAs()
        return RunAs(user=self.uid, group=self.gid, extra_groups=[])


@cache
def owner() -> Owner:
    """The current user; for root the helper user, made on first use."""
    if os.getuid() != 0:
        return Owner(os.getuid(), os.getgid())
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME]
        subprocess.run(command, check=False, capture_output=True)  # noqa: S603  a fixed command
        entry = pwd.getpwnam(NAME)
    return Owner(entry.pw_uid, entry.pw_gid)


def let_pass(*targets: Path) -> None:
    """Let the helper user walk through the folders above `targets`, never list them. Only what is missing is added."""
    for folder in {parent for target in targets for parent in target.resolve().parents}:
        _add(folder, stat.S_IXOTH)


def let_read(*programs: Path) -> None:
    """Let the helper user read and run what lies in `programs`, where a strict umask kept it from others."""
    for folder in programs:
        if not folder.stat().st_mode & stat.S_IROTH:
            for path in [folder, *folder.rglob("*")]:
                _add(path, stat.S_IROTH | (stat.S_IXOTH if path.stat().st_mode & stat.S_IXUSR else 0))


def _add(path: Path, bits: int) -> None:
    mode = path.stat().st_mode
    if mode & bits != bits:
        path.chmod(mode | bits)
