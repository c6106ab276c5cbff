"""Where a suggestion came from that was taken over from an office's old register (台账补录)."""

from django.db import models

from openrenda.kernel.triggers import append_only_trigger

from .suggestion import Suggestion


class RegisterLine(models.Model):
    """File and line of a suggestion that was not filed here but taken over. Never changed.

    `marks` are short digests of what stood in each column, so that the same register can be told from a changed one
    without keeping its cells twice.
    """

    suggestion = models.OneToOneField(
        Suggestion, on_delete=models.PROTECT, related_name="register_line", primary_key=True
    )
    run = models.BigIntegerField(null=True)
    file = models.CharField(max_length=200, blank=True)
    sheet = models.CharField(max_length=100, blank=True)
    line = models.PositiveIntegerField()
    marks = models.JSONField(default=dict)
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=120)

    class Meta:
        triggers = [append_only_trigger("register_line_append_only")]

    def __str__(self) -> str:
        return f"{self.file} {self.line}"
