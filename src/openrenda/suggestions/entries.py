"""What the search finds of the slice: suggestions with their issued replies.

A public entry holds what the public page shows: before the release no word of the text, after it as much as was
decided. An inside entry holds the text and the replies that were issued, never a draft or a verdict. Its audience says
the same as `selectors.access.visible`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.db.models import Prefetch
from django.urls import reverse

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.orgs import entries as orgs
from openrenda.orgs.states import Organ, Role
from openrenda.search import kinds
from openrenda.search.values import Doc, Hit
from openrenda.suggestions.models import Assignment, Cosigner, Publication, Reply, Suggestion, Supplement
from openrenda.suggestions.rules import UNIT_ROLES
from openrenda.suggestions.rules.numbers import number_of
from openrenda.suggestions.selectors.access import ASKED, PRIVATE, WHOLE
from openrenda.suggestions.selectors.public import shown_title
from openrenda.suggestions.states import CosignState, Publicity, ReplyClass, ReplyState, State

SUGGESTION = "suggestions.suggestion"
OFFICES, LEADERS, HUB = "offices", "leaders", "hub"
_ENDED = (State.CLOSED, State.WITHDRAWN, State.REJECTED)


def suggestions(ids: Sequence[int]) -> Iterator[Doc]:
    """Five queries."""
    rows = Suggestion.objects.filter(pk__in=ids).select_related("lead__person", "category", "publication")
    rows = rows.prefetch_related(
        Prefetch("cosigners", Cosigner.objects.filter(state__in=ASKED).select_related("mandate__person")),
        Prefetch("assignments", Assignment.objects.only("suggestion_id", "unit_id", "is_hub")),
        Prefetch("supplements", Supplement.objects.order_by("pk")),
        Prefetch("replies", Reply.objects.filter(state=ReplyState.ISSUED).order_by("round", "pk")),
    )
    for row in rows:
        inside = _inside(row)
        yield inside
        if row.shelf is not None:
            yield _public(row, inside)


def _inside(row: Suggestion) -> Doc:
    begun = clock.local(row.submitted_at or row.created_at)
    texts = [row.problem, row.analysis, row.proposal, *(more.text for more in row.supplements.all())]
    return Doc(
        object_id=row.pk,
        congress_id=row.congress_id,
        is_public=False,
        ref=row.key or "",
        title=row.title,
        at=begun,
        body="\n".join(filter(None, [*texts, *(reply.body for reply in row.replies.all())])),
        names=_signed(row),
        numbers=_numbers(row.key),
        audience=frozenset(_audience(row)),
        category_id=row.category.parent_id or row.category_id,
        unit_id=row.main_unit_id,
        year=row.year or begun.year,
        state=row.state,
        grade=row.reply_class,
        is_open=row.state not in _ENDED,
    )


def _signed(row: Suggestion) -> tuple[str, ...]:
    confirmed = (one.mandate.person.name for one in row.cosigners.all() if one.state == CosignState.CONFIRMED)
    return tuple(dict.fromkeys((row.lead.person.name, *confirmed)))


def _numbers(key: str | None) -> tuple[str, ...]:
    """JY-16-5-041 is also asked for as 16-5-041 and 第041号."""
    if not key:
        return ()
    return (key, key.removeprefix("JY-"), f"第{key.rpartition('-')[2]}号")


def _audience(row: Suggestion) -> Iterator[str]:
    yield f"mandate:{row.lead_id}"
    yield from (f"mandate:{one.mandate_id}" for one in row.cosigners.all())
    if row.state not in PRIVATE and row.submitted_at is not None:
        yield OFFICES
    if row.shelf is not None:
        yield LEADERS
        if row.oversight_unit_id is not None:
            yield f"committee:{row.oversight_unit_id}"
    turns = list(row.assignments.all())
    handed = row.organ == Organ.GOVERNMENT and row.first_assigned_on is not None
    if handed or any(turn.is_hub for turn in turns):
        yield HUB
    yield from (f"unit:{turn.unit_id}" for turn in turns)


def _public(row: Suggestion, inside: Doc) -> Doc:
    """As `selectors.public_case` shows it: who leads unless she wishes otherwise, the masked text as far as it is out,
    the masked replies."""
    publication = getattr(row, "publication", None)
    return replace(
        inside,
        is_public=True,
        title=shown_title(row),
        body="" if row.state == State.WITHDRAWN else "\n".join(filter(None, _released(row, publication))),
        names=() if row.is_confidential else inside.names,
        audience=frozenset(),
    )


def _released(row: Suggestion, publication: Publication | None) -> Iterator[str]:
    if publication is not None:
        yield publication.summary
        if publication.decision == Publicity.FULL:
            yield from (publication.problem, publication.analysis, publication.proposal)
    yield from (reply.public_body for reply in row.replies.all() if reply.issued_on is not None)


def every_suggestion(after: int, size: int) -> list[int]:
    """One query."""
    return list(Suggestion.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:size])


def suggestion_keys(actor: Actor) -> frozenset[str]:
    """As whom this actor finds suggestions of the workbench. No query."""
    keys = {f"mandate:{pk}" for pk in actor.scopes(Role.DEPUTY)}
    keys |= {f"committee:{pk}" for pk in actor.scopes(Role.SC_COMMITTEE)}
    keys |= {f"unit:{pk}" for pk in actor.scopes(*UNIT_ROLES)}
    for token, roles in ((OFFICES, WHOLE), (LEADERS, (Role.SC_LEADER,)), (HUB, (Role.GOV_HUB,))):
        if actor.has(*roles):
            keys.add(token)
    return frozenset(keys)


def suggestion_url(hit: Hit) -> str:
    """The public page or the workbench's. No query."""
    if hit.is_public:
        return reverse("suggestions:case", args=[hit.ref])
    return reverse("suggestions:work", args=[hit.object_id])


def suggestion_number(hit: Hit) -> str:
    """区十六届人大五次会议第041号建议. No query."""
    return number_of(hit.ref)


def unit_url(hit: Hit) -> str:
    """What a unit was asked to handle. No query."""
    return f"{reverse('suggestions:index')}?unit={hit.object_id}"


def register() -> None:
    """Called once, from the app's ready."""
    kinds.register(
        name=orgs.UNIT, label=N_("单位"), order=30, docs=orgs.units, every=orgs.every_unit, keys=orgs.staff,
        url=unit_url,
    )  # fmt: skip
    kinds.register(
        name=SUGGESTION, label=N_("代表建议"), order=50, docs=suggestions, every=every_suggestion,
        keys=suggestion_keys, url=suggestion_url, number=suggestion_number,
        words={str(one): one.label for one in (*State, *ReplyClass)},
    )  # fmt: skip
