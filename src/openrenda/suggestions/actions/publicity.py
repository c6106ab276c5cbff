"""Decided three times: the deputy's wish, the unit's review, the release (domain.md 2.7)."""

from django.db import transaction

from openrenda.audit.actions import digest
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Conflict, Invalid, NotAllowed
from openrenda.kernel.outbox import publish
from openrenda.kernel.pii import find, mask
from openrenda.kernel.text import N_
from openrenda.suggestions.errors import NoSuggestion, NotReviewed
from openrenda.suggestions.events import Published
from openrenda.suggestions.models import Publication, Reply, Suggestion
from openrenda.suggestions.rules import who
from openrenda.suggestions.states import Publicity, PublicityWish, ReplyState, State

from .steps import HUB, OFFICE, lock, required, write

_WIDTH = {Publicity.PENDING: 9, Publicity.FULL: 3, Publicity.SUMMARY: 2, Publicity.ON_REQUEST: 1, Publicity.NO: 0}
_WISHED = {PublicityWish.FULL: 3, PublicityWish.SUMMARY: 2, PublicityWish.NO: 0}


@transaction.atomic
def review_publicity(*, reply_id: int, publicity: Publicity, checked_by: str, actor: Actor, reason: str = "") -> Reply:
    """The unit's view after its secrecy check (保密审查), whose record is the checker's name and day."""
    found = Reply.objects.filter(pk=reply_id, suggestion__congress_id=actor.congress_id).first()
    if found is None:
        raise NoSuggestion
    case = lock(found.suggestion_id, actor)
    reply = Reply.objects.select_for_update(of=("self",)).select_related("assignment__unit").get(pk=reply_id)
    verdict = who.works_at_unit(actor, reply.assignment)
    if not verdict:
        raise NotAllowed.by(verdict)
    checker = required(checked_by=checked_by)["checked_by"]
    if publicity == Publicity.PENDING:
        raise Invalid(fields={"publicity": N_("请提出公开意见。")})
    if publicity in (Publicity.NO, Publicity.ON_REQUEST):
        required(reason=reason)
    before = digest(reply)
    reply.publicity, reply.publicity_reason = Publicity(publicity), reason.strip()[:200]
    reply.secrecy_checked_by = checker[:60]
    reply.save(update_fields=["publicity", "publicity_reason", "secrecy_checked_by"])
    write(
        case,
        kind="publicity_reviewed",
        text=N_("完成保密审查，提出公开意见：{publicity}"),
        params={"publicity": Publicity(publicity).label},
        actor=actor,
        who=str(reply.assignment.unit),
        unit=reply.assignment.unit,
        obj=reply,
        before=before,
        is_public=False,
        checked_by=checker[:60],
    )
    return reply


@transaction.atomic
def release(
    *, suggestion_id: int, decision: Publicity, actor: Actor, checked_by: str, reason: str = "", summary: str = ""
) -> Publication:
    """GOV_HUB or SC_REP decides; personal numbers are masked. After a later reply release again.

    To go further than the deputy or the unit wishes needs a reason; so does not publishing.
    """
    case = lock(suggestion_id, actor)
    suggestion = case.suggestion
    verdict = who.is_either_office(actor, suggestion)
    if not verdict:
        raise NotAllowed.by(verdict)
    if suggestion.shelf is None or suggestion.state == State.WITHDRAWN:
        raise Conflict("suggestions.not_numbered", N_("只有已编号、没有撤回的建议能公开。"))
    replies = list(suggestion.replies.filter(state=ReplyState.ISSUED))
    if any(reply.publicity == Publicity.PENDING for reply in replies):
        raise NotReviewed
    _check(suggestion, replies, Publicity(decision), checked_by, reason, summary)
    publication = _publish(suggestion, Publicity(decision), checked_by, reason, summary, actor)
    for reply in replies:
        reply.public_body = mask(reply.body) if decision == Publicity.FULL and reply.publicity == Publicity.FULL else ""
    Reply.objects.bulk_update(replies, ["public_body"])
    suggestion.publicity = Publicity(decision)
    is_open = decision in (Publicity.FULL, Publicity.SUMMARY)
    suggestion.public_title = mask(suggestion.title) if is_open else ""
    write(
        case,
        kind="released",
        text=N_("公开审定：{decision}"),
        params={"decision": Publicity(decision).label},
        actor=actor,
        who=OFFICE if who.is_sc_rep(actor, suggestion) else HUB,
        obj=publication,
        decision=str(decision),
    )
    publish(Published(suggestion.pk, decision=str(decision)), actor)
    return publication


def _check(
    suggestion: Suggestion, replies: list[Reply], decision: Publicity, checked_by: str, reason: str, summary: str
) -> None:
    required(checked_by=checked_by)
    if decision == Publicity.PENDING:
        raise Invalid(fields={"decision": N_("请选择公开方式。")})
    wished = min(
        [_WISHED[PublicityWish(suggestion.publicity_wish)], *(_WIDTH[Publicity(r.publicity)] for r in replies)]
    )
    if decision in (Publicity.NO, Publicity.ON_REQUEST) and not reason.strip():
        raise Invalid(fields={"reason": N_("不公开的，请写明理由。")})
    if _WIDTH[decision] > wished and not reason.strip():
        raise Invalid(fields={"reason": N_("超出代表意愿或者单位意见公开的，请写明理由。")})
    if decision == Publicity.SUMMARY and not summary.strip():
        raise Invalid(fields={"summary": N_("请填写公开的摘要。")})


def _publish(
    suggestion: Suggestion, decision: Publicity, checked_by: str, reason: str, summary: str, actor: Actor
) -> Publication:
    full = decision == Publicity.FULL
    texts = {name: getattr(suggestion, name) if full else "" for name in ("problem", "analysis", "proposal")}
    texts["summary"] = summary.strip() if decision == Publicity.SUMMARY else ""
    publication, _ = Publication.objects.update_or_create(
        suggestion=suggestion,
        defaults={
            "decision": decision,
            "reason": reason.strip()[:200],
            "released_by": actor.urn,
            "released_at": clock.now(),
            "masked_count": sum(len(find(text)) for text in texts.values()),
            "secrecy_checked_by": checked_by.strip()[:60],
            "secrecy_checked_on": clock.today(),
            **{name: mask(text) for name, text in texts.items()},
        },
    )
    return publication
