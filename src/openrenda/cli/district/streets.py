"""The drawing of a district's streets, if its folder brings one."""

from pathlib import Path

from openrenda.kernel import clock
from openrenda.reports import actions as reports
from openrenda.reports.errors import BadDrawing
from openrenda.ui.filters import t

from .institution import Institution
from .reading import Problem

FILE = "streets.geojson"


def take_streets(folder: Path, into: Institution, skip: set[tuple[str, int]]) -> list[Problem]:
    """Draw the streets; what is wrong with the file, unless it is to be left out."""
    path = folder / FILE
    if not path.exists() or (FILE, 0) in skip:
        return []
    try:
        with clock.at(into.begins):
            reports.draw_streets(raw=path.read_bytes(), actor=into.actor)
    except BadDrawing as bad:
        return [Problem(FILE, 0, t(bad.message, **bad.params))]
    return []
