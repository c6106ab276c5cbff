"""Who else said so: open, public matters a resident may join, and what the station lays side by side (并件)."""

from openrenda.kernel.actor import Actor
from openrenda.liaison.errors import NoOpinion
from openrenda.liaison.models import Opinion, Station
from openrenda.liaison.states import CLOSED_TO_JOIN, OpinionState
from openrenda.liaison.workflow import OPINION
from openrenda.search.selectors.beside import marked_words, shared_words
from openrenda.search.selectors.similar import Similar, similar

from .published import public_rows, published_row
from .rows import Alike, Beside, BesideFace, OtherVoice, PublishedRow
from .visibility import visible_to

KIND = "liaison.opinion"
MOST = 5
LEAST_LETTERS = 8
"""Of fewer letters nobody can say what they are about."""


def open_matter(*, congress_id: int, number: str) -> PublishedRow | None:
    """The public opinion of that number if it may still be joined. One query, none without a number."""
    if not number:
        return None
    found = public_rows(congress_id).filter(number=number).exclude(state__in=CLOSED_TO_JOIN).first()
    return None if found is None else published_row(found)


def others_said(*, congress_id: int, title: str, content: str, station_id: int) -> list[OtherVoice]:
    """Up to five open, public matters of the station's street that tell of the same, the likest first. At most four
    queries, none for a few letters."""
    if len(content.strip()) < LEAST_LETTERS:
        return []
    at = Station.objects.filter(unit_id=station_id, congress_id=congress_id).select_related("unit").first()
    if at is None:
        return []
    found = similar(
        congress_id,
        title,
        content,
        kinds=(KIND,),
        street_id=at.street_id,
        community_id=at.unit.parent_id,
        open_only=True,
        limit=2 * MOST,
    )
    near = {one.object_id: one for one in found if one.same_place is not False}
    rows = public_rows(congress_id).filter(pk__in=near, street_id=at.street_id).exclude(state__in=CLOSED_TO_JOIN)
    voices = {row.pk: OtherVoice(published_row(row), row.public_summary, near[row.pk].words) for row in rows}
    return [voices[pk] for pk in near if pk in voices][:MOST]


def alike(actor: Actor, opinion: Opinion) -> list[Alike]:
    """Opinions this office may open that seem to tell of the same matter, the likest first, ended ones too. At most
    three queries, besides what the search asks about the actor."""
    found = similar(
        opinion.congress_id,
        opinion.title,
        opinion.content,
        actor=actor,
        kinds=(KIND,),
        street_id=opinion.street_id,
        community_id=opinion.community_id,
        exclude=(KIND, opinion.pk),
        limit=MOST + 1,
    )
    rows = visible_to(actor).filter(pk__in=[one.object_id for one in found]).select_related("station")
    seen = {row.pk: row for row in rows}
    near = [(one, seen[one.object_id]) for one in found if one.object_id in seen]
    return [_alike(one, row, opinion) for one, row in near if row.merged_into_id != opinion.pk][:MOST]


def _alike(one: Similar, row: Opinion, opinion: Opinion) -> Alike:
    return Alike(
        id=row.pk,
        number=row.number,
        title=row.title,
        state=OpinionState(row.state),
        station=str(row.station),
        submitted_at=row.submitted_at,
        words=one.words,
        same_place=one.same_place,
        takes_in=row.state not in CLOSED_TO_JOIN and opinion.merged_into_id != row.pk,
        goes_in=row.state == OpinionState.REGISTERED,
    )


def beside(*, actor: Actor, opinion_id: int, other_id: int) -> Beside:
    """Two opinions to lay side by side; NoOpinion if either may not be opened. Three queries at most."""
    rows = visible_to(actor).select_related("station", "category").in_bulk([opinion_id, other_id])
    if len(rows) < 2:  # unknown, hidden, or one and the same
        raise NoOpinion
    one, other = rows[opinion_id], rows[other_id]
    told, retold = (one.title, one.content), (other.title, other.content)
    words = shared_words(one.congress_id, told, retold)
    back = shared_words(one.congress_id, retold, told)
    return Beside(words, _face(one, other, back, actor), _face(other, one, words, actor))


def _face(row: Opinion, other: Opinion, words: tuple[str, ...], actor: Actor) -> BesideFace:
    offers = {offer.move.name for offer in OPINION.offers(actor, row) if offer.verdict}
    return BesideFace(
        id=row.pk,
        number=row.number,
        title=row.title,
        state=OpinionState(row.state),
        station=str(row.station),
        category=str(row.category or ""),
        place=row.place,
        submitted_at=row.submitted_at,
        title_parts=marked_words(row.title, words),
        parts=marked_words(row.content, words),
        may_go_in="merge" in offers and other.state not in CLOSED_TO_JOIN,
    )
