"""Refusals: a code, a sentence, a way out. They know nothing of HTTP beyond the number of their family."""

from collections.abc import Mapping
from typing import ClassVar

from .text import N_
from .verdict import Verdict


class OpenRendaError(Exception):
    """Base of all refusals. Subclasses set `code`, `message`, `remedy` (msgids with {named} placeholders)."""

    status: ClassVar[int] = 400
    code: str = "kernel.refused"
    message: str = N_("这一步没有完成。")
    remedy: str = N_("请返回上一页重试；仍不行请拨打页面底部的电话。")

    def __init__(self, code: str = "", message: str = "", remedy: str = "", **params: object) -> None:
        self.code = code or self.code
        self.message = message or self.message
        self.remedy = remedy or self.remedy
        self.params: Mapping[str, object] = params
        super().__init__(f"{self.code}: {self.message.format(**params) if params else self.message}")


class NotFound(OpenRendaError):
    """Unknown, or not to be seen by this actor: the two look the same."""

    status = 404
    code = "kernel.not_found"
    message = N_("没有找到您要的内容。")
    remedy = N_("它可能已被移走，或您没有查看的权限。请核对地址，或从首页重新进入。")


class NotAllowed(OpenRendaError):
    """The actor may not do this."""

    status = 403
    code = "kernel.not_allowed"
    message = N_("您现在的身份不能做这一步。")
    remedy = N_("如您有其他职务，请先切换身份。")

    @classmethod
    def by(cls, verdict: Verdict) -> "NotAllowed":
        return cls(verdict.code, verdict.message, verdict.remedy)


class Conflict(OpenRendaError):
    """The world has moved on: somebody else acted first, or a precondition is missing."""

    status = 409
    code = "kernel.conflict"
    message = N_("情况已经变化，这一步没有完成。")
    remedy = N_("请刷新页面，看看最新进展再决定。")

    @classmethod
    def by(cls, verdict: Verdict) -> "Conflict":
        return cls(verdict.code, verdict.message, verdict.remedy)


class Invalid(OpenRendaError):
    """What was given cannot be taken; `fields` says per field how to mend it (msgids)."""

    status = 422
    code = "kernel.invalid"
    message = N_("有些内容需要修改。")
    remedy = N_("请按每一项旁边的提示改好后再提交。")

    def __init__(
        self,
        code: str = "",
        message: str = "",
        remedy: str = "",
        *,
        fields: Mapping[str, str] | None = None,
        **params: object,
    ) -> None:
        super().__init__(code, message, remedy, **params)
        self.fields: Mapping[str, str] = dict(fields or {})


class WrongState(Conflict):
    """The move does not start from where the case now stands."""

    code = "kernel.wrong_state"
    message = N_("“{move}”现在不能做：这件事目前的状态是“{state}”。")
    remedy = N_("可能有同事刚刚办过。请刷新页面，看看最新进展。")


class Blocked(Conflict):
    """The move is yours and the state fits, but something is still missing."""

    code = "kernel.blocked"


class BadWords(Invalid):
    """What was typed cannot be taken: empty, too long, or with words that may not stand there."""

    code = "kernel.bad_words"
    message = N_("有些内容需要修改。")

    @classmethod
    def empty(cls, field: str) -> "BadWords":
        return cls(fields={field: N_("这一项不能为空。")})

    @classmethod
    def too_long(cls, field: str, limit: int) -> "BadWords":
        return cls(fields={field: N_("内容太长，请缩短。")}, limit=limit)
