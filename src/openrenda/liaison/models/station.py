"""Stations and categories."""

from django.db import models
from django.db.models import Q

from openrenda.kernel.models import values_check
from openrenda.liaison.states import OfficialGroup, StationLevel, StationStatus
from openrenda.orgs.models import Congress, Mandate, Unit


class Station(models.Model):
    """What the public needs to know of a liaison station; its name, code and place in the tree are the unit's."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="stations")
    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="station")
    street = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="stations_in_street", null=True)
    level = models.CharField(max_length=12)
    pinyin = models.CharField(max_length=200, blank=True)
    initials = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=120, blank=True)
    lng = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    lat = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    phone = models.CharField(max_length=40, blank=True)
    opening_note = models.CharField(max_length=200, blank=True)
    reception_text = models.CharField(max_length=80, blank=True)
    reception_rule = models.JSONField(null=True)
    contact_name = models.CharField(max_length=60, blank=True)
    head = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="heads_stations", null=True)
    stars = models.PositiveSmallIntegerField(default=0)
    qr_token = models.CharField(max_length=22, unique=True)
    status = models.CharField(max_length=12, default=StationStatus.OPEN)
    established_on = models.DateField(null=True)

    class Meta:
        constraints = [
            values_check("level", StationLevel, "station_level"),
            values_check("status", StationStatus, "station_status"),
            models.CheckConstraint(name="station_stars", condition=Q(stars__lte=5)),
            models.CheckConstraint(
                name="station_place_is_whole",
                condition=Q(lng=None, lat=None) | Q(lng__isnull=False, lat__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["congress", "street", "id"], name="station_by_street")]

    def __str__(self) -> str:
        return self.unit.name


class Category(models.Model):
    """A subject, on two levels; leaves name the unit that usually handles it. Never deleted, only retired."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="categories")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=40)
    default_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="usual_categories", null=True)
    official_group = models.CharField(max_length=10, blank=True)
    is_retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "code"], name="one_category_per_code"),
            models.UniqueConstraint(fields=["congress", "name"], name="one_category_per_name"),
            models.CheckConstraint(
                name="category_group",
                condition=Q(official_group="") | Q(official_group__in=[str(g.value) for g in OfficialGroup]),
            ),
        ]

    def __str__(self) -> str:
        return self.name
