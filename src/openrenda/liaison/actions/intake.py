"""The station takes an opinion in: registered, refused with a way on, answered on the spot, classified."""

from collections.abc import Sequence

from django.db import transaction

from openrenda.audit.actions import digest, record
from openrenda.documents.actions import remove
from openrenda.documents.selectors import files_of
from openrenda.kernel import clock, texts
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import BadWords
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.liaison.errors import WrongCategory
from openrenda.liaison.events import (
    DeputyAssigned,
    OpinionAnswered,
    OpinionClassified,
    OpinionNotAccepted,
    OpinionRegistered,
    OpinionWithdrawn,
)
from openrenda.liaison.models import Category, Opinion, OpinionDeputy, SecrecyIncident
from openrenda.liaison.states import (
    ClockKind,
    DeputyPart,
    FeedbackWay,
    Nature,
    RefusalReason,
    SensitiveFlag,
)
from openrenda.liaison.workflow import OPINION
from openrenda.orgs.models import Unit
from openrenda.orgs.states import UnitKind

from .case import begin, deputy_in_office, drop, lock, meet, show, subject_of, tell, write

_WIPED = N_("（疑涉密内容，已删除）")


@transaction.atomic
def register(*, opinion_id: int, actor: Actor) -> Opinion:
    """登记受理: the station takes the opinion as its own; classification is due in five working days."""
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("register", actor, opinion)
    meet(opinion, ClockKind.REGISTER, ClockKind.DECISION)
    begin(opinion, ClockKind.REFERRAL)
    write(opinion, move, registered_at=clock.now())
    tell(opinion, move.name, move.label, actor, public=True)
    record(actor, "liaison.opinion_registered", opinion, before=before)
    publish(OpinionRegistered(opinion_id=opinion.pk), actor)
    return opinion


@transaction.atomic
def not_accept(*, opinion_id: int, reason: RefusalReason, actor: Actor, note: str = "") -> Opinion:
    """不予受理 with a reason of domain.md 1.3, which names a way on. 涉密: the text is wiped, an incident noted."""
    note = texts.line(note, "note", texts.REASON_LIMIT, required=False)
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("not_accept", actor, opinion)
    drop(opinion, N_("不予受理"), ClockKind.REGISTER)
    meet(opinion, ClockKind.DECISION)
    show(opinion, None, None)
    if reason is RefusalReason.SECRET:
        _stop_secret(opinion, actor, note)
        note = ""
    write(opinion, move, refusal_reason=reason, refusal_note=note, awaiting_role="")
    tell(opinion, move.name, move.label, actor, reason.label)
    record(actor, "liaison.opinion_not_accepted", opinion, before=before, reason=reason)
    publish(OpinionNotAccepted(opinion_id=opinion.pk, reason=reason), actor)
    return opinion


def _stop_secret(opinion: Opinion, actor: Actor, note: str) -> None:
    """Stop, delete, note the incident; the station calls the writer by phone (domain.md 1.3.10)."""
    write(
        opinion,
        title=_WIPED,
        content=_WIPED,
        public_title="",
        public_summary="",
        place="",
        lng=None,
        lat=None,
        sensitive_flags=sorted({*opinion.sensitive_flags, SensitiveFlag.SECRET.value}),
    )
    for file in files_of(subject_of(opinion.pk)):
        remove(file_id=file.id, actor=actor, reason=RefusalReason.SECRET.label)
    SecrecyIncident.objects.create(opinion=opinion, at=clock.now(), reported_by=actor.urn, note=note)


@transaction.atomic
def withdraw(*, opinion_id: int, actor: Actor, reason: str = "") -> Opinion:
    """The resident takes the opinion back before the station has registered it."""
    reason = texts.line(reason, "reason", texts.REASON_LIMIT, required=False)
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("withdraw", actor, opinion)
    drop(opinion, N_("反映人撤回"), ClockKind.REGISTER, ClockKind.DECISION)
    show(opinion, None, None)
    write(opinion, move)
    tell(opinion, move.name, move.label, actor, reason)
    record(actor, "liaison.opinion_withdrawn", opinion, before=before)
    publish(OpinionWithdrawn(opinion_id=opinion.pk), actor)
    return opinion


@transaction.atomic
def answer_on_the_spot(
    *, opinion_id: int, text: str, actor: Actor, way: FeedbackWay = FeedbackWay.IN_PERSON
) -> Opinion:
    """当场答复 by the station or one of its deputies; the resident has seven days to rate it."""
    text = texts.block(text, "text", texts.ANSWER_LIMIT)
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("answer_on_the_spot", actor, opinion)
    # What is answered at once had to be so within the days for classifying it: that day is the promise kept.
    opinion.answer_due = opinion.due_on
    meet(opinion, ClockKind.REFERRAL)
    begin(opinion, ClockKind.RATING)
    now = clock.now()
    write(
        opinion, move, answer_text=text, answered_at=now, first_answered_at=now, answer_way=way, answered_on_spot=True
    )
    tell(opinion, move.name, move.label, actor, text, public=True)
    record(actor, "liaison.opinion_answered", opinion, before=before, way=way)
    publish(OpinionAnswered(opinion_id=opinion.pk), actor)
    return opinion


@transaction.atomic
def classify(
    *,
    opinion_id: int,
    category_id: int,
    actor: Actor,
    nature: Nature | None = None,
    is_urgent: bool = False,
    deputy_id: int | None = None,
    sensitive_flags: Sequence[SensitiveFlag] = (),
    community_id: int | None = None,
) -> Opinion:
    """分类: subject, nature, urgency and the responsible deputy. An urgent matter must be handed on the same day."""
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("classify", actor, opinion)
    category = _leaf(category_id, actor)
    if community_id is not None:
        opinion.community_id = _community(community_id, actor)
    if deputy_id is not None:
        _make_responsible(opinion, deputy_id, actor)
    if is_urgent:
        show(opinion, ClockKind.REFERRAL, clock.today())
    write(
        opinion,
        move,
        category=category,
        nature=nature or opinion.nature,
        is_urgent=is_urgent,
        deputy_id=opinion.deputy_id,
        community_id=opinion.community_id,
        sensitive_flags=sorted({str(flag.value) for flag in sensitive_flags}),
    )
    tell(opinion, move.name, move.label, actor, category.name, public=True)
    record(actor, "liaison.opinion_classified", opinion, before=before, category=category.code, urgent=is_urgent)
    publish(OpinionClassified(opinion_id=opinion.pk, is_urgent=is_urgent), actor)
    return opinion


def _leaf(category_id: int, actor: Actor) -> Category:
    """A category in use without subdivisions. Two queries."""
    category = Category.objects.filter(pk=category_id, congress_id=actor.congress_id, is_retired=False).first()
    if category is None or category.children.filter(is_retired=False).exists():
        raise WrongCategory
    return category


def _community(community_id: int, actor: Actor) -> int:
    rows = Unit.objects.filter(pk=community_id, congress_id=actor.congress_id, kind=UnitKind.COMMUNITY)
    if not rows.exists():
        raise BadWords(fields={"community": N_("请重新选择这一项。")})
    return community_id


def _make_responsible(opinion: Opinion, mandate_id: int, actor: Actor) -> str:
    """The deputy's name. Two queries."""
    mandate = deputy_in_office(mandate_id, actor.congress_id)
    OpinionDeputy.objects.get_or_create(opinion=opinion, mandate=mandate, part=DeputyPart.RESPONSIBLE)
    opinion.deputy_id = mandate.pk
    return mandate.person.name


@transaction.atomic
def assign_deputy(*, opinion_id: int, mandate_id: int, actor: Actor) -> Opinion:
    """Make a deputy responsible, also one of another station (who may then take the matter up as a suggestion)."""
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("assign_deputy", actor, opinion)
    name = _make_responsible(opinion, mandate_id, actor)
    write(opinion, move, deputy_id=mandate_id)
    tell(opinion, move.name, move.label, actor, name, public=True)
    record(actor, "liaison.deputy_assigned", opinion, before=before, mandate=mandate_id)
    publish(DeputyAssigned(opinion_id=opinion.pk, mandate_id=mandate_id), actor)
    return opinion


@transaction.atomic
def set_pooled(*, opinion_id: int, is_pooled: bool, actor: Actor) -> Opinion:
    """入民生实事征集库: a flag beside the state, set or taken back."""
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("pool", actor, opinion)
    write(opinion, move, is_pooled=is_pooled)
    label = move.label if is_pooled else N_("移出民生实事征集库")
    tell(opinion, move.name, label, actor, public=True)
    record(actor, "liaison.opinion_pooled", opinion, before=before, pooled=is_pooled)
    return opinion
