"""Words of learning."""

from openrenda.kernel.enums import Labelled
from openrenda.kernel.text import N_


class RunState(Labelled):
    """How a learning stands."""

    WAITING = "waiting", N_("等待开始")
    RUNNING = "running", N_("正在学习")
    DONE = "done", N_("已完成")
    TOO_FEW = "too_few", N_("案例还不够")
    FAILED = "failed", N_("没有完成")


OPEN = (RunState.WAITING, RunState.RUNNING)
