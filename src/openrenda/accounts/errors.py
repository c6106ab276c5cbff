"""Refusals of sign-in and of account keeping."""

from openrenda.kernel.errors import Conflict, Invalid, NotAllowed
from openrenda.kernel.text import N_


class WrongCredentials(Invalid):
    """The one answer to an unknown name, a wrong password and a login that is switched off."""

    code = "accounts.wrong_credentials"
    message = N_("登录名或密码不对。还可以再试 {left} 次，之后会锁定 {minutes} 分钟。")
    remedy = N_("请核对大小写和输入法后再试；忘记密码请联系本单位的系统管理员重置。")


class SignInLocked(Invalid):
    """Too many failures; said of names that exist and of names that do not."""

    status = 429
    code = "accounts.locked"
    message = N_("连续输错次数太多，已暂停登录。请在 {minutes} 分钟后再试。")
    remedy = N_("急用请联系安全管理员解锁；忘记密码请联系系统管理员重置。")


class InitialPasswordExpired(Invalid):
    code = "accounts.initial_password_expired"
    message = N_("这个初始密码已过有效期。")
    remedy = N_("请联系系统管理员重新发一个初始密码。")


class WeakPassword(Invalid):
    code = "accounts.weak_password"
    message = N_("新密码还不符合要求。")
    remedy = N_("请按提示改好后再提交。")


class LoginTaken(Conflict):
    code = "accounts.login_taken"
    message = N_("登录名“{login}”已经有人使用。")
    remedy = N_("请换一个登录名。")


class HasLogin(Conflict):
    code = "accounts.has_login"
    message = N_("这位同志已经有账号。")
    remedy = N_("忘记密码请用“重置密码”；停用的账号请先恢复。")


class NotYourHat(NotAllowed):
    code = "accounts.not_your_hat"
    message = N_("您现在没有这个身份，可能任期或岗位已经结束。")
    remedy = N_("请从列出的身份中选择一个。")


class NoPassword(Conflict):
    code = "accounts.no_password"
    message = N_("这是演示账号，没有密码，不能重置。")
    remedy = N_("演示账号从“演示账号”页面一键进入。")


class NotYourself(Conflict):
    code = "accounts.not_yourself"
    message = N_("不能给自己授予、结束岗位，也不能停用自己的账号。")
    remedy = N_("请由另一位管理员办理。")


class DemoOnly(NotAllowed):
    code = "accounts.demo_only"
    message = N_("演示账号只在演示环境中存在。")
    remedy = N_("正式环境请用管理员发的账号登录。")
