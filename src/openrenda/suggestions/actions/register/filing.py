"""From the draft to the number."""

from openrenda.kernel import clock
from openrenda.kernel.copying import fresh
from openrenda.kernel.pii import mask
from openrenda.kernel.text import N_
from openrenda.suggestions.models import Cosigner, Suggestion
from openrenda.suggestions.rules import register_days as days
from openrenda.suggestions.rules.numbers import number_of
from openrenda.suggestions.rules.offices import OFFICE
from openrenda.suggestions.rules.register_cells import NOT_TOLD
from openrenda.suggestions.states import CosignState, Origin, Publicity, PublicityWish, State

from .life import Life
from .past import Past
from .place import Place


def begin(past: Past, place: Place, pk: int) -> Life:
    """The suggestion as its deputy wrote it."""
    begun = min(clock.at_time(past.filed_on, days.FILED_HOUR), place.now)
    hidden = past.publicity == Publicity.NO
    suggestion = Suggestion(
        pk=pk,
        congress_id=place.congress_id,
        lead_id=past.lead.pk,
        delegation_id=past.lead.delegation_id,
        title=past.title,
        problem=past.problem,
        proposal=past.proposal,
        category_id=past.category_id,
        origin=Origin.OPINION if past.opinion_ids else Origin.RESEARCH,
        publicity_wish=PublicityWish.NO if hidden else PublicityWish.FULL,
        publicity_wish_reason=NOT_TOLD if hidden else "",
        created_at=begun,
        updated_at=place.now,
        term_id=past.session.term_id,
        session_id=past.session.pk,
        period=past.period,
        year=past.year,
    )
    return Life(past, place, suggestion, begun)


def filed(life: Life) -> None:
    """Signed by all, submitted, accepted under its number."""
    past, suggestion = life.past, life.suggestion
    signed = min(clock.at_time(past.filed_on, 11), life.place.now)
    for position, mandate in enumerate(past.cosigners, start=1):
        life.add(
            fresh(
                Cosigner,
                suggestion_id=life.pk,
                mandate_id=mandate.pk,
                state=CosignState.CONFIRMED,
                position=position,
                text_version=1,
                invited_at=life.at,
                answered_at=signed,
            )
        )
    life.go_to(clock.at_time(past.filed_on, days.SUBMITTED_HOUR))
    suggestion.submitted_at = life.at
    life.tell("submitted", N_("提交建议"), past.lead.person.name, State.SUBMITTED)
    life.go_to(days.accepted_at(life.place.calendar, past.filed_on, past.assigned_on))
    suggestion.reviewed_at = life.at
    suggestion.serial, suggestion.key, suggestion.shelf = past.serial, past.key, past.shelf
    if suggestion.publicity_wish != PublicityWish.NO:
        suggestion.public_title = mask(past.title)
    life.tell("accepted", N_("审查接收，编为{number}"), OFFICE, State.ACCEPTED, params={"number": number_of(past.key)})
