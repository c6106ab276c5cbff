"""The settings of what goes out and what comes in."""

from openrenda.kernel.parameters import Kind, declare
from openrenda.kernel.text import N_

_PRACTICE = N_("系统设定")

AT_ONCE = declare(
    "exchange.at_once_rows",
    1000,
    Kind.INT,
    N_("导出不超过多少行时当场下载（更多的在后台生成）"),
    _PRACTICE,
    minimum=10,
    maximum=20_000,
)
KEEP_DAYS = declare(
    "exchange.keep_days",
    7,
    Kind.INT,
    N_("导出的文件保留多少天后自动删除"),
    "GB/T 22239-2019 8.1.4.9",
    minimum=1,
    maximum=30,
)
MOST_OPEN = declare(
    "exchange.most_open",
    5,
    Kind.INT,
    N_("一个人最多同时有多少个导出在后台生成"),
    _PRACTICE,
    minimum=1,
    maximum=50,
)
VISITOR_ROWS = declare(
    "exchange.visitor_rows",
    5000,
    Kind.INT,
    N_("访客导出 Excel 最多多少行（CSV 不限）"),
    _PRACTICE,
    minimum=100,
    maximum=50_000,
)
VISITOR_HOURLY = declare(
    "exchange.visitor_hourly",
    60,
    Kind.INT,
    N_("同一网络地址的访客每小时最多导出多少次"),
    _PRACTICE,
    minimum=1,
    maximum=10_000,
)
IMPORT_KEEP_DAYS = declare(
    "exchange.import_keep_days",
    14,
    Kind.INT,
    N_("导入的原文件和核对结果保留多少天后自动删除（没有确认的导入到期取消）"),
    "GB/T 22239-2019 8.1.4.9",
    minimum=1,
    maximum=90,
)
