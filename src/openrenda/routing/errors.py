"""Refusals."""

from openrenda.kernel.errors import Conflict
from openrenda.kernel.text import N_


class AlreadyLearning(Conflict):
    code = "routing.already_learning"
    message = N_("正在学习，不必再开始一次。")
    remedy = N_("请稍等，学完后刷新页面。")
