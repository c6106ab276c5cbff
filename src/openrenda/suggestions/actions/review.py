"""The deputies' office reviews what was submitted."""

from datetime import date

from django.db import transaction

from openrenda.kernel import clock, numbering
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Conflict, Invalid, NotAllowed
from openrenda.kernel.outbox import publish
from openrenda.kernel.pii import mask
from openrenda.kernel.text import N_
from openrenda.orgs.models import Session
from openrenda.orgs.selectors import units_of_kind
from openrenda.orgs.states import UnitKind
from openrenda.suggestions.events import Accepted, KeyMarked, Rejected, SentBack, Supplemented
from openrenda.suggestions.models import Suggestion, Supplement
from openrenda.suggestions.rules import clocks, who
from openrenda.suggestions.rules.numbers import has_own_series, key_of, number_of, series_of, shelf_of
from openrenda.suggestions.states import Importance, PublicityWish, RejectCode, State
from openrenda.suggestions.workflow import SUGGESTION

from .drafting import release_opinions
from .steps import OFFICE, lock, not_in_future, required, write

HIGHEST_SERIAL = 4_999_999


@transaction.atomic
def accept(*, suggestion_id: int, actor: Actor, opinion: str = "", serial: int | None = None) -> Suggestion:
    """Take it on and give it its number.

    `serial` only for a register that brings its own numbers: the series then continues after the highest of them.
    """
    case = lock(suggestion_id, actor)
    suggestion = case.suggestion
    move = SUGGESTION.take("accept", actor, suggestion)
    suggestion.state = move.lands(case.was)
    suggestion.reviewed_at, suggestion.review_opinion = clock.now(), opinion.strip()
    if suggestion.publicity_wish != PublicityWish.NO and not suggestion.is_confidential:
        suggestion.public_title = mask(suggestion.title)
    _number(suggestion, serial)
    write(
        case,
        kind="accepted",
        text=N_("审查接收，编为{number}"),
        params={"number": number_of(suggestion.key)},
        actor=actor,
        who=OFFICE,
        key=suggestion.key,
    )
    publish(Accepted(suggestion.pk), actor)
    return suggestion


def _number(suggestion: Suggestion, serial: int | None) -> None:
    """Number and place on the shelf, from the series of its session."""
    assert suggestion.session_id is not None
    session = Session.objects.select_related("term").get(pk=suggestion.session_id)
    term, number = session.term.number, session.number
    own = has_own_series(suggestion.period, separate=clocks.closed_series_is_separate(suggestion.congress_id))
    series = series_of(term, number, own_series=own)
    if serial is None:
        serial = numbering.take(series, suggestion.congress_id)
    elif not 0 < serial <= HIGHEST_SERIAL:
        raise Invalid(fields={"serial": N_("编号要是正整数。")})
    else:
        numbering.start_after(series, suggestion.congress_id, serial)
    suggestion.serial = serial
    suggestion.key = key_of(term, number, serial, own_series=own)
    suggestion.shelf = shelf_of(term, number, serial, own_series=own)
    if (
        Suggestion.objects.filter(congress_id=suggestion.congress_id, key=suggestion.key)
        .exclude(pk=suggestion.pk)
        .exists()
    ):
        raise Conflict("suggestions.number_taken", N_("这个编号已经用过。"), N_("请核对台账中的编号。"))


@transaction.atomic
def send_back(*, suggestion_id: int, reason: str, actor: Actor) -> Suggestion:
    """Return it for revision, with the reason; after 30 days without revision it lapses."""
    case = lock(suggestion_id, actor)
    suggestion = case.suggestion
    move = SUGGESTION.take("send_back", actor, suggestion)
    text = required(reason=reason)["reason"]
    suggestion.state = move.lands(case.was)
    suggestion.reviewed_at, suggestion.review_opinion = clock.now(), text
    suggestion.returned_on = clock.today()
    write(case, kind="sent_back", text=N_("退回修改"), actor=actor, who=OFFICE, is_public=False)
    publish(SentBack(suggestion.pk, reason=text), actor)
    return suggestion


@transaction.atomic
def reject(*, suggestion_id: int, code: RejectCode, reason: str, actor: Actor, as_letter: bool = True) -> Suggestion:
    """Not a suggestion (R15): refused with code and explanation, handled as a letter if so marked."""
    case = lock(suggestion_id, actor)
    suggestion = case.suggestion
    move = SUGGESTION.take("reject", actor, suggestion)
    text = required(reason=reason)["reason"]
    suggestion.state = move.lands(case.was)
    suggestion.reject_code, suggestion.as_letter = RejectCode(code), as_letter
    suggestion.reviewed_at, suggestion.review_opinion = clock.now(), text
    release_opinions(suggestion, "建议不予接收", actor)
    write(
        case,
        kind="rejected",
        text=N_("不予接收"),
        actor=actor,
        who=OFFICE,
        is_public=False,
        code=str(code),
        as_letter=as_letter,
    )
    publish(Rejected(suggestion.pk, code=str(code), reason=text), actor)
    return suggestion


@transaction.atomic
def add_supplement(*, suggestion_id: int, text: str, actor: Actor) -> Supplement:
    """The lead deputy explains further after review; the text itself stands."""
    case = lock(suggestion_id, actor)
    SUGGESTION.take("supplement", actor, case.suggestion)
    row = Supplement.objects.create(
        suggestion=case.suggestion, mandate_id=case.suggestion.lead_id, at=clock.now(), **required(text=text)
    )
    write(case, kind="supplemented", text=N_("补充说明"), actor=actor, who=case.suggestion.lead.person.name, obj=row)
    publish(Supplemented(case.suggestion.pk), actor)
    return row


@transaction.atomic
def mark_key(
    *,
    suggestion_id: int,
    importance: Importance,
    decision: str,
    decided_on: date,
    actor: Actor,
    leader: str = "",
    oversight_unit_id: int | None = None,
) -> Suggestion:
    """Record that the chairpersons' meeting made it a key suggestion (重点督办, R12), who leads it, who supervises."""
    case = lock(suggestion_id, actor)
    suggestion = case.suggestion
    verdict = who.is_sc_rep(actor, suggestion)
    if not verdict:
        raise NotAllowed.by(verdict)
    if suggestion.shelf is None or suggestion.state == State.WITHDRAWN:
        raise Conflict("suggestions.not_numbered", N_("只有已编号、没有撤回的建议能列为重点督办。"))
    texts = required(decision=decision)
    not_in_future("decided_on", decided_on)
    if importance == Importance.LED and not leader.strip():
        raise Invalid(fields={"leader": N_("领衔督办要写明领衔的领导。")})
    if oversight_unit_id is not None:
        _check_oversight(actor.congress_id, oversight_unit_id)
        suggestion.oversight_unit_id = oversight_unit_id
    suggestion.importance = Importance(importance)
    suggestion.key_decision, suggestion.key_decided_on = texts["decision"][:200], decided_on
    suggestion.key_leader = leader.strip()[:60]
    write(
        case,
        kind="key_marked",
        text=N_("列为{importance}"),
        params={"importance": Importance(importance).label},
        actor=actor,
        who=OFFICE,
        importance=str(importance),
    )
    if importance != Importance.NORMAL:
        publish(KeyMarked(suggestion.pk), actor)
    return suggestion


def _check_oversight(congress_id: int, unit_id: int) -> None:
    if not units_of_kind(congress_id, UnitKind.NPC).filter(pk=unit_id).exists():
        raise Invalid(fields={"oversight_unit": N_("督办单位要是人大的工作机构。")})
