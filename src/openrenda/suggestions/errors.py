"""Refusals of this slice, each with a sentence and a way out."""

from collections.abc import Mapping

from openrenda.kernel.errors import Conflict, Invalid, NotFound
from openrenda.kernel.text import N_


class NoSuggestion(NotFound):
    """Unknown, or not to be seen by this actor."""

    code = "suggestions.not_found"
    message = N_("没有找到这件建议。")
    remedy = N_("它可能已被撤回，或您没有查看的权限。请从列表重新进入。")


class BulkRefused(Invalid):
    """All or none: `rows` says for each suggestion that keeps the others waiting why it cannot be assigned."""

    code = "suggestions.bulk_refused"
    message = N_("有 {count} 件建议还不能交办，因此一件也没有交办。")
    remedy = N_("请按每一行的提示处理，或者先把它们移出本次交办。")

    def __init__(self, rows: Mapping[int, str]) -> None:
        super().__init__(fields={str(pk): reason for pk, reason in rows.items()}, count=len(rows))
        self.rows: Mapping[int, str] = dict(rows)


class ChiefMustSign(Conflict):
    """A new round is signed by the unit's chief."""

    code = "suggestions.chief_must_sign"
    message = N_("重新办理的复文要由单位主要负责人签发。")
    remedy = N_("请由主要负责人签发，并注明职务。")


class NoSession(Conflict):
    """A number belongs to a session."""

    code = "suggestions.no_session"
    message = N_("还没有登记代表大会会议，不能编号。")
    remedy = N_("请先登记本届人民代表大会的会议日期。")


class AlreadyRated(Conflict):
    """One verdict per round."""

    code = "suggestions.already_rated"
    message = N_("您已经对这次答复作过评价。")
    remedy = N_("评价提交后不能修改；有新情况请联系代表工委。")


class WindowOpen(Conflict):
    """Too early for the sweep."""

    code = "suggestions.window_open"
    message = N_("期限还没有到。")


class NothingToDo(Conflict):
    """Already so."""

    code = "suggestions.nothing_to_do"
    message = N_("没有需要处理的内容。")


class NotReviewed(Conflict):
    """The unit looks first, the office releases."""

    code = "suggestions.unit_reviews_first"
    message = N_("承办单位还没有对复文作公开审查。")
    remedy = N_("请先由承办单位完成保密审查并提出公开意见。")


class UnitsDiffer(Conflict):
    """The two offices must name the same unit."""

    code = "suggestions.units_differ"
    message = N_("双方确认的承办单位不一致。")
    remedy = N_("请双方会商后确认同一个单位。")
