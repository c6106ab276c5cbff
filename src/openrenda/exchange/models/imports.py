"""The tables of imports: a run with its file, its verdicts row by row, how far it is; mappings kept for next time."""

from django.db import models
from django.db.models import F, Q

from openrenda.exchange.import_states import OPEN_IMPORTS, ImportState, Via
from openrenda.exchange.values import Outcome
from openrenda.kernel.models import values_check
from openrenda.orgs.models import Congress

_OPEN = Q(state__in=[str(state) for state in OPEN_IMPORTS])


class ImportRun(models.Model):
    """A register that somebody brings in. `sheets` is the mapping, one entry per sheet; `counts` what was found and
    written; `fault` with `fault_params` why it ended without writing, or why it was sent back."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="imports")
    kind = models.CharField(max_length=60)
    file_name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    format = models.CharField(max_length=30, blank=True)
    via = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    sheets = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    leaves_out = models.BooleanField(default=False)
    fault = models.CharField(max_length=300, blank=True)
    fault_params = models.JSONField(default=dict)
    by = models.CharField(max_length=120)
    by_name = models.CharField(max_length=120)
    roles = models.JSONField(default=list)
    person_id = models.BigIntegerField(null=True)
    origin = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            values_check("state", ImportState, "import_state"),
            values_check("via", Via, "import_via"),
            models.UniqueConstraint(
                fields=["congress", "kind", "sha256"], condition=_OPEN, name="one_open_import_per_file"
            ),
            models.CheckConstraint(
                name="import_is_ended_or_open",
                condition=(_OPEN & Q(ended_at=None)) | (~_OPEN & Q(ended_at__gte=F("started_at"))),
            ),
        ]
        indexes = [models.Index(fields=["congress", "-id"], name="import_newest")]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.file_name}"


class ImportFile(models.Model):
    """The file itself, kept until some days after the run: it is read again when the mapping changes, when it is
    written, and for the error workbook."""

    run = models.OneToOneField(ImportRun, on_delete=models.CASCADE, primary_key=True, related_name="file")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.run_id}"


class ImportRow(models.Model):
    """The verdict on one row. `title` tells a reader which row it is; other cells are not kept here."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    sheet = models.CharField(max_length=100, blank=True)
    line = models.PositiveIntegerField()
    title = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=10)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["position"]
        constraints = [
            values_check("outcome", Outcome, "import_outcome"),
            models.UniqueConstraint(fields=["run", "position"], name="one_import_row_per_position"),
        ]
        indexes = [models.Index(fields=["run", "outcome", "position"], name="import_row_by_outcome")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.line}"


class ImportProgress(models.Model):
    """How far a run is, written outside of its transaction so that others see it; and the wish to stop it."""

    run = models.OneToOneField(ImportRun, on_delete=models.CASCADE, primary_key=True, related_name="progress")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    is_to_stop = models.BooleanField(default=False)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"


class ImportMapping(models.Model):
    """Which column of a table with this header is what, as somebody settled it: folded header → column key."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="import_mappings")
    kind = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64)
    columns = models.JSONField()
    by = models.CharField(max_length=120)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["congress", "kind", "fingerprint"], name="one_import_mapping_per_header")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.fingerprint[:8]}"
