"""Notices and who wants letters."""

from django.db import models
from django.db.models import Q

from openrenda.kernel.models import values_check
from openrenda.orgs.models import Congress

from .states import EmailState


class Notification(models.Model):
    """One fact told to one recipient. Texts are msgids with named parts, so each reader has them in his language."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="notifications")
    event_id = models.BigIntegerField()
    recipient = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    why = models.CharField(max_length=200)
    params = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    email_state = models.CharField(max_length=10, default=EmailState.NONE.value)
    email_sealed = models.TextField(blank=True)
    email_tries = models.PositiveSmallIntegerField(default=0)
    email_sent_at = models.DateTimeField(null=True)
    email_error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event_id", "recipient"], name="one_notice_per_fact_and_recipient"),
            values_check("email_state", EmailState, "notification_email_state"),
            models.CheckConstraint(
                name="notification_sent_is_whole",
                condition=Q(email_state="sent", email_sent_at__isnull=False)
                | (~Q(email_state="sent") & Q(email_sent_at=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notification_inbox"),
            models.Index(fields=["recipient"], condition=Q(read_at=None), name="notification_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.title}"

    @property
    def topic(self) -> str:
        """What preferences are about: the slice that speaks, e.g. "liaison"."""
        return self.subject_kind.partition(".")[0]


class EmailPreference(models.Model):
    """Does a recipient want letters about a topic? Without a row: yes."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="email_preferences")
    recipient = models.CharField(max_length=60)
    topic = models.CharField(max_length=60)
    wanted = models.BooleanField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recipient", "topic"], name="one_preference_per_topic")]

    def __str__(self) -> str:
        return f"{self.recipient} {self.topic}: {self.wanted}"
