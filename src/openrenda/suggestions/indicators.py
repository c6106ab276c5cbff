"""The figures of domain.md 2.8, each with what was counted over what, and how it is defined.

Scope of a year: suggestions with a number, of that year's sessions and of the closed period by day of submission;
withdrawn and refused ones are left out, merged ones count each. Cut-off: today or 31 December, whichever is first.
No data is None, never 0 and never 100 %. How many were solved is told before how many were satisfied.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from statistics import fmean, median
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from openrenda.kernel import clock
from openrenda.kernel.text import N_
from openrenda.orgs.states import Organ
from openrenda.suggestions.models import (
    ClassChange,
    Commitment,
    Contact,
    ExtensionRequest,
    Feedback,
    LookBack,
    Reply,
    ReturnRequest,
    Suggestion,
)
from openrenda.suggestions.states import (
    IN_PERSON,
    CommitmentKind,
    CommitmentState,
    ContactState,
    Rating,
    ReplyClass,
    ReplyState,
    State,
)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure. `value` is numerator ÷ denominator for a rate, the number itself for a count or a duration."""

    key: str
    label: str
    numerator: float
    denominator: int | None
    value: float | None
    definition: str


@dataclass(frozen=True, slots=True)
class Case:
    """One suggestion of the year as it stood on the cut-off day."""

    organ: str
    assigned_on: date | None
    replied_on: date | None
    reply_due: date | None
    closed: bool
    reply_class: str
    met: bool
    rated_first: str
    rated_final: str
    returned: bool
    extended: bool
    rehandled: bool
    fulfilled: bool
    verified: bool


@dataclass(frozen=True, slots=True)
class Promises:
    """Promises of the year's suggestions that were due by the cut-off day."""

    due: int
    kept: int


def indicators(*, congress_id: int, year: int) -> list[Indicator]:
    """All figures of a year, in the order in which they should be read. Two queries."""
    cut_off = min(clock.today(), date(year, 12, 31))
    cases = [_case(row, cut_off) for row in _rows(_scope(congress_id, year), cut_off)]
    assigned = [c for c in cases if c.assigned_on is not None]
    replied = [c for c in assigned if c.replied_on is not None]
    return [
        *_counts(cases),
        *_outcomes(replied, _promises(congress_id, year, cut_off)),
        *_process(cases, assigned, replied),
        *_ratings(replied),
        *_durations(replied),
        *_classes(replied),
    ]


def _scope(congress_id: int, year: int) -> QuerySet[Suggestion]:
    ended = (State.WITHDRAWN, State.REJECTED)
    return Suggestion.objects.filter(congress_id=congress_id, year=year, shelf__isnull=False).exclude(state__in=ended)


def _rows(scope: QuerySet[Suggestion], cut_off: date) -> QuerySet[Suggestion]:
    """The suggestions with everything that is asked of them, in one query."""
    own = OuterRef("pk")
    lead = Feedback.objects.filter(suggestion=own, is_lead=True, given_on__lte=cut_off)
    last_reply = Reply.objects.filter(suggestion=own, state=ReplyState.ISSUED, issued_on__lte=cut_off).order_by(
        "-round"
    )
    met = Contact.objects.filter(
        suggestion=own, state=ContactState.CONFIRMED, way__in=IN_PERSON, on__lte=OuterRef("first_replied_on")
    )
    promises = Commitment.objects.filter(suggestion=own)
    kept = Q(state=CommitmentState.DONE_CONFIRMED, confirmed_on__lte=cut_off)
    worse = ClassChange.objects.filter(
        suggestion=own, look_back__isnull=False, old=ReplyClass.A, new__gt=ReplyClass.A, on__lte=cut_off
    )
    return (
        scope.annotate(
            was_met=Exists(met),
            rated_first=Subquery(lead.filter(round=1).values("result")[:1]),
            rated_final=Subquery(lead.order_by("-round").values("result")[:1]),
            last_round=Subquery(last_reply.values("round")[:1]),
            was_downgraded=Exists(worse),
            was_returned=Exists(ReturnRequest.objects.filter(suggestion=own, asked_on__lte=cut_off)),
            asked_extension=Exists(ExtensionRequest.objects.filter(suggestion=own, asked_on__lte=cut_off)),
            has_promise=Exists(promises),
            has_open=Exists(promises.exclude(kept)),
            was_verified=Exists(LookBack.objects.filter(suggestion=own, checked_on__lte=cut_off).exclude(verdict="")),
            class_then=Subquery(
                ClassChange.objects.filter(suggestion=own, on__lte=cut_off).order_by("-pk").values("new")[:1]
            ),
        )
        .only(
            "organ",
            "first_assigned_on",
            "first_replied_on",
            "first_reply_due",
            "closed_on",
            "state",
            "round",
        )
        .order_by("pk")
    )


def _by(day: date | None, cut_off: date) -> date | None:
    return day if day is not None and day <= cut_off else None


def _case(row: Any, cut_off: date) -> Case:
    """`row` is a Suggestion with the annotations of `_rows`, which its type cannot say."""
    replied = _by(row.first_replied_on, cut_off)
    reply_class = (row.class_then or "") if replied else ""
    stands = reply_class == ReplyClass.A and not row.was_downgraded
    promised = reply_class in (ReplyClass.B, ReplyClass.C) and row.has_promise and not row.has_open
    return Case(
        organ=row.organ,
        assigned_on=_by(row.first_assigned_on, cut_off),
        replied_on=replied,
        reply_due=row.first_reply_due,
        closed=row.state == State.CLOSED and _by(row.closed_on, cut_off) is not None,
        reply_class=reply_class,
        met=row.was_met,
        rated_first=row.rated_first or "",
        rated_final=row.rated_final or "",
        returned=row.was_returned,
        extended=row.asked_extension,
        rehandled=row.round > 1,
        fulfilled=stands or promised,
        verified=stands and row.was_verified,
    )


def _promises(congress_id: int, year: int, cut_off: date) -> Promises:
    rows = Commitment.objects.filter(
        suggestion__in=_scope(congress_id, year),
        kind=CommitmentKind.PROMISE,
        deadline__lte=cut_off,
        made_on__lte=cut_off,
    ).values_list("state", "confirmed_on")
    found = list(rows)
    kept = [1 for state, on in found if state == CommitmentState.DONE_CONFIRMED and _by(on, cut_off)]
    return Promises(len(found), len(kept))


def _count(key: str, label: str, number: int, definition: str) -> Indicator:
    return Indicator(key, label, number, None, number, definition)


def _rate(key: str, label: str, part: int, whole: int, definition: str) -> Indicator:
    return Indicator(key, label, part, whole, part / whole if whole else None, definition)


def _counts(cases: list[Case]) -> Iterator[Indicator]:
    yield _count(
        "total", N_("建议总数"), len(cases), N_("当年大会期间和闭会期间接收编号的建议，不含撤回的；并案的各计一件。")
    )
    for organ, label in ((Organ.GOVERNMENT, N_("交政府办理")), (Organ.COURT, N_("交法院办理"))):
        yield _count(
            f"total_{organ}", label, sum(c.organ == organ for c in cases), N_("建议总数中，承办主体属于该机关的。")
        )


def _outcomes(replied: list[Case], promises: Promises) -> Iterator[Indicator]:
    n, by_class = len(replied), _tally(replied)
    a, b, c = (by_class[k] for k in (ReplyClass.A, ReplyClass.B, ReplyClass.C))
    fulfilled = sum(case.fulfilled for case in replied)
    yield _rate(
        "solved_rate",
        N_("解决率"),
        a,
        n,
        N_("最后一次答复为 A 类（已解决或基本解决）的建议 ÷ 已答复的建议。回头看改类的按改后的类。"),
    )
    yield _rate("adopted_rate", N_("采纳率"), a + b, n, N_("最后一次答复为 A 类或 B 类的建议 ÷ 已答复的建议。"))
    yield _rate(
        "fulfilled_rate",
        N_("落实率"),
        fulfilled,
        a + b + c,
        N_(
            "没有被回头看降类的 A 类建议，加上全部承诺经代表或工委确认落实的 B、C 类建议 ÷ A、B、C 类建议，截至统计日。"
            "A 类中经回头看核实的件数另见回头看。"
        ),
    )
    yield _rate(
        "promise_kept_rate",
        N_("承诺兑现率"),
        promises.kept,
        promises.due,
        N_("截至统计日到期的承诺中，经代表或工委确认落实的 ÷ 到期的承诺。单位自报不算。"),
    )


def _process(cases: list[Case], assigned: list[Case], replied: list[Case]) -> Iterator[Indicator]:
    whole = len(assigned)
    on_time = sum(c.reply_due is not None and c.replied_on is not None and c.replied_on <= c.reply_due for c in replied)
    yield _rate("assigned_rate", N_("交办率"), whole, len(cases), N_("已交办的建议 ÷ 建议总数。"))
    yield _rate("reply_rate", N_("答复率（办复率）"), len(replied), whole, N_("首次答复已送达的建议 ÷ 已交办的建议。"))
    yield _rate(
        "on_time_reply_rate",
        N_("按期答复率"),
        on_time,
        whole,
        N_("首次答复不晚于答复当时有效期限的建议 ÷ 已交办的建议。没有答复的算在分母里。"),
    )
    yield _rate(
        "closed_rate",
        N_("办结率"),
        sum(c.closed for c in assigned),
        whole,
        N_("已办结的建议 ÷ 已交办的建议。办结不等于解决。"),
    )
    yield _rate(
        "met_in_person_rate",
        N_("面商率"),
        sum(c.met for c in replied),
        len(replied),
        N_("首次答复前当面沟通过、并经代表确认的建议 ÷ 已答复的建议。电话和书面不算。"),
    )
    yield _rate(
        "return_rate",
        N_("退办率"),
        sum(c.returned for c in assigned),
        whole,
        N_("有单位申请过退办的建议 ÷ 已交办的建议。"),
    )
    yield _rate(
        "extension_rate",
        N_("延期率"),
        sum(c.extended for c in assigned),
        whole,
        N_("申请过延期的建议 ÷ 已交办的建议。"),
    )
    yield _rate(
        "rehandle_rate",
        N_("重办率"),
        sum(c.rehandled for c in assigned),
        whole,
        N_("重新办理过的建议 ÷ 已交办的建议。"),
    )


def _ratings(replied: list[Case]) -> Iterator[Indicator]:
    first = [c.rated_first for c in replied if c.rated_first]
    final = [c.rated_final for c in replied if c.rated_final]
    content = sum(r in (Rating.GOOD, Rating.FAIR) for r in final)
    yield _rate("feedback_rate", N_("反馈率"), len(final), len(replied), N_("领衔代表已评价的建议 ÷ 已答复的建议。"))
    yield _rate(
        "satisfied_rate_first",
        N_("首次满意率"),
        first.count(Rating.GOOD),
        len(first),
        N_("领衔代表对首次办理结果评价“满意” ÷ 首次收到的评价。不评价不算满意。"),
    )
    yield _rate(
        "satisfied_rate_final",
        N_("最终满意率"),
        final.count(Rating.GOOD),
        len(final),
        N_("领衔代表对最后一次办理结果评价“满意” ÷ 收到的评价。"),
    )
    yield _rate(
        "satisfied_or_mostly_rate_final",
        N_("最终满意和基本满意率"),
        content,
        len(final),
        N_("领衔代表对最后一次办理结果评价“满意”或“基本满意” ÷ 收到的评价。"),
    )


def _durations(replied: list[Case]) -> Iterator[Indicator]:
    days = [(c.replied_on - c.assigned_on).days for c in replied if c.replied_on and c.assigned_on]
    told = N_("首次答复日期减首次交办日期，自然日；退办改交不重新起算。")
    yield Indicator("mean_days", N_("平均办理天数"), sum(days), len(days), fmean(days) if days else None, told)
    middle = median(days) if days else None
    yield Indicator("median_days", N_("办理天数中位数"), middle or 0, None, middle, told)


def _tally(replied: list[Case]) -> dict[str, int]:
    return {str(k): sum(c.reply_class == k for c in replied) for k in ReplyClass}


def _classes(replied: list[Case]) -> Iterator[Indicator]:
    by_class, n = _tally(replied), len(replied)
    for k in ReplyClass:
        yield Indicator(
            f"class_{k.lower()}",
            k.label,
            by_class[k],
            None,
            by_class[k] if n else None,
            N_("已答复的建议中，最后一次答复属于这一类的件数；回头看改类的按改后的类。"),
        )
