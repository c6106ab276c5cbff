"""Refusals of the app."""

from openrenda.kernel.errors import Invalid
from openrenda.kernel.text import N_


class BadDrawing(Invalid):
    """A file that is no drawing of the district's streets; `where` names the part, `why` is a msgid."""

    code = "reports.bad_drawing"
    message = N_("这份街道图不能用（{where}）：{why}")
    remedy = N_("请按说明改好这个 GeoJSON 文件后再试；原来的图没有改动。")

    def __init__(self, why: str, where: str = "") -> None:
        super().__init__(where=where or "—", why=why, fields={"file": self.message})
