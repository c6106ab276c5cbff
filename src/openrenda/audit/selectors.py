"""Reading the record."""

from django.db.models import QuerySet

from .models import AuditEntry


def entries_of(subject_kind: str, subject_id: int) -> QuerySet[AuditEntry]:
    """All rows about one object, oldest first. One query."""
    return AuditEntry.objects.filter(subject_kind=subject_kind, subject_id=subject_id).order_by("pk")


def page_of(
    congress_id: int, *, before_id: int | None = None, kind: str = "", actor_urn: str = "", size: int = 50
) -> list[AuditEntry]:
    """A page of the whole record, newest first, keyset by id. One query."""
    rows = AuditEntry.objects.filter(congress_id=congress_id)
    if before_id is not None:
        rows = rows.filter(pk__lt=before_id)
    if kind:
        rows = rows.filter(kind__startswith=kind)
    if actor_urn:
        rows = rows.filter(actor_urn=actor_urn)
    return list(rows.order_by("-pk")[:size])
