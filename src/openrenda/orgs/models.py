"""Columns and constraints of the institution."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from openrenda.kernel.models import values_check

from .states import Level, Role, UnitKind


def _dates_in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name, condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on"))
    )


class Congress(models.Model):
    """A district's People's Congress: the tenant."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=40)
    phone = models.CharField(max_length=40, blank=True)
    is_demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Term(models.Model):
    """A term of five years (届, 代表法 §2)."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["congress", "number"], name="one_term_per_number"),
            _dates_in_order("term_dates_in_order"),
        ]

    def __str__(self) -> str:
        return f"第{self.number}届"


class Session(models.Model):
    """A session of the congress (次会议), e.g. 16-5."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    opened_on = models.DateField()
    closed_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["term", "number"], name="one_session_per_number"),
            models.CheckConstraint(name="session_dates_in_order", condition=Q(closed_on__gte=F("opened_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.term.number}-{self.number}"


class Unit(models.Model):
    """An organisation in the tree; a liaison station is one too."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="units")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    dissolved_on = models.DateField(null=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="predecessors")

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "code"], name="one_unit_per_code"),
            values_check("kind", UnitKind, "unit_kind"),
            models.CheckConstraint(
                name="unit_successor_after_end", condition=Q(successor=None) | Q(dissolved_on__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["congress", "kind", "code"], name="unit_by_kind")]

    def __str__(self) -> str:
        return self.short_name or self.name


class Delegation(models.Model):
    """代表团."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="delegations")
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["congress", "name"], name="one_delegation_per_name")]

    def __str__(self) -> str:
        return self.name


class Constituency(models.Model):
    """选区."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="constituencies")
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["congress", "name"], name="one_constituency_per_name")]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """A human being the institution knows by name. Phone and e-mail are never public."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="people")
    name = models.CharField(max_length=60)
    pinyin = models.CharField(max_length=200, blank=True)
    initials = models.CharField(max_length=60, blank=True)
    gender = models.CharField(max_length=4, blank=True)
    nationality = models.CharField(max_length=20, blank=True)
    born = models.CharField(max_length=7, blank=True)
    party = models.CharField(max_length=20, blank=True)
    education = models.CharField(max_length=20, blank=True)
    occupation = models.CharField(max_length=120, blank=True)
    phone_sealed = models.TextField(blank=True)
    email = models.EmailField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["congress", "name"], name="person_by_name"),
            models.Index(fields=["congress", "initials"], name="person_by_initials"),
        ]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A person in a role at a unit between dates (end inclusive)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=60, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            values_check("role", Role, "post_role"),
            _dates_in_order("post_dates_in_order"),
            models.UniqueConstraint(
                fields=["person", "role", "unit"], condition=Q(ends_on=None), name="one_open_post_per_role"
            ),
        ]
        indexes = [models.Index(fields=["unit", "role"], name="post_by_unit")]

    def __str__(self) -> str:
        return f"{self.person} {self.role} {self.unit}"

    def held_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class Mandate(models.Model):
    """A deputy: person × term × level between dates, with delegation, constituency and the station served."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="mandates")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="mandates")
    level = models.CharField(max_length=10, default=Level.DISTRICT.value)
    code = models.CharField(max_length=20)
    qr_token = models.CharField(max_length=22, unique=True)
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="mandates")
    constituency = models.ForeignKey(Constituency, on_delete=models.PROTECT, related_name="mandates", null=True)
    station = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="serving_mandates", null=True)
    sc_post = models.CharField(max_length=20, blank=True)
    leads_delegation = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            values_check("level", Level, "mandate_level"),
            _dates_in_order("mandate_dates_in_order"),
            models.UniqueConstraint(fields=["term", "level", "code"], name="one_mandate_per_code"),
            models.UniqueConstraint(fields=["person", "term", "level"], name="one_mandate_per_term"),
        ]

    def __str__(self) -> str:
        return self.person.name

    def held_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
