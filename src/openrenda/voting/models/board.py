"""The public board of an electronic poll. Nothing here knows a person or a time."""

import pgtrigger
from django.db import models
from django.db.models import Q

from openrenda.kernel.models import values_check
from openrenda.kernel.triggers import append_only_trigger
from openrenda.voting.states import BEFORE_OPENING, CredentialState, EventKind, WithdrawalReason

from .frozen import frozen_rows
from .poll import Poll


class Setup(models.Model):
    """What the Setup event points at, byte for byte, and the one timestamp of the archive."""

    poll = models.OneToOneField(Poll, on_delete=models.PROTECT, related_name="setup")
    timestamp = models.BigIntegerField(default=0)
    election = models.TextField(blank=True)
    trustees = models.TextField(blank=True)
    credentials = models.TextField(blank=True)

    class Meta:
        triggers = [frozen_rows("setup_frozen", BEFORE_OPENING, pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.poll_id} setup"


class BoardEvent(models.Model):
    """One event of the archive: its exact body, the object it points at, and what that object points at.

    `digest` is the SHA-256 of the payload in hex: for a ballot, its tracker.
    """

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="events")
    height = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    body = models.TextField()
    payload = models.TextField(blank=True)
    inner = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["poll_id", "height"]
        constraints = [
            values_check("kind", EventKind, "board_event_kind"),
            models.UniqueConstraint(fields=["poll", "height"], name="one_event_per_height"),
            models.UniqueConstraint(
                fields=["poll", "digest"], condition=Q(kind=EventKind.BALLOT), name="one_event_per_ballot"
            ),
            models.UniqueConstraint(
                fields=["poll", "kind"],
                condition=~Q(kind__in=[EventKind.BALLOT, EventKind.PARTIAL]),
                name="one_board_event_of_its_kind",
            ),
        ]
        triggers = [append_only_trigger("board_append_only")]

    def __str__(self) -> str:
        return f"{self.height} {self.kind}"


class Credential(models.Model):
    """The public part of a slip. Which deputy holds it is known to nobody here."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="credentials")
    public = models.TextField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=9, default=CredentialState.FREE.value)
    reason = models.CharField(max_length=8, blank=True)
    height = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            values_check("state", CredentialState, "credential_state"),
            models.UniqueConstraint(fields=["poll", "digest"], name="one_credential_per_public_part"),
            models.UniqueConstraint(fields=["poll", "height"], name="one_ballot_per_height"),
            models.CheckConstraint(
                name="credential_is_whole",
                condition=Q(state=CredentialState.FREE, reason="", height=None)
                | Q(state=CredentialState.USED, reason="", height__isnull=False)
                | Q(
                    state=CredentialState.WITHDRAWN,
                    reason__in=[str(reason) for reason in WithdrawalReason],
                    height=None,
                ),
            ),
        ]
        triggers = [
            frozen_rows("credential_frozen", BEFORE_OPENING, pgtrigger.Insert | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="credential_votes_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF OLD.state <> 'free' OR OLD.public <> NEW.public OR OLD.digest <> NEW.digest
                       OR OLD.poll_id <> NEW.poll_id THEN
                        RAISE EXCEPTION 'credential % is spent', OLD.id USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id} {self.digest[:8]}"
