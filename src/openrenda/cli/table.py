"""The table of commands. Each is a module with `HELP`, `configure(parser)` and `run(options) -> int`.

Modules are imported when their command is called, after Django is set up: most of them touch models.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One command: where it lives, what it is for, and what it needs around it."""

    module: str
    help: str
    database: bool = True  # started for the time of the command if it is not running
    django: bool = True


COMMANDS: dict[str, Entry] = {
    "demo": Entry(
        "openrenda.cli.demo",
        "启动演示站点：数据库、网站、任务队列 (start everything; Ctrl-C stops it)",
        database=False,
        django=False,
    ),
    "migrate": Entry("openrenda.cli.migrate", "更新数据库结构 (bring the database up to date)"),
    "web": Entry("openrenda.cli.web", "只启动网站 (web server alone, for production)", database=False, django=False),
    "worker": Entry("openrenda.cli.worker", "只启动任务队列 (queue worker alone, for production)"),
    "check": Entry("openrenda.cli.check", "检查安装是否完好 (is this installation well?)"),
    "manage": Entry("openrenda.cli.manage", "运行 Django 管理命令 (any Django management command)"),
    "load-district": Entry(
        "openrenda.cli.load_district", "载入一个区的数据文件夹 (load a folder of a district's records)"
    ),
    "reindex": Entry("openrenda.cli.reindex", "重建检索索引 (make what the search finds anew)"),
    "import-register": Entry(
        "openrenda.cli.import_register", "从 Excel 或 CSV 导入台账 (a register comes in, checked row by row)"
    ),
    "create-account": Entry("openrenda.cli.create_account", "开账号 (a login; how the first administrator comes in)"),
    "reset-password": Entry("openrenda.cli.reset_password", "重置密码 (a fresh one-time password)"),
    "stats": Entry("openrenda.cli.stats", "打印指标 (indicators of suggestions, opinions, livelihood projects)"),
    "routing-check": Entry(
        "openrenda.cli.routing_check", "检验分派参考准不准 (how good the advice on units is, on cases left out)"
    ),
    "vote": Entry("openrenda.cli.vote", "列出表决、导出可核验的档案 (list polls, export an archive)"),
    "reference": Entry("openrenda.cli.reference", "由代码生成参考文档 (write docs/reference)", database=False),
    "version": Entry("openrenda.cli.version", "显示版本 (print the version)", database=False, django=False),
}
