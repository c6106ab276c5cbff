"""The audit table."""

from django.db import models

from openrenda.kernel.triggers import append_only_trigger


class AuditEntry(models.Model):
    """One thing done. `detail` holds what a reader needs and no personal data."""

    congress_id = models.BigIntegerField()
    at = models.DateTimeField()
    actor_urn = models.CharField(max_length=120)
    actor_name = models.CharField(max_length=120)
    actor_roles = models.JSONField(default=list)
    on_behalf_of = models.CharField(max_length=120, blank=True)
    origin = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    before = models.CharField(max_length=64, blank=True)
    after = models.CharField(max_length=64, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="audit_by_subject"),
            models.Index(fields=["actor_urn", "id"], name="audit_by_actor"),
        ]
        triggers = [append_only_trigger("audit_append_only")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.kind}"
