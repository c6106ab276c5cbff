"""An opinion comes in: from a resident's phone, or by the station's hand on somebody's behalf."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction

from openrenda.audit.actions import record
from openrenda.documents.actions import attach
from openrenda.kernel import clock, numbering, pii
from openrenda.kernel.actor import Actor
from openrenda.kernel.crypto import mask_name, mask_phone, seal, unseal
from openrenda.kernel.errors import NotAllowed
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.liaison.errors import AnonymousOnline, BadWords, FormUsed, NoStation, PersonalNumbersFound, StationClosed
from openrenda.liaison.events import OpinionSubmitted
from openrenda.liaison.models import (
    Category,
    Clock,
    Opinion,
    OpinionDeputy,
    ReceptionEvent,
    ResidentContact,
    Station,
)
from openrenda.liaison.rules import codes, texts, who
from openrenda.liaison.states import (
    OFFLINE,
    Channel,
    ClockKind,
    DeputyPart,
    IdentityMode,
    Nature,
    PublishState,
    StationStatus,
)
from openrenda.orgs.models import Unit
from openrenda.orgs.names import clean_name
from openrenda.orgs.states import UnitKind

from .case import a_clock, deputy_in_office, office_of, subject_of, tell
from .intake import register
from .values import NOWHERE, Consent, Contact, Place, Preview, Receipt

_KEEPS = N_("反映人不同意公开")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A checked form."""

    station_id: int
    channel: Channel
    title: str
    content: str
    contact: Contact
    consent: Consent
    key: str
    identity_mode: IdentityMode
    deputy_ids: tuple[int, ...]
    reception_id: int | None
    category_id: int | None
    nature: Nature
    place: Place
    is_voter: bool
    constituency_name: str
    file_tokens: tuple[str, ...]
    external_ref: str


def preview(*, title: str, content: str) -> Preview:
    """As the public would see it, before anything is sent. Writes nothing."""
    title, content = texts.line(title, "title"), texts.block(content, "content")
    found = (*pii.find(title), *pii.find(content))
    return Preview(title=pii.mask(title), summary=pii.mask(content), findings=found)


@transaction.atomic
def submit(
    *,
    actor: Actor,
    station_id: int,
    title: str,
    content: str,
    contact: Contact,
    consent: Consent,
    idempotency_key: str,
    channel: Channel = Channel.ONLINE,
    identity_mode: IdentityMode = IdentityMode.WITHHELD,
    deputy_id: int | None = None,
    category_id: int | None = None,
    nature: Nature = Nature.PROBLEM,
    place: Place = NOWHERE,
    is_voter: bool = False,
    constituency_name: str = "",
    pii_confirmed: bool = False,
    mask_pii: bool = False,
    file_tokens: Sequence[str] = (),
    external_ref: str = "",
) -> Receipt:
    """A resident hands in an opinion; anybody may. The same form sent twice makes one record.

    Personal numbers in the text refuse (PersonalNumbersFound) unless `mask_pii` (they are masked in what is stored)
    or `pii_confirmed` (they stay; the public summary is masked all the same).
    """
    if channel in OFFLINE:
        raise NotAllowed
    if identity_mode is IdentityMode.ANONYMOUS:
        raise AnonymousOnline
    entry = _checked(
        _Entry(
            station_id,
            channel,
            title,
            content,
            contact,
            consent,
            idempotency_key,
            identity_mode,
            () if deputy_id is None else (deputy_id,),
            None,
            category_id,
            nature,
            place,
            is_voter,
            constituency_name,
            tuple(file_tokens),
            external_ref,
        ),
    )
    return _enter_once(_guarded(entry, confirmed=pii_confirmed, mask=mask_pii), actor)


@transaction.atomic
def register_walk_in(
    *,
    actor: Actor,
    station_id: int,
    channel: Channel,
    title: str,
    content: str,
    contact: Contact,
    consent: Consent,
    idempotency_key: str,
    identity_mode: IdentityMode = IdentityMode.WITHHELD,
    deputy_ids: Sequence[int] = (),
    reception_id: int | None = None,
    category_id: int | None = None,
    nature: Nature = Nature.PROBLEM,
    place: Place = NOWHERE,
    is_voter: bool = False,
    constituency_name: str = "",
    pii_confirmed: bool = False,
    mask_pii: bool = False,
    file_tokens: Sequence[str] = (),
    external_ref: str = "",
) -> Receipt:
    """The station writes down what somebody said, wrote or telephoned, and registers it in the same breath.

    Use `actor.speaking_for("来访群众")`, so that the record says for whom."""
    probe = Opinion(station_id=station_id)
    if not (verdict := who.is_station_staff(actor, probe)):
        raise NotAllowed.by(verdict)
    entry = _checked(
        _Entry(
            station_id,
            channel,
            title,
            content,
            contact,
            consent,
            idempotency_key,
            identity_mode,
            tuple(deputy_ids),
            reception_id,
            category_id,
            nature,
            place,
            is_voter,
            constituency_name,
            tuple(file_tokens),
            external_ref,
        ),
    )
    receipt = _enter_once(_guarded(entry, confirmed=pii_confirmed, mask=mask_pii), actor)
    if not receipt.is_repeat:
        register(opinion_id=receipt.opinion_id, actor=actor)
    return receipt


def _checked(entry: _Entry) -> _Entry:
    """Every text cleaned; Invalid says which field to mend. Name and phone may be given, also online: who gives none
    follows the opinion by its number and code."""
    if len(entry.key) not in range(8, 65):
        raise BadWords.empty("idempotency_key")
    anonymous = entry.identity_mode is IdentityMode.ANONYMOUS
    contact = (
        Contact()
        if anonymous
        else Contact(
            name=clean_name(entry.contact.name) if entry.contact.name.strip() else "",
            phone=texts.phone(entry.contact.phone, required=False),
            email=texts.line(entry.contact.email, "email", 120, required=False),
        )
    )
    return replace(
        entry,
        title=texts.line(entry.title, "title"),
        content=texts.block(entry.content, "content"),
        contact=contact,
        place=replace(entry.place, text=texts.line(entry.place.text, "place", 120, required=False)),
        constituency_name=texts.line(entry.constituency_name, "constituency_name", 40, required=False),
    )


def _guarded(entry: _Entry, *, confirmed: bool, mask: bool) -> _Entry:
    """The guard for personal numbers (peers' trap: they were published by mistake)."""
    if mask:
        return replace(entry, title=pii.mask(entry.title), content=pii.mask(entry.content))
    found = (*pii.find(entry.title), *pii.find(entry.content))
    if found and not confirmed:
        raise PersonalNumbersFound(found)
    return entry


def _enter_once(entry: _Entry, actor: Actor) -> Receipt:
    """One record per form, also when two arrive at the same moment: the table's constraint decides."""
    if (known := _entered_before(entry, actor)) is not None:
        return known
    try:
        with transaction.atomic():
            return _enter(entry, actor)
    except IntegrityError:
        if (known := _entered_before(entry, actor)) is None:
            raise
        return known


def _entered_before(entry: _Entry, actor: Actor) -> Receipt | None:
    """The first record of the form. Whoever only guessed a form's key, but not its words and phone, learns nothing."""
    rows = Opinion.objects.select_related("contact").filter(congress_id=actor.congress_id, idempotency_key=entry.key)
    row = rows.first()
    if row is None:
        return None
    same = (row.title, row.content, unseal(row.contact.phone_sealed)) == (
        entry.title,
        entry.content,
        entry.contact.phone,
    )
    if not same:
        raise FormUsed
    code = codes.code_for_form(actor.congress_id, entry.key)
    unchanged = codes.code_matches(row.code_hash, actor.congress_id, row.number, code)
    return Receipt(row.pk, row.number, code if unchanged else "", is_repeat=True)


def _enter(entry: _Entry, actor: Actor) -> Receipt:
    station = _open_station(entry.station_id, actor)
    deputies = [deputy_in_office(pk, actor.congress_id) for pk in entry.deputy_ids]
    opinion = _opinion(entry, station, actor)
    opinion.deputy_id = deputies[0].pk if deputies else None
    pair = [a_clock(opinion, ClockKind.DECISION), a_clock(opinion, ClockKind.REGISTER)]
    code = codes.code_for_form(actor.congress_id, entry.key)
    series = f"YJ{clock.today().year}-{station.unit.code}"
    opinion.number = f"{series}-{numbering.take(series, actor.congress_id):06}"
    opinion.code_hash = codes.code_hash(actor.congress_id, opinion.number, code)
    opinion.save(force_insert=True)
    Clock.objects.bulk_create(pair)
    OpinionDeputy.objects.bulk_create(
        [OpinionDeputy(opinion=opinion, mandate=mandate, part=DeputyPart.RECEIVED) for mandate in deputies]
    )
    _store_contact(opinion, entry.contact)
    attach(subject=subject_of(opinion.pk), actor=actor, tokens=entry.file_tokens)
    tell(opinion, "submit", N_("提交意见"), actor, public=True)
    record(actor, "liaison.opinion_submitted", opinion, channel=entry.channel)
    publish(OpinionSubmitted(opinion_id=opinion.pk), actor)
    return Receipt(opinion.pk, opinion.number, code)


def _open_station(station_id: int, actor: Actor) -> Station:
    rows = Station.objects.select_related("unit", "street")
    station = rows.filter(unit_id=station_id, congress_id=actor.congress_id).first()
    if station is None:
        raise NoStation
    if station.status != StationStatus.OPEN:
        raise StationClosed
    return station


def _opinion(entry: _Entry, station: Station, actor: Actor) -> Opinion:
    now = clock.now()
    opinion = Opinion(
        congress_id=actor.congress_id,
        idempotency_key=entry.key,
        external_ref=entry.external_ref[:40],
        channel=entry.channel,
        station=station.unit,
        street=station.street,
        submitted_at=now,
        updated_at=now,
        identity_mode=entry.identity_mode,
        is_voter=entry.is_voter,
        constituency_name=entry.constituency_name,
        notice_version=entry.consent.notice_version[:20],
        may_share=entry.consent.may_share,
        may_publish=entry.consent.may_publish,
        title=entry.title,
        content=entry.content,
        nature=entry.nature,
        place=entry.place.text,
        lng=entry.place.lng,
        lat=entry.place.lat,
        community_id=_known(Unit, entry.place.community_id, actor, kind=UnitKind.COMMUNITY),
        category_id=_known(Category, entry.category_id, actor),
        reception_id=_known(ReceptionEvent, entry.reception_id, actor, station_id=station.unit_id),
        publish_state=PublishState.WAITING if entry.consent.may_publish else PublishState.KEPT,
        publish_reason="" if entry.consent.may_publish else _KEEPS,
        public_title=pii.mask(entry.title),
        public_summary=pii.mask(entry.content),
    )
    opinion.received_by = office_of(actor, opinion) if entry.channel in OFFLINE else ""
    return opinion


def _known(
    model: type[Unit] | type[Category] | type[ReceptionEvent], pk: int | None, actor: Actor, **conditions: object
) -> int | None:
    """The id if the congress has such a row, else BadWords: a form may hold anything."""
    if pk is None:
        return None
    if not model.objects.filter(pk=pk, congress_id=actor.congress_id, **conditions).exists():
        raise BadWords(fields={model.__name__.lower(): N_("请重新选择这一项。")})
    return pk


def _store_contact(opinion: Opinion, contact: Contact) -> None:
    ResidentContact.objects.create(
        opinion=opinion,
        name_sealed=seal(contact.name),
        phone_sealed=seal(contact.phone),
        email_sealed=seal(contact.email),
        name_masked=mask_name(contact.name),
        phone_masked=mask_phone(contact.phone),
    )
