"""Tables of the kernel: calendar overrides, number series, outbox, settings."""

from django.db import models
from django.db.models import Q

from .enums import Labelled
from .triggers import append_only_trigger
from .workdays import DayKind


def values_check(field: str, values: type[Labelled], name: str) -> models.CheckConstraint:
    """A constraint that keeps `field` to the enum's values."""
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": [str(v.value) for v in values]}))


class CalendarDay(models.Model):
    """A day that differs from the notices known to the package; edited by the administrator."""

    day = models.DateField(unique=True)
    kind = models.CharField(max_length=10)
    note = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["day"]
        constraints = [values_check("kind", DayKind, "calendar_day_kind")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class NumberSeries(models.Model):
    """The last number given in a series; the row lock makes numbers follow without gaps."""

    congress_id = models.BigIntegerField()
    series = models.CharField(max_length=80)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["congress_id", "series"], name="one_row_per_series")]

    def __str__(self) -> str:
        return f"{self.series}: {self.last}"


class OutboxEvent(models.Model):
    """A fact, stored in the transaction that made it true."""

    congress_id = models.BigIntegerField()
    kind = models.CharField(max_length=80)
    payload = models.JSONField()
    actor_urn = models.CharField(max_length=120)
    happened_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(delivered_at=None), name="outbox_waiting")]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"


class Delivery(models.Model):
    """One row per fact and subscriber, written in the subscriber's own transaction: exactly once."""

    event = models.ForeignKey(OutboxEvent, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.CharField(max_length=160)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "subscriber"], name="one_delivery_per_subscriber")]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.subscriber}"


class ParameterValue(models.Model):
    """A setting's value from a moment on; never changed, only followed by a newer row."""

    congress_id = models.BigIntegerField()
    key = models.CharField(max_length=80)
    value = models.JSONField()
    effective_at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    set_by = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["congress_id", "key", "-effective_at"], name="parameter_latest")]
        triggers = [append_only_trigger("parameter_value_append_only")]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"
