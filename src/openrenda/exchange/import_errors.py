"""Why something does not come in."""

from openrenda.kernel.errors import Conflict, Invalid, NotFound
from openrenda.kernel.text import N_


class NoImport(NotFound):
    """Unknown, or of a kind that is not this actor's."""

    code = "exchange.no_import"


class SameFileOpen(Conflict):
    """The same file is on its way in; `run_id` says where."""

    code = "exchange.same_file_open"
    message = N_("这个文件正在由{who}导入（{state}），没有再次接收。")
    remedy = N_("请到那一次导入里继续；如要重来，请先在那里取消。")

    def __init__(self, run_id: int, *, who: str, state: str) -> None:
        super().__init__(who=who, state=state)
        self.run_id = run_id


class NoFile(Invalid):
    code = "exchange.no_file"
    message = N_("请选择要导入的文件。")

    def __init__(self) -> None:
        super().__init__(fields={"file": self.message})


class MovedOn(Conflict):
    """Rows that were right when they were checked no longer are."""

    code = "exchange.moved_on"
    message = N_("核对之后系统里的数据有变化，有 {n} 行现在不能导入，什么都没有写入。")
    remedy = N_("请看新的核对结果，再决定。")


class FileForgotten(Conflict):
    code = "exchange.file_forgotten"
    message = N_("这次导入的原文件已经不在了。")
    remedy = N_("原文件只保留几天。请重新上传这个文件。")


class ImportCancelled(Exception):
    """Whoever asked for it no longer wants it; the transaction is rolled back."""
