"""From the selectors' rows to what components draw: where a case stands, its clocks, its story."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from openrenda.kernel import clock as time
from openrenda.kernel.actor import Actor
from openrenda.kernel.calendars import load_calendar
from openrenda.kernel.deadlines import Step, months
from openrenda.kernel.text import N_
from openrenda.orgs.states import Role
from openrenda.suggestions.models import Reply
from openrenda.suggestions.selectors.rows import Clock, PublicCase, StoryLine, WorkCase
from openrenda.suggestions.states import AssignmentState, Part, State
from openrenda.ui.filters import t
from openrenda.ui.shapes import ClockFace, ProgressStep, TimelineEntry

from .labels import words

S = State
WHOSE_TURN = {
    S.DRAFT: N_("等待领衔代表写好并提交"),
    S.COSIGNING: N_("等待联名代表确认、领衔代表提交"),
    S.SUBMITTED: N_("等待代表工委审查"),
    S.RETURNED_EDIT: N_("等待领衔代表修改后再提交"),
    S.ACCEPTED: N_("等待代表工委交办"),
    S.ASSIGNED1: N_("等待{units}分办或签收"),
    S.ASSIGNED2: N_("等待{units}签收"),
    S.RETURN_REQ: N_("{units}申请退办，等待决定"),
    S.HANDLING: N_("{units}正在办理"),
    S.EXT_REQ: N_("{units}申请延期，等待决定"),
    S.REPLY_REVIEW: N_("{units}的复文正在审核"),
    S.REPLIED: N_("已答复，正在送达代表"),
    S.FEEDBACK: N_("等待代表评价"),
    S.UNSATISFIED: N_("代表不满意，等待代表工委研判"),
    S.REHANDLE: N_("{units}正在重新办理"),
    S.CLOSED: N_("已办结"),
    S.WITHDRAWN: N_("提出人已撤回，办理终止"),
    S.REJECTED: N_("不作为代表建议接收"),
}
TONES = {
    S.CLOSED: "done",
    S.REPLIED: "done",
    S.FEEDBACK: "done",
    S.UNSATISFIED: "warn",
    S.RETURN_REQ: "warn",
    S.EXT_REQ: "warn",
    S.RETURNED_EDIT: "warn",
    S.REHANDLE: "warn",
    S.WITHDRAWN: "stop",
    S.REJECTED: "stop",
    S.DRAFT: "neutral",
    S.COSIGNING: "neutral",
}
ENDED = (S.CLOSED, S.WITHDRAWN, S.REJECTED)
STAGES = (
    (N_("提交"), (S.DRAFT, S.COSIGNING, S.SUBMITTED, S.RETURNED_EDIT)),
    (N_("交办"), (S.ACCEPTED, S.ASSIGNED1, S.ASSIGNED2, S.RETURN_REQ)),
    (N_("办理"), (S.HANDLING, S.EXT_REQ, S.REPLY_REVIEW, S.REHANDLE)),
    (N_("答复"), (S.REPLIED,)),
    (N_("评价"), (S.FEEDBACK, S.UNSATISFIED)),
    (N_("办结"), (S.CLOSED,)),
)
_AT_WORK = (
    AssignmentState.WAITING,
    AssignmentState.HANDLING,
    AssignmentState.RETURN_REQ,
    AssignmentState.EXT_REQ,
    AssignmentState.REPLY_REVIEW,
)


@dataclass(frozen=True, slots=True)
class Face:
    """What stands above a case, and its story."""

    tone: str
    turn: str
    clocks: list[ClockFace]
    story: tuple[TimelineEntry, ...]
    stages: tuple[ProgressStep, ...]


def turn_words(state: State, units: Iterable[str], outcome: str = "") -> str:
    """Whose turn it is, as a sentence; of a closed one, how it came to be closed (`outcome`: a label)."""
    if state is S.CLOSED and outcome:
        return t(outcome)
    names = "、".join(dict.fromkeys(units)) or t(N_("承办单位"))
    return t(WHOSE_TURN[state]).format(units=names)


def clock_face(row: Clock, note: str = "") -> ClockFace:
    """A clock with how its date was computed."""
    left = row.days_left if row.done_on is None else None
    return ClockFace(row.label, row.due, row.lamp, left, row.done_on, row.basis, computed(row), note)


def computed(row: Clock) -> Sequence[Step]:
    """The days counted, where the date follows from three or six months (代表法 §51)."""
    if row.start is None or row.due is None:
        return ()
    ways = (months(row.start, count, load_calendar(), row.basis) for count in (3, 6))
    return next((way.steps for way in ways if way.due == row.due), ())


def unread_by(actor: Actor, case: WorkCase) -> list[Reply]:
    """Replies delivered to this deputy that she has not opened yet."""
    return [
        reply
        for reply in case.replies
        if any(row.read_at is None and actor.holds(Role.DEPUTY, row.mandate_id) for row in reply.deliveries.all())
    ]


def timeline(lines: Iterable[StoryLine], now: str = "") -> list[TimelineEntry]:
    """The story in the order of time; `now` is what is being waited for."""
    rows = list(lines)
    entries = [_told(line) for line in rows]
    if now:
        since = (time.today() - time.local(rows[-1].at).date()).days if rows else 0
        entries.append(TimelineEntry(now, waited=since or None, tone="now"))
    return entries


def _told(line: StoryLine) -> TimelineEntry:
    note = t(N_("台账补录")) if line.source == "register" else ""
    return TimelineEntry(t(line.text, **line.params), line.at, line.who, line.waited_days or None, note=note)


def _entry(line: StoryLine) -> TimelineEntry:
    number = line.params.get("number", "")
    url = reverse("liaison:opinion", args=[number]) if line.source == "opinion" and line.is_public and number else ""
    return TimelineEntry(t(line.text, **line.params), line.at, t(line.who), line.waited_days or None, url=url)


def stages(state: State) -> list[ProgressStep]:
    """How far it has come; nothing for what ended otherwise."""
    here = next((n for n, (_label, states) in enumerate(STAGES) if state in states), None)
    if here is None:
        return []
    last = state is S.CLOSED
    return [
        ProgressStep(label, "done" if n < here or (last and n == here) else "now" if n == here else "later")
        for n, (label, _states) in enumerate(STAGES)
    ]


def public_face(case: PublicCase) -> Face:
    """Of the public page."""
    at_work = [turn.unit for turn in case.turns if turn.state in _AT_WORK and turn.part != Part.CO.label]
    turn = turn_words(case.state, at_work, case.outcome)
    running = [] if case.state in ENDED else [turn]
    own = [clock_face(row.clock, row.unit) for row in case.turns if row.clock.due and row.state in _AT_WORK]
    return Face(
        TONES.get(case.state, "open"),
        turn,
        [clock_face(case.legal_clock), *own],
        tuple(timeline(case.story, running[0] if running else "")),
        tuple(stages(case.state)),
    )


def work_face(case: WorkCase) -> Face:
    """Of the workbench's page."""
    suggestion = case.suggestion
    state = State(suggestion.state)
    at_work = [row for row in case.assignments if row.assignment.state in _AT_WORK and row.assignment.part != Part.CO]
    turn = turn_words(state, (str(row.assignment.unit) for row in at_work), words(suggestion, "outcome"))
    own = [clock_face(row.clock, str(row.assignment.unit)) for row in at_work if row.clock.due]
    legal = [clock_face(case.legal_clock)] if case.legal_clock.due else []
    return Face(
        TONES.get(state, "open"),
        turn,
        [*legal, *own],
        tuple(timeline(case.story, "" if state in ENDED else turn)),
        tuple(stages(state)),
    )
