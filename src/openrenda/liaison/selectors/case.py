"""One opinion: for those who work on it, and for the resident who follows it."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from openrenda.kernel import clock, pii
from openrenda.kernel.actor import Actor
from openrenda.kernel.calendars import load_calendar
from openrenda.kernel.deadlines import days_left, lamp
from openrenda.kernel.workdays import Calendar
from openrenda.liaison.errors import NoOpinion
from openrenda.liaison.models import Clock, Opinion, OpinionDeputy, OpinionStep, Referral
from openrenda.liaison.rules import clocks, who
from openrenda.liaison.states import ClockKind, OpinionState, PublishState, RefusalReason, Satisfaction, Solved
from openrenda.liaison.workflow import OPINION, PUBLICATION, PublishedSide

from .alike import alike
from .published import names, story
from .rows import CasePage, ClockRow, MergedVoice, TrackView
from .visibility import visible_to
from .workbench import answer_lamp


def _whole(rows: QuerySet[Opinion]) -> QuerySet[Opinion]:
    parts = OpinionDeputy.objects.select_related("mandate__person").order_by("pk")
    return rows.select_related(
        "station",
        "street",
        "category",
        "category__parent",
        "handler_unit",
        "deputy__person",
        "merged_into",
        "contact",
        "community",
        "reception",
        "station__station",
    ).prefetch_related(Prefetch("deputies", parts))


def opinion_for(*, actor: Actor, opinion_id: int) -> Opinion:
    """The gate: unknown and invisible look the same. Two queries."""
    found = _whole(visible_to(actor)).filter(pk=opinion_id).first()
    if found is None:
        raise NoOpinion
    return found


def case_page(*, actor: Actor, opinion_id: int) -> CasePage:
    """Everything the workbench shows of one opinion. Ten queries, whatever happened to it (a deputy: twelve)."""
    opinion = opinion_for(actor=actor, opinion_id=opinion_id)
    today, cal = clock.today(), load_calendar()
    steps = OpinionStep.objects.filter(opinion=opinion).order_by("pk")
    rows = Clock.objects.filter(opinion=opinion).order_by("pk")
    referrals = Referral.objects.filter(opinion=opinion).select_related("unit", "suggested_unit").order_by("hop")
    masked = who.may_see_masked_contact(actor, opinion) and hasattr(opinion, "contact")
    return CasePage(
        opinion=opinion,
        story=story(list(steps)),
        clocks=[clock_row(row, today, cal) for row in rows],
        referrals=list(referrals),
        children=_voices(actor, opinion),
        offers=OPINION.offers(actor, opinion),
        publish_offers=PUBLICATION.offers(actor, PublishedSide(opinion)),
        may_reveal=who.may_reveal_contact(actor, opinion),
        contact_masked=f"{opinion.contact.name_masked} {opinion.contact.phone_masked}".strip() if masked else "",
        deputies=names(opinion),
        lookalikes=alike(actor, opinion),
        lamp=lamp(opinion.due_on, today, cal),
        days_left=None if opinion.due_on is None else days_left(opinion.due_on, today, cal),
        answer_lamp=answer_lamp(opinion, today, cal),
    )


def _voices(actor: Actor, opinion: Opinion) -> list[MergedVoice]:
    """Everybody whose opinion was merged into this one, in their own words: whoever handles the matter handles theirs.
    Numbers of people are masked; who they are stays with their station. Two queries."""
    open_ids = set(visible_to(actor).filter(merged_into=opinion).values_list("pk", flat=True))
    rows = Opinion.objects.filter(merged_into=opinion).select_related("station").order_by("pk")
    return [
        MergedVoice(
            id=row.pk,
            number=row.number,
            title=pii.mask(row.title),
            words=pii.mask(row.content),
            station=str(row.station),
            submitted_at=row.submitted_at,
            satisfaction=Satisfaction(row.satisfaction),
            is_open=row.pk in open_ids,
        )
        for row in rows
    ]


def clock_row(row: Clock, today: date, cal: Calendar) -> ClockRow:
    left = None if row.met_on or row.is_superseded else days_left(row.due, today, cal)
    return ClockRow(
        kind=ClockKind(row.kind),
        due=row.due,
        starts_on=row.starts_on,
        basis=row.basis,
        lamp=lamp(None if row.is_superseded else row.due, today, cal, row.met_on),
        days_left=left,
        met_on=row.met_on,
        is_superseded=row.is_superseded,
        note=row.note,
        steps=clocks.deadline_of(row, cal).steps,
    )


# -- the resident ------------------------------------------------------------------------------------------------------


def tracked_id(actor: Actor) -> int:
    """Which opinion a resident's actor follows; NoOpinion for any other actor."""
    kind, _, pk = actor.urn.partition(":")
    if kind != "opinion" or not pk.isdigit():
        raise NoOpinion
    return int(pk)


def tracking(*, actor: Actor) -> TrackView:
    """What the resident sees with number and code. Four queries."""
    opinion = opinion_for(actor=actor, opinion_id=tracked_id(actor))
    steps = OpinionStep.objects.filter(opinion=opinion, for_resident=True).order_by("pk")
    offered = {offer.move.name for offer in OPINION.offers(actor, opinion) if offer.verdict}
    reason = RefusalReason(opinion.refusal_reason) if opinion.refusal_reason else None
    today, cal = clock.today(), load_calendar()
    return TrackView(
        id=opinion.pk,
        number=opinion.number,
        title=opinion.title,
        content=opinion.content,
        state=OpinionState(opinion.state),
        story=story(list(steps)),
        answer=opinion.answer_text,
        answer_due=opinion.answer_due,
        answer_lamp=answer_lamp(opinion, today, cal),
        refusal=reason.label if reason else "",
        refusal_note=opinion.refusal_note,
        way_on=reason.way_on if reason else "",
        satisfaction=Satisfaction(opinion.satisfaction),
        solved=Solved(opinion.solved),
        rating_until=opinion.due_on if opinion.due_kind == ClockKind.RATING else None,
        may_share=opinion.may_share,
        may_publish=opinion.may_publish,
        publish_state=PublishState(opinion.publish_state),
        public_title=opinion.public_title,
        public_summary=opinion.public_summary,
        merged_into=opinion.merged_into.number if opinion.merged_into else "",
        merged_is_public=opinion.merged_into is not None and opinion.merged_into.publish_state == PublishState.PUBLIC,
        may_withdraw="withdraw" in offered,
        may_rate=bool({"rate", "rate_late"} & offered),
        may_say_solved="say_solved" in offered,
        station_name=opinion.station.name,
        station_phone=opinion.station.station.phone,
        deputies=names(opinion),
    )
