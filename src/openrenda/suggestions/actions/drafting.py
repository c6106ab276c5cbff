"""A deputy writes, invites, confirms, submits."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.crypto import seal
from openrenda.kernel.errors import Invalid, NotAllowed
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.liaison import actions as liaison
from openrenda.liaison.models import Category
from openrenda.orgs.models import Mandate, Session, Unit
from openrenda.orgs.selectors import deputies_in_office, latest_session
from openrenda.orgs.states import Level, Role, SessionPeriod
from openrenda.suggestions.errors import NoSession, NoSuggestion
from openrenda.suggestions.events import CosignerAnswered, CosignerInvited, Submitted
from openrenda.suggestions.models import Cosigner, SourceOpinion, Suggestion
from openrenda.suggestions.states import CosignState, PublicityWish, State
from openrenda.suggestions.workflow import SUGGESTION

from .steps import Locked, lock, mandate_of, required, write
from .values import Text

TITLE_LIMIT = 40
_TEXT_FIELDS = (
    "title",
    "problem",
    "analysis",
    "proposal",
    "category_id",
    "wish",
    "origin",
    "repeat_of",
    "publicity_wish",
    "publicity_wish_reason",
)


def _checked(text: Text, congress_id: int) -> dict[str, object]:
    """The text's columns; Invalid tells what is missing or too long (R1: concrete, one matter)."""
    trimmed = required(title=text.title, problem=text.problem, proposal=text.proposal)
    problems: dict[str, str] = {}
    if len(trimmed["title"]) > TITLE_LIMIT:
        problems["title"] = N_("标题不能超过四十个字。")
    if len(text.analysis) > 10_000:
        problems["analysis"] = N_("不能超过一万字。")
    if not Category.objects.filter(pk=text.category_id, congress_id=congress_id, is_retired=False).exists():
        problems["category"] = N_("请选择类别。")
    if text.publicity_wish == PublicityWish.NO and not text.publicity_wish_reason.strip():
        problems["publicity_wish_reason"] = N_("不同意公开的，请写明理由。")
    if problems:
        raise Invalid(fields=problems)
    columns: dict[str, object] = {name: getattr(text, name) for name in _TEXT_FIELDS}
    return columns | trimmed | {"analysis": text.analysis.replace("\0", "").strip()}


def _take_opinions(suggestion: Suggestion, opinion_ids: Sequence[int], actor: Actor) -> None:
    """The deputy takes authorship of residents' opinions (CLASSIFIED → CONVERTED)."""
    for opinion_id in opinion_ids:
        liaison.convert(opinion_id=opinion_id, actor=actor, ref=f"suggestions.suggestion:{suggestion.pk}")
        SourceOpinion.objects.create(suggestion=suggestion, opinion_id=opinion_id)


def release_opinions(suggestion: Suggestion, reason: str, actor: Actor, only: Sequence[int] | None = None) -> None:
    """Opinions go back to their station: the suggestion is not (any more) made from them."""
    system = Actor.system("suggestions", actor.congress_id)
    sources = suggestion.sources.filter(is_released=False)
    for source in sources if only is None else sources.filter(opinion_id__in=only):
        liaison.release(opinion_id=source.opinion_id, reason=reason, actor=system)
        source.is_released = True
        source.save(update_fields=["is_released"])


def _units(congress_id: int, unit_ids: Sequence[int]) -> list[Unit]:
    found = list(Unit.objects.filter(congress_id=congress_id, pk__in=unit_ids)) if unit_ids else []
    if len(found) != len(set(unit_ids)):
        raise Invalid(fields={"suggested_units": N_("有单位不存在，请重新选择。")})
    return found


@transaction.atomic
def write_draft(
    *,
    lead_id: int,
    text: Text,
    actor: Actor,
    suggested_unit_ids: Sequence[int] = (),
    opinion_ids: Sequence[int] = (),
    contact_phone: str = "",
    is_confidential: bool = False,
) -> Suggestion:
    """A deputy begins a suggestion; `lead_id` is his mandate. Source opinions are taken over (liaison.convert).

    Raises Invalid(fields), and NotAllowed for anybody but that deputy in office.
    """
    lead = (
        Mandate.objects.filter(pk=lead_id, congress_id=actor.congress_id, level=Level.DISTRICT)
        .select_related("person")
        .first()
    )
    if lead is None:
        raise NoSuggestion
    if not actor.holds(Role.DEPUTY, lead.pk) or not lead.held_on(clock.today()):
        raise NotAllowed("suggestions.not_deputy", N_("只有在任的区人大代表本人能提出建议。"))
    units = _units(actor.congress_id, suggested_unit_ids)
    now = clock.now()
    suggestion = Suggestion.objects.create(
        congress_id=actor.congress_id,
        lead=lead,
        delegation_id=lead.delegation_id,
        term_id=lead.term_id,
        contact_phone_sealed=seal(contact_phone.strip()) if contact_phone.strip() else "",
        is_confidential=is_confidential,
        created_at=now,
        updated_at=now,
        **_checked(text, actor.congress_id),
    )
    if units:
        suggestion.suggested_units.set(units)
    _take_opinions(suggestion, opinion_ids, actor)
    write(
        Locked(suggestion, "", State.DRAFT),
        kind="drafted",
        text=N_("开始起草"),
        actor=actor,
        who=lead.person.name,
        is_public=False,
    )
    return suggestion


@transaction.atomic
def edit_draft(
    *,
    suggestion_id: int,
    text: Text,
    actor: Actor,
    suggested_unit_ids: Sequence[int] | None = None,
    opinion_ids: Sequence[int] | None = None,
    contact_phone: str | None = None,
    is_confidential: bool | None = None,
) -> Suggestion:
    """Change the text before submission or after a return; every confirmation of a co-signer is reset.

    None leaves a field as it is.
    """
    case = lock(suggestion_id, actor)
    suggestion = case.suggestion
    SUGGESTION.take("edit", actor, suggestion)
    changed = [name for name, new in _checked(text, actor.congress_id).items() if _replace(suggestion, name, new)]
    if contact_phone is not None:
        suggestion.contact_phone_sealed = seal(contact_phone.strip()) if contact_phone.strip() else ""
    if is_confidential is not None:
        suggestion.is_confidential = is_confidential
    if suggested_unit_ids is not None:
        suggestion.suggested_units.set(_units(actor.congress_id, suggested_unit_ids))
    if opinion_ids is not None:
        _exchange_opinions(suggestion, opinion_ids, actor)
    reset: list[int] = []
    if changed:
        suggestion.text_version += 1
        reset = _reset_confirmations(suggestion)
    write(
        case,
        kind="edited",
        text=N_("修改了文本"),
        actor=actor,
        who=suggestion.lead.person.name,
        is_public=False,
        version=suggestion.text_version,
        reset=len(reset),
    )
    if reset:
        publish(CosignerInvited(suggestion.pk, mandate_ids=tuple(reset), again=True), actor)
    return suggestion


def _replace(suggestion: Suggestion, name: str, new: object) -> bool:
    if getattr(suggestion, name) == new:
        return False
    setattr(suggestion, name, new)
    return True


def _exchange_opinions(suggestion: Suggestion, opinion_ids: Sequence[int], actor: Actor) -> None:
    held = set(suggestion.sources.filter(is_released=False).values_list("opinion_id", flat=True))
    dropped = held - set(opinion_ids)
    if dropped:
        release_opinions(suggestion, "代表修改建议时不再采用", actor, sorted(dropped))
    _take_opinions(suggestion, [pk for pk in opinion_ids if pk not in held], actor)


def _reset_confirmations(suggestion: Suggestion) -> list[int]:
    """Who had signed another text must sign again. Two queries at most."""
    confirmed = suggestion.cosigners.filter(state=CosignState.CONFIRMED)
    mandates = list(confirmed.values_list("mandate_id", flat=True))
    if mandates:
        confirmed.update(state=CosignState.INVITED, text_version=0, answered_at=None)
    return mandates


@transaction.atomic
def invite_cosigners(*, suggestion_id: int, mandate_ids: Sequence[int], actor: Actor) -> Suggestion:
    """Ask other deputies in office to co-sign; DRAFT becomes COSIGNING. Who declined may be asked again."""
    case = lock(suggestion_id, actor)
    suggestion = case.suggestion
    move = SUGGESTION.take("invite", actor, suggestion)
    wanted = list(dict.fromkeys(mandate_ids))
    in_office = set(
        deputies_in_office(actor.congress_id, clock.today()).filter(pk__in=wanted).values_list("pk", flat=True)
    )
    if not wanted or suggestion.lead_id in wanted or in_office != set(wanted):
        raise Invalid(fields={"mandates": N_("请选择在任的其他区人大代表。")})
    known = {c.mandate_id: c for c in suggestion.cosigners.all()}
    position = max((c.position for c in known.values()), default=0)
    now = clock.now()
    fresh = [pk for pk in wanted if pk not in known]
    Cosigner.objects.bulk_create(
        [
            Cosigner(suggestion=suggestion, mandate_id=pk, position=position + i, invited_at=now)
            for i, pk in enumerate(fresh, start=1)
        ]
    )
    again = [pk for pk in wanted if pk in known and known[pk].state in (CosignState.DECLINED, CosignState.LAPSED)]
    suggestion.cosigners.filter(mandate_id__in=again).update(
        state=CosignState.INVITED, invited_at=now, answered_at=None
    )
    suggestion.state = move.lands(case.was)
    write(
        case,
        kind="cosigners_invited",
        text=N_("邀请{count}位代表联名"),
        params={"count": str(len(fresh + again))},
        actor=actor,
        who=suggestion.lead.person.name,
        is_public=False,
    )
    if fresh + again:
        publish(CosignerInvited(suggestion.pk, mandate_ids=tuple(fresh + again)), actor)
    return suggestion


@transaction.atomic
def confirm_cosign(*, suggestion_id: int, actor: Actor) -> Cosigner:
    """An invited deputy signs the text as it now stands."""
    return _answer_invitation(suggestion_id, actor, "confirm_cosign", CosignState.CONFIRMED)


@transaction.atomic
def decline_cosign(*, suggestion_id: int, actor: Actor) -> Cosigner:
    """An invited deputy does not sign, or takes back a signature before submission."""
    return _answer_invitation(suggestion_id, actor, "decline_cosign", CosignState.DECLINED)


def _answer_invitation(suggestion_id: int, actor: Actor, move: str, answer: CosignState) -> Cosigner:
    case = lock(suggestion_id, actor)
    suggestion = case.suggestion
    SUGGESTION.take(move, actor, suggestion)
    rows = list(suggestion.cosigners.select_related("mandate__person"))
    mine = mandate_of(actor, [c.mandate_id for c in rows])
    cosigner = next(c for c in rows if c.mandate_id == mine)
    confirmed = answer == CosignState.CONFIRMED
    cosigner.state, cosigner.answered_at = answer, clock.now()
    cosigner.text_version = suggestion.text_version if confirmed else 0
    cosigner.save(update_fields=["state", "answered_at", "text_version"])
    write(
        case,
        kind="cosign_confirmed" if confirmed else "cosign_declined",
        text=N_("确认联名") if confirmed else N_("没有联名"),
        actor=actor,
        who=cosigner.mandate.person.name,
        is_public=False,
        obj=cosigner,
        mandate=cosigner.mandate_id,
    )
    publish(CosignerAnswered(suggestion.pk, mandate_id=cosigner.mandate_id, confirmed=confirmed), actor)
    return cosigner


@transaction.atomic
def submit(*, suggestion_id: int, actor: Actor, period: SessionPeriod | None = None) -> Suggestion:
    """File it; who has not confirmed drops off.

    In session or not is told by the sessions' dates unless `period` is given; the year is that of the session, for
    the closed period that of the submission (domain.md 2.8).
    """
    case = lock(suggestion_id, actor)
    suggestion = case.suggestion
    move = SUGGESTION.take("submit", actor, suggestion)
    today = clock.today()
    session = latest_session(actor.congress_id, today)
    if session is None:
        raise NoSession
    suggestion.period = period or _period_on(session, today)
    suggestion.session, suggestion.term_id = session, session.term_id
    in_session = suggestion.period == SessionPeriod.IN_SESSION
    suggestion.year = session.opened_on.year if in_session else today.year
    suggestion.submitted_at = clock.now()
    suggestion.state = move.lands(case.was)
    dropped = suggestion.cosigners.filter(state=CosignState.INVITED).update(state=CosignState.LAPSED)
    write(
        case,
        kind="submitted",
        text=N_("提交建议"),
        actor=actor,
        who=suggestion.lead.person.name,
        period=str(suggestion.period),
        dropped=dropped,
    )
    publish(Submitted(suggestion.pk), actor)
    return suggestion


def _period_on(session: Session, day: date) -> SessionPeriod:
    within = session.opened_on <= day <= session.closed_on
    return SessionPeriod.IN_SESSION if within else SessionPeriod.CLOSED
