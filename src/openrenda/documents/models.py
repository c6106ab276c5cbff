"""The table of kept files. The content lies in `storage`, under its hash."""

from django.db import models
from django.db.models import Q

from openrenda.kernel.models import values_check
from openrenda.orgs.models import Congress

from .states import FileKind


class StoredFile(models.Model):
    """One upload: what it is, whose it is, what it belongs to. Equal content of several uploads is kept once."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="files")
    token = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()
    thumb_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    purpose = models.CharField(max_length=30, blank=True)
    public = models.BooleanField(default=False)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    uploaded_by = models.CharField(max_length=120)
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            values_check("kind", FileKind, "stored_file_kind"),
            models.CheckConstraint(
                name="stored_file_subject_is_whole",
                condition=Q(subject_kind="", subject_id=None) | (~Q(subject_kind="") & Q(subject_id__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "sha256"],
                condition=Q(subject_id__isnull=False),
                name="one_file_per_content_and_subject",
            ),
        ]
        indexes = [models.Index(fields=["uploaded_at"], condition=Q(subject_id=None), name="stored_file_orphans")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        return FileKind(self.kind).is_image
