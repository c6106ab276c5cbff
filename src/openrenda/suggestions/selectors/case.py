"""One suggestion as a whole, as everybody may read it."""

from openrenda.kernel import clock
from openrenda.kernel.pii import mask
from openrenda.kernel.prepared import Prepared
from openrenda.kernel.text import N_
from openrenda.suggestions.errors import NoSuggestion
from openrenda.suggestions.models import (
    Assignment,
    Commitment,
    Cosigner,
    DueChange,
    Feedback,
    Publication,
    Reply,
    Suggestion,
)
from openrenda.suggestions.rules.numbers import number_of
from openrenda.suggestions.states import (
    CommitmentState,
    CosignState,
    Importance,
    Outcome,
    Publicity,
    Rating,
    ReplyClass,
    ReplyState,
    State,
)

from .access import is_key
from .clocks import legal_clock, unit_turn
from .promises import promise_lamp
from .public import HIDDEN_LEAD, shown_title
from .rows import DueShift, PublicCase, PublicPromise, PublicRating, PublicReply
from .same_matter import behind
from .story import public_story, source_story

_HIDDEN = {
    Publicity.PENDING: N_("正文待公开审查后公布。"),
    Publicity.SUMMARY: N_("按审定结果，只公开摘要。"),
    Publicity.NO: N_("按审定结果，不予公开。"),
    Publicity.ON_REQUEST: N_("按审定结果，依申请公开。"),
}

_case = Prepared(
    lambda congress_id, key: Suggestion.objects.filter(
        congress_id=congress_id, key=key, shelf__isnull=False
    ).select_related("lead__person", "delegation", "main_unit", "category", "publication", "register_line"),
    congress_id=int,
    key=str,
)
_cosigners = Prepared(
    lambda suggestion_id: Cosigner.objects.filter(
        suggestion_id=suggestion_id, state=CosignState.CONFIRMED
    ).select_related("mandate__person"),
    suggestion_id=int,
)
_turns = Prepared(
    lambda suggestion_id: Assignment.objects.filter(suggestion_id=suggestion_id).select_related("unit"),
    suggestion_id=int,
)
_issued = Prepared(
    lambda suggestion_id: (
        Reply.objects.filter(suggestion_id=suggestion_id, state=ReplyState.ISSUED)
        .select_related("assignment__unit")
        .order_by("round", "pk")
    ),
    suggestion_id=int,
)
_ratings = Prepared(
    lambda suggestion_id: Feedback.objects.filter(suggestion_id=suggestion_id, is_lead=True), suggestion_id=int
)
_promises = Prepared(
    lambda suggestion_id: Commitment.objects.filter(suggestion_id=suggestion_id).select_related("unit"),
    suggestion_id=int,
)
_due_changes = Prepared(
    lambda suggestion_id: DueChange.objects.filter(suggestion_id=suggestion_id).order_by("pk"), suggestion_id=int
)


def public_case(congress_id: int, key: str) -> PublicCase:
    """The public page of a numbered suggestion by key (JY-16-5-001); NotFound otherwise. At most 12 queries, three more
    where the matter is grouped."""
    row = next(iter(_case(congress_id=congress_id, key=key)), None)
    if row is None:
        raise NoSuggestion
    publication = getattr(row, "publication", None)
    is_open = publication is not None and publication.decision == Publicity.FULL and row.state != State.WITHDRAWN
    cosigners = _cosigners(suggestion_id=row.pk)
    return PublicCase(
        id=row.pk,
        key=key,
        number=number_of(key),
        title=shown_title(row),
        category=row.category.name,
        lead=HIDDEN_LEAD if row.is_confidential else row.lead.person.name,
        cosigners=() if row.is_confidential else tuple(c.mandate.person.name for c in cosigners),
        delegation=row.delegation.name,
        submitted_on=clock.local(row.submitted_at or row.created_at).date(),
        state=State(row.state),
        outcome=Outcome(row.outcome).label if row.outcome else "",
        round=row.round,
        importance=Importance(row.importance),
        key_decision=row.key_decision if is_key(row) else "",
        publicity=Publicity(row.publicity),
        hidden_because=_hidden_because(row, publication),
        problem=publication.problem if publication and is_open else "",
        analysis=publication.analysis if publication and is_open else "",
        proposal=publication.proposal if publication and is_open else "",
        summary=publication.summary if publication and row.state != State.WITHDRAWN else "",
        masked_count=publication.masked_count if publication else 0,
        reply_class=ReplyClass(row.reply_class) if row.reply_class else None,
        legal_clock=legal_clock(row),
        turns=tuple(unit_turn(turn) for turn in _turns(suggestion_id=row.pk)),
        replies=tuple(_public_replies(row)),
        ratings=tuple(_public_ratings(row)),
        promises=tuple(_public_promises(row, publication)),
        story=(*source_story(row), *public_story(row)),
        due_changes=tuple(DueShift(d.old_due, d.new_due, d.reason) for d in _due_changes(suggestion_id=row.pk)),
        same_matter=tuple(_same_matter(row)),
        behind=None if row.group_id is None else behind(row.group_id),
        is_carried_term=row.is_carried_term,
        is_from_register=getattr(row, "register_line", None) is not None,
    )


def _hidden_because(row: Suggestion, publication: Publication | None) -> str:
    if row.state == State.WITHDRAWN:
        return N_("这件建议已由提出人撤回，内容不公开。")
    if row.publicity == Publicity.FULL:
        return ""
    if publication is not None and publication.reason and row.publicity in (Publicity.NO, Publicity.ON_REQUEST):
        return publication.reason
    return _HIDDEN[Publicity(row.publicity)]


def _public_replies(row: Suggestion) -> list[PublicReply]:
    issued = _issued(suggestion_id=row.pk)
    return [
        PublicReply(
            reply.round,
            str(reply.assignment.unit),
            reply.doc_no,
            ReplyClass(reply.reply_class),
            reply.issued_on,
            reply.public_body,
            "" if reply.public_body else _reply_hidden(reply),
        )
        for reply in issued
        if reply.issued_on is not None
    ]


def _reply_hidden(reply: Reply) -> str:
    if reply.publicity in (Publicity.NO, Publicity.ON_REQUEST):
        return reply.publicity_reason or N_("承办单位认为复文不宜公开。")
    return N_("复文待公开审查后公布。")


def _public_ratings(row: Suggestion) -> list[PublicRating]:
    """The lead's verdicts, once the case is closed; comments masked, and only of an open case."""
    if row.state != State.CLOSED:
        return []
    shows_words = row.publicity == Publicity.FULL
    return [
        PublicRating(
            f.round,
            Rating(f.attitude).label,
            Rating(f.result).label,
            mask(f.comment) if shows_words and f.agree_publish else "",
            f.given_on,
        )
        for f in _ratings(suggestion_id=row.pk)
    ]


def _public_promises(row: Suggestion, publication: Publication | None) -> list[PublicPromise]:
    """Promises with their lamps; the words only where the case is open."""
    is_open = publication is not None and publication.decision == Publicity.FULL
    return [
        PublicPromise(
            p.pk,
            mask(p.content) if is_open else "",
            str(p.unit),
            p.first_deadline,
            p.deadline,
            CommitmentState(p.state),
            promise_lamp(p),
            p.confirmed_on,
        )
        for p in _promises(suggestion_id=row.pk)
    ]


def _same_matter(row: Suggestion) -> list[tuple[str, str]]:
    if row.group_id is None:
        return []
    others = Suggestion.objects.filter(group_id=row.group_id, shelf__isnull=False).exclude(pk=row.pk).order_by("shelf")
    return [(other.key or "", number_of(other.key)) for other in others.only("key", "shelf")]
