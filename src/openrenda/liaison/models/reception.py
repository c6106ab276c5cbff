"""Reception days (domain.md 1.6)."""

from django.db import models
from django.db.models import F, Q

from openrenda.kernel.models import values_check
from openrenda.liaison.states import Attendance, BookingState, ReceptionState
from openrenda.orgs.models import Congress, Mandate, Unit


class ReceptionEvent(models.Model):
    """Deputies receive residents at a place, between two times, announced beforehand."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="receptions")
    station = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="receptions")
    street = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="receptions_in_street", null=True)
    state = models.CharField(max_length=12, default=ReceptionState.PLANNED)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=120)
    topic = models.CharField(max_length=80, blank=True)
    departments = models.ManyToManyField(Unit, related_name="joint_receptions", blank=True)
    rule_day = models.DateField(null=True)
    moved_note = models.CharField(max_length=200, blank=True)
    announced_at = models.DateTimeField(null=True)
    late_notice_reason = models.CharField(max_length=200, blank=True)
    needs_substitute = models.BooleanField(default=False)
    end_reason = models.CharField(max_length=200, blank=True)
    visitors = models.PositiveSmallIntegerField(null=True)
    postponed_to = models.OneToOneField("self", on_delete=models.PROTECT, related_name="postponed_from", null=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            values_check("state", ReceptionState, "reception_state"),
            models.CheckConstraint(name="reception_times_in_order", condition=Q(ends_at__gt=F("starts_at"))),
            models.UniqueConstraint(
                fields=["station", "rule_day"], condition=Q(rule_day__isnull=False), name="one_reception_per_rule_day"
            ),
            models.CheckConstraint(
                name="reception_end_says_why",
                condition=~Q(state__in=["postponed", "cancelled"]) | ~Q(end_reason=""),
            ),
            models.CheckConstraint(
                name="reception_announced_has_date",
                condition=Q(state__in=["planned", "cancelled", "postponed"]) | Q(announced_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["station", "starts_at"], name="reception_by_station"),
            models.Index(fields=["congress", "state", "starts_at"], name="reception_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.starts_at:%Y-%m-%d %H:%M}"


class ReceptionDeputy(models.Model):
    """A deputy's part in a reception day, with the substitute if there was one."""

    event = models.ForeignKey(ReceptionEvent, on_delete=models.CASCADE, related_name="deputies")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="reception_parts")
    attendance = models.CharField(max_length=10, default=Attendance.PLANNED)
    stands_in_for = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="stood_in_for", null=True)
    excuse = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "mandate"], name="one_part_per_reception"),
            values_check("attendance", Attendance, "reception_attendance"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.mandate_id}"


class Booking(models.Model):
    """A resident's appointment. Name and phone sealed; the code (hash only) cancels it."""

    event = models.ForeignKey(ReceptionEvent, on_delete=models.CASCADE, related_name="bookings")
    state = models.CharField(max_length=10, default=BookingState.BOOKED)
    code_hash = models.CharField(max_length=80)
    idempotency_key = models.CharField(max_length=64, blank=True)
    name_sealed = models.TextField()
    phone_sealed = models.TextField()
    email_sealed = models.TextField(blank=True)
    name_masked = models.CharField(max_length=60)
    phone_masked = models.CharField(max_length=40)
    subject = models.CharField(max_length=80, blank=True)
    booked_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["booked_at"]
        constraints = [
            values_check("state", BookingState, "booking_state"),
            models.UniqueConstraint(
                fields=["event", "idempotency_key"], condition=~Q(idempotency_key=""), name="one_booking_per_form"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.name_masked}"
