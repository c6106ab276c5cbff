"""Stations and categories are kept up: by the street, the deputies' committee, or a load."""

import secrets
from datetime import date
from decimal import Decimal

from django.db import transaction

from openrenda.audit.actions import digest, record
from openrenda.kernel import texts
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import BadWords, NotAllowed
from openrenda.kernel.pinyin import pinyin_of
from openrenda.kernel.text import N_
from openrenda.liaison.errors import NoStation, WrongCategory
from openrenda.liaison.models import Category, Station
from openrenda.liaison.rules import reception_rule, who
from openrenda.liaison.rules.taxonomy import TAXONOMY
from openrenda.liaison.states import OfficialGroup, StationLevel, StationStatus
from openrenda.orgs.models import Unit
from openrenda.orgs.selectors import street_of
from openrenda.orgs.states import Role, UnitKind
from openrenda.search.actions import touch


def _require_keeper(actor: Actor) -> None:
    """The deputies' committee and the clockwork (loads) keep the register."""
    if not (verdict := who.is_keeper(actor, None)):
        raise NotAllowed.by(verdict)


def _rule_of(text: str) -> dict[str, object] | None:
    rule = reception_rule.parse(text)
    return None if rule is None else rule.as_json()


@transaction.atomic
def set_up_station(
    *,
    unit_id: int,
    level: StationLevel,
    actor: Actor,
    address: str = "",
    lng: Decimal | None = None,
    lat: Decimal | None = None,
    phone: str = "",
    opening_note: str = "",
    reception_text: str = "",
    contact_name: str = "",
    head_id: int | None = None,
    stars: int = 0,
    established_on: date | None = None,
) -> Station:
    """Give a station unit its profile. The reception rule is parsed if it can be, and kept as text in any case."""
    _require_keeper(actor)
    unit = Unit.objects.filter(pk=unit_id, congress_id=actor.congress_id, kind=UnitKind.STATION).first()
    if unit is None:
        raise NoStation
    full, initials = pinyin_of(unit.name)
    station = Station.objects.create(
        congress_id=actor.congress_id,
        unit=unit,
        street=street_of(unit),
        level=level,
        pinyin=full,
        initials=initials,
        address=texts.line(address, "address", 120, required=False),
        lng=lng,
        lat=lat,
        phone=texts.line(phone, "phone", 40, required=False),
        opening_note=texts.line(opening_note, "opening_note", 200, required=False),
        reception_text=texts.line(reception_text, "reception_text", required=False),
        reception_rule=_rule_of(reception_text),
        contact_name=texts.line(contact_name, "contact_name", 60, required=False),
        head_id=head_id,
        stars=stars,
        qr_token=secrets.token_urlsafe(9),
        established_on=established_on,
    )
    touch("liaison.station", station.pk)
    record(actor, "liaison.station_set_up", station)
    return station


@transaction.atomic
def edit_station(
    *,
    unit_id: int,
    actor: Actor,
    address: str,
    phone: str,
    opening_note: str,
    reception_text: str,
    contact_name: str,
    head_id: int | None,
    status: StationStatus = StationStatus.OPEN,
) -> Station:
    """Change what the public reads of a station: its own head, the street's office or the deputies' committee."""
    station = (
        Station.objects.select_for_update(of=("self",)).filter(unit_id=unit_id, congress_id=actor.congress_id).first()
    )
    if station is None:
        raise NoStation
    near = actor.holds(Role.STATION_HEAD, unit_id) or actor.holds(Role.STREET_NPC, station.street_id)
    if not near:
        _require_keeper(actor)
    before = digest(station)
    station.address = texts.line(address, "address", 120, required=False)
    station.phone = texts.line(phone, "phone", 40, required=False)
    station.opening_note = texts.line(opening_note, "opening_note", 200, required=False)
    station.reception_text = texts.line(reception_text, "reception_text", required=False)
    station.reception_rule = _rule_of(station.reception_text)
    station.contact_name = texts.line(contact_name, "contact_name", 60, required=False)
    station.head_id, station.status = head_id, status
    station.save()
    touch("liaison.station", station.pk)
    record(actor, "liaison.station_edited", station, before=before)
    return station


@transaction.atomic
def add_category(
    *,
    code: str,
    name: str,
    actor: Actor,
    parent_id: int | None = None,
    default_unit_id: int | None = None,
    official_group: OfficialGroup | None = None,
) -> Category:
    """A new subject, on the first or second level."""
    _require_keeper(actor)
    if parent_id is not None:
        parent = Category.objects.filter(pk=parent_id, congress_id=actor.congress_id, parent=None).first()
        if parent is None:
            raise WrongCategory
    name = texts.line(name, "name", 40)
    if Category.objects.filter(congress_id=actor.congress_id, name=name).exists():
        raise BadWords(fields={"name": N_("已有同名的类别。")})
    category = Category.objects.create(
        congress_id=actor.congress_id,
        code=texts.line(code, "code", 20),
        name=name,
        parent_id=parent_id,
        default_unit_id=default_unit_id,
        official_group=official_group or "",
    )
    record(actor, "liaison.category_added", category)
    return category


@transaction.atomic
def edit_category(
    *,
    category_id: int,
    name: str,
    default_unit_id: int | None,
    official_group: OfficialGroup | None,
    is_retired: bool,
    actor: Actor,
) -> Category:
    """Rename or retire a subject; opinions filed under it keep it."""
    _require_keeper(actor)
    rows = Category.objects.select_for_update()
    category = rows.filter(pk=category_id, congress_id=actor.congress_id).first()
    if category is None:
        raise WrongCategory
    before = digest(category)
    category.name, category.default_unit_id = texts.line(name, "name", 40), default_unit_id
    category.official_group, category.is_retired = official_group or "", is_retired
    category.save()
    record(actor, "liaison.category_edited", category, before=before)
    return category


@transaction.atomic
def add_standard_categories(*, actor: Actor) -> list[Category]:
    """The two-level list of domain.md 12.1; names that exist already are left alone."""
    known = set(Category.objects.filter(congress_id=actor.congress_id).values_list("name", flat=True))
    added = []
    for code, (name, group, leaves) in TAXONOMY.items():
        if name in known:
            continue
        top = add_category(code=code, name=name, actor=actor, official_group=group)
        added.append(top)
        for n, leaf in enumerate(leaves, 1):
            if leaf not in known:
                added.append(
                    add_category(code=f"{code}-{n:02}", name=leaf, actor=actor, parent_id=top.pk, official_group=group)
                )
    return added
