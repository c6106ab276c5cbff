"""What the people pages of the administration read."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

from django.db.models import Prefetch, Q, QuerySet

from openrenda.kernel import clock
from openrenda.kernel.asked import Params, text
from openrenda.kernel.errors import NotFound
from openrenda.orgs.models import Mandate, Person, Post, Unit
from openrenda.orgs.states import Role

from .models import SignIn, User
from .selectors import lock_of, sign_ins_of

PAGE = 50


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A line of the list: in which capacities somebody acts today, and with which login."""

    id: int
    name: str
    capacities: tuple[str, ...]
    login: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post, held or past; `is_held` on the day asked for."""

    id: int
    role: str
    unit: str
    title: str
    starts_on: date
    ends_on: date | None
    is_held: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything the page of one person shows."""

    person: Person
    user: User | None
    locked_until: datetime | None
    posts: list[PostRow]
    mandates: list[Mandate]
    sign_ins: list[SignIn]


def _matching(congress_id: int, query: str) -> QuerySet[Person]:
    rows = Person.objects.filter(congress_id=congress_id)
    for word in query.split():
        low = word.casefold()
        rows = rows.filter(
            Q(name__contains=word)
            | Q(pinyin__startswith=low)
            | Q(initials__startswith=low)
            | Q(user__login__startswith=low)
        )
    return rows


class PeopleAsked(TypedDict):
    """How the list of people is narrowed."""

    query: str
    with_login: bool | None


def people_asked(params: Params) -> PeopleAsked:
    """Read once, for the page and for the file that is taken out of it."""
    return PeopleAsked(query=text(params, "q"), with_login={"1": True, "0": False}.get(params.get("login", "")))


def people_page(
    congress_id: int, *, query: str = "", with_login: bool | None = None, after: str = "", size: int = PAGE
) -> tuple[list[PersonRow], str]:
    """People by pinyin, found by name, pinyin, initials or login; with the token of the next page ("" = none).

    Three queries at any length.
    """
    today = clock.today()
    held = Q(starts_on__lte=today) & (Q(ends_on=None) | Q(ends_on__gte=today))
    rows = _matching(congress_id, query)
    if with_login is not None:
        rows = rows.filter(user__isnull=not with_login)
    pinyin, _, last = after.rpartition(":")
    if last.isascii() and last.isdigit():
        rows = rows.filter(Q(pinyin__gt=pinyin) | Q(pinyin=pinyin, pk__gt=int(last[:18])))
    found = list(
        rows.select_related("user")
        .order_by("pinyin", "pk")
        .prefetch_related(
            Prefetch("posts", Post.objects.filter(held).select_related("unit").order_by("pk")),
            Prefetch("mandates", Mandate.objects.filter(held).select_related("delegation")),
        )[: size + 1]
    )
    shown = found[:size]
    more = f"{shown[-1].pinyin}:{shown[-1].pk}" if len(found) > size else ""
    return [_row(person) for person in shown], more


def _row(person: Person) -> PersonRow:
    user = login_of(person)
    capacities = [f"{Role.DEPUTY.label}（{mandate.delegation}）" for mandate in person.mandates.all()]
    capacities += [f"{post.unit} · {post.title or Role(post.role).label}" for post in person.posts.all()]
    return PersonRow(
        person.pk, person.name, tuple(capacities), user.login if user else "", user.is_active if user else False
    )


def login_of(person: Person) -> User | None:
    """The login of a person fetched with `select_related("user")`. No query."""
    user: User | None = getattr(person, "user", None)
    return user


def person_page(congress_id: int, person_id: int) -> PersonPage:
    """One person for the administration; NotFound if unknown. At most five queries."""
    person = Person.objects.filter(congress_id=congress_id, pk=person_id).select_related("user").first()
    if person is None:
        raise NotFound("accounts.no_person")
    today, user = clock.today(), login_of(person)
    posts = Post.objects.filter(person=person).select_related("unit").order_by("-starts_on", "-pk")
    mandates = Mandate.objects.filter(person=person).select_related("term", "delegation", "station")
    return PersonPage(
        person=person,
        user=user,
        locked_until=lock_of(user) if user else None,
        posts=[
            PostRow(
                p.pk,
                Role(p.role).label,
                str(p.unit),
                p.title,
                p.starts_on,
                p.ends_on,
                p.ends_on is None or p.ends_on >= today,
            )
            for p in posts
        ],
        mandates=list(mandates.order_by("-starts_on", "-pk")),
        sign_ins=sign_ins_of(user) if user else [],
    )


def post_of(congress_id: int, post_id: int) -> Post:
    """One post; NotFound if unknown. One query."""
    row = Post.objects.filter(pk=post_id, person__congress_id=congress_id).first()
    if row is None:
        raise NotFound("accounts.no_post")
    return row


def unit_choices(congress_id: int) -> list[tuple[int, str]]:
    """Living units by code, for a select. One query."""
    rows = Unit.objects.filter(congress_id=congress_id, dissolved_on=None).order_by("code")
    return [(pk, f"{code} {name}") for pk, code, name in rows.values_list("pk", "code", "name")]
