"""The promise ledger (R11; domain.md 2.5)."""

from datetime import date

from django.db import transaction

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Invalid
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.suggestions.errors import NothingToDo
from openrenda.suggestions.events import PromiseChanged, PromiseClaimed, PromiseDueSoon, PromiseJudged, PromiseOverdue
from openrenda.suggestions.models import Commitment, CommitmentReport
from openrenda.suggestions.rules import who
from openrenda.suggestions.rules.reminders import due_mark
from openrenda.suggestions.states import CommitmentState, ReportKind
from openrenda.suggestions.workflow import COMMITMENT

from .steps import CLOCKWORK, COMMITTEE, Locked, lock_promise, required, write


def _line(
    promise: Commitment,
    kind: ReportKind,
    text: str,
    actor: Actor,
    *,
    proof: str = "",
    signer: str = "",
    old: date | None = None,
    new: date | None = None,
) -> CommitmentReport:
    return CommitmentReport.objects.create(
        commitment=promise,
        kind=kind,
        text=text,
        proof=proof.strip()[:300],
        signer=signer,
        old_deadline=old,
        new_deadline=new,
        by=actor.urn,
        by_name=actor.name[:120],
        at=clock.now(),
    )


def _move(promise: Commitment, name: str, actor: Actor) -> None:
    promise.state = COMMITMENT.take(name, actor, promise).lands(CommitmentState(promise.state))


def _tell(
    case: Locked,
    promise: Commitment,
    before: str,
    kind: str,
    text: str,
    actor: Actor,
    by: str,
    *,
    is_public: bool = True,
) -> None:
    promise.save()
    write(
        case,
        kind=kind,
        text=text,
        params={"deadline": promise.deadline.isoformat()},
        actor=actor,
        who=by,
        unit=promise.unit,
        obj=promise,
        before=before,
        is_public=is_public,
        commitment=promise.pk,
    )


@transaction.atomic
def report_promise(*, commitment_id: int, text: str, actor: Actor, proof: str = "") -> CommitmentReport:
    """The unit's (at least quarterly) report on an open promise."""
    promise, before, case = lock_promise(commitment_id, actor)
    _move(promise, "report", actor)
    promise.reported_on = clock.today()
    row = _line(promise, ReportKind.PROGRESS, required(text=text)["text"], actor, proof=proof)
    _tell(case, promise, before, "promise_reported", N_("报告承诺事项进展"), actor, str(promise.unit))
    return row


@transaction.atomic
def claim_done(*, commitment_id: int, text: str, proof: str, actor: Actor) -> Commitment:
    """The unit says it is done, with proof."""
    promise, before, case = lock_promise(commitment_id, actor)
    _move(promise, "claim_done", actor)
    texts = required(text=text, proof=proof)
    promise.claimed_on = promise.reported_on = clock.today()
    _line(promise, ReportKind.CLAIM, texts["text"], actor, proof=texts["proof"])
    _tell(case, promise, before, "promise_claimed", N_("报告承诺事项已落实，待确认"), actor, str(promise.unit))
    publish(PromiseClaimed(case.suggestion.pk, commitment_id=promise.pk, unit_id=promise.unit_id), actor)
    return promise


def _judge(actor: Actor, case: Locked) -> str:
    return case.suggestion.lead.person.name if who.is_lead(actor, case.suggestion) else COMMITTEE


@transaction.atomic
def confirm_done(*, commitment_id: int, note: str, actor: Actor) -> Commitment:
    """The lead deputy or the committee confirms."""
    promise, before, case = lock_promise(commitment_id, actor)
    _move(promise, "confirm_done", actor)
    promise.confirmed_on, promise.confirmed_by = clock.today(), actor.urn
    _line(promise, ReportKind.CONFIRMATION, note.strip() or N_("已确认落实"), actor)
    _tell(case, promise, before, "promise_kept", N_("确认承诺事项已落实"), actor, _judge(actor, case))
    publish(PromiseJudged(case.suggestion.pk, commitment_id=promise.pk, unit_id=promise.unit_id, kept=True), actor)
    return promise


@transaction.atomic
def deny_done(*, commitment_id: int, reason: str, actor: Actor) -> Commitment:
    """It is not done: the promise stands, overdue if its day is past."""
    promise, before, case = lock_promise(commitment_id, actor)
    _move(promise, "deny_late" if clock.today() > promise.deadline else "deny_done", actor)
    promise.claimed_on = None
    _line(promise, ReportKind.DENIAL, required(reason=reason)["reason"], actor)
    _tell(case, promise, before, "promise_denied", N_("承诺事项尚未落实"), actor, _judge(actor, case))
    publish(PromiseJudged(case.suggestion.pk, commitment_id=promise.pk, unit_id=promise.unit_id, kept=False), actor)
    return promise


@transaction.atomic
def change_promise(*, commitment_id: int, deadline: date, reason: str, signer: str, actor: Actor) -> Commitment:
    """A new date, signed by the unit's leader, told to the deputy; twice at most. The old date stays in the history."""
    promise, before, case = lock_promise(commitment_id, actor)
    _move(promise, "change", actor)
    texts = required(reason=reason, signer=signer)
    if deadline <= promise.deadline or deadline <= clock.today():
        raise Invalid(fields={"deadline": N_("新的期限要晚于原期限和今天。")})
    _line(
        promise,
        ReportKind.CHANGE,
        texts["reason"],
        actor,
        signer=texts["signer"][:60],
        old=promise.deadline,
        new=deadline,
    )
    promise.deadline = deadline
    promise.change_count += 1
    promise.reminded_for = ""
    _tell(case, promise, before, "promise_changed", N_("承诺期限调整为{deadline}"), actor, str(promise.unit))
    publish(
        PromiseChanged(
            case.suggestion.pk, commitment_id=promise.pk, unit_id=promise.unit_id, deadline=deadline.isoformat()
        ),
        actor,
    )
    return promise


@transaction.atomic
def declare_impossible(*, commitment_id: int, explanation: str, signer: str, actor: Actor) -> Commitment:
    """It cannot be done: explained in writing, signed by the leader."""
    promise, before, case = lock_promise(commitment_id, actor)
    _move(promise, "declare_impossible", actor)
    texts = required(explanation=explanation, signer=signer)
    _line(promise, ReportKind.IMPOSSIBLE, texts["explanation"], actor, signer=texts["signer"][:60])
    _tell(case, promise, before, "promise_impossible", N_("书面说明承诺事项无法落实"), actor, str(promise.unit))
    publish(PromiseChanged(case.suggestion.pk, commitment_id=promise.pk, unit_id=promise.unit_id), actor)
    return promise


@transaction.atomic
def mark_overdue(*, commitment_id: int, actor: Actor) -> Commitment:
    """Sweep: the day is past."""
    promise, before, case = lock_promise(commitment_id, actor)
    _move(promise, "mark_overdue", actor)
    _line(promise, ReportKind.OVERDUE, N_("承诺期限已过"), actor, old=promise.deadline)
    _tell(case, promise, before, "promise_overdue", N_("承诺事项逾期"), actor, CLOCKWORK)
    publish(PromiseOverdue(case.suggestion.pk, commitment_id=promise.pk, unit_id=promise.unit_id), actor)
    return promise


@transaction.atomic
def carry_over(*, commitment_id: int, year: int, actor: Actor) -> Commitment:
    """Year end: the open promise appears in next year's ledger under the same id; what is overdue stays overdue."""
    promise, before, case = lock_promise(commitment_id, actor)
    if promise.ledger_year >= year:
        raise NothingToDo
    _move(promise, "carry_overdue" if promise.state == CommitmentState.OVERDUE else "carry_over", actor)
    promise.ledger_year = year
    _line(promise, ReportKind.CARRIED, N_("转入下一年度台账"), actor)
    _tell(case, promise, before, "promise_carried", N_("承诺事项转入下一年度台账"), actor, CLOCKWORK)
    return promise


@transaction.atomic
def remind_promise(*, commitment_id: int, actor: Actor) -> Commitment:
    """Sweep: 60, 30 and 7 days before its day, and when a quarter has passed without a report; each mark once."""
    promise, _, case = lock_promise(commitment_id, actor)
    mark = due_mark(promise, clock.today())
    if not mark:
        raise NothingToDo
    promise.reminded_for = f"{promise.reminded_for} {mark}".strip()[-80:]
    promise.save(update_fields=["reminded_for"])
    days = max((promise.deadline - clock.today()).days, 0)
    write(
        case,
        kind="promise_reminded",
        text=N_("提醒承办单位落实承诺"),
        actor=actor,
        who=CLOCKWORK,
        unit=promise.unit,
        is_public=False,
        commitment=promise.pk,
    )
    publish(PromiseDueSoon(case.suggestion.pk, commitment_id=promise.pk, unit_id=promise.unit_id, days=days), actor)
    return promise
