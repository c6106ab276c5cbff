"""Workbenches: what is my turn, what waits for others, what was done lately."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.calendars import load_calendar
from openrenda.kernel.deadlines import Lamp, days_left, lamp
from openrenda.kernel.text import N_
from openrenda.orgs.states import Role
from openrenda.suggestions.models import (
    Assignment,
    Commitment,
    Contact,
    Cosigner,
    Feedback,
    Nudge,
    Objection,
    Suggestion,
)
from openrenda.suggestions.rules import UNIT_ROLES
from openrenda.suggestions.rules.numbers import number_of
from openrenda.suggestions.states import (
    OPEN_COMMITMENTS,
    OPEN_HANDLING,
    AssignmentState,
    CommitmentState,
    ContactState,
    CosignState,
    Importance,
    ReplyState,
    State,
)

from .rows import Inbox, InboxRow

A, S = AssignmentState, State
RECENT = timedelta(days=60)
_WITH = ("lead__person", "main_unit")
Source = Callable[[Actor, int], Iterable[InboxRow]]


def inbox(actor: Actor, *, limit: int = 50) -> Inbox:
    """For whatever hat is worn; each list is cut at `limit`. At most nine queries for one hat (and the calendar's)."""
    mine = [row for role, sources in MINE for source in sources if actor.has(*role) for row in source(actor, limit)]
    mine = _once(sorted(mine, key=_urgency))
    waiting = [row for role, source in WAITING if actor.has(*role) for row in source(actor, limit)]
    done = [row for role, source in DONE if actor.has(*role) for row in source(actor, limit)]
    taken = {row.id for row in mine}
    return Inbox(
        mine=mine[:limit],
        waiting=[row for row in _once(waiting) if row.id not in taken][:limit],
        done=_once(done)[:limit],
        mine_total=len(mine),
    )


def _urgency(row: InboxRow) -> tuple[date, int]:
    return (row.due or date.max, row.id)


def _once(rows: Iterable[InboxRow]) -> list[InboxRow]:
    """One line per thing, the first one."""
    return list({(row.id, row.turn, row.assignment_id, row.commitment_id): row for row in rows}.values())


def _line(
    row: Suggestion,
    turn: str,
    due: date | None,
    *,
    assignment_id: int | None = None,
    commitment_id: int | None = None,
    done_on: date | None = None,
) -> InboxRow:
    today, cal = clock.today(), load_calendar()
    left = days_left(due, today, cal) if due is not None and done_on is None else None
    shown = lamp(due, today, cal) if done_on is None else Lamp.NONE
    return InboxRow(
        row.pk,
        number_of(row.key),
        row.title,
        S(row.state),
        turn,
        str(row.main_unit or ""),
        row.lead.person.name,
        due,
        shown,
        left,
        assignment_id,
        commitment_id,
        done_on,
    )


def _rows(actor: Actor) -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(congress_id=actor.congress_id).select_related(*_WITH)


def _turns(actor: Actor) -> QuerySet[Assignment]:
    joined = [f"suggestion__{name}" for name in _WITH]
    return Assignment.objects.filter(suggestion__congress_id=actor.congress_id).select_related(*joined)


def _turn_lines(turns: QuerySet[Assignment], text: str, limit: int) -> Iterator[InboxRow]:
    for turn in turns.order_by("due", "pk")[:limit]:
        yield _line(turn.suggestion, text, turn.due, assignment_id=turn.pk)


# ---- deputies -------------------------------------------------------------------------------------------------------


def _writing(actor: Actor, limit: int) -> Iterator[InboxRow]:
    texts = {S.DRAFT: N_("继续起草"), S.COSIGNING: N_("联名确认中，可以提交"), S.RETURNED_EDIT: N_("按退回意见修改")}
    rows = _rows(actor).filter(lead_id__in=actor.scopes(Role.DEPUTY), state__in=list(texts))
    for row in rows.order_by("-pk")[:limit]:
        yield _line(row, texts[S(row.state)], None)


def _invitations(actor: Actor, limit: int) -> Iterator[InboxRow]:
    asked = Cosigner.objects.filter(
        mandate_id__in=actor.scopes(Role.DEPUTY),
        state=CosignState.INVITED,
        suggestion__state__in=(S.COSIGNING, S.RETURNED_EDIT),
        suggestion__congress_id=actor.congress_id,
    ).select_related("suggestion__lead__person", "suggestion__main_unit")
    for cosigner in asked.order_by("-pk")[:limit]:
        yield _line(cosigner.suggestion, N_("请确认是否联名"), None)


def _contacts(actor: Actor, limit: int) -> Iterator[InboxRow]:
    waiting = Contact.objects.filter(
        mandate_id__in=actor.scopes(Role.DEPUTY), state=ContactState.WAITING, suggestion__congress_id=actor.congress_id
    ).select_related("suggestion__lead__person", "suggestion__main_unit")
    for contact in waiting.order_by("pk")[:limit]:
        yield _line(contact.suggestion, N_("请确认单位是否与您沟通"), contact.suggestion.due)


def _to_rate(actor: Actor, limit: int) -> Iterator[InboxRow]:
    mandates = actor.scopes(Role.DEPUTY)
    signed = Q(lead_id__in=mandates) | Q(
        pk__in=Cosigner.objects.filter(mandate_id__in=mandates, state=CosignState.CONFIRMED).values("suggestion_id")
    )
    rated = Feedback.objects.filter(suggestion=OuterRef("pk"), round=OuterRef("round"), mandate_id__in=mandates)
    rows = _rows(actor).filter(signed, ~Exists(rated), state=S.FEEDBACK)
    for row in rows.order_by("feedback_due", "pk")[:limit]:
        yield _line(row, N_("请评价办理态度和结果"), row.feedback_due)


def _to_confirm(actor: Actor, limit: int) -> Iterator[InboxRow]:
    yield from _claimed(actor, Q(suggestion__lead_id__in=actor.scopes(Role.DEPUTY)), limit)


def _claimed(actor: Actor, whose: Q, limit: int) -> Iterator[InboxRow]:
    rows = Commitment.objects.filter(whose, congress_id=actor.congress_id, state=CommitmentState.DONE_CLAIMED)
    for promise in rows.select_related("suggestion__lead__person", "suggestion__main_unit").order_by("deadline")[
        :limit
    ]:
        yield _line(promise.suggestion, N_("请确认承诺是否落实"), promise.deadline, commitment_id=promise.pk)


def _deputy_waiting(actor: Actor, limit: int) -> Iterator[InboxRow]:
    for row in (
        _signed(actor)
        .filter(state__in=[S.SUBMITTED, S.ACCEPTED, *OPEN_HANDLING, S.UNSATISFIED, S.FEEDBACK])
        .order_by("due", "pk")[:limit]
    ):
        yield _line(row, S(row.state).label, row.due)


def _signed(actor: Actor) -> QuerySet[Suggestion]:
    mandates = actor.scopes(Role.DEPUTY)
    cosigned = Cosigner.objects.filter(mandate_id__in=mandates, state=CosignState.CONFIRMED).values("suggestion_id")
    return _rows(actor).filter(Q(lead_id__in=mandates) | Q(pk__in=cosigned))


def _deputy_done(actor: Actor, limit: int) -> Iterator[InboxRow]:
    yield from _closed(_signed(actor), limit)


def _closed(rows: QuerySet[Suggestion], limit: int) -> Iterator[InboxRow]:
    ended = rows.filter(state__in=(S.CLOSED, S.WITHDRAWN, S.REJECTED), closed_on__gte=clock.today() - RECENT)
    for row in ended.order_by("-closed_on", "-pk")[:limit]:
        yield _line(row, S(row.state).label, None, done_on=row.closed_on)


# ---- offices --------------------------------------------------------------------------------------------------------


def _in_states(texts: dict[State, str], more: Callable[[Actor], Q] = lambda _: Q()) -> Source:
    """Suggestions in these states, by date; `text` says what is wanted."""

    def source(actor: Actor, limit: int) -> Iterator[InboxRow]:
        rows = _rows(actor).filter(more(actor), state__in=list(texts)).order_by("due", "pk")
        for row in rows[:limit]:
            yield _line(row, texts[S(row.state)], row.due)

    return source


def _requests(*, direct: bool) -> Source:
    """Returns and extensions to decide, replies to check: of direct organs, or of the government's units."""
    office = Q(is_direct=True)
    whose = office if direct else ~office
    texts = {
        A.RETURN_REQ: N_("请决定是否同意退办"),
        A.EXT_REQ: N_("请决定是否同意延期"),
        A.REPLY_REVIEW: N_("请审核复文"),
    }
    signed = Q(replies__state=ReplyState.SIGNED)
    unendorsed = Q(extension_requests__decision="open", extension_requests__endorsed_on=None)
    endorsed = Q(extension_requests__decision="open") & (office | Q(extension_requests__endorsed_on__isnull=False))
    joint = Q(state=A.RETURN_REQ, suggestion__return_count__gte=2)

    def source(actor: Actor, limit: int) -> Iterator[InboxRow]:
        extension = endorsed if direct else unendorsed
        wanted = (
            (whose & Q(state=A.RETURN_REQ))
            | joint
            | (Q(state=A.EXT_REQ) & extension)
            | (whose & Q(state=A.REPLY_REVIEW) & signed)
        )
        turns = _turns(actor).filter(wanted, state__in=list(texts)).distinct().order_by("due", "pk")
        for turn in turns[:limit]:
            yield _line(turn.suggestion, texts[A(turn.state)], turn.suggestion.due, assignment_id=turn.pk)

    return source


def _hub_turns(actor: Actor, limit: int) -> Iterator[InboxRow]:
    yield from _turn_lines(_turns(actor).filter(is_hub=True, state=A.WAITING), N_("请分办"), limit)


def _objections(actor: Actor, limit: int) -> Iterator[InboxRow]:
    rows = Objection.objects.filter(suggestion__congress_id=actor.congress_id, answered_at=None)
    for row in rows.select_related("suggestion__lead__person", "suggestion__main_unit").order_by("pk")[:limit]:
        yield _line(row.suggestion, N_("请答复代表对承办单位的异议"), row.suggestion.due)


def _committee_claims(actor: Actor, limit: int) -> Iterator[InboxRow]:
    yield from _claimed(actor, Q(suggestion__oversight_unit_id__in=actor.scopes(Role.SC_COMMITTEE)), limit)


def _office_done(actor: Actor, limit: int) -> Iterator[InboxRow]:
    yield from _closed(_rows(actor).filter(submitted_at__isnull=False), limit)


def _hub_done(actor: Actor, limit: int) -> Iterator[InboxRow]:
    yield from _closed(_rows(actor).filter(organ="government"), limit)


def _committee_done(actor: Actor, limit: int) -> Iterator[InboxRow]:
    yield from _closed(_rows(actor).filter(oversight_unit_id__in=actor.scopes(Role.SC_COMMITTEE)), limit)


# ---- units ----------------------------------------------------------------------------------------------------------


def _unit_turns(actor: Actor, limit: int) -> Iterator[InboxRow]:
    texts = {A.WAITING: N_("请签收"), A.HANDLING: N_("请办理并拟复"), A.CO_OPEN: N_("请提出会办意见")}
    turns = _turns(actor).filter(unit_id__in=actor.scopes(*UNIT_ROLES), is_hub=False, state__in=list(texts))
    for turn in turns.order_by("due", "pk")[:limit]:
        yield _line(turn.suggestion, texts[A(turn.state)], turn.due, assignment_id=turn.pk)


def _to_sign(actor: Actor, limit: int) -> Iterator[InboxRow]:
    turns = _turns(actor).filter(
        unit_id__in=actor.scopes(Role.UNIT_LEADER), state=A.REPLY_REVIEW, replies__state=ReplyState.IN_REVIEW
    )
    yield from _turn_lines(turns.distinct(), N_("请签发复文"), limit)


def _unit_promises(actor: Actor, limit: int) -> Iterator[InboxRow]:
    rows = Commitment.objects.filter(
        congress_id=actor.congress_id,
        unit_id__in=actor.scopes(*UNIT_ROLES),
        state__in=OPEN_COMMITMENTS,
        deadline__lte=clock.today() + timedelta(days=60),
    ).select_related("suggestion__lead__person", "suggestion__main_unit")
    for promise in rows.order_by("deadline", "pk")[:limit]:
        yield _line(promise.suggestion, N_("请落实承诺并报告"), promise.deadline, commitment_id=promise.pk)


def _nudges(actor: Actor, limit: int) -> Iterator[InboxRow]:
    rows = Nudge.objects.filter(
        suggestion__congress_id=actor.congress_id, unit_id__in=actor.scopes(*UNIT_ROLES), answered_on=None
    ).select_related("suggestion__lead__person", "suggestion__main_unit")
    for row in rows.order_by("pk")[:limit]:
        yield _line(row.suggestion, N_("请答复督办"), row.answer_due)


def _unit_waiting(actor: Actor, limit: int) -> Iterator[InboxRow]:
    turns = _turns(actor).filter(
        unit_id__in=actor.scopes(*UNIT_ROLES), state__in=(A.RETURN_REQ, A.EXT_REQ, A.REPLY_REVIEW)
    )
    for turn in turns.order_by("due", "pk")[:limit]:
        yield _line(turn.suggestion, A(turn.state).label, turn.due, assignment_id=turn.pk)


def _unit_done(actor: Actor, limit: int) -> Iterator[InboxRow]:
    turns = _turns(actor).filter(
        unit_id__in=actor.scopes(*UNIT_ROLES), state__in=(A.REPLIED, A.CO_DONE), ended_on__gte=clock.today() - RECENT
    )
    for turn in turns.order_by("-ended_on", "-pk")[:limit]:
        yield _line(turn.suggestion, A(turn.state).label, None, assignment_id=turn.pk, done_on=turn.ended_on)


_REVIEW = {S.SUBMITTED: N_("请审查"), S.ACCEPTED: N_("请拟办、交办"), S.UNSATISFIED: N_("请研究是否重新办理")}
_RUNNING = {state: state.label for state in (*OPEN_HANDLING, S.FEEDBACK)}


def _overseen(actor: Actor) -> Q:
    return Q(oversight_unit_id__in=actor.scopes(Role.SC_COMMITTEE))


def _overseen_key(actor: Actor) -> Q:
    return _overseen(actor) & ~Q(importance=Importance.NORMAL)


def _key(_actor: Actor) -> Q:
    return ~Q(importance=Importance.NORMAL)


def _government(_actor: Actor) -> Q:
    return Q(organ="government")


MINE: tuple[tuple[tuple[Role, ...], tuple[Source, ...]], ...] = (
    ((Role.DEPUTY,), (_writing, _invitations, _contacts, _to_rate, _to_confirm)),
    ((Role.SC_REP,), (_in_states(_REVIEW), _requests(direct=True), _objections)),
    ((Role.GOV_HUB,), (_hub_turns, _requests(direct=False))),
    (UNIT_ROLES, (_unit_turns, _to_sign, _unit_promises, _nudges)),
    ((Role.SC_COMMITTEE,), (_in_states(_RUNNING, _overseen_key), _committee_claims)),
    ((Role.SC_LEADER,), (_in_states(_RUNNING, _key),)),
)
WAITING: tuple[tuple[tuple[Role, ...], Source], ...] = (
    ((Role.DEPUTY,), _deputy_waiting),
    ((Role.SC_REP,), _in_states(_RUNNING)),
    ((Role.GOV_HUB,), _in_states(_RUNNING, _government)),
    (UNIT_ROLES, _unit_waiting),
    ((Role.SC_COMMITTEE,), _in_states(_RUNNING, _overseen)),
)
DONE: tuple[tuple[tuple[Role, ...], Source], ...] = (
    ((Role.DEPUTY,), _deputy_done),
    ((Role.SC_REP,), _office_done),
    ((Role.GOV_HUB,), _hub_done),
    (UNIT_ROLES, _unit_done),
    ((Role.SC_COMMITTEE,), _committee_done),
)
