"""The call for ideas, its end, and the end of the year."""

from datetime import date

from django.db import IntegrityError, transaction

from openrenda.audit.actions import record
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Invalid, NotAllowed
from openrenda.kernel.outbox import publish
from openrenda.kernel.parameters import number
from openrenda.kernel.text import N_
from openrenda.livelihood.errors import CallTooShort, YearExists
from openrenda.livelihood.events import CallOpened
from openrenda.livelihood.models import Year
from openrenda.livelihood.rules import clocks, who
from openrenda.livelihood.states import YearState
from openrenda.livelihood.workflow import YEAR

from .steps import lock_year


@transaction.atomic
def open_call(
    *, year: int, opens_on: date, closes_on: date, actor: Actor, quota: int = 10, notice: str = ""
) -> Year:  # fmt: skip
    """The government asks everybody for ideas, at least 30 days long (or what the place has set)."""
    row = Year(
        congress_id=actor.congress_id, year=year, opens_on=opens_on, closes_on=closes_on, quota=quota,
        notice=notice.strip(), created_at=clock.now(),
    )  # fmt: skip
    if not (verdict := who.is_hub(actor, row)):
        raise NotAllowed.by(verdict)
    if not 2000 <= year <= 2999 or not 1 <= quota <= 100:
        raise Invalid(fields={"year": N_("请核对年度和应选数。")})
    _long_enough(row)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise YearExists from error
    record(actor, "livelihood.call_opened", row, closes_on=closes_on.isoformat())
    publish(CallOpened(row.pk), actor)
    return row


def _long_enough(row: Year) -> None:
    least = number(clocks.COLLECT_DAYS_MIN, row.congress_id)
    if (row.closes_on - row.opens_on).days + 1 < least:
        raise CallTooShort(fields={"closes_on": N_("请推迟截止日期。")}, days=least)


@transaction.atomic
def extend_call(*, year_id: int, closes_on: date, actor: Actor) -> Year:
    """Later, never sooner: who relies on the announced day must not find the door shut."""
    row, before = lock_year(year_id, actor)
    YEAR.take("extend_call", actor, row)
    if closes_on <= row.closes_on:
        raise Invalid(fields={"closes_on": N_("只能推迟，不能提前。")})
    row.closes_on = closes_on
    row.save()
    record(actor, "livelihood.call_extended", row, before=before, closes_on=closes_on.isoformat())
    return row


@transaction.atomic
def close_call(*, year_id: int, actor: Actor) -> Year:
    """After the last day: what came in is sorted and sifted."""
    return _move(year_id, "close_call", "call_closed", actor)


@transaction.atomic
def close_year(*, year_id: int, actor: Actor) -> Year:
    """Everything is archived."""
    return _move(year_id, "close", "year_closed", actor)


def _move(year_id: int, name: str, kind: str, actor: Actor) -> Year:
    row, before = lock_year(year_id, actor)
    row.state = YEAR.take(name, actor, row).lands(YearState(row.state))
    row.save()
    record(actor, f"livelihood.{kind}", row, before=before)
    return row
