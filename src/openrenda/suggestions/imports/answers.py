"""What a row tells of the answer and its rating."""

from datetime import date

from openrenda.kernel.text import N_
from openrenda.suggestions.actions.register import PastRating, PastReply
from openrenda.suggestions.rules import register_cells as r
from openrenda.suggestions.states import Rating, ReplyClass

from .cells import Cells

FARTHEST_YEARS = 10


def reply_of(cells: Cells, assigned_on: date | None) -> PastReply | None:
    """The answer; day and class come together, a promise with its date. None when there is none."""
    on, grade = cells.day("replied_on"), cells.parsed("class", r.reply_class)
    has_day, has_class = bool(cells.row.text("replied_on")), bool(cells.row.text("class"))
    if has_class and not has_day:
        cells.fault("replied_on", N_("有答复分类的，要有答复日期"))
    if has_day and not has_class:
        cells.fault("class", N_("有答复日期的，要有答复分类"))
    body, doc_no = cells.text("reply"), cells.text("doc_no", limit=60)
    promise, due = cells.text("promise"), cells.attempt("promise_due", lambda: cells.row.day("promise_due"))
    if not has_day and not has_class and (promise or due or doc_no):
        cells.fault("replied_on", N_("有承诺或者文号的，要有答复日期"))
    if on is None or grade is None:
        return None
    _check_promise(cells, on, grade, promise, due)
    return PastReply(on, grade, body or r.NOT_TOLD, doc_no, promise, due)


def _check_promise(cells: Cells, on: date, grade: ReplyClass, promise: str, due: date | None) -> None:
    has_due = bool(cells.row.text("promise_due"))
    if promise and not has_due:
        cells.fault("promise_due", N_("有承诺事项的，要有承诺期限"))
    if has_due and not promise:
        cells.fault("promise", N_("有承诺期限的，要有承诺事项"))
    if grade == ReplyClass.B and not promise and not has_due:
        cells.fault("promise_due", N_("B 类答复要有承诺事项和承诺期限"))
    if due is not None and due <= on:
        cells.fault("promise_due", N_("承诺期限要在答复之后"))
    if due is not None and due.year > on.year + FARTHEST_YEARS:
        cells.fault("promise_due", N_("承诺期限太远，请核对年份"))


def rating_of(cells: Cells, reply: PastReply | None) -> tuple[PastRating | None, r.RehandleCell | None]:
    """The first verdict, and the second round where there was one."""
    attitude, result = cells.word("attitude", r.RATINGS), cells.word("result", r.RATINGS)
    on, again = cells.day("rated_on"), cells.parsed("again", r.rehandled)
    comment = cells.text("comment", limit=2000)
    if attitude is not None and result is None and not cells.row.text("result"):
        cells.fault("result", N_("有态度评价的，要有结果评价"))
    is_rated = result is not None
    if (is_rated or attitude is not None or again is not None) and not cells.row.text("replied_on"):
        cells.fault("result" if is_rated else "attitude" if attitude else "again", N_("还没有答复，不能有评价或者重办"))
    if reply is not None:
        cells.ordered(("replied_on", reply.on), ("rated_on", on))
    rating = PastRating(attitude or result, result, on, comment) if result is not None else None
    if again is not None:
        _check_again(cells, reply, rating, again)
    return rating, again


def _check_again(cells: Cells, reply: PastReply | None, rating: PastRating | None, again: r.RehandleCell) -> None:
    if rating is None or Rating.BAD not in (rating.attitude, rating.result):
        cells.fault("again", N_("首次评价有“不满意”的才有重办"))
    if reply is not None and again.on <= (rating.on if rating and rating.on else reply.on):
        cells.fault("again", N_("重新答复要在首次答复和评价之后"))
    cells.not_ahead("again", again.on)
