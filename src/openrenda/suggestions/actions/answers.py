"""What makes a reply whole (pure; domain.md 2.4)."""

from collections.abc import Mapping
from datetime import date

from openrenda.kernel.deadlines import add_months
from openrenda.kernel.text import N_
from openrenda.suggestions.states import CommitmentKind, Publicity, ReferenceReason, ReplyClass

from .values import Answer

LIMIT = 10_000


def answer_problems(answer: Answer, today: date, *, is_promised: bool = False, b_months: int = 12) -> Mapping[str, str]:
    """Per field what is missing (msgids); empty when the reply may go to review.

    `b_months`: how far ahead a promise of class B may lie. `is_promised`: an earlier round's promise of this unit is
    still open; a new round need not promise it twice.
    """
    problems: dict[str, str] = {}
    for name in ("doc_no", "body", "contact_name", "contact_phone"):
        if not getattr(answer, name).strip():
            problems[name] = N_("请填写这一项。")
    if len(answer.body) > LIMIT:
        problems["body"] = N_("不能超过一万字。")
    if answer.publicity in (Publicity.NO, Publicity.ON_REQUEST) and not answer.publicity_reason.strip():
        problems["publicity_reason"] = N_("不公开的，请写明理由。")
    if answer.publicity != Publicity.PENDING and not answer.secrecy_checked_by.strip():
        problems["secrecy_checked_by"] = N_("请填写保密审查人。")
    return problems | _class_problems(answer, today, b_months, is_promised=is_promised)


def _class_problems(answer: Answer, today: date, b_months: int, *, is_promised: bool) -> dict[str, str]:
    if answer.reply_class == ReplyClass.D:
        if answer.reference_reason is None:
            return {"reference_reason": N_("D 类答复要说明理由。")}
        if answer.reference_reason == ReferenceReason.HIGHER and not answer.reported_up.strip():
            return {"reported_up": N_("属上级事权的，请写明向上反映的情况。")}
        return {}
    if answer.reply_class in (ReplyClass.B, ReplyClass.C) and not answer.promises and not is_promised:
        return {"promises": N_("B、C 类答复要写明承诺事项、期限和责任人。")}
    return _promise_problems(answer, today, b_months)


def _promise_problems(answer: Answer, today: date, b_months: int) -> dict[str, str]:
    for promise in answer.promises:
        if not promise.content.strip() or not promise.responsible.strip():
            return {"promises": N_("每项承诺都要写明内容和责任人。")}
        if promise.deadline <= today:
            return {"promises": N_("承诺期限要在答复之后。")}
        if promise.kind == CommitmentKind.REVIEW and answer.reply_class != ReplyClass.C:
            return {"promises": N_("只有 C 类答复可以约定研究日期。")}
        if answer.reply_class == ReplyClass.B and promise.deadline > add_months(today, b_months):
            return {"promises": N_("B 类答复的承诺期限太远，超过了本区规定的最长期限。")}
    return {}
