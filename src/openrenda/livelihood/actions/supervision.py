"""Supervision groups, inspections, orders (督办单)."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from openrenda.audit.actions import digest, record
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Conflict, Invalid, NotAllowed
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.livelihood.errors import NoProject
from openrenda.livelihood.events import Inspected, OrderAnswered, OrderIssued
from openrenda.livelihood.models import Inspection, Progress, SupervisionGroup, SupervisionOrder
from openrenda.livelihood.rules import clocks, who
from openrenda.livelihood.states import Lamp, OrderCause
from openrenda.orgs.models import Mandate, Unit

from .steps import CLOCKWORK, OFFICE, Locked, known, lock, not_in_future, required, take, write

GROUP = N_("代表监督小组")


@transaction.atomic
def form_group(
    *, project_id: int, leader_id: int, member_ids: Iterable[int], actor: Actor, name: str = "",
    oversight_unit_id: int | None = None,
) -> SupervisionGroup:  # fmt: skip
    """Deputies who follow the project through the year; formed again means instead."""
    case = lock(project_id, actor)
    label = take(case, "form_group", actor)
    members = known(Mandate, {leader_id, *member_ids}, actor, "members")
    today = clock.today()
    if any(not mandate.held_on(today) for mandate in members):
        raise Invalid(fields={"members": N_("监督小组由在任代表组成。")})
    if oversight_unit_id is not None:
        known(Unit, [oversight_unit_id], actor, "oversight_unit")
    group, _ = SupervisionGroup.objects.update_or_create(
        project=case.project,
        defaults={
            "name": name.strip()[:60] or f"第{case.project.final_no}项监督小组",
            "leader_id": leader_id,
            "oversight_unit_id": oversight_unit_id,
        },
    )
    group.members.set(members)
    write(case, kind="group_formed", text=label, actor=actor, who=OFFICE)
    return group


@transaction.atomic
def record_inspection(
    *, project_id: int, on: date, findings: str, actor: Actor, deputy_ids: Iterable[int] = (), suggestions: str = ""
) -> Inspection:
    """What a group found on site."""
    not_in_future("on", on)
    case = lock(project_id, actor)
    label = take(case, "inspect", actor)
    deputies = known(Mandate, deputy_ids, actor, "deputies")
    row = Inspection.objects.create(
        project=case.project, on=on, suggestions=suggestions.strip()[:4000], by=actor.urn, at=clock.now(),
        **required(4000, findings=findings),
    )  # fmt: skip
    row.deputies.set(deputies)
    write(case, kind="inspected", text=label, note=row.findings, actor=actor, who=GROUP)
    publish(Inspected(case.project.pk, inspection_id=row.pk), actor)
    return row


@transaction.atomic
def answer_inspection(*, inspection_id: int, answer: str, actor: Actor) -> Inspection:
    """The unit in charge says what it does about it."""
    found = Inspection.objects.filter(pk=inspection_id, project__congress_id=actor.congress_id).first()
    if found is None:
        raise NoProject
    case = lock(found.project_id, actor)
    row = Inspection.objects.select_for_update().get(pk=inspection_id)
    _unit_answers(case, actor, is_answered=row.answered_on is not None)
    row.answer, row.answered_on = required(4000, answer=answer)["answer"], clock.today()
    row.save()
    write(case, kind="inspection_answered", text=N_("答复视察意见"), note=row.answer, actor=actor,
          who=str(case.project.lead_unit))  # fmt: skip
    return row


def _unit_answers(case: Locked, actor: Actor, *, is_answered: bool) -> None:
    if not (verdict := who.works_at_lead(actor, case.project)):
        raise NotAllowed.by(verdict)
    if is_answered:
        raise Conflict("livelihood.answered", N_("已经答复过。"))


@transaction.atomic
def issue_order(*, project_id: int, text: str, actor: Actor, due: date | None = None) -> SupervisionOrder:
    """The standing committee's offices demand an answer by a day."""
    case = lock(project_id, actor)
    take(case, "issue_order", actor)
    today = clock.today()
    if due is not None and due < today:
        raise Invalid(fields={"due": N_("答复期限不能早于今天。")})
    return _issue(
        case, OrderCause.CHOSEN, required(2000, text=text)["text"], actor, OFFICE,
        due or clocks.order_by(today, actor.congress_id).due,
    )  # fmt: skip


def order_if_red_twice(case: Locked, row: Progress) -> SupervisionOrder | None:
    """Red two months running: an order goes out by itself, one for each time it began. Three queries."""
    project = case.project
    if row.lamp != Lamp.RED:
        return None
    before = project.progress.filter(month=clocks.month_before(row.month)).first()
    if before is None or before.lamp != Lamp.RED or project.orders.filter(answered_on=None).exists():
        return None
    if project.orders.filter(cause=OrderCause.RED_TWICE, month=row.month).exists():
        return None
    system = Actor.system("livelihood.sweep", project.congress_id)
    text = N_("项目连续两个月亮红灯，请说明原因和追赶措施。")
    due = clocks.order_by(clock.today(), project.congress_id).due
    return _issue(case, OrderCause.RED_TWICE, text, system, CLOCKWORK, due, month=row.month)


def _issue(
    case: Locked, cause: OrderCause, text: str, actor: Actor, by: str, due: date, month: str = ""
) -> SupervisionOrder:
    row = SupervisionOrder.objects.create(
        project=case.project, cause=cause, month=month, text=text, issued_at=clock.now(), issued_by=actor.urn, due=due
    )
    write(case, kind="order_issued", text=N_("发出督办单：{cause}"), params={"cause": cause.label}, note=text,
          actor=actor, who=by)  # fmt: skip
    publish(OrderIssued(case.project.pk, order_id=row.pk, due=due.isoformat()), actor)
    return row


@transaction.atomic
def answer_order(*, order_id: int, answer: str, actor: Actor) -> SupervisionOrder:
    """The unit in charge answers."""
    found = SupervisionOrder.objects.filter(pk=order_id, project__congress_id=actor.congress_id).first()
    if found is None:
        raise NoProject
    case = lock(found.project_id, actor)
    row = SupervisionOrder.objects.select_for_update().get(pk=order_id)
    _unit_answers(case, actor, is_answered=row.answered_on is not None)
    before = digest(row)
    row.answer, row.answered_on = required(4000, answer=answer)["answer"], clock.today()
    row.save()
    record(actor, "livelihood.order_answered", row, before=before)
    write(case, kind="order_answered", text=N_("答复督办单"), note=row.answer, actor=actor,
          who=str(case.project.lead_unit))  # fmt: skip
    publish(OrderAnswered(case.project.pk, order_id=row.pk), actor)
    return row
