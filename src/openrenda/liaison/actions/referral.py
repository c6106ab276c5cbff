"""An opinion is handed on: proposed by the station, agreed to by the office concerned, signed for or sent back."""

from django.db import transaction

from openrenda.audit.actions import digest, record
from openrenda.kernel import clock, texts
from openrenda.kernel.actor import Actor
from openrenda.kernel.outbox import publish
from openrenda.liaison.errors import WrongUnit
from openrenda.liaison.events import (
    OpinionReferred,
    ReferralDeclined,
    ReferralProposed,
    ReferralSentBack,
    ReferralSigned,
)
from openrenda.liaison.models import Clock, Opinion, Referral
from openrenda.liaison.states import ClockKind, ReferralState, RouteLevel
from openrenda.liaison.workflow import OPINION
from openrenda.orgs.models import Unit
from openrenda.orgs.selectors import living_unit
from openrenda.orgs.states import Role, UnitKind

from .case import a_clock, a_step, drop, lock, meet, next_hop, open_referral, show, tell, write

_FITTING = {
    RouteLevel.COMMUNITY: {UnitKind.COMMUNITY},
    RouteLevel.STREET: {UnitKind.STREET},
    RouteLevel.DEPARTMENT: {UnitKind.DEPARTMENT, UnitKind.GOVERNMENT, UnitKind.OTHER},
    RouteLevel.ORGAN: {UnitKind.COURT, UnitKind.PROCURATORATE, UnitKind.SUPERVISION},
}
_FIRST_ASKED = {RouteLevel.STREET: Role.STREET_NPC, RouteLevel.DEPARTMENT: Role.SC_REP, RouteLevel.ORGAN: Role.SC_REP}
_SENDS = {Role.STREET_NPC: "refer_street", Role.GOV_HUB: "refer_department", Role.SC_REP: "refer_organ"}
_DECLINES = {Role.STREET_NPC: "decline_street", Role.GOV_HUB: "decline_hub", Role.SC_REP: "decline_sc_rep"}


def fitting_unit(unit_id: int, level: RouteLevel, congress_id: int) -> Unit:
    """The unit, or its successor, if it is of the kind the level means; WrongUnit otherwise. One query."""
    unit = Unit.objects.filter(pk=unit_id, congress_id=congress_id).select_related("successor").first()
    if unit is None or (unit := living_unit(unit)).kind not in _FITTING[level]:
        raise WrongUnit
    return unit


@transaction.atomic
def refer(*, opinion_id: int, level: RouteLevel, unit_id: int, actor: Actor, note: str = "") -> Opinion:
    """The head hands on: to a community at once; to a street, department or organ as a proposal that
    `approve_referral` sends (opinion.awaiting_role: STREET_NPC, or SC_REP and then GOV_HUB)."""
    note = texts.line(note, "note", texts.REASON_LIMIT, required=False)
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    is_near = level is RouteLevel.COMMUNITY
    move = OPINION.take("refer_community" if is_near else "propose_referral", actor, opinion)
    referral = Referral(
        opinion=opinion,
        hop=next_hop(opinion),
        round=opinion.round,
        level=level,
        unit=fitting_unit(unit_id, level, opinion.congress_id),
        note=note,
        proposed_by=actor.urn,
        proposed_at=clock.now(),
    )
    if is_near:
        return _send(opinion, referral, move.name, actor, before)
    referral.save(force_insert=True)
    write(opinion, move, awaiting_role=_FIRST_ASKED[level])
    tell(opinion, move.name, move.label, actor, str(referral.unit), resident=False)
    record(actor, "liaison.referral_proposed", opinion, before=before, unit=referral.unit_id, level=level)
    publish(ReferralProposed(opinion_id=opinion.pk, awaiting=opinion.awaiting_role), actor)
    return opinion


@transaction.atomic
def approve_referral(*, opinion_id: int, actor: Actor, unit_id: int | None = None, note: str = "") -> Opinion:
    """The office asked agrees, perhaps naming another unit: STREET_NPC sends to the street, SC_REP to an organ or on
    to GOV_HUB, which sends to the department."""
    note = texts.line(note, "note", texts.REASON_LIMIT, required=False)
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    referral = open_referral(opinion)
    passes_on = (
        opinion.awaiting_role == Role.SC_REP and referral is not None and referral.level == RouteLevel.DEPARTMENT
    )
    name = (
        "forward_referral" if passes_on else _SENDS.get(Role(opinion.awaiting_role or Role.STREET_NPC), "refer_street")
    )
    move = OPINION.take(name, actor, opinion)
    if referral is None:
        raise WrongUnit
    if unit_id is not None:
        referral.unit = fitting_unit(unit_id, RouteLevel(referral.level), opinion.congress_id)
    referral.note = note or referral.note
    if not passes_on:
        return _send(opinion, referral, move.name, actor, before)
    referral.save(update_fields=["unit", "note"])
    write(opinion, move, awaiting_role=Role.GOV_HUB)
    tell(opinion, move.name, move.label, actor, resident=False)
    record(actor, "liaison.referral_forwarded", opinion, before=before, unit=referral.unit_id)
    publish(ReferralProposed(opinion_id=opinion.pk, awaiting=Role.GOV_HUB), actor)
    return opinion


def _send(opinion: Opinion, referral: Referral, move_name: str, actor: Actor, before: str) -> Opinion:
    """The hop begins: its own clocks start; the resident's starts with the first hop only and is never put off."""
    move = next(m for m in OPINION.named(move_name))
    opinion.handler_unit, opinion.handler_level = referral.unit, referral.level
    meet(opinion, ClockKind.REFERRAL)
    handle, sign = a_clock(opinion, ClockKind.HANDLE), a_clock(opinion, ClockKind.SIGN)
    begun = [handle, sign]
    if opinion.answer_due is None:
        answer = a_clock(opinion, ClockKind.ANSWER)
        opinion.answer_due = answer.due
        begun.append(answer)
    referral.state, referral.sent_at, referral.approved_by = ReferralState.SENT, clock.now(), actor.urn
    referral.due, referral.sign_due = handle.due, sign.due
    referral.save()
    for row in (handle, sign):
        row.referral = referral
    Clock.objects.bulk_create(begun)
    write(
        opinion,
        move,
        handler_unit=referral.unit,
        handler_level=referral.level,
        awaiting_role="",
        draft_text="",
        drafted_by="",
    )
    tell(opinion, move.name, move.label, actor, str(referral.unit), public=True)
    record(actor, "liaison.opinion_referred", opinion, before=before, unit=referral.unit_id, hop=referral.hop)
    publish(OpinionReferred(opinion_id=opinion.pk, unit_id=referral.unit_id), actor)
    return opinion


@transaction.atomic
def decline_referral(*, opinion_id: int, reason: str, actor: Actor) -> Opinion:
    """The office asked does not agree. From GOV_HUB it goes back to SC_REP, from the others to the head."""
    reason = texts.line(reason, "reason", texts.REASON_LIMIT)
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    name = _DECLINES.get(Role(opinion.awaiting_role or Role.STREET_NPC), "decline_street")
    move = OPINION.take(name, actor, opinion)
    if name == "decline_hub":
        write(opinion, move, awaiting_role=Role.SC_REP)
    else:
        Referral.objects.filter(opinion=opinion, state=ReferralState.PROPOSED).update(
            state=ReferralState.DECLINED, return_reason=reason, ended_at=clock.now()
        )
        write(opinion, move, awaiting_role="")
    tell(opinion, move.name, move.label, actor, reason, resident=False)
    record(actor, "liaison.referral_declined", opinion, before=before)
    publish(ReferralDeclined(opinion_id=opinion.pk), actor)
    return opinion


@transaction.atomic
def sign_for(*, opinion_id: int, actor: Actor) -> Opinion:
    """签收: the unit takes the matter; its handling clock has been running since it was sent."""
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("sign_for", actor, opinion)
    referral = _sent(opinion)
    referral.state, referral.signed_at = ReferralState.SIGNED, clock.now()
    referral.save(update_fields=["state", "signed_at"])
    meet(opinion, ClockKind.SIGN)
    show(opinion, ClockKind.HANDLE, referral.due)
    write(opinion, move)
    tell(opinion, move.name, move.label, actor, public=True)
    record(actor, "liaison.referral_signed", opinion, before=before, hop=referral.hop)
    publish(ReferralSigned(opinion_id=opinion.pk, unit_id=referral.unit_id), actor)
    return opinion


def _sent(opinion: Opinion) -> Referral:
    """The hop that waits to be signed for; a referred opinion always has one."""
    referral = open_referral(opinion)
    if referral is None:
        raise WrongUnit
    return referral


@transaction.atomic
def send_back(*, opinion_id: int, reason: str, actor: Actor, suggested_unit_id: int | None = None) -> Opinion:
    """退回 within two working days, with reason and better address. The resident's day stays where it was."""
    reason = texts.line(reason, "reason", texts.REASON_LIMIT)
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("send_back", actor, opinion)
    referral = _sent(opinion)
    if suggested_unit_id is not None:
        referral.suggested_unit = _any_unit(suggested_unit_id, opinion)
    referral.state, referral.ended_at, referral.return_reason = ReferralState.RETURNED, clock.now(), reason
    referral.save(update_fields=["state", "ended_at", "return_reason", "suggested_unit"])
    meet(opinion, ClockKind.SIGN)
    drop(opinion, move.label, ClockKind.HANDLE)
    show(opinion, ClockKind.ANSWER, opinion.answer_due)
    step = a_step(opinion, move.name, move.label, actor, reason, public=True)  # while the unit still has a name here
    write(opinion, move, handler_unit=None, handler_level="")
    step.state = opinion.state
    step.save(force_insert=True)
    record(actor, "liaison.referral_sent_back", opinion, before=before, hop=referral.hop)
    publish(ReferralSentBack(opinion_id=opinion.pk, unit_id=referral.unit_id), actor)
    return opinion


def _any_unit(unit_id: int, opinion: Opinion) -> Unit:
    unit = Unit.objects.filter(pk=unit_id, congress_id=opinion.congress_id, dissolved_on=None).first()
    if unit is None:
        raise WrongUnit
    return unit
