"""An idea comes in: from a resident, by a station's hand, from a deputy or a unit; and is followed by its code."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import IntegrityError, transaction

from openrenda.audit.actions import record
from openrenda.documents.actions import attach
from openrenda.kernel import clock, codes, numbering, pii, texts
from openrenda.kernel.actor import Actor
from openrenda.kernel.crypto import mask_name, mask_phone, seal
from openrenda.kernel.errors import Invalid, NotAllowed
from openrenda.kernel.outbox import publish
from openrenda.kernel.parameters import number as setting
from openrenda.kernel.parameters import parameter
from openrenda.kernel.subject import SubjectRef
from openrenda.kernel.text import N_
from openrenda.liaison.models import Opinion, TrackAttempt
from openrenda.livelihood.errors import CallClosed, FormUsed, NoYear, PersonalNumbersFound, TrackRefused
from openrenda.livelihood.events import IdeaSubmitted
from openrenda.livelihood.models import Idea, IdeaContact, Year
from openrenda.livelihood.rules import who
from openrenda.livelihood.states import IdeaChannel, IdeaPublicity, IdeaSource, YearState
from openrenda.orgs.names import clean_name
from openrenda.orgs.states import Role
from openrenda.search.actions import touch

from .values import IdeaText, Preview, Proposer, Receipt

_WINDOW = timedelta(hours=1)
_OWN_NAME = Proposer(may_publish=True)
_UNITS = (*who.UNIT_ROLES, Role.STREET_NPC, Role.SC_COMMITTEE, Role.SC_REP)


@dataclass(frozen=True, slots=True)
class _Way:
    """Who proposes, by which way, under which form."""

    source: IdeaSource
    channel: IdeaChannel
    key: str
    mandate_id: int | None = None
    unit_id: int | None = None
    opinion_id: int | None = None
    serial: int | None = None
    file_tokens: Sequence[str] = ()


def preview_idea(*, title: str, content: str) -> Preview:
    """As the public would see it, before anything is sent. Writes nothing."""
    title, content = texts.line(title, "title"), texts.block(content, "content")
    return Preview(pii.mask(title), pii.mask(content), (*pii.find(title), *pii.find(content)))


@transaction.atomic
def submit_idea(
    *, year_id: int, text: IdeaText, proposer: Proposer, idempotency_key: str, actor: Actor, mask_pii: bool = False,
    pii_confirmed: bool = False, file_tokens: Sequence[str] = (), serial: int | None = None,
) -> Receipt:  # fmt: skip
    """A resident has an idea; anybody may. The same form sent twice makes one record."""
    way = _Way(IdeaSource.PUBLIC, IdeaChannel.ONLINE, idempotency_key, serial=serial, file_tokens=file_tokens)
    return _enter_once(year_id, way, _guarded(text, mask=mask_pii, confirmed=pii_confirmed), proposer, actor)


@transaction.atomic
def register_idea(
    *, year_id: int, text: IdeaText, proposer: Proposer, unit_id: int, idempotency_key: str, actor: Actor,
    mask_pii: bool = False, pii_confirmed: bool = False, opinion_id: int | None = None, serial: int | None = None,
) -> Receipt:  # fmt: skip
    """A station or a street writes down what somebody said, or takes it from an opinion (民生实事线索)."""
    held = [role for role in (Role.STATION_STAFF, Role.STATION_HEAD, Role.STREET_NPC) if actor.holds(role, unit_id)]
    if not held:
        raise NotAllowed("livelihood.not_station", N_("代录由联络站、街道人大工委的工作人员办理。"))
    if opinion_id is not None and not Opinion.objects.filter(pk=opinion_id, congress_id=actor.congress_id).exists():
        raise Invalid(fields={"opinion": N_("请重新选择这一项。")})
    channel = IdeaChannel.STREET if Role.STREET_NPC in held else IdeaChannel.STATION
    way = _Way(
        IdeaSource.PUBLIC, IdeaChannel.OPINION if opinion_id else channel, idempotency_key, unit_id=unit_id,
        opinion_id=opinion_id, serial=serial,
    )  # fmt: skip
    return _enter_once(year_id, way, _guarded(text, mask=mask_pii, confirmed=pii_confirmed), proposer, actor)


@transaction.atomic
def propose_idea(
    *, year_id: int, text: IdeaText, idempotency_key: str, actor: Actor, scope_id: int | None = None,
    serial: int | None = None,
) -> Receipt:  # fmt: skip
    """A deputy, a department, a street or a committee proposes in its own name, which is public."""
    way = replace(_own_way(actor, idempotency_key, scope_id), serial=serial)
    return _enter_once(year_id, way, _guarded(text, mask=True, confirmed=False), _OWN_NAME, actor)


def _own_way(actor: Actor, key: str, scope_id: int | None) -> _Way:
    mandates, units = actor.scopes(Role.DEPUTY), actor.scopes(*_UNITS)
    scope = min(mandates or units, default=None) if scope_id is None else scope_id
    if scope in mandates:
        return _Way(IdeaSource.DEPUTY, IdeaChannel.OFFICE, key, mandate_id=scope)
    if scope is None or scope not in units:
        raise NotAllowed("livelihood.not_proposer", N_("这里由人大代表和各单位以自己的名义提出。"))
    if actor.holds(Role.STREET_NPC, scope):
        source = IdeaSource.STREET
    else:
        is_npc = actor.holds(Role.SC_COMMITTEE, scope) or actor.holds(Role.SC_REP, scope)
        source = IdeaSource.COMMITTEE if is_npc else IdeaSource.DEPARTMENT
    return _Way(source, IdeaChannel.OFFICE, key, unit_id=scope)


def _guarded(text: IdeaText, *, mask: bool, confirmed: bool) -> IdeaText:
    """Every text cleaned, and the guard for personal numbers."""
    clean = replace(
        text,
        title=texts.line(text.title, "title"),
        content=texts.block(text.content, "content"),
        category=texts.line(text.category, "category", 20, required=False),
        place=texts.line(text.place, "place", 120, required=False),
        beneficiaries=texts.line(text.beneficiaries, "beneficiaries", 200, required=False),
    )
    if mask:
        return replace(clean, title=pii.mask(clean.title), content=pii.mask(clean.content))
    found = (*pii.find(clean.title), *pii.find(clean.content))
    if found and not confirmed:
        raise PersonalNumbersFound(found)
    return clean


def _enter_once(year_id: int, way: _Way, text: IdeaText, proposer: Proposer, actor: Actor) -> Receipt:
    """One record per form, also when two arrive at the same moment: the table's constraint decides."""
    if len(way.key) not in range(8, 65):
        raise Invalid(fields={"idempotency_key": N_("请重新打开表单。")})
    if (known := _entered_before(way, text, actor)) is not None:
        return known
    try:
        with transaction.atomic():
            return _enter(_open_year(year_id, actor), way, text, proposer, actor)
    except IntegrityError:
        if (known := _entered_before(way, text, actor)) is None:
            raise
        return known


def _open_year(year_id: int, actor: Actor) -> Year:
    year = Year.objects.filter(pk=year_id, congress_id=actor.congress_id).first()
    if year is None:
        raise NoYear
    if year.state != YearState.COLLECTING or not year.opens_on <= clock.today() <= year.closes_on:
        raise CallClosed
    return year


def _entered_before(way: _Way, text: IdeaText, actor: Actor) -> Receipt | None:
    """The first record of the form; who only guessed its key, but not its words, learns nothing."""
    row = Idea.objects.filter(congress_id=actor.congress_id, idempotency_key=way.key).first()
    if row is None:
        return None
    if (row.title, row.content, row.written_by) != (text.title, text.content, actor.urn):
        raise FormUsed
    code = codes.code_for_form(actor.congress_id, f"idea {way.key}")
    return Receipt(row.pk, row.key, code, is_repeat=True)


def _enter(year: Year, way: _Way, text: IdeaText, proposer: Proposer, actor: Actor) -> Receipt:
    series = f"MSJY-{year.year}"
    if way.serial is not None:
        numbering.start_after(series, actor.congress_id, way.serial)
    key = f"{series}-{way.serial or numbering.take(series, actor.congress_id):04}"
    code = codes.code_for_form(actor.congress_id, f"idea {way.key}")
    idea = Idea.objects.create(
        congress_id=actor.congress_id, year=year, key=key, source=way.source, channel=way.channel,
        mandate_id=way.mandate_id, unit_id=way.unit_id, opinion_id=way.opinion_id, written_by=actor.urn,
        proposer_person_id=None if way.source == IdeaSource.PUBLIC else actor.person_id,
        title=text.title, content=text.content, category=text.category, place=text.place,
        beneficiaries=text.beneficiaries, estimate=text.estimate, notice_version=proposer.notice_version[:20],
        may_publish=proposer.may_publish,
        publicity=IdeaPublicity.WAITING if proposer.may_publish else IdeaPublicity.KEPT,
        public_title=pii.mask(text.title), public_content=pii.mask(text.content), submitted_at=clock.now(),
        code_hash=codes.code_hash(actor.congress_id, key, code), idempotency_key=way.key,
    )  # fmt: skip
    if way.source == IdeaSource.PUBLIC:
        _store_contact(idea, proposer)
    attach(subject=SubjectRef("livelihood.idea", idea.pk), actor=actor, tokens=way.file_tokens)
    touch("livelihood.idea", idea.pk)
    record(actor, "livelihood.idea_submitted", idea, source=str(way.source), channel=str(way.channel))
    publish(IdeaSubmitted(idea.pk), actor)
    return Receipt(idea.pk, key, code)


def _store_contact(idea: Idea, proposer: Proposer) -> None:
    name = clean_name(proposer.name) if proposer.name.strip() else ""
    phone = texts.phone(proposer.phone, required=False)
    email = texts.line(proposer.email, "email", 120, required=False)
    IdeaContact.objects.create(
        idea=idea, name_sealed=seal(name), phone_sealed=seal(phone), email_sealed=seal(email),
        name_masked=mask_name(name), phone_masked=mask_phone(phone),
    )  # fmt: skip


def track_idea(*, key: str, code: str, congress_id: int, origin: str) -> Actor:
    """The resident's own actor (urn "idea:<id>"); TrackRefused for everything else.

    Unknown key, wrong code and too many tries take the same queries and raise the same error. Not atomic on purpose:
    the failed try must stay in the table when the refusal is raised."""
    key, code = codes.tidy_number(key), codes.tidy_code(code)
    now = clock.now()
    marks = (codes.keyed_hash("tracked idea", congress_id, key), codes.origin_hash(origin, now.date()))
    since = TrackAttempt.objects.filter(at__gt=now - _WINDOW, is_ok=False)
    too_many = (
        since.filter(number_hash=marks[0]).count() >= setting(parameter("opinion.track_tries_per_number"), congress_id),
        since.filter(origin_hash=marks[1]).count() >= setting(parameter("opinion.track_tries_per_origin"), congress_id),
    )
    found = Idea.objects.filter(congress_id=congress_id, key=key).first()
    fits = codes.code_matches(found.code_hash if found else "", congress_id, key, code)
    is_ok = fits and found is not None and not any(too_many)
    TrackAttempt.objects.create(at=now, number_hash=marks[0], origin_hash=marks[1], is_ok=is_ok)
    if found is None or not is_ok:
        raise TrackRefused
    return Actor(urn=f"idea:{found.pk}", name=N_("提出人"), congress_id=congress_id, origin=origin)
