"""An opinion comes in: from a resident's phone, or by the station's hand on somebody's behalf."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction

from openrenda.audit.actions import record
from openrenda.documents.actions import attach
from openrenda.kernel import clock, codes, numbering, pii, texts
from openrenda.kernel.actor import Actor
from openrenda.kernel.crypto import mask_name, mask_phone, seal, unseal
from openrenda.kernel.errors import BadWords, NotAllowed
from openrenda.kernel.outbox import publish
from openrenda.kernel.prepared import Prepared
from openrenda.kernel.text import N_
from openrenda.liaison.errors import AnonymousOnline, FormUsed, NoStation, PersonalNumbersFound, StationClosed
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
from openrenda.liaison.rules import who
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
from .merging import join, joinable
from .values import NOWHERE, Consent, Contact, Place, Preview, Receipt

_KEEPS = N_("反映人不同意公开")


@dataclass(frozen=True, slots=True)
class _Way:
    """By which form, where, and with whom it came in."""

    station_id: int
    channel: Channel
    key: str
    external_ref: str
    deputy_ids: tuple[int, ...]
    reception_id: int | None = None
    joins: str = ""


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Who speaks, and what they agree to."""

    contact: Contact
    consent: Consent
    identity_mode: IdentityMode
    is_voter: bool
    constituency_name: str


@dataclass(frozen=True, slots=True)
class _Words:
    """What is said, of what kind, about which place."""

    title: str
    content: str
    nature: Nature
    category_id: int | None
    place: Place
    file_tokens: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A checked form."""

    way: _Way
    speaker: _Speaker
    words: _Words


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
    joins: str = "",
) -> Receipt:
    """A resident hands in an opinion; anybody may. The same form sent twice makes one record.

    `joins` is the number of an open, public opinion about the same matter (同感): handled with it, NotJoinable if it
    cannot be joined any more.

    Personal numbers in the text refuse (PersonalNumbersFound) unless `mask_pii` (they are masked in what is stored)
    or `pii_confirmed` (they stay; the public summary is masked all the same).
    """
    if channel in OFFLINE:
        raise NotAllowed
    if identity_mode is IdentityMode.ANONYMOUS:
        raise AnonymousOnline
    entry = _checked(
        _Entry(
            _Way(
                station_id,
                channel,
                idempotency_key,
                external_ref,
                () if deputy_id is None else (deputy_id,),
                joins=texts.line(joins, "joins", 40, required=False),
            ),
            _Speaker(contact, consent, identity_mode, is_voter, constituency_name),
            _Words(title, content, nature, category_id, place, file_tokens),
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
            _Way(station_id, channel, idempotency_key, external_ref, tuple(deputy_ids), reception_id),
            _Speaker(contact, consent, identity_mode, is_voter, constituency_name),
            _Words(title, content, nature, category_id, place, file_tokens),
        ),
    )
    receipt = _enter_once(_guarded(entry, confirmed=pii_confirmed, mask=mask_pii), actor)
    if not receipt.is_repeat:
        register(opinion_id=receipt.opinion_id, actor=actor)
    return receipt


def _checked(entry: _Entry) -> _Entry:
    """Every text cleaned; Invalid says which field to mend. Name and phone may be given, also online: who gives none
    follows the opinion by its number and code."""
    if len(entry.way.key) not in range(8, 65):
        raise BadWords.empty("idempotency_key")
    speaker, words = entry.speaker, entry.words
    given = speaker.contact
    anonymous = speaker.identity_mode is IdentityMode.ANONYMOUS
    contact = (
        Contact()
        if anonymous
        else Contact(
            name=clean_name(given.name) if given.name.strip() else "",
            phone=texts.phone(given.phone, required=False),
            email=texts.line(given.email, "email", 120, required=False),
        )
    )
    name = texts.line(speaker.constituency_name, "constituency_name", 40, required=False)
    return replace(
        entry,
        speaker=replace(speaker, contact=contact, constituency_name=name),
        words=replace(
            words,
            title=texts.line(words.title, "title"),
            content=texts.block(words.content, "content"),
            place=replace(words.place, text=texts.line(words.place.text, "place", 120, required=False)),
        ),
    )


def _guarded(entry: _Entry, *, confirmed: bool, mask: bool) -> _Entry:
    """The guard for personal numbers (peers' trap: they were published by mistake)."""
    words = entry.words
    if mask:
        return replace(entry, words=replace(words, title=pii.mask(words.title), content=pii.mask(words.content)))
    found = (*pii.find(words.title), *pii.find(words.content))
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


_of_form = Prepared(
    lambda congress_id, key: Opinion.objects.select_related("contact").filter(
        congress_id=congress_id, idempotency_key=key
    ),
    congress_id=int,
    key=str,
)
_station = Prepared(
    lambda unit_id, congress_id: Station.objects.select_related("unit", "street").filter(
        unit_id=unit_id, congress_id=congress_id
    ),
    unit_id=int,
    congress_id=int,
)


def _entered_before(entry: _Entry, actor: Actor) -> Receipt | None:
    """The first record of the form. Whoever only guessed a form's key, but not its words and phone, learns nothing."""
    rows = Opinion.objects.select_related("contact").filter(
        congress_id=actor.congress_id, idempotency_key=entry.way.key
    )
    row = rows.first()
    if row is None:
        return None
    same = (row.title, row.content, unseal(row.contact.phone_sealed)) == (
        entry.words.title,
        entry.words.content,
        entry.speaker.contact.phone,
    )
    if not same:
        raise FormUsed
    code = codes.code_for_form(actor.congress_id, entry.way.key)
    unchanged = codes.code_matches(row.code_hash, actor.congress_id, row.number, code)
    return Receipt(row.pk, row.number, code if unchanged else "", is_repeat=True)


def _enter(entry: _Entry, actor: Actor) -> Receipt:
    station = _open_station(entry.way.station_id, actor)
    parent = joinable(entry.way.joins, actor) if entry.way.joins else None
    deputies = [deputy_in_office(pk, actor.congress_id) for pk in entry.way.deputy_ids]
    opinion = _opinion(entry, station, actor)
    opinion.deputy_id = deputies[0].pk if deputies else None
    pair = [a_clock(opinion, ClockKind.DECISION), a_clock(opinion, ClockKind.REGISTER)]
    code = codes.code_for_form(actor.congress_id, entry.way.key)
    series = f"YJ{clock.today().year}-{station.unit.code}"
    opinion.number = f"{series}-{numbering.take(series, actor.congress_id):06}"
    opinion.code_hash = codes.code_hash(actor.congress_id, opinion.number, code)
    opinion.save(force_insert=True)
    Clock.objects.bulk_create(pair)
    OpinionDeputy.objects.bulk_create(
        [OpinionDeputy(opinion=opinion, mandate=mandate, part=DeputyPart.RECEIVED) for mandate in deputies]
    )
    _store_contact(opinion, entry.speaker.contact)
    attach(subject=subject_of(opinion.pk), actor=actor, tokens=entry.words.file_tokens)
    tell(opinion, "submit", N_("提交意见"), actor, public=True)
    record(actor, "liaison.opinion_submitted", opinion, channel=entry.way.channel)
    if parent is None:
        publish(OpinionSubmitted(opinion_id=opinion.pk), actor)
    else:
        join(opinion, parent, actor)
    return Receipt(opinion.pk, opinion.number, code)


def _open_station(station_id: int, actor: Actor) -> Station:
    station = next(iter(_station(unit_id=station_id, congress_id=actor.congress_id)), None)
    if station is None:
        raise NoStation
    if station.status != StationStatus.OPEN:
        raise StationClosed
    return station


def _opinion(entry: _Entry, station: Station, actor: Actor) -> Opinion:
    now, way, speaker, words = clock.now(), entry.way, entry.speaker, entry.words
    opinion = Opinion(
        congress_id=actor.congress_id,
        idempotency_key=way.key,
        external_ref=way.external_ref[:40],
        channel=way.channel,
        station=station.unit,
        street=station.street,
        submitted_at=now,
        updated_at=now,
        identity_mode=speaker.identity_mode,
        is_voter=speaker.is_voter,
        constituency_name=speaker.constituency_name,
        notice_version=speaker.consent.notice_version[:20],
        may_share=speaker.consent.may_share,
        may_publish=speaker.consent.may_publish,
        title=words.title,
        content=words.content,
        nature=words.nature,
        place=words.place.text,
        lng=words.place.lng,
        lat=words.place.lat,
        community_id=_known(Unit, words.place.community_id, actor, kind=UnitKind.COMMUNITY),
        category_id=_known(Category, words.category_id, actor),
        reception_id=_known(ReceptionEvent, way.reception_id, actor, station_id=station.unit_id),
        publish_state=PublishState.WAITING if speaker.consent.may_publish else PublishState.KEPT,
        publish_reason="" if speaker.consent.may_publish else _KEEPS,
        public_title=pii.mask(words.title),
        public_summary=pii.mask(words.content),
    )
    opinion.received_by = office_of(actor, opinion) if way.channel in OFFLINE else ""
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
