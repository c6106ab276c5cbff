"""Why something does not go out."""

from openrenda.kernel.errors import Conflict, NotFound
from openrenda.kernel.text import N_


class NoExport(NotFound):
    """Unknown, or somebody else's."""

    code = "exchange.no_export"


class FileGone(Conflict):
    """Its days are over."""

    code = "exchange.file_gone"
    message = N_("这个导出文件已经不在了。")
    remedy = N_("导出的文件只保留几天。请回到原来的列表重新导出。")


class TooManyExports(Conflict):
    """One person's exports take turns."""

    code = "exchange.too_many"
    message = N_("您已有{n}个导出正在生成。")
    remedy = N_("请等它们完成，或者在“我的导出”里取消不需要的。")


class TooManyVisits(Conflict):
    """One address takes very much."""

    status = 429
    code = "exchange.too_often"
    message = N_("这个网络地址一小时内导出的次数太多。")
    remedy = N_("请过一会儿再来。")


class TooLongForVisitors(Conflict):
    """Excel for visitors ends somewhere; CSV does not."""

    code = "exchange.too_long_for_visitors"
    message = N_("这个列表超过{n}行，不能当场做成 Excel。")
    remedy = N_("请返回列表，改用 CSV 下载，或者先筛选。")


class TooLong(Exception):
    """More rows than are written at once: the caller does it another way."""


class Cancelled(Exception):
    """Whoever asked for it no longer wants it."""
