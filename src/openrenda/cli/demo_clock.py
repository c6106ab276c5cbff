"""The demonstration's clock: loaded data lies in the past, so "now" goes on from where the data ends.

The loader stores the distance between the machine's clock and the district's; every process of the demonstration
reads it when it starts.
"""

import json
from datetime import timedelta
from pathlib import Path


def read_offset(path: Path) -> timedelta:
    """How far the district's clock is from the machine's; none when nothing is loaded."""
    if not path.is_file():
        return timedelta()
    return timedelta(seconds=json.loads(path.read_text("utf-8"))["offset_seconds"])


def write_offset(path: Path, offset: timedelta) -> None:
    """Keep the distance; written beside and moved into place, so that a reader never meets half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps({"offset_seconds": offset.total_seconds()}) + "\n", "utf-8")
    fresh.replace(path)
