"""A background for the map, if the place has one. Nothing is loaded from elsewhere unless somebody enters it here."""

import re
from dataclasses import dataclass

from openrenda.kernel import parameters
from openrenda.kernel.parameters import Kind, declare
from openrenda.kernel.text import N_

TILES = declare(
    "reports.map_tiles",
    "",
    Kind.TEXT,
    N_("地图底图的瓦片地址，含{z}、{x}、{y}，WGS-84或CGCS2000坐标；空着就只画本区的街道图"),
    N_("各地自定"),
)
ATTRIBUTION = declare(
    "reports.map_attribution", "", Kind.TEXT, N_("底图下面要写的来源和审图号"), N_("地图管理条例第十五条、第三十四条")
)
_ADDRESS = re.compile(r"(https?://[a-z0-9][a-z0-9.-]*(?::[0-9]{1,5})?)/[A-Za-z0-9._~/?&=%{}+-]*")


@dataclass(frozen=True, slots=True)
class Tiles:
    """Where the background comes from: `origin` alone is let into the content policy."""

    url: str
    origin: str
    attribution: str


def tiles(congress_id: int) -> Tiles | None:
    """The background in force; None where none is set, or what is set is no tile address. Two queries."""
    url = str(parameters.value(TILES, congress_id)).strip()
    found = _ADDRESS.fullmatch(url)
    if found is None or any(part not in url for part in ("{z}", "{x}", "{y}")) or "{s}" in url:
        return None
    return Tiles(url, found.group(1), str(parameters.value(ATTRIBUTION, congress_id)).strip())
