"""One table: how a register comes in. Whoever may bring in that kind may take every step of it."""

from typing import Any

import pgtrigger

from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.kernel.triggers import state_path_trigger
from openrenda.kernel.verdict import ALLOWED, Verdict, deny
from openrenda.kernel.workflow import Move, Workflow

from . import kinds
from .import_states import ImportState
from .models import ImportRun
from .values import Outcome

S = ImportState

_BAD_ROWS = deny(
    "exchange.bad_rows",
    N_("还有行有问题，现在什么都不会写入。"),
    N_("请下载标出问题的表格，改好再导入；或选择只导入没有问题的行。"),
)
_NOTHING = deny("exchange.nothing_to_write", N_("没有可以写入的行。"), N_("请核对列的对应关系，或改好表格再导入。"))


def may_import(actor: Actor, run: ImportRun) -> Verdict:
    """Who may bring in this kind of register."""
    return kinds.kind(run.kind).may(actor)


def is_right(actor: Actor, run: Any) -> Verdict:
    """Every row is right, or the user has chosen to leave the bad ones out."""
    return _BAD_ROWS if run.counts.get(str(Outcome.BAD)) and not run.leaves_out else ALLOWED


def has_rows(actor: Actor, run: Any) -> Verdict:
    """Something would be written."""
    writes = run.counts.get(str(Outcome.ADD), 0) + run.counts.get(str(Outcome.CHANGE), 0)
    return ALLOWED if writes else _NOTHING


# fmt: off
RUN: Workflow[ImportState] = Workflow("import_run", ImportState, (S.CHECKING,), (
    Move("show", N_("给出核对结果"), (S.CHECKING,), S.CHECKED, may_import),
    Move("find_same", N_("没有变化"), (S.CHECKING,), S.SAME, may_import),
    Move("refuse", N_("读不了文件"), (S.CHECKING,), S.REFUSED, may_import),
    Move("remap", N_("改列的对应关系"), (S.CHECKED,), S.CHECKING, may_import),
    Move("confirm", N_("导入"), (S.CHECKED,), S.WRITING, may_import, needs=(is_right, has_rows)),
    Move("finish", N_("写完"), (S.WRITING,), S.DONE, may_import),
    Move("send_back", N_("数据有变化，重新核对"), (S.WRITING,), S.CHECKED, may_import),
    Move("fail", N_("出错"), (S.CHECKING, S.WRITING), S.FAILED, may_import),
    Move("cancel", N_("取消"), (S.CHECKING, S.CHECKED, S.WRITING), S.CANCELLED, may_import),
))
# fmt: on

pgtrigger.register(state_path_trigger(RUN))(ImportRun)
