"""What every action on an opinion shares: the lock, the write, the clocks, the line of the story."""

from datetime import date

from django.db.models import QuerySet

from openrenda.kernel import clock, lines
from openrenda.kernel.actor import Actor
from openrenda.kernel.calendars import load_calendar
from openrenda.kernel.prepared import Prepared
from openrenda.kernel.subject import SubjectRef
from openrenda.kernel.text import N_
from openrenda.kernel.workflow import Move
from openrenda.liaison.errors import NoOpinion, WrongDeputy
from openrenda.liaison.models import Clock, Opinion, OpinionStep, Referral
from openrenda.liaison.rules import clocks, who
from openrenda.liaison.states import ClockKind, OpinionState, ReferralState, RouteLevel
from openrenda.orgs.models import Mandate
from openrenda.orgs.states import Role
from openrenda.search.actions import touch

_SILENT_KINDS = (ClockKind.ANSWER, ClockKind.DECISION, ClockKind.HANDLE)
"""Clocks that begin without becoming the one the present holder looks at."""
OPEN_REFERRALS = (ReferralState.PROPOSED, ReferralState.SENT, ReferralState.SIGNED)


_LOCKED = Prepared(
    lambda pk, congress_id: (
        Opinion.objects.select_for_update(of=("self",))
        .select_related("station", "street", "handler_unit")
        .filter(pk=pk, congress_id=congress_id)
    ),
    pk=int,
    congress_id=int,
)


def lock(opinion_id: int, actor: Actor) -> Opinion:
    """The row, locked until the action ends; NoOpinion if the congress has none such. One query."""
    found = _LOCKED(pk=opinion_id, congress_id=actor.congress_id)
    if not found:
        raise NoOpinion
    return found[0]


def write(opinion: Opinion, move: Move[OpinionState] | None = None, **values: object) -> None:
    """Set the columns, and the state if the move leads somewhere. One query."""
    if move is not None and move.target is not None:
        values["state"] = move.target
    values["updated_at"] = clock.now()
    for name, value in values.items():
        setattr(opinion, name, value)
    opinion.save(update_fields=[*values, "due_on", "due_kind", "answer_due"])
    touch("liaison.opinion", opinion.pk)


def tell(
    opinion: Opinion,
    move: str,
    label: str,
    actor: Actor,
    detail: str = "",
    *,
    public: bool = False,
    resident: bool = True,
) -> OpinionStep:
    """One line of the life story. `public`: everybody may read it once the opinion is published. One query."""
    step = a_step(opinion, move, label, actor, detail, public=public, resident=resident)
    lines.add(step)
    touch("liaison.opinion", opinion.pk)
    return step


def a_step(
    opinion: Opinion,
    move: str,
    label: str,
    actor: Actor,
    detail: str = "",
    *,
    public: bool = False,
    resident: bool = True,
) -> OpinionStep:
    return OpinionStep(
        opinion=opinion,
        at=clock.now(),
        move=move,
        label=label,
        who=office_of(actor, opinion),
        unit_id=opinion.handler_unit_id if who.is_unit_member(actor, opinion) else None,
        state=opinion.state,
        detail=detail,
        is_public=public,
        for_resident=resident or public,
    )


def office_of(actor: Actor, opinion: Opinion) -> str:
    """As whom the story names an actor: the office, or a deputy by name; never a clerk's or a resident's name."""
    if actor.is_anonymous or who.is_resident(actor, opinion):
        return N_("反映人")
    if actor.is_system:
        return N_("系统")
    if who.is_unit_member(actor, opinion):
        return str(opinion.handler_unit)
    if who.is_station_staff(actor, opinion):
        return str(opinion.station)
    if who.is_street_npc(actor, opinion):
        return f"{opinion.street}人大工委"
    for role in (Role.SC_REP, Role.GOV_HUB):
        if actor.has(role):
            return role.label
    return f"{actor.name}代表" if actor.has(Role.DEPUTY) else N_("访客")


# -- clocks ------------------------------------------------------------------------------------------------------------


def a_clock(
    opinion: Opinion,
    kind: ClockKind,
    *,
    starts_on: date | None = None,
    referral: Referral | None = None,
    length: int | None = None,
) -> Clock:
    """A clock not yet stored, by the settings in force; becomes the holder's day unless it runs behind another."""
    level = RouteLevel(opinion.handler_level) if opinion.handler_level else None
    found = clocks.span(kind, opinion.congress_id, level=level, is_urgent=opinion.is_urgent)
    start = starts_on or clock.today()
    span_length = found.length if length is None else length
    made = clocks.deadline(start, span_length, load_calendar(), found.basis, in_workdays=found.in_workdays)
    if kind not in _SILENT_KINDS:
        show(opinion, kind, made.due)
    return Clock(
        opinion=opinion,
        referral=referral,
        kind=kind,
        round=opinion.round,
        starts_on=start,
        length=span_length,
        in_workdays=found.in_workdays,
        basis=found.basis,
        legal_due=made.legal_due,
        due=made.due,
    )


def begin(
    opinion: Opinion, kind: ClockKind, *, starts_on: date | None = None, referral: Referral | None = None
) -> Clock:
    """Start one clock. Two queries (setting, row)."""
    row = a_clock(opinion, kind, starts_on=starts_on, referral=referral)
    row.save(force_insert=True)
    return row


def show(opinion: Opinion, kind: ClockKind | None, due: date | None) -> None:
    """Put a day before the present holder (the caller writes)."""
    opinion.due_on, opinion.due_kind = due, kind or ""


def running(opinion: Opinion, *kinds: ClockKind) -> QuerySet[Clock]:
    """Clocks of those kinds that neither were met nor replaced."""
    return Clock.objects.filter(opinion_id=opinion.pk, kind__in=kinds, met_on=None, is_superseded=False)


def meet(opinion: Opinion, *kinds: ClockKind) -> None:
    """What the clocks asked for has been done today. One query."""
    running(opinion, *kinds).update(met_on=clock.today())


def drop(opinion: Opinion, note: str, *kinds: ClockKind) -> None:
    """Clocks that no longer mean anything; the rows stay, with the reason. One query."""
    running(opinion, *kinds).update(is_superseded=True, note=note)


def resume(opinion: Opinion, kind: ClockKind) -> None:
    """The newest clock of a kind runs on towards its old day: what was undone never starts it afresh. Two queries."""
    row = Clock.objects.filter(opinion_id=opinion.pk, kind=kind).order_by("-pk").first()
    if row is not None:
        row.met_on, row.is_superseded, row.note = None, False, ""
        row.save(update_fields=["met_on", "is_superseded", "note"])
        show(opinion, kind, row.due)


def replace(row: Clock, *, length: int, note: str) -> Clock:
    """The same clock with another length: the old row stays as history (B.1.5). Two queries."""
    row.is_superseded, row.note = True, note
    row.save(update_fields=["is_superseded", "note"])
    made = clocks.deadline(row.starts_on, length, load_calendar(), row.basis, in_workdays=row.in_workdays)
    return Clock.objects.create(
        opinion_id=row.opinion_id,
        referral_id=row.referral_id,
        kind=row.kind,
        round=row.round,
        starts_on=row.starts_on,
        length=length,
        in_workdays=row.in_workdays,
        basis=row.basis,
        legal_due=made.legal_due,
        due=made.due,
        note=note,
    )


def subject_of(opinion_id: int) -> SubjectRef:
    """What files and notices call an opinion."""
    return SubjectRef("liaison.opinion", opinion_id)


# -- what actions look up ----------------------------------------------------------------------------------------------


def open_referral(opinion: Opinion) -> Referral | None:
    """The hop that is not over, with its unit. One query."""
    rows = Referral.objects.filter(opinion_id=opinion.pk, state__in=OPEN_REFERRALS).select_related("unit")
    return rows.order_by("-hop").first()


def next_hop(opinion: Opinion) -> int:
    """One query."""
    last = Referral.objects.filter(opinion_id=opinion.pk).order_by("-hop").values_list("hop", flat=True).first()
    return (last or 0) + 1


def deputy_in_office(mandate_id: int, congress_id: int) -> Mandate:
    """A deputy whose mandate holds today; WrongDeputy otherwise. One query."""
    mandate = Mandate.objects.filter(pk=mandate_id, congress_id=congress_id).select_related("person").first()
    if mandate is None or not mandate.held_on(clock.today()):
        raise WrongDeputy
    return mandate
