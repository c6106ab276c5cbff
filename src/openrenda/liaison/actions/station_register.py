"""The register of stations is mended as a whole: by the deputies' committee, from a table."""

from decimal import Decimal

from django.db import transaction

from openrenda.audit.actions import digest, record
from openrenda.kernel import texts
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import NotAllowed
from openrenda.liaison.errors import NoStation
from openrenda.liaison.models import Station
from openrenda.liaison.rules import reception_rule, who
from openrenda.liaison.states import StationLevel
from openrenda.search.actions import touch


@transaction.atomic
def correct_station(
    *,
    unit_id: int,
    level: StationLevel,
    address: str,
    lng: Decimal | None,
    lat: Decimal | None,
    phone: str,
    reception_text: str,
    contact_name: str,
    head_id: int | None,
    stars: int,
    actor: Actor,
) -> Station:
    """Everything the register says of a station; its opening note and whether it is open stay as they are."""
    if not (verdict := who.is_keeper(actor, None)):
        raise NotAllowed.by(verdict)
    rows = Station.objects.select_for_update(of=("self",))
    station = rows.filter(unit_id=unit_id, congress_id=actor.congress_id).first()
    if station is None:
        raise NoStation
    before = digest(station)
    station.level, station.lng, station.lat, station.stars, station.head_id = level, lng, lat, stars, head_id
    station.address = texts.line(address, "address", 120, required=False)
    station.phone = texts.line(phone, "phone", 40, required=False)
    station.reception_text = texts.line(reception_text, "reception_text", required=False)
    rule = reception_rule.parse(station.reception_text)
    station.reception_rule = None if rule is None else rule.as_json()
    station.contact_name = texts.line(contact_name, "contact_name", 60, required=False)
    station.save()
    record(actor, "liaison.station_corrected", station, before=before)
    touch("liaison.station", station.pk)
    return station
