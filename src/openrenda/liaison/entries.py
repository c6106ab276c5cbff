"""What the search finds of the slice: opinions and stations.

A public entry holds what the public page shows, masked as it is there; an inside entry what the case page shows to
everybody who may open it: never who wrote it, never a unit's draft. The audience of an inside entry says the same as
`selectors.visibility.visible_to`, in words that do not depend on the day; what does, `opinion_keys` asks when somebody
searches.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Prefetch
from django.urls import reverse

from openrenda.kernel import clock, pii
from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.liaison.models import Opinion, OpinionDeputy, Referral, Station
from openrenda.liaison.rules.who import UNIT_ROLES
from openrenda.liaison.selectors.published import names
from openrenda.liaison.selectors.visibility import NEVER_THERE, WHOLE_DISTRICT
from openrenda.liaison.states import ENDED, OpinionState, PublishState, RouteLevel, StationStatus
from openrenda.orgs import entries as orgs
from openrenda.orgs.models import Mandate
from openrenda.orgs.states import Role, UnitKind
from openrenda.search import kinds
from openrenda.search.values import Doc, Hit

OPINION, STATION = "liaison.opinion", "liaison.station"
DISTRICT, HUB = "district", "hub"
_FOUNDED = date(2016, 1, 1)


# -- opinions ----------------------------------------------------------------------------------------------------------


def opinions(ids: Sequence[int]) -> Iterator[Doc]:
    """Three queries."""
    parts = OpinionDeputy.objects.select_related("mandate__person").order_by("pk")
    hops = Referral.objects.exclude(state__in=NEVER_THERE)
    rows = Opinion.objects.filter(pk__in=ids).select_related("category")
    for row in rows.prefetch_related(Prefetch("deputies", parts), Prefetch("referrals", hops, to_attr="hops")):
        inside = _inside(row)
        yield inside
        if row.publish_state == PublishState.PUBLIC:
            yield _public(row, inside)


def _inside(row: Opinion) -> Doc:
    submitted = clock.local(row.submitted_at)
    return Doc(
        object_id=row.pk,
        congress_id=row.congress_id,
        is_public=False,
        ref=row.number,
        title=row.title,
        at=submitted,
        body="\n".join(dict.fromkeys(filter(None, (row.content, row.place, row.result_text, row.answer_text)))),
        names=names(row),
        numbers=tuple(filter(None, (row.number, row.external_ref))),
        audience=frozenset(_audience(row)),
        category_id=row.category.parent_id or row.category.pk if row.category else None,
        unit_id=row.handler_unit_id,
        street_id=row.street_id,
        community_id=row.community_id,
        year=submitted.year,
        state=row.state,
        is_open=row.state not in ENDED,
    )


def _audience(row: Opinion) -> Iterator[str]:
    hops: list[Referral] = getattr(row, "hops", [])
    yield DISTRICT
    yield f"station:{row.station_id}"
    if row.street_id is not None:
        yield f"street:{row.street_id}"
    if row.awaiting_role == Role.GOV_HUB or any(hop.level == RouteLevel.DEPARTMENT for hop in hops):
        yield HUB
    for unit_id in {row.handler_unit_id, *(hop.unit_id for hop in hops)} - {None}:
        yield f"unit:{unit_id}"
    for mandate_id in {row.deputy_id, *(part.mandate_id for part in row.deputies.all())} - {None}:
        yield f"mandate:{mandate_id}"


def _public(row: Opinion, inside: Doc) -> Doc:
    """The unit in charge is a fact of the workbench; the public page names it where its story does."""
    assert row.published_at is not None  # a constraint of the table
    return replace(
        inside,
        is_public=True,
        title=row.public_title,
        at=clock.local(row.published_at),
        body="\n".join(filter(None, (row.public_summary, pii.mask(row.answer_text)))),
        numbers=(row.number,),
        audience=frozenset(),
        unit_id=None,
        community_id=None,
    )


def every_opinion(after: int, size: int) -> list[int]:
    """One query."""
    return list(Opinion.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:size])


def opinion_keys(actor: Actor) -> frozenset[str]:
    """As whom this actor finds opinions of the workbench. One query for a deputy, none for others."""
    if actor.has(*WHOLE_DISTRICT):
        return frozenset({DISTRICT})
    keys = {f"station:{pk}" for pk in actor.scopes(Role.STATION_STAFF, Role.STATION_HEAD)}
    keys |= {f"street:{pk}" for pk in actor.scopes(Role.STREET_NPC)}
    keys |= {f"unit:{pk}" for pk in actor.scopes(*UNIT_ROLES)}
    if actor.has(Role.GOV_HUB):
        keys.add(HUB)
    if mandates := actor.scopes(Role.DEPUTY):
        keys |= {f"mandate:{pk}" for pk in mandates}
        served = Mandate.objects.filter(pk__in=mandates, station__isnull=False)
        keys |= {f"station:{pk}" for pk in served.values_list("station_id", flat=True)}
    return frozenset(keys)


def opinion_url(hit: Hit) -> str:
    """The public page or the workbench's. No query."""
    if hit.is_public:
        return reverse("liaison:opinion", args=[hit.ref])
    return reverse("liaison:work_case", args=[hit.object_id])


# -- stations ----------------------------------------------------------------------------------------------------------


def stations(ids: Sequence[int]) -> Iterator[Doc]:
    """Open ones for everybody, all for those who work here. One query."""
    for row in Station.objects.filter(pk__in=ids).select_related("unit__parent", "street"):
        doc = _station(row)
        yield replace(doc, is_public=False, audience=frozenset({"staff"}))
        if row.status == StationStatus.OPEN:
            yield doc


def _station(row: Station) -> Doc:
    community = row.unit.parent if row.unit.parent and row.unit.parent.kind == UnitKind.COMMUNITY else None
    return Doc(
        object_id=row.pk,
        congress_id=row.congress_id,
        is_public=True,
        ref=row.unit.code,
        title=row.unit.name,
        at=clock.at_time(row.established_on or _FOUNDED, 0),
        body="\n".join(str(part) for part in (row.address, community, row.street, row.reception_text) if part),
        names=(row.unit.name, *([community.name] if community else [])),
        numbers=(row.unit.code,),
        street_id=row.street_id,
        community_id=community.pk if community else None,
        state=row.status,
        is_open=row.status == StationStatus.OPEN,
    )


def every_station(after: int, size: int) -> list[int]:
    """One query."""
    return list(Station.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:size])


def station_url(hit: Hit) -> str:
    """No query."""
    return reverse("liaison:station", args=[hit.ref])


def deputy_url(hit: Hit) -> str:
    """No query."""
    return reverse("liaison:deputy", args=[hit.ref])


def register() -> None:
    """Called once, from the app's ready."""
    kinds.register(
        name=orgs.DEPUTY, label=N_("代表"), order=10, docs=orgs.deputies, every=orgs.every_deputy, keys=orgs.staff,
        url=deputy_url,
    )  # fmt: skip
    kinds.register(
        name=STATION, label=N_("联络站"), order=20, docs=stations, every=every_station, keys=orgs.staff,
        url=station_url, words={str(state): state.label for state in StationStatus},
    )  # fmt: skip
    kinds.register(
        name=OPINION, label=N_("群众意见"), order=40, docs=opinions, every=every_opinion, keys=opinion_keys,
        url=opinion_url, words={str(state): state.label for state in OpinionState},
    )  # fmt: skip
