"""The meeting, who is there, what is on the agenda, who watches its votes."""

from django.db import models
from django.db.models import Q

from openrenda.kernel.models import values_check
from openrenda.meetings.states import ItemKind, ItemState, MeetingKind, MeetingState, Presence
from openrenda.orgs.models import Congress, Mandate, Session, Unit
from openrenda.voting.models import Poll
from openrenda.voting.states import Duty


class Meeting(models.Model):
    """One sitting of a body. `base` is the number of all members in office, frozen when it opens."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=20)
    key = models.SlugField(max_length=40)
    title = models.CharField(max_length=120)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="meetings", null=True)
    held_on = models.DateField()
    place = models.CharField(max_length=80)
    state = models.CharField(max_length=10, default=MeetingState.PREPARING.value)
    base = models.PositiveIntegerField(default=0)
    quorum = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "key"], name="one_meeting_per_key"),
            values_check("kind", MeetingKind, "meeting_kind"),
            models.CheckConstraint(
                name="meeting_opens_with_a_base",
                condition=Q(state__in=[MeetingState.PREPARING, MeetingState.NOTICED]) | Q(base__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """A member is there, excused, or has left."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    presence = models.CharField(max_length=10)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            values_check("presence", Presence, "attendance_presence"),
            models.UniqueConstraint(fields=["meeting", "mandate"], name="one_attendance_per_member"),
        ]

    def __str__(self) -> str:
        return f"{self.mandate_id} {self.presence}"


class Scrutineer(models.Model):
    """Who watches the votes of this meeting, as the meeting agreed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="scrutineers")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    duty = models.CharField(max_length=10)

    class Meta:
        ordering = ["pk"]
        constraints = [
            values_check("duty", Duty, "meeting_scrutineer_duty"),
            models.UniqueConstraint(fields=["meeting", "mandate"], name="one_duty_per_member"),
        ]

    def __str__(self) -> str:
        return f"{self.mandate_id} {self.duty}"


class AgendaItem(models.Model):
    """One item. Decided by a poll, by recorded figures, or by being heard."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=14)
    reporter = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(default=0)
    purpose = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=12, default=ItemState.PLANNED.value)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, null=True, related_name="+")
    approve = models.PositiveIntegerField(null=True)
    oppose = models.PositiveIntegerField(null=True)
    abstain = models.PositiveIntegerField(null=True)
    note = models.CharField(max_length=400, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            values_check("kind", ItemKind, "agenda_item_kind"),
            models.UniqueConstraint(fields=["meeting", "number"], name="one_item_per_number"),
        ]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="agenda_item_by_subject")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
