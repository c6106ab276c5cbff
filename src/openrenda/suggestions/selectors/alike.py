"""Others that tell of the same matter: suggestions of this year and of earlier ones, and residents' opinions."""

from django.urls import reverse

from openrenda.kernel.actor import Actor
from openrenda.liaison.models import Opinion
from openrenda.liaison.states import OpinionState
from openrenda.orgs.states import Role
from openrenda.search.selectors.beside import marked_words, shared_words
from openrenda.search.selectors.similar import Similar, similar
from openrenda.suggestions.errors import NoSuggestion
from openrenda.suggestions.models import Suggestion
from openrenda.suggestions.rules import UNIT_ROLES
from openrenda.suggestions.rules.numbers import number_of
from openrenda.suggestions.states import State

from .access import visible
from .alike_rows import AlikeMatter, Beside, BesideFace

SUGGESTION, OPINION = "suggestions.suggestion", "liaison.opinion"
READERS = (Role.SC_REP, Role.SC_OFFICE, Role.SC_COMMITTEE, Role.SC_LEADER, Role.GOV_HUB, *UNIT_ROLES)
MOST = 5
GROUPABLE = (State.ACCEPTED, State.ASSIGNED1, State.ASSIGNED2, State.HANDLING)


def alike(actor: Actor, row: Suggestion) -> list[AlikeMatter]:
    """What an office may open and seems to tell of the same matter, the likest first; those already handled together
    left out. Two queries at most, besides what the search asks about the actor; none for other readers."""
    if not actor.has(*READERS):
        return []
    found = similar(
        row.congress_id,
        row.title,
        f"{row.problem}\n{row.proposal}",
        actor=actor,
        kinds=(SUGGESTION, OPINION),
        exclude=(SUGGESTION, row.pk),
        limit=2 * MOST,
    )
    ids = [one.object_id for one in found if one.kind == SUGGESTION]
    groups: dict[int, int | None] = dict(visible(actor).filter(pk__in=ids).values_list("pk", "group_id"))
    return [_matter(one) for one in found if not _is_known(one, row, groups)][:MOST]


def _is_known(one: Similar, row: Suggestion, groups: dict[int, int | None]) -> bool:
    """Handled together with it already, or not to be seen any more."""
    if one.kind != SUGGESTION:
        return False
    return one.object_id not in groups or (row.group_id is not None and groups[one.object_id] == row.group_id)


def alike_to_opinion(actor: Actor, opinion: Opinion) -> list[AlikeMatter]:
    """Suggestions an office may open that seem to tell of what a resident said. One query at most, besides what the
    search asks about the actor."""
    found = similar(
        opinion.congress_id,
        opinion.title,
        opinion.content,
        actor=actor,
        kinds=(SUGGESTION,),
        street_id=opinion.street_id,
        community_id=opinion.community_id,
        limit=MOST,
    )
    return [_matter(one) for one in found]


def _matter(one: Similar) -> AlikeMatter:
    is_suggestion = one.kind == SUGGESTION
    state = State(one.state).label if is_suggestion else OpinionState(one.state).label
    url = reverse("suggestions:work" if is_suggestion else "liaison:work_case", args=[one.object_id])
    return AlikeMatter(
        id=one.object_id,
        is_suggestion=is_suggestion,
        number=number_of(one.ref or None) if is_suggestion else one.ref,
        title=one.title,
        state=state,
        at=one.at,
        url=url,
        words=one.words,
        same_place=one.same_place,
        groupable=is_suggestion and State(one.state) in GROUPABLE,
    )


def beside(*, actor: Actor, pk: int, other_id: int) -> Beside:
    """Two suggestions to lay side by side; NoSuggestion if either may not be opened. Three queries at most."""
    rows = visible(actor).select_related("lead__person", "main_unit", "category").in_bulk([pk, other_id])
    if len(rows) < 2:  # unknown, hidden, or one and the same
        raise NoSuggestion
    one, other = rows[pk], rows[other_id]
    words = shared_words(one.congress_id, _told(one), _told(other))
    back = shared_words(one.congress_id, _told(other), _told(one))
    may_group = actor.has(Role.SC_REP) and one.state in GROUPABLE and other.state in GROUPABLE
    apart = one.group_id is None or one.group_id != other.group_id
    return Beside(words, _face(one, back), _face(other, words), may_group=may_group and apart, together=not apart)


def _told(row: Suggestion) -> tuple[str, str]:
    return row.title, f"{row.problem}\n{row.proposal}"


def _face(row: Suggestion, words: tuple[str, ...]) -> BesideFace:
    return BesideFace(
        id=row.pk,
        number=number_of(row.key),
        state=State(row.state),
        lead=str(row.lead),
        unit=str(row.main_unit or ""),
        category=row.category.name,
        submitted_at=row.submitted_at,
        title=marked_words(row.title, words),
        problem=marked_words(row.problem, words),
        proposal=marked_words(row.proposal, words),
    )
