"""What the public may read: a de-identified summary, checked by the head, decided by the street's office, subject to
the resident's consent at any moment (domain.md 1.7.4)."""

from typing import Any

from django.db import transaction

from openrenda.audit.actions import digest, record
from openrenda.kernel import clock, texts
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import NotAllowed
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.liaison.events import OpinionPublished, PublicationAsked, PublicationObjected
from openrenda.liaison.models import Opinion
from openrenda.liaison.rules import who
from openrenda.liaison.states import PublishState
from openrenda.liaison.workflow import PUBLICATION, PublishedSide

from .case import lock, tell, write


def _take(name: str, opinion: Opinion, actor: Actor) -> PublishState:
    """Leave for a move of the publication; where it leads."""
    move = PUBLICATION.take(name, actor, PublishedSide(opinion))
    return move.lands(PublishState(opinion.publish_state))


@transaction.atomic
def edit_public_summary(*, opinion_id: int, title: str, summary: str, actor: Actor) -> Opinion:
    """The station writes what the public will read. Personal numbers are refused, not trusted to be seen by the eye."""
    title, summary = texts.public_line(title, "title"), texts.public_block(summary, "summary")
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    state = _take("edit_summary", opinion, actor)
    write(opinion, publish_state=state, public_title=title, public_summary=summary, summary_by=actor.urn)
    record(actor, "liaison.summary_edited", opinion, before=before)
    return opinion


@transaction.atomic
def approve_publication(*, opinion_id: int, actor: Actor) -> Opinion:
    """The head's check sends it to the street's office, whose decision publishes it."""
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    at_street = opinion.publish_state == PublishState.AT_STREET
    state = _take("street_approve" if at_street else "head_approve", opinion, actor)
    if not at_street:
        write(opinion, publish_state=state)
        record(actor, "liaison.publication_asked", opinion, before=before)
        publish(PublicationAsked(opinion_id=opinion.pk), actor)
        return opinion
    write(opinion, publish_state=state, published_at=clock.now(), publish_reason="")
    tell(opinion, "publish", N_("公开"), actor, public=True)
    record(actor, "liaison.opinion_published", opinion, before=before)
    publish(OpinionPublished(opinion_id=opinion.pk), actor)
    return opinion


@transaction.atomic
def refuse_publication(*, opinion_id: int, reason: str, actor: Actor) -> Opinion:
    """不公开 with its reason: by the head before, by the street's office at or after its decision."""
    reason = texts.line(reason, "reason", 200)
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    early = opinion.publish_state in (PublishState.WAITING, PublishState.KEPT)
    state = _take("head_refuse" if early else "street_refuse", opinion, actor)
    write(opinion, publish_state=state, publish_reason=reason, published_at=None)
    tell(opinion, "keep", N_("不公开"), actor, reason)
    record(actor, "liaison.publication_refused", opinion, before=before)
    return opinion


@transaction.atomic
def reconsider_publication(*, opinion_id: int, actor: Actor) -> Opinion:
    """The head takes up again what was kept, if the resident consents."""
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    state = _take("reconsider", opinion, actor)
    write(opinion, publish_state=state, publish_reason="")
    record(actor, "liaison.publication_reconsidered", opinion, before=before)
    return opinion


@transaction.atomic
def object_to_publication(*, opinion_id: int, actor: Actor, reason: str = "") -> Opinion:
    """The resident does not want it public (any more): it is taken down at once, and the consent with it."""
    reason = texts.line(reason, "reason", 200, required=False)
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    state = _take("object", opinion, actor)
    write(opinion, publish_state=state, may_publish=False, published_at=None, publish_reason=N_("反映人不同意公开"))
    tell(opinion, "object", N_("反映人不同意公开"), actor, reason)
    record(actor, "liaison.publication_objected", opinion, before=before)
    publish(PublicationObjected(opinion_id=opinion.pk), actor)
    return opinion


@transaction.atomic
def set_consent(
    *, opinion_id: int, actor: Actor, may_share: bool | None = None, may_publish: bool | None = None
) -> Opinion:
    """The resident gives or takes back a consent (PIPL §15); None leaves it untouched."""
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    if not (verdict := who.is_resident(actor, opinion)):
        raise NotAllowed.by(verdict)
    changes: dict[str, Any] = {}
    if may_share is not None:
        changes["may_share"] = may_share
    if may_publish is True and not opinion.may_publish:
        changes |= {"may_publish": True, "publish_state": _take("allow", opinion, actor), "publish_reason": ""}
    if may_publish is False and opinion.may_publish:
        changes |= {"may_publish": False}
        if opinion.publish_state != PublishState.KEPT:
            changes |= {
                "publish_state": _take("object", opinion, actor),
                "published_at": None,
                "publish_reason": N_("反映人不同意公开"),
            }
    if changes:
        write(opinion, **changes)
        record(
            actor,
            "liaison.consent_changed",
            opinion,
            before=before,
            may_share=opinion.may_share,
            may_publish=opinion.may_publish,
        )
    return opinion
