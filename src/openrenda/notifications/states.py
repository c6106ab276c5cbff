"""How far a letter has come."""

from openrenda.kernel.enums import Labelled
from openrenda.kernel.text import N_


class EmailState(Labelled):
    """Of one notice's e-mail."""

    NONE = "none", N_("无邮件")
    DECLINED = "declined", N_("本人不收邮件")
    QUEUED = "queued", N_("待发送")
    SENDING = "sending", N_("发送中")
    SENT = "sent", N_("已发送")
    FAILED = "failed", N_("未送达")
