"""More time for a unit: once, before the day, with the approval of the office above (domain.md 1.5)."""

from datetime import date

from django.db import transaction

from openrenda.audit.actions import digest, record
from openrenda.kernel import clock, texts
from openrenda.kernel.actor import Actor
from openrenda.kernel.outbox import publish
from openrenda.kernel.parameters import number
from openrenda.kernel.text import N_
from openrenda.liaison.errors import BadExtension, ExtensionUsed
from openrenda.liaison.events import ExtensionAsked, ExtensionDecided
from openrenda.liaison.models import Opinion
from openrenda.liaison.rules import clocks
from openrenda.liaison.states import ClockKind, ExtensionState
from openrenda.liaison.workflow import OPINION

from .case import lock, open_referral, replace, running, show, tell, write


@transaction.atomic
def request_extension(*, opinion_id: int, workdays: int, reason: str, actor: Actor) -> Opinion:
    """申请延期: once for a hop, before its day has passed, by at most the days the setting allows."""
    reason = texts.line(reason, "reason", texts.REASON_LIMIT)
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("request_extension", actor, opinion)
    limit = number(clocks.EXTENSION, opinion.congress_id)
    if not 1 <= workdays <= limit:
        raise BadExtension(limit=limit)
    referral = open_referral(opinion)
    late = referral is None or referral.due is None or clock.today() > referral.due
    if referral is None or late or referral.extension_state != ExtensionState.NONE:
        raise ExtensionUsed
    referral.extension_state, referral.extension_days = ExtensionState.ASKED, workdays
    referral.extension_reason, referral.extension_asked_by = reason, actor.urn
    referral.save(update_fields=["extension_state", "extension_days", "extension_reason", "extension_asked_by"])
    write(opinion, move, awaiting_extension=True)
    tell(opinion, move.name, move.label, actor, reason, resident=False)
    record(actor, "liaison.extension_asked", opinion, before=before, workdays=workdays)
    publish(ExtensionAsked(opinion_id=opinion.pk), actor)
    return opinion


@transaction.atomic
def decide_extension(*, opinion_id: int, granted: bool, actor: Actor, note: str = "") -> Opinion:
    """审批延期: when granted, the unit's and the resident's day both move; the old days stay in the history."""
    note = texts.line(note, "note", 200, required=False)
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("decide_extension", actor, opinion)
    referral = open_referral(opinion)
    if referral is None:
        raise ExtensionUsed
    referral.extension_state = ExtensionState.GRANTED if granted else ExtensionState.DENIED
    referral.extension_decided_by = actor.urn
    if granted:
        referral.due = _lengthen(opinion, referral.extension_days)
    referral.save(update_fields=["extension_state", "extension_decided_by", "due"])
    write(opinion, move, awaiting_extension=False)
    label = N_("同意延期") if granted else N_("不同意延期")
    tell(opinion, move.name, label, actor, note or (referral.extension_reason if granted else ""), public=granted)
    record(
        actor, "liaison.extension_decided", opinion, before=before, granted=granted, workdays=referral.extension_days
    )
    publish(ExtensionDecided(opinion_id=opinion.pk, granted=granted), actor)
    return opinion


def _lengthen(opinion: Opinion, workdays: int) -> date | None:
    """New rows for both clocks; returns the unit's new day."""
    unit_due: date | None = None
    for row in running(opinion, ClockKind.HANDLE, ClockKind.ANSWER):
        longer = replace(row, length=row.length + workdays, note=N_("延期"))
        if row.kind == ClockKind.HANDLE:
            unit_due = longer.due
            show(opinion, ClockKind.HANDLE, longer.due)
        else:
            opinion.answer_due = longer.due
    return unit_due
