"""How a sign-in ends, and what one demo account stands for."""

from openrenda.kernel.enums import Labelled
from openrenda.kernel.text import N_


class SignInEnd(Labelled):
    """Why a session is over."""

    SIGNED_OUT = "signed_out", N_("本人退出")
    IDLE = "idle", N_("长时间没有操作")
    LIFETIME = "lifetime", N_("超过最长登录时间")
    PASSWORD = "password", N_("密码已更换")
    ENDED = "ended", N_("管理员终止")
    DEACTIVATED = "deactivated", N_("账号已停用")


class DemoGroup(Labelled):
    """Who stands beside whom on the demo page."""

    PUBLIC = "public", N_("群众")
    DEPUTIES = "deputies", N_("人大代表")
    STATIONS = "stations", N_("联络站与街道")
    STANDING_COMMITTEE = "standing_committee", N_("人大常委会")
    GOVERNMENT = "government", N_("政府与承办单位")
    COURT = "court", N_("审判机关")
    ADMINISTRATION = "administration", N_("系统、安全、审计管理员")
