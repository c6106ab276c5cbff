"""Reads of the institution used by the slices above."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from openrenda.kernel.errors import NotFound

from .models import Congress, Mandate, Person, Post, Session, Term, Unit
from .states import Level, Role, UnitKind


@dataclass(frozen=True, slots=True)
class Hat:
    """One capacity in which a person may act: a post, or a mandate. `key` is stable within a sign-in."""

    key: str
    label: str
    roles: frozenset[tuple[str, int]]


def the_congress(code: str = "") -> Congress:
    """The congress of that code, or the installation's first. NotFound when nothing is set up. One query."""
    rows = Congress.objects.order_by("pk")
    found = rows.filter(code=code).first() if code else rows.first()
    if found is None:
        raise NotFound("orgs.no_congress")
    return found


def hats_of(person_id: int, on: date) -> list[Hat]:
    """All capacities a person holds on a day: mandates first, then posts grouped by unit. Two queries."""
    held = Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gte=on))
    hats = [_mandate_hat(m) for m in Mandate.objects.filter(held, person_id=person_id).select_related("delegation")]
    posts: dict[int, list[Post]] = {}
    for post in Post.objects.filter(held, person_id=person_id).select_related("unit").order_by("pk"):
        posts.setdefault(post.unit_id, []).append(post)
    for unit_id, rows in posts.items():
        label = f"{rows[0].unit} · {'、'.join(post.title or Role(post.role).label for post in rows)}"
        hats.append(Hat(f"unit:{unit_id}", label, frozenset((post.role, unit_id) for post in rows)))
    return hats


def _mandate_hat(mandate: Mandate) -> Hat:
    roles = {(str(Role.DEPUTY), mandate.pk)}
    if mandate.leads_delegation:
        roles.add((str(Role.DEPUTY_LEAD), mandate.pk))
    if mandate.sc_post:
        roles.add((str(Role.SC_MEMBER), mandate.pk))
    level = Level(mandate.level).label
    return Hat(f"mandate:{mandate.pk}", f"{level}人大代表（{mandate.delegation}）", frozenset(roles))


def unit_by_code(congress_id: int, code: str) -> Unit:
    """One unit; NotFound if the code is unknown. One query."""
    unit = Unit.objects.filter(congress_id=congress_id, code=code).select_related("parent").first()
    if unit is None:
        raise NotFound("orgs.no_unit")
    return unit


def units_of_kind(congress_id: int, *kinds: UnitKind) -> QuerySet[Unit]:
    """Living units of those kinds by code. One query."""
    return Unit.objects.filter(congress_id=congress_id, kind__in=[str(k) for k in kinds], dissolved_on=None)


def handling_units(congress_id: int) -> QuerySet[Unit]:
    """Units that may be asked to handle a matter (all but communities, stations and the government as such)."""
    return units_of_kind(
        congress_id,
        UnitKind.DEPARTMENT,
        UnitKind.STREET,
        UnitKind.COURT,
        UnitKind.PROCURATORATE,
        UnitKind.SUPERVISION,
        UnitKind.NPC,
    )


def living_unit(unit: Unit) -> Unit:
    """The unit itself, or where its duties went after it ended (domain.md 2.9). One query per step."""
    while unit.successor is not None:
        unit = unit.successor
    return unit


def street_of(unit: Unit) -> Unit | None:
    """The street a station or community belongs to, or the street itself. At most two queries."""
    step: Unit | None = unit
    while step is not None and step.kind != UnitKind.STREET:
        step = step.parent
    return step


def deputies_in_office(congress_id: int, on: date) -> QuerySet[Mandate]:
    """District deputies whose mandate holds on a day, with person, delegation, constituency, station. One query."""
    return (
        Mandate.objects.filter(congress_id=congress_id, level=Level.DISTRICT, starts_on__lte=on)
        .filter(Q(ends_on=None) | Q(ends_on__gte=on))
        .select_related("person", "delegation", "constituency", "station")
    )


def mandate_by_code(congress_id: int, code: str) -> Mandate:
    """The newest mandate of that code; NotFound if unknown. One query."""
    row = (
        Mandate.objects.filter(congress_id=congress_id, code=code)
        .select_related("person", "delegation", "constituency", "station", "station__parent")
        .order_by("-term__number")
        .first()
    )
    if row is None:
        raise NotFound("orgs.no_deputy")
    return row


def mandate_by_token(token: str) -> Mandate:
    """The mandate behind a QR code; NotFound if unknown. One query."""
    row = Mandate.objects.filter(qr_token=token).select_related("person", "station", "congress").first()
    if row is None:
        raise NotFound("orgs.no_deputy")
    return row


def people_in_role(role: Role, unit_ids: frozenset[int] | list[int], on: date) -> QuerySet[Person]:
    """Who holds a role at any of the units on a day. One query."""
    held = Q(posts__starts_on__lte=on) & (Q(posts__ends_on=None) | Q(posts__ends_on__gte=on))
    return Person.objects.filter(held, posts__role=role, posts__unit_id__in=list(unit_ids)).distinct()


def people_with_role(congress_id: int, role: Role, on: date) -> QuerySet[Person]:
    """Who holds a role anywhere in the congress on a day. One query."""
    held = Q(posts__starts_on__lte=on) & (Q(posts__ends_on=None) | Q(posts__ends_on__gte=on))
    return Person.objects.filter(held, congress_id=congress_id, posts__role=role).distinct()


def current_term(congress_id: int, on: date) -> Term:
    """The term that runs on a day (the newest begun); NotFound if none. One query."""
    row = Term.objects.filter(congress_id=congress_id, starts_on__lte=on).order_by("-number").first()
    if row is None:
        raise NotFound("orgs.no_term")
    return row


def latest_session(congress_id: int, on: date) -> Session | None:
    """The newest session opened by a day. One query."""
    return (
        Session.objects.filter(term__congress_id=congress_id, opened_on__lte=on)
        .select_related("term")
        .order_by("-opened_on")
        .first()
    )


def unit_tree(congress_id: int) -> QuerySet[Unit]:
    """Top units with two levels of children. Three queries."""
    children = Unit.objects.order_by("code")
    return Unit.objects.filter(congress_id=congress_id, parent=None).prefetch_related(
        Prefetch("children", children), Prefetch("children__children", children)
    )
