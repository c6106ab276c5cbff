"""Words of what goes out and what comes in."""

from openrenda.kernel.enums import Labelled
from openrenda.kernel.text import N_


class Format(Labelled):
    """How a list is written down."""

    XLSX = "xlsx", N_("Excel")
    CSV = "csv", N_("CSV")
    CSV_GBK = "csv-gbk", N_("CSV（GBK）")

    @property
    def suffix(self) -> str:
        """The end of the file's name."""
        return "xlsx" if self is Format.XLSX else "csv"

    @property
    def encoding(self) -> str:
        """How its text becomes bytes."""
        return "gb18030" if self is Format.CSV_GBK else "utf-8"


class ExportState(Labelled):
    """Where an export stands. "Answered" was handed over at once and never kept as a file."""

    ANSWERED = "answered", N_("已下载")
    WAITING = "waiting", N_("排队中")
    RUNNING = "running", N_("正在生成")
    READY = "ready", N_("可以下载")
    FAILED = "failed", N_("没有成功")
    CANCELLED = "cancelled", N_("已取消")
    GONE = "gone", N_("文件已过期删除")


OPEN_EXPORTS = (ExportState.WAITING, ExportState.RUNNING)
