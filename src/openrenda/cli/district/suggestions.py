"""The life of a suggestion, replayed: a generator that yields the moment it wants to go on at, acts when resumed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.orgs.models import Unit
from openrenda.orgs.states import ORGAN_OF, Organ, Role, SessionPeriod, UnitKind
from openrenda.suggestions import actions
from openrenda.suggestions.actions import Answer, Given, PlanLine, Promise, Text
from openrenda.suggestions.models import Assignment
from openrenda.suggestions.rules import register_days as days
from openrenda.suggestions.rules.register_cells import NOT_TOLD, RATINGS, WAYS, ReturnCell
from openrenda.suggestions.states import (
    ANSWERING_PARTS,
    IN_PERSON,
    AssignmentState,
    CommitmentKind,
    ContactWay,
    ExtensionReason,
    Importance,
    Mode,
    Origin,
    Part,
    Publicity,
    PublicityWish,
    Rating,
    ReferenceReason,
    ReplyClass,
)

from .reading import BadCell
from .records import SuggestionRecord
from .world import World

Life = Iterator[datetime]


@dataclass
class Case:
    """A suggestion on its way: the record, who acts, and the ids met so far."""

    record: SuggestionRecord
    world: World
    suggestion_id: int = 0
    assignment_id: int = 0
    unit: Unit | None = None
    is_signed: bool = False

    @property
    def direct(self) -> bool:
        """Handed to the organ itself, not through the government."""
        return ORGAN_OF[UnitKind(self.world.institution.units[self.record.unit].kind)] is not Organ.GOVERNMENT

    @property
    def office(self) -> Actor:
        return self.world.deputies_office()

    @property
    def assigner(self) -> Actor:
        """Who assigned the unit in hand, and so decides on its returns and checks its replies."""
        return self.office if self.direct else self.world.dispatch_office()

    def as_unit(self, role: Role) -> Actor:
        if self.unit is None:
            raise ValueError("no unit has the suggestion yet")
        return self.world.officer(role, self.unit)

    def as_deputy(self, code: str) -> Actor:
        return self.world.deputy(self.world.institution.mandates[code])


def life_of_suggestion(record: SuggestionRecord, world: World) -> Life:
    """From the deputy's draft to the last rating, as far as the register tells."""
    case = Case(record, world)
    yield clock.at_time(record.filed_on, 9)
    yield from _filed(case)
    yield from _assigned(case)
    yield from _taken(case)
    if case.is_signed:
        yield from _worked_on(case)
    if record.replied_on is not None:
        yield from _replied(case)
        yield from _rated(case)


def _filed(case: Case) -> Life:
    record, world = case.record, case.world
    text = Text(
        title=record.title,
        problem=record.problem,
        proposal=record.proposal,
        category_id=case.world.categories[record.category],
        origin=Origin.OPINION if record.origins else Origin.RESEARCH,
        publicity_wish=PublicityWish.FULL if record.is_public else PublicityWish.NO,
        publicity_wish_reason="" if record.is_public else NOT_TOLD,
    )
    lead = world.institution.mandates[record.lead]
    missing = [code for code in record.origins if code not in world.opinion_ids]
    if missing:
        raise BadCell("来源意见", f"意见{'、'.join(missing)}没有载入，或晚于建议提出")
    case.suggestion_id = actions.write_draft(
        lead_id=lead.pk,
        text=text,
        actor=case.as_deputy(record.lead),
        opinion_ids=[world.opinion_ids[code] for code in record.origins],
    ).pk
    if record.cosigners:
        actions.invite_cosigners(
            suggestion_id=case.suggestion_id,
            actor=case.as_deputy(record.lead),
            mandate_ids=[world.institution.mandates[code].pk for code in record.cosigners],
        )
        yield clock.at_time(record.filed_on, 11)
        for code in record.cosigners:
            actions.confirm_cosign(suggestion_id=case.suggestion_id, actor=case.as_deputy(code))
    yield clock.at_time(record.filed_on, 15)
    actions.submit(
        suggestion_id=case.suggestion_id,
        actor=case.as_deputy(record.lead),
        period=SessionPeriod.IN_SESSION if record.in_session else SessionPeriod.CLOSED,
    )
    yield days.accepted_at(world.calendar, record.filed_on, record.assigned_on)
    actions.accept(suggestion_id=case.suggestion_id, actor=case.office, serial=record.number)


def _assigned(case: Case) -> Life:
    record, world = case.record, case.world
    units = world.institution.units
    first = units[record.returned.by if record.returned else record.unit]
    helping = [code for code in record.co_units if code not in (first.code, record.unit)]
    if len(helping) < len(record.co_units):
        world.assume("退办的单位后来列为会办：按办理开始时的分工登记，不重复列出")
    part = Part.LEAD if helping else Part.SOLE
    lines = [PlanLine(first.pk, part), *(PlanLine(units[code].pk, Part.CO) for code in helping)]
    yield clock.at_time(record.assigned_on, 9, 30)
    actions.plan(
        suggestion_id=case.suggestion_id, mode=Mode.LEAD_CO if helping else Mode.SINGLE, lines=lines, actor=case.office
    )
    if record.is_key:
        world.assume("重点督办的确定日期台账没有记载：按交办当日登记")
        actions.mark_key(
            suggestion_id=case.suggestion_id,
            importance=Importance.KEY,
            decision="台账载明为重点督办建议",
            decided_on=record.assigned_on,
            actor=case.office,
            leader=record.key_unit,
            oversight_unit_id=next((u.pk for u in units.values() if record.key_unit in (u.name, u.short_name)), None),
        )
    yield clock.at_time(record.assigned_on, 10)
    actions.assign_in_bulk(suggestion_ids=[case.suggestion_id], actor=case.office)
    case.unit = first
    case.assignment_id = answering_assignment(case.suggestion_id)
    if not case.direct:
        yield clock.at_time(record.assigned_on, 15)
        actions.distribute(assignment_id=case.assignment_id, actor=case.assigner)
        case.assignment_id = answering_assignment(case.suggestion_id)


def answering_assignment(suggestion_id: int) -> int:
    """The assignment that now has to answer."""
    gone = [AssignmentState.REPLACED, AssignmentState.STOPPED, AssignmentState.DISTRIBUTED]
    rows = Assignment.objects.filter(suggestion_id=suggestion_id, part__in=ANSWERING_PARTS).exclude(state__in=gone)
    return rows.values_list("pk", flat=True).get()


def _taken(case: Case) -> Life:
    record = case.record
    back = record.returned
    went_on = record.contact_on is not None or record.replied_on is not None
    signed = days.signings(
        record.assigned_on, record.signed_on, (back.on, back.reassigned_on) if back else None, went_on=went_on
    )
    if back is not None:
        yield from _returned(case, back, signed.before_return)
    if signed.at is not None:
        yield max(signed.at, clock.now())
        actions.sign_for(assignment_id=case.assignment_id, actor=case.as_unit(Role.UNIT_CLERK))
        case.is_signed = True


def _returned(case: Case, back: ReturnCell, signed_before: datetime | None) -> Life:
    world = case.world
    if signed_before is not None:
        yield max(signed_before, clock.now())
        actions.sign_for(assignment_id=case.assignment_id, actor=case.as_unit(Role.UNIT_CLERK))
        world.assume("改派后的签收日期台账没有记载：按改派当日登记")
    yield clock.at_time(back.on, 17)
    new_unit = world.institution.units[back.to]
    actions.request_return(
        assignment_id=case.assignment_id,
        reason=back.reason,
        actor=case.as_unit(Role.UNIT_CLERK),
        wished_unit_id=new_unit.pk,
    )
    yield clock.at_time(back.reassigned_on, 10)
    case.assignment_id = actions.grant_return(
        assignment_id=case.assignment_id, unit_id=new_unit.pk, actor=case.assigner
    ).pk
    case.unit = new_unit


def _worked_on(case: Case) -> Life:
    """Contact, extension and co-handlers' opinions, in the order of their dates, all before the reply."""
    record, world = case.record, case.world
    begun = clock.now()
    latest = clock.at_time(record.replied_on, 8) if record.replied_on else None
    steps: list[tuple[datetime, Callable[[], None]]] = []
    if record.contact_on is not None:
        steps.append((clock.at_time(record.contact_on, 15), lambda: _contact(case, WAYS[record.contact_way])))
    if record.extended:
        world.assume("延期申请的日期台账没有记载：按首次期限前 12 个工作日登记")
        ask = days.extension_asked_at(world.calendar, record.assigned_on)
        granted = days.extension_granted_at(world.calendar, ask)
        steps += [(ask, lambda: _ask_extension(case)), (granted, lambda: _extend(case))]
    if record.co_units:
        steps.append((days.opinions_at(world.calendar, begun), lambda: _co_opinions(case)))
    for moment, act in sorted(steps, key=lambda step: step[0]):
        yield max(begun, min(moment, latest) if latest else moment)
        act()


def _contact(case: Case, way: ContactWay) -> None:
    contact = actions.record_contact(
        assignment_id=case.assignment_id, way=way, on=clock.today(), notes=NOT_TOLD, actor=case.as_unit(Role.UNIT_CLERK)
    )
    actions.confirm_contact(contact_id=contact.pk, actor=case.as_deputy(case.record.lead))


def _ask_extension(case: Case) -> None:
    actions.request_extension(
        assignment_id=case.assignment_id,
        reason=ExtensionReason.WIDE,
        note=NOT_TOLD,
        actor=case.as_unit(Role.UNIT_CLERK),
    )


def _extend(case: Case) -> None:
    if not case.direct:
        actions.endorse_extension(assignment_id=case.assignment_id, actor=case.assigner)
    actions.grant_extension(assignment_id=case.assignment_id, actor=case.office)


def _co_opinions(case: Case) -> None:
    case.world.assume("会办意见的日期和内容台账没有记载：按主办签收后 15 个工作日登记")
    waiting = Assignment.objects.filter(suggestion_id=case.suggestion_id, state=AssignmentState.CO_OPEN)
    for assignment in waiting.select_related("unit"):
        actor = case.world.officer(Role.UNIT_CLERK, assignment.unit)
        actions.give_opinion(assignment_id=assignment.pk, text=f"同意配合主办单位办理。{NOT_TOLD}", actor=actor)


def _promises(case: Case, on: date) -> tuple[Promise, ...]:
    record = case.record
    owner = case.unit.name if case.unit else ""
    if record.promise and record.promise_due is not None:
        return (Promise(record.promise, record.promise_due, owner),)
    if record.reply_class == ReplyClass.C:
        case.world.assume("答复为 C 类但台账没有承诺：登记为答复满一年时复查")
        text = "条件具备时办理；届时复查条件是否具备，并书面告知代表。"
        return (Promise(text, days.review_on(on), owner, CommitmentKind.REVIEW),)
    return ()


def _answer(case: Case, body: str, round_no: int, on: date) -> Answer:
    record = case.record
    letter = "函" if case.direct else "建复"
    publicity = Publicity.FULL if record.is_public else Publicity.NO
    reference = ReferenceReason.OTHER if record.reply_class == ReplyClass.D else None
    if reference:
        case.world.assume("答复为 D 类但台账没有原因代码：登记为“其他”")
    return Answer(
        doc_no=f"{case.unit}{letter}〔{on.year}〕{record.number}号" + (f"之{round_no}" if round_no > 1 else ""),
        reply_class=ReplyClass(record.reply_class),
        body=body,
        promises=_promises(case, on) if round_no == 1 else (),
        reference_reason=reference,
        publicity=publicity,
        publicity_reason="" if record.is_public else NOT_TOLD,
        secrecy_checked_by=f"{case.unit}保密审查",
        contact_name=f"{case.unit}承办人",
        contact_phone=NOT_TOLD,
    )


def _reply_round(case: Case, body: str, on: date, round_no: int) -> Life:
    yield clock.at_time(on, 9)
    reply = actions.draft_reply(
        assignment_id=case.assignment_id, answer=_answer(case, body, round_no, on), actor=case.as_unit(Role.UNIT_CLERK)
    )
    yield clock.at_time(on, 11)
    actions.sign_reply(
        reply_id=reply.pk,
        signer=f"{case.unit}主要负责人",
        signer_title="主要负责人",
        is_chief=True,
        actor=case.as_unit(Role.UNIT_LEADER),
    )
    yield clock.at_time(on, 15)
    actions.pass_reply(reply_id=reply.pk, actor=case.assigner)


def _replied(case: Case) -> Life:
    record = case.record
    if record.replied_on is None:
        return
    yield from _reply_round(case, record.reply, record.replied_on, 1)
    yield days.released_at(case.world.calendar, record.replied_on)
    actions.release(
        suggestion_id=case.suggestion_id,
        decision=Publicity.FULL if record.is_public else Publicity.NO,
        actor=case.assigner,
        checked_by="历史台账",
        reason="" if record.is_public else NOT_TOLD,
    )


def _rated(case: Case) -> Life:
    record, world = case.record, case.world
    if not record.attitude or not record.result or record.replied_on is None:
        return
    again = record.rehandled
    world.assume("评价日期台账没有记载：按答复后第 3 个工作日登记")
    yield days.rated_at(world.calendar, record.replied_on)
    _give(case, RATINGS[record.attitude], RATINGS[record.result], again.reason if again else "")
    if again is None:
        return
    yield days.rehandling_ordered_at(world.calendar, clock.today())
    actions.rehandle(suggestion_id=case.suggestion_id, note=again.reason, actor=case.office)
    world.assume("重新办理时面商的日期台账没有记载：按重新答复前一个工作日登记")
    yield days.met_again_at(clock.now(), again.on)
    _contact(case, ContactWay.MEETING)
    body = f"{record.reply}\n\n重新办理情况：{again.reason}。"
    yield from _reply_round(case, body, again.on, 2)
    yield days.rated_at(world.calendar, again.on, again=True)
    _give(case, again.verdict, again.verdict, "")
    yield days.released_at(world.calendar, clock.today())
    actions.release(
        suggestion_id=case.suggestion_id,
        decision=Publicity.FULL if record.is_public else Publicity.NO,
        actor=case.assigner,
        checked_by="历史台账",
        reason="" if record.is_public else NOT_TOLD,
    )


def _give(case: Case, attitude: Rating, result: Rating, comment: str) -> None:
    way = WAYS[case.record.contact_way] if case.record.contact_way else None
    given = Given(
        attitude=attitude,
        result=result,
        was_met=way in IN_PERSON,
        met_way=way,
        comment=comment or (NOT_TOLD if Rating.BAD in (attitude, result) else ""),
    )
    actions.give_feedback(suggestion_id=case.suggestion_id, given=given, actor=case.as_deputy(case.record.lead))
