"""The table of exports: each one asked for, small or large, with its reason, its size and its digest."""

from django.db import models
from django.db.models import F, Q

from openrenda.exchange.states import ExportState, Format
from openrenda.kernel.models import values_check
from openrenda.orgs.models import Congress

_KEPT = Q(state="ready")


class Export(models.Model):
    """A list that somebody took out. `params` is what stood after the question mark; `roles` the hat that was worn.

    `rows` counts what is written so far. The file of a large one lies in a private folder under `token`.
    """

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="exports")
    table = models.CharField(max_length=60)
    format = models.CharField(max_length=10)
    params = models.JSONField(default=dict)
    filters = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10)
    by = models.CharField(max_length=120)
    by_name = models.CharField(max_length=120)
    roles = models.JSONField(default=list)
    origin = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10)
    rows = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    token = models.CharField(max_length=40, blank=True)
    fault = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    kept_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            values_check("state", ExportState, "export_state"),
            values_check("format", Format, "export_format"),
            models.CheckConstraint(
                name="export_ready_is_whole",
                condition=(_KEPT & Q(kept_until__isnull=False) & ~Q(token="") & ~Q(sha256="")) | (~_KEPT & Q(token="")),
            ),
            models.CheckConstraint(
                name="export_ends_after_it_was_asked_for",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("asked_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["by", "-id"], name="export_by_person"),
            models.Index(fields=["kept_until"], condition=_KEPT, name="export_kept"),
            models.Index(fields=["origin", "asked_at"], condition=Q(by="public"), name="export_by_visitor"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.table} {self.format}"
