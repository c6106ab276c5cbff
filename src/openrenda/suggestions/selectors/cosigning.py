"""What a deputy's own pages show: texts in the making and filed, deputies to invite, opinions to start from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.crypto import unseal
from openrenda.liaison.selectors import opinion_brief, opinions_for_deputy
from openrenda.liaison.states import OpinionState
from openrenda.orgs.models import Mandate
from openrenda.orgs.selectors import deputies_in_office
from openrenda.orgs.states import Role
from openrenda.suggestions.models import Cosigner, SourceOpinion, Suggestion
from openrenda.suggestions.states import CosignState, Origin, State

IN_THE_MAKING = (State.DRAFT, State.COSIGNING, State.RETURNED_EDIT)

MOST_FOUND = 30
CONVERTIBLE = (OpinionState.CLASSIFIED,)


@dataclass(frozen=True, slots=True)
class OpinionChoice:
    """An opinion a suggestion may grow from."""

    id: int
    number: str
    title: str


def own_mandate(actor: Actor) -> int:
    """The mandate in whose hat the deputy acts. No query."""
    return min(actor.scopes(Role.DEPUTY))


def my_suggestions(actor: Actor, *, size: int = 200) -> list[Suggestion]:
    """All a deputy leads or co-signs, newest first, drafts included. One query."""
    mine = actor.scopes(Role.DEPUTY)
    rows = Suggestion.objects.filter(
        Q(lead_id__in=mine) | Q(pk__in=Suggestion.objects.filter(cosigners__mandate_id__in=mine).values("pk")),
        congress_id=actor.congress_id,
    )
    return list(rows.select_related("lead__person", "main_unit").order_by("-pk")[:size])


def deputies_to_invite(suggestion: Suggestion, q: str) -> list[Mandate]:
    """Deputies in office by name, pinyin or initials, without the lead and those invited already. One query."""
    words = q.strip()
    if not words:
        return []
    low = words.casefold()
    asked = suggestion.cosigners.values("mandate_id")
    rows = (
        deputies_in_office(suggestion.congress_id, clock.today()).exclude(pk=suggestion.lead_id).exclude(pk__in=asked)
    )
    fitting = rows.filter(
        Q(person__name__contains=words)
        | Q(person__pinyin__startswith=low)
        | Q(person__initials__startswith=low)
        | Q(delegation__name__contains=words)
    )
    return list(fitting.order_by("person__pinyin", "pk")[:MOST_FOUND])


def in_the_making(rows: Iterable[Suggestion]) -> list[Suggestion]:
    """Texts that may still be changed."""
    return [row for row in rows if row.state in IN_THE_MAKING]


def filed(rows: Iterable[Suggestion]) -> list[Suggestion]:
    """Texts handed in, whatever became of them."""
    return [row for row in rows if row.state not in IN_THE_MAKING]


def invited(suggestion: Suggestion) -> list[Cosigner]:
    """Who was asked to co-sign, in order. One query."""
    return list(suggestion.cosigners.select_related("mandate__person", "mandate__delegation"))


def confirmed_names(suggestion: Suggestion) -> list[str]:
    """Who has confirmed, and would have to confirm again. One query."""
    return [str(row.mandate) for row in invited(suggestion) if row.state == CosignState.CONFIRMED]


def opinions_to_start_from(actor: Actor) -> list[OpinionChoice]:
    """Opinions the deputy received and may take over. As many queries as liaison's list."""
    rows = opinions_for_deputy(actor=actor, size=100).rows
    return [OpinionChoice(row.id, row.number, row.title) for row in rows if row.state in CONVERTIBLE]


def opinions_for_edit(actor: Actor, chosen: Sequence[int]) -> list[OpinionChoice]:
    """The same, and those a draft has taken over already."""
    kept = [OpinionChoice(row.id, row.number, row.title) for row in opinion_brief(chosen).values()]
    return [*kept, *(row for row in opinions_to_start_from(actor) if row.id not in chosen)]


def begun_from(opinions: Sequence[OpinionChoice], opinion_id: int | None) -> dict[str, object]:
    """What a new draft holds when it is begun from an opinion: its subject, never its words as the deputy's."""
    source = next((row for row in opinions if row.id == opinion_id), None)
    if source is None:
        return {}
    return {"title": f"关于{source.title}的建议"[:40], "opinion_ids": [source.id], "origin": Origin.OPINION}


def draft_fields(suggestion: Suggestion) -> tuple[list[int], list[int], str]:
    """Wished units, source opinions and the telephone number of a draft. Two queries."""
    units = list(suggestion.suggested_units.values_list("pk", flat=True))
    opinions = SourceOpinion.objects.filter(suggestion=suggestion, is_released=False)
    phone = unseal(suggestion.contact_phone_sealed) if suggestion.contact_phone_sealed else ""
    return units, list(opinions.values_list("opinion_id", flat=True)), phone
