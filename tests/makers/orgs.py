"""A small district, made by the actions a real one is set up with.

Units: R01 办公室, R02 代表工委, R03 and R04 对口工委; G00 区政府, G01 督查室, B03 住建局, B04 城管局, F01 法院,
P01 检察院; J01 and J02 街道, Q01 and Q02 社区, S01 and S02 街道联络站, C01 社区联络站.
"""

from datetime import date
from itertools import count

from openrenda.kernel.actor import Actor
from openrenda.orgs import actions, selectors
from openrenda.orgs.models import Congress, Mandate, Person, Session, Term, Unit
from openrenda.orgs.states import MANDATE_ROLES, Level, Role, UnitKind

TERM_STARTS = date(2021, 12, 20)
TERM_ENDS = date(2026, 12, 19)
SESSION_OPENED = date(2025, 2, 18)
SESSION_CLOSED = date(2025, 2, 21)

# code, name, short name, kind, parent
UNITS = (
    ("R01", "区人大常委会办公室", "办公室", UnitKind.NPC, None),
    ("R02", "区人大常委会代表工作委员会", "代表工委", UnitKind.NPC, None),
    ("R03", "区人大常委会财政经济工作委员会", "财政经济工委", UnitKind.NPC, None),
    ("R04", "区人大常委会城建环资工作委员会", "城建环资工委", UnitKind.NPC, None),
    ("G00", "云汀区人民政府", "区政府", UnitKind.GOVERNMENT, None),
    ("G01", "区政府督查室", "区政府督查室", UnitKind.DEPARTMENT, "G00"),
    ("B03", "区住房和城乡建设局", "住建局", UnitKind.DEPARTMENT, "G00"),
    ("B04", "区城市管理局", "城管局", UnitKind.DEPARTMENT, "G00"),
    ("F01", "区人民法院", "区法院", UnitKind.COURT, None),
    ("P01", "区人民检察院", "区检察院", UnitKind.PROCURATORATE, None),
    ("J01", "桐荫街道办事处", "桐荫街道", UnitKind.STREET, "G00"),
    ("J02", "望河街道办事处", "望河街道", UnitKind.STREET, "G00"),
    ("Q01", "桐花里社区", "桐花里社区", UnitKind.COMMUNITY, "J01"),
    ("Q02", "望河湾社区", "望河湾社区", UnitKind.COMMUNITY, "J02"),
    ("S01", "桐荫街道人大代表联络站", "桐荫联络站", UnitKind.STATION, "J01"),
    ("S02", "望河街道人大代表联络站", "望河联络站", UnitKind.STATION, "J02"),
    ("C01", "桐花里社区人大代表联络站", "桐花里联络站", UnitKind.STATION, "Q01"),
)

_serial = count(1)


def setup_actor(congress: Congress) -> Actor:
    """Who sets the district up."""
    return Actor.system("setup", congress.pk)


def a_congress(code: str = "yunting") -> Congress:
    """A district with term 16, session 5 (18 to 21 February 2025) and all units; the same one when asked again."""
    known = Congress.objects.filter(code=code).first()
    if known is not None:
        return known
    congress = actions.found_congress(
        code=code, name="云汀区人民代表大会", short_name="云汀区人大", actor_name="setup", phone="0371-55550000"
    )
    actor = setup_actor(congress)
    term = actions.open_term(number=16, starts_on=TERM_STARTS, ends_on=TERM_ENDS, actor=actor)
    actions.record_session(term_id=term.pk, number=5, opened_on=SESSION_OPENED, closed_on=SESSION_CLOSED, actor=actor)
    made: dict[str, Unit] = {}
    for unit_code, name, short_name, kind, parent in UNITS:
        made[unit_code] = actions.add_unit(
            code=unit_code,
            name=name,
            short_name=short_name,
            kind=kind,
            parent_id=made[parent].pk if parent else None,
            actor=actor,
        )
    return congress


def the_term(congress: Congress | None = None) -> Term:
    """Term 16."""
    return Term.objects.get(congress=congress or a_congress(), number=16)


def the_session(congress: Congress | None = None) -> Session:
    """Session 16-5."""
    return Session.objects.select_related("term").get(term=the_term(congress), number=5)


def a_unit(code: str, congress: Congress | None = None) -> Unit:
    """The unit of that code, with its parent."""
    return selectors.unit_by_code((congress or a_congress()).pk, code)


def a_person(name: str = "", *, congress: Congress | None = None, phone: str = "", email: str = "") -> Person:
    """A person; a name is found if none is given."""
    congress = congress or a_congress()
    return actions.add_person(
        name=name or f"张{_numeral(next(_serial))}", phone=phone, email=email, actor=setup_actor(congress)
    )


def a_staff_member(
    role: Role, unit: Unit | str, *, name: str = "", email: str = "", congress: Congress | None = None
) -> Person:
    """A person who holds `role` at `unit` since the term began."""
    where = unit if isinstance(unit, Unit) else a_unit(unit, congress)
    person = a_person(name, congress=where.congress, email=email)
    actions.appoint(
        person_id=person.pk, role=role, unit_id=where.pk, starts_on=TERM_STARTS, actor=setup_actor(where.congress)
    )
    return person


def a_deputy(
    name: str = "",
    *,
    congress: Congress | None = None,
    code: str = "",
    station: str | None = "S01",
    delegation: str = "桐荫代表团",
    constituency: str = "第1选区",
    sc_post: str = "",
    leads_delegation: bool = False,
    level: Level = Level.DISTRICT,
    email: str = "",
    phone: str = "",
) -> Mandate:
    """A deputy of term 16 who serves a station."""
    congress = congress or a_congress()
    person = a_person(name, congress=congress, email=email, phone=phone)
    return actions.enter_mandate(
        person_id=person.pk,
        term_id=the_term(congress).pk,
        code=code or f"D{next(_serial):03}",
        delegation=delegation,
        constituency=constituency,
        station_id=a_unit(station, congress).pk if station else None,
        starts_on=TERM_STARTS,
        sc_post=sc_post,
        leads_delegation=leads_delegation,
        level=level,
        actor=setup_actor(congress),
    )


def actor_of(role: Role, unit: Unit | str, *, person: Person | None = None, congress: Congress | None = None) -> Actor:
    """Somebody who wears the hat of `role` at `unit`; the same urn each time unless a person is given."""
    if role in MANDATE_ROLES:
        raise ValueError(f"{role} comes from a mandate: use deputy_actor()")
    where = unit if isinstance(unit, Unit) else a_unit(unit, congress)
    return Actor(
        urn=f"person:{person.pk}" if person else f"test:{role}:{where.code}",
        name=person.name if person else f"{where.short_name}{role.label}",
        congress_id=where.congress_id,
        roles=frozenset({(str(role), where.pk)}),
        person_id=person.pk if person else None,
    )


def staff_actor(role: Role, unit: Unit | str, *, congress: Congress | None = None) -> Actor:
    """The hat of a freshly made staff member, a real person with a post."""
    where = unit if isinstance(unit, Unit) else a_unit(unit, congress)
    return actor_of(role, where, person=a_staff_member(role, where))


def deputy_actor(mandate: Mandate) -> Actor:
    """The deputy in the hat of the mandate, as accounts would make it."""
    roles = {(str(Role.DEPUTY), mandate.pk)}
    if mandate.leads_delegation:
        roles.add((str(Role.DEPUTY_LEAD), mandate.pk))
    if mandate.sc_post:
        roles.add((str(Role.SC_MEMBER), mandate.pk))
    return Actor(
        urn=f"person:{mandate.person_id}",
        name=mandate.person.name,
        congress_id=mandate.congress_id,
        roles=frozenset(roles),
        person_id=mandate.person_id,
    )


def _numeral(number: int) -> str:
    """A given name for each number: 一, 二, 一〇 …"""
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))
