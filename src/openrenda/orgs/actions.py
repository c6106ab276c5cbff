"""Writes of the institution: set-up of a district, people, posts, mandates."""

import secrets
from datetime import date

from django.db import models, transaction
from django.db.models import Q

from openrenda.audit.actions import digest, record
from openrenda.kernel.actor import Actor
from openrenda.kernel.crypto import seal
from openrenda.kernel.errors import Conflict, Invalid, NotFound
from openrenda.kernel.pinyin import pinyin_of
from openrenda.kernel.text import N_
from openrenda.search.actions import touch

from .models import Congress, Constituency, Delegation, Mandate, Person, Post, Session, Term, Unit
from .names import clean_name
from .states import OVERSEERS, Level, Role, UnitKind

PERSON_PLAIN = frozenset({"gender", "nationality", "born", "party", "education", "occupation"})
"""What of a person is kept in plain text and may be mended."""


class SeparationOfDuties(Conflict):
    code = "orgs.separation_of_duties"
    message = N_("系统、安全、审计三员必须分立：一人不能兼任，也不能兼有业务岗位。")
    remedy = N_("请把这个岗位交给另一位同志，或先结束他现有的岗位。")


class NoSuccessor(Conflict):
    code = "orgs.no_successor"
    message = N_("承接单位必须是另一个仍在运行的单位。")
    remedy = N_("请另选承接单位；如承接单位也已撤并，请选最终承接的单位。")


class Circle(Conflict):
    code = "orgs.circle"
    message = N_("上级单位不能是它自己，也不能是它的下级。")
    remedy = N_("请核对上级单位。")


class WrongScope(Invalid):
    code = "orgs.wrong_scope"
    message = N_("代表的权限来自代表资格，不能作为岗位授予。")
    remedy = N_("请在代表名册中登记代表资格。")


def _ours(model: type[models.Model], actor: Actor, *ids: int | None) -> None:
    """Whatever an action points at belongs to the actor's congress; a stranger's id looks like an unknown one."""
    wanted = {pk for pk in ids if pk is not None}
    if not wanted:
        return
    found = model._default_manager.filter(pk__in=wanted, congress_id=actor.congress_id)  # noqa: SLF001  public
    if found.count() != len(wanted):
        raise NotFound


@transaction.atomic
def found_congress(
    *, code: str, name: str, short_name: str, actor_name: str, is_demo: bool = False, phone: str = ""
) -> Congress:
    """Set up a tenant. The only action without an Actor of the congress, since there is none yet."""
    congress = Congress.objects.create(code=code, name=name, short_name=short_name, is_demo=is_demo, phone=phone)
    record(Actor.system(actor_name, congress.pk), "orgs.congress_founded", congress)
    return congress


@transaction.atomic
def open_term(*, number: int, starts_on: date, ends_on: date | None, actor: Actor) -> Term:
    """Begin a term of the congress."""
    term = Term.objects.create(congress_id=actor.congress_id, number=number, starts_on=starts_on, ends_on=ends_on)
    record(actor, "orgs.term_opened", term)
    return term


@transaction.atomic
def record_session(*, term_id: int, number: int, opened_on: date, closed_on: date, actor: Actor) -> Session:
    """Enter a session of the congress with its dates."""
    _ours(Term, actor, term_id)
    session = Session.objects.create(term_id=term_id, number=number, opened_on=opened_on, closed_on=closed_on)
    record(actor, "orgs.session_recorded", session)
    return session


@transaction.atomic
def add_unit(*, code: str, name: str, short_name: str, kind: UnitKind, parent_id: int | None, actor: Actor) -> Unit:
    """Enter an organisation."""
    _ours(Unit, actor, parent_id)
    unit = Unit.objects.create(
        congress_id=actor.congress_id,
        code=code,
        name=name,
        short_name=short_name or name,
        kind=kind,
        parent_id=parent_id,
    )
    touch("orgs.unit", unit.pk)
    record(actor, "orgs.unit_added", unit)
    return unit


@transaction.atomic
def correct_unit(*, unit_id: int, name: str, short_name: str, parent_id: int | None, actor: Actor) -> Unit:
    """Mend a unit's names and its place in the tree; its code and kind stay. Raises Circle."""
    unit = Unit.objects.select_for_update().filter(pk=unit_id, congress_id=actor.congress_id).first()
    if unit is None:
        raise NotFound
    before = digest(unit)
    _ours(Unit, actor, parent_id)
    above, steps = parent_id, 0
    while above is not None:
        if above == unit_id or steps > 20:
            raise Circle
        above, steps = Unit.objects.values_list("parent_id", flat=True).get(pk=above), steps + 1
    unit.name, unit.short_name, unit.parent_id = name, short_name or name, parent_id
    unit.save(update_fields=["name", "short_name", "parent"])
    record(actor, "orgs.unit_corrected", unit, before=before)
    touch("orgs.unit", unit.pk)
    return unit


@transaction.atomic
def dissolve_unit(*, unit_id: int, on: date, successor_id: int | None, actor: Actor) -> Unit:
    """End a unit; its open work goes to the successor, whose deadlines stay as they are (domain.md 2.9)."""
    unit = Unit.objects.select_for_update().get(pk=unit_id, congress_id=actor.congress_id)
    before = digest(unit)
    _ours(Unit, actor, successor_id)
    # A dead successor could lead back here: whoever follows the chain would walk in a circle.
    ended = Unit.objects.filter(pk__in=[successor_id or 0], dissolved_on__isnull=False)
    if successor_id == unit_id or ended.exists():
        raise NoSuccessor
    unit.dissolved_on, unit.successor_id = on, successor_id
    unit.save(update_fields=["dissolved_on", "successor"])
    touch("orgs.unit", unit.pk)
    record(actor, "orgs.unit_dissolved", unit, before=before, successor=successor_id)
    return unit


@transaction.atomic
def add_person(
    *,
    name: str,
    actor: Actor,
    phone: str = "",
    email: str = "",
    gender: str = "",
    nationality: str = "",
    born: str = "",
    party: str = "",
    education: str = "",
    occupation: str = "",
) -> Person:
    """Enter a person; the phone is sealed. Raises BadName."""
    name = clean_name(name)
    full, initials = pinyin_of(name)
    person = Person.objects.create(
        congress_id=actor.congress_id,
        name=name,
        pinyin=full,
        initials=initials,
        phone_sealed=seal(phone),
        email=email,
        gender=gender,
        nationality=nationality,
        born=born,
        party=party,
        education=education,
        occupation=occupation,
    )
    record(actor, "orgs.person_added", person)
    return person


@transaction.atomic
def correct_person(*, person_id: int, actor: Actor, phone: str | None = None, **plain: str) -> Person:
    """Mend what is known of a person: gender, nationality, born, party, education, occupation; the phone is sealed."""
    if wrong := set(plain) - PERSON_PLAIN:
        raise TypeError(f"no such facts of a person: {', '.join(sorted(wrong))}")
    person = Person.objects.select_for_update().filter(pk=person_id, congress_id=actor.congress_id).first()
    if person is None:
        raise NotFound
    before = digest(person)
    for name, value in plain.items():
        setattr(person, name, value)
    if phone is not None:
        person.phone_sealed = seal(phone)
    person.save()
    record(actor, "orgs.person_corrected", person, before=before)
    touch("orgs.deputy", *person.mandates.values_list("pk", flat=True))
    return person


@transaction.atomic
def appoint(*, person_id: int, role: Role, unit_id: int, starts_on: date, actor: Actor, title: str = "") -> Post:
    """Give a person a post. Refuses mandates' roles and a mixture of the three overseers (三员分立)."""
    if role in (Role.DEPUTY, Role.DEPUTY_LEAD, Role.SC_MEMBER):
        raise WrongScope
    person = Person.objects.select_for_update().get(pk=person_id, congress_id=actor.congress_id)
    _ours(Unit, actor, unit_id)
    held = Q(ends_on=None) | Q(ends_on__gte=starts_on)
    others = {Role(r) for r in Post.objects.filter(held, person=person).values_list("role", flat=True)}
    is_deputy = role in OVERSEERS and Mandate.objects.filter(held, person=person).exists()
    if is_deputy or (role in OVERSEERS and others - {role}) or others & OVERSEERS - {role}:
        raise SeparationOfDuties
    post = Post.objects.create(person=person, role=role, unit_id=unit_id, starts_on=starts_on, title=title)
    record(actor, "orgs.post_given", post, role=str(role), unit=unit_id)
    return post


@transaction.atomic
def end_post(*, post_id: int, on: date, actor: Actor) -> Post:
    """End a post; the row stays for what was done under it."""
    post = Post.objects.select_for_update().get(pk=post_id, person__congress_id=actor.congress_id)
    before = digest(post)
    post.ends_on = on
    post.save(update_fields=["ends_on"])
    record(actor, "orgs.post_ended", post, before=before)
    return post


@transaction.atomic
def enter_mandate(
    *,
    person_id: int,
    term_id: int,
    code: str,
    delegation: str,
    constituency: str,
    station_id: int | None,
    starts_on: date,
    actor: Actor,
    level: Level = Level.DISTRICT,
    sc_post: str = "",
    leads_delegation: bool = False,
) -> Mandate:
    """Enter a deputy's mandate; delegation and constituency are made when new. Refuses an overseer (三员分立)."""
    person = Person.objects.select_for_update().get(pk=person_id, congress_id=actor.congress_id)
    _ours(Term, actor, term_id)
    _ours(Unit, actor, station_id)
    held = Q(ends_on=None) | Q(ends_on__gte=starts_on)
    if Post.objects.filter(held, person=person, role__in=[str(role) for role in OVERSEERS]).exists():
        raise SeparationOfDuties
    group, _ = Delegation.objects.get_or_create(congress_id=actor.congress_id, name=delegation)
    area = None
    if constituency:
        area, _ = Constituency.objects.get_or_create(congress_id=actor.congress_id, name=constituency)
    mandate = Mandate.objects.create(
        congress_id=actor.congress_id,
        person_id=person_id,
        term_id=term_id,
        code=code,
        level=level,
        delegation=group,
        constituency=area,
        station_id=station_id,
        sc_post=sc_post,
        starts_on=starts_on,
        qr_token=secrets.token_urlsafe(9),
        leads_delegation=leads_delegation,
    )
    touch("orgs.deputy", mandate.pk)
    record(actor, "orgs.mandate_entered", mandate)
    return mandate


@transaction.atomic
def correct_mandate(*, mandate_id: int, delegation: str, constituency: str, sc_post: str, actor: Actor) -> Mandate:
    """Mend where a deputy was elected and what she is in the standing committee; delegations are made when new."""
    mandate = Mandate.objects.select_for_update().filter(pk=mandate_id, congress_id=actor.congress_id).first()
    if mandate is None:
        raise NotFound
    before = digest(mandate)
    mandate.delegation, _ = Delegation.objects.get_or_create(congress_id=actor.congress_id, name=delegation)
    mandate.constituency = None
    if constituency:
        mandate.constituency, _ = Constituency.objects.get_or_create(congress_id=actor.congress_id, name=constituency)
    mandate.sc_post = sc_post
    mandate.save(update_fields=["delegation", "constituency", "sc_post"])
    record(actor, "orgs.mandate_corrected", mandate, before=before)
    touch("orgs.deputy", mandate.pk)
    return mandate


@transaction.atomic
def end_mandate(*, mandate_id: int, on: date, reason: str, actor: Actor) -> Mandate:
    """End a mandate with its reason (代表法 §62)."""
    mandate = Mandate.objects.select_for_update().get(pk=mandate_id, congress_id=actor.congress_id)
    before = digest(mandate)
    mandate.ends_on, mandate.end_reason = on, reason
    mandate.save(update_fields=["ends_on", "end_reason"])
    touch("orgs.deputy", mandate.pk)
    record(actor, "orgs.mandate_ended", mandate, before=before)
    return mandate


@transaction.atomic
def assign_station(*, mandate_id: int, station_id: int, actor: Actor) -> Mandate:
    """Let a deputy serve a station (编组进站)."""
    mandate = Mandate.objects.select_for_update().get(pk=mandate_id, congress_id=actor.congress_id)
    before = digest(mandate)
    _ours(Unit, actor, station_id)
    mandate.station_id = station_id
    mandate.save(update_fields=["station"])
    touch("orgs.deputy", mandate.pk)
    record(actor, "orgs.station_assigned", mandate, before=before, station=station_id)
    return mandate


@transaction.atomic
def name_delegation_lead(*, mandate_id: int, actor: Actor) -> Mandate:
    """Let a deputy lead her delegation (代表团团长); whoever led it before no longer does."""
    mandate = Mandate.objects.select_for_update().get(pk=mandate_id, congress_id=actor.congress_id)
    before = digest(mandate)
    others = Mandate.objects.filter(delegation_id=mandate.delegation_id, term_id=mandate.term_id, leads_delegation=True)
    for other in others.exclude(pk=mandate.pk).select_for_update():
        was = digest(other)
        other.leads_delegation = False
        other.save(update_fields=["leads_delegation"])
        record(actor, "orgs.delegation_lead_ended", other, before=was)
    mandate.leads_delegation = True
    mandate.save(update_fields=["leads_delegation"])
    record(actor, "orgs.delegation_lead_named", mandate, before=before)
    return mandate
