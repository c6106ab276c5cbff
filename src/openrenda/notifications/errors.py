"""Refusals."""

from openrenda.kernel.errors import Invalid, NotFound
from openrenda.kernel.text import N_


class NoNotice(NotFound):
    code = "notifications.not_found"


class BadOptOut(Invalid):
    code = "notifications.bad_opt_out"
    message = N_("这个退订链接不完整或已失效。")
    remedy = N_("请点邮件中的完整链接；或登录后在“通知设置”中关闭邮件。")
