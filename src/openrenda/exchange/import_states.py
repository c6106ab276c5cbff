"""Words of what comes in."""

from openrenda.kernel.enums import Labelled
from openrenda.kernel.text import N_


class ImportState(Labelled):
    """Where an import stands. Whatever ends without "imported" has written nothing."""

    CHECKING = "checking", N_("正在读取和核对")
    CHECKED = "checked", N_("核对完毕，等您决定")
    WRITING = "writing", N_("正在写入")
    DONE = "done", N_("已导入")
    SAME = "same", N_("没有变化，不用导入")
    REFUSED = "refused", N_("文件读不了")
    FAILED = "failed", N_("出错，什么都没有写入")
    CANCELLED = "cancelled", N_("已取消，什么都没有写入")


OPEN_IMPORTS = (ImportState.CHECKING, ImportState.CHECKED, ImportState.WRITING)
"""While one is open, the same file of the same kind is not taken a second time."""


class Via(Labelled):
    """By which door."""

    PAGE = "page", N_("网页")
    CLI = "cli", N_("命令行")
