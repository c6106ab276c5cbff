"""Draft, sign, send back, check and deliver the reply."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from openrenda.audit.actions import digest
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Blocked, Conflict, Invalid
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.orgs.states import Role
from openrenda.suggestions.errors import ChiefMustSign, NoSuggestion
from openrenda.suggestions.events import ReplyDrafted, ReplySentBack, ReplySigned
from openrenda.suggestions.models import Commitment, Reply, ReplyDelivery, Suggestion
from openrenda.suggestions.rules import clocks, who
from openrenda.suggestions.states import OPEN_COMMITMENTS, AssignmentState, BackReason, CommitmentKind, ReplyState
from openrenda.suggestions.workflow import ASSIGNMENT

from .answers import answer_problems
from .delivery import deliver
from .steps import HUB, OFFICE, LockedTurn, follow, lock_turn, required, write
from .values import Answer, Promise


@transaction.atomic
def draft_reply(*, assignment_id: int, answer: Answer, actor: Actor) -> Reply:
    """The clerk's reply goes to review. Raises Blocked (no contact, co-handlers missing) and Invalid(fields)."""
    turn = lock_turn(assignment_id, actor)
    _take_draft(turn, actor)
    problems = answer_problems(
        answer, clock.today(), is_promised=_is_promised(turn), b_months=clocks.class_b_months(actor.congress_id)
    )
    if problems:
        raise Invalid(fields=problems)
    reply = Reply.objects.create(**_columns(answer), **_place(turn, actor))
    _into_review(turn, reply, actor)
    return reply


def _is_promised(turn: LockedTurn) -> bool:
    """Does an open promise of an earlier round stand? Asked from the second round on."""
    return (
        turn.suggestion.round > 1
        and Commitment.objects.filter(
            suggestion=turn.suggestion, unit_id=turn.assignment.unit_id, state__in=OPEN_COMMITMENTS
        ).exists()
    )


def _take_draft(turn: LockedTurn, actor: Actor) -> None:
    move = ASSIGNMENT.take("draft_reply", actor, turn.assignment)
    turn.assignment.state = move.lands(AssignmentState(turn.assignment.state))
    turn.assignment.save(update_fields=["state"])


def _place(turn: LockedTurn, actor: Actor) -> dict[str, object]:
    return {
        "suggestion": turn.suggestion,
        "assignment": turn.assignment,
        "round": turn.suggestion.round,
        "drafted_by": actor.urn,
        "drafted_at": clock.now(),
    }


def _columns(answer: Answer) -> dict[str, object]:
    return {
        "doc_no": answer.doc_no.strip(),
        "reply_class": answer.reply_class,
        "body": answer.body.strip(),
        "co_summary": answer.co_summary.strip(),
        "reference_reason": answer.reference_reason or "",
        "reported_up": answer.reported_up.strip(),
        "contact_name": answer.contact_name.strip(),
        "contact_phone": answer.contact_phone.strip(),
        "publicity": answer.publicity,
        "publicity_reason": answer.publicity_reason.strip(),
        "secrecy_checked_by": answer.secrecy_checked_by.strip(),
        "promises": [
            {
                "content": p.content.strip(),
                "deadline": p.deadline.isoformat(),
                "responsible": p.responsible.strip(),
                "kind": str(p.kind),
            }
            for p in answer.promises
        ],
    }


def promises_of(reply: Reply) -> list[Promise]:
    """The promises written in a reply that is not out yet."""
    return [
        Promise(p["content"], date.fromisoformat(p["deadline"]), p["responsible"], CommitmentKind(p["kind"]))
        for p in reply.promises
    ]


def _into_review(turn: LockedTurn, reply: Reply, actor: Actor) -> None:
    follow(turn.case)
    write(
        turn.case,
        kind="reply_drafted",
        text=N_("拟写复文，送负责人签发"),
        actor=actor,
        who=str(turn.assignment.unit),
        unit=turn.assignment.unit,
        obj=reply,
        is_public=False,
        reply_class=str(reply.reply_class),
    )
    publish(ReplyDrafted(turn.suggestion.pk, unit_id=turn.assignment.unit_id), actor)


@transaction.atomic
def share_reply(*, reply_id: int, assignment_ids: Sequence[int], doc_nos: Sequence[str], actor: Actor) -> list[Reply]:
    """Same matter: one body, a reply of its own for each suggestion of the group (R7).

    The unit must handle each of them, and have contacted each deputy.
    """
    source = (
        Reply.objects.filter(pk=reply_id, suggestion__congress_id=actor.congress_id)
        .select_related("suggestion", "assignment")
        .first()
    )
    if source is None:
        raise NoSuggestion
    if len(assignment_ids) != len(doc_nos) or any(not no.strip() for no in doc_nos):
        raise Invalid(fields={"doc_nos": N_("每件建议的答复都要有文号。")})
    copies = []
    for assignment_id, doc_no in zip(assignment_ids, doc_nos, strict=True):
        turn = lock_turn(assignment_id, actor)
        if turn.suggestion.group_id is None or turn.suggestion.group_id != source.suggestion.group_id:
            raise Conflict("suggestions.not_same_matter", N_("只有并案的建议能共用答复内容。"))
        if turn.assignment.unit_id != source.assignment.unit_id:
            raise Conflict("suggestions.not_same_unit", N_("只能共用本单位自己的答复内容。"))
        _take_draft(turn, actor)
        copies.append(_copy(source, turn, doc_no, actor))
    return copies


def _copy(source: Reply, turn: LockedTurn, doc_no: str, actor: Actor) -> Reply:
    shared = (
        "reply_class",
        "body",
        "co_summary",
        "reference_reason",
        "reported_up",
        "promises",
        "contact_name",
        "contact_phone",
        "publicity",
        "publicity_reason",
        "secrecy_checked_by",
    )
    reply = Reply.objects.create(
        doc_no=doc_no.strip(),
        shares_body_of=source,
        **{name: getattr(source, name) for name in shared},
        **_place(turn, actor),
    )
    _into_review(turn, reply, actor)
    return reply


def _lock_reply(reply_id: int, actor: Actor) -> tuple[Reply, str, LockedTurn]:
    assignment_id = (
        Reply.objects.filter(pk=reply_id, suggestion__congress_id=actor.congress_id)
        .values_list("assignment_id", flat=True)
        .first()
    )
    if assignment_id is None:
        raise NoSuggestion
    turn = lock_turn(assignment_id, actor)
    reply = Reply.objects.select_for_update(of=("self",)).get(pk=reply_id)
    reply.suggestion, reply.assignment = turn.suggestion, turn.assignment
    return reply, digest(reply), turn


def _must_be(reply: Reply, *states: ReplyState) -> None:
    if reply.state not in states:
        raise Conflict(
            "suggestions.reply_moved_on",
            N_("这份复文目前的状态是“{state}”，不能做这一步。"),
            state=ReplyState(reply.state).label,
        )


@transaction.atomic
def sign_reply(*, reply_id: int, signer: str, signer_title: str, is_chief: bool, actor: Actor) -> Reply:
    """The unit's leader signs, not the drafter; from the second round on the chief (主要负责人) must (R8)."""
    reply, before, turn = _lock_reply(reply_id, actor)
    ASSIGNMENT.take("sign_reply", actor, turn.assignment)
    _must_be(reply, ReplyState.IN_REVIEW)
    names = required(signer=signer, signer_title=signer_title)
    if reply.round > 1 and not is_chief:
        raise ChiefMustSign
    reply.signer, reply.signer_title = names["signer"][:60], names["signer_title"][:60]
    reply.signer_is_chief, reply.signed_by, reply.signed_at = is_chief, actor.urn, clock.now()
    reply.state = ReplyState.SIGNED
    reply.save()
    write(
        turn.case,
        kind="reply_signed",
        text=N_("复文已签发，送审核"),
        actor=actor,
        who=str(turn.assignment.unit),
        unit=turn.assignment.unit,
        obj=reply,
        before=before,
        is_public=False,
    )
    publish(
        ReplySigned(turn.suggestion.pk, unit_id=turn.assignment.unit_id, is_direct=turn.assignment.is_direct), actor
    )
    return reply


@transaction.atomic
def send_back_reply(*, reply_id: int, reason: BackReason, note: str, actor: Actor) -> Reply:
    """Leader, hub or deputies' office returns the draft with a reason."""
    reply, before, turn = _lock_reply(reply_id, actor)
    move = ASSIGNMENT.take("send_back_reply", actor, turn.assignment)
    _must_be(reply, ReplyState.IN_REVIEW, ReplyState.SIGNED)
    if reason == BackReason.OTHER:
        required(note=note)
    reply.state, reply.back_reason, reply.back_note = ReplyState.SENT_BACK, BackReason(reason), note.strip()
    reply.save()
    turn.assignment.state = move.lands(AssignmentState.REPLY_REVIEW)
    turn.assignment.save(update_fields=["state"])
    follow(turn.case)
    write(
        turn.case,
        kind="reply_sent_back",
        text=N_("复文退回重拟：{reason}"),
        params={"reason": BackReason(reason).label},
        actor=actor,
        who=_checker(actor, turn),
        unit=turn.assignment.unit,
        obj=reply,
        before=before,
        is_public=False,
    )
    publish(ReplySentBack(turn.suggestion.pk, unit_id=turn.assignment.unit_id, reason=BackReason(reason).label), actor)
    return reply


def _checker(actor: Actor, turn: LockedTurn) -> str:
    if who.is_sc_rep(actor, turn.suggestion):
        return OFFICE
    return HUB if who.is_gov_hub(actor, turn.suggestion) else str(turn.assignment.unit)


@transaction.atomic
def pass_reply(*, reply_id: int, actor: Actor) -> Suggestion:
    """GOV_HUB (SC_REP for direct organs) lets it out: delivered to each, promises entered, feedback opened."""
    reply, before, turn = _lock_reply(reply_id, actor)
    move = ASSIGNMENT.take("pass_reply", actor, turn.assignment)
    _must_be(reply, ReplyState.SIGNED)
    if any(promise.deadline < clock.today() for promise in promises_of(reply)):
        raise Blocked("suggestions.promise_in_the_past", N_("复文中的承诺期限已经过去。"), N_("请退回承办单位修改。"))
    turn.assignment.state, turn.assignment.ended_on = move.lands(AssignmentState.REPLY_REVIEW), clock.today()
    turn.assignment.save(update_fields=["state", "ended_on"])
    reply.state, reply.checked_by, reply.issued_on = ReplyState.ISSUED, actor.urn, clock.today()
    reply.effective_due = turn.suggestion.due
    reply.save()
    deliver(turn, reply, promises_of(reply), actor, who=_checker(actor, turn), before=before)
    return turn.suggestion


@transaction.atomic
def mark_read(*, reply_id: int, actor: Actor) -> None:
    """A signatory has opened the reply; the first time counts."""
    ReplyDelivery.objects.filter(
        reply_id=reply_id,
        reply__suggestion__congress_id=actor.congress_id,
        mandate_id__in=actor.scopes(Role.DEPUTY),
        read_at=None,
    ).update(read_at=clock.now())
