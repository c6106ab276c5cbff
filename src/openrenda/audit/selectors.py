"""Reading the record."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

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


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which part of the record; empty fields ask for nothing."""

    who: str = ""
    kind: str = ""
    subject_kind: str = ""
    subject_id: int | None = None
    origin: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def words(self) -> str:
        """What was asked for, to be kept with an export."""
        return " ".join(f"{key}={value}" for key, value in asdict(self).items() if value not in ("", None))


def filtered(
    congress_id: int, wanted: AuditFilter, *, before_id: int | None = None, size: int = 50
) -> list[AuditEntry]:
    """Rows that fit, newest first, keyset by id. One query."""
    asked = {
        "pk__lt": before_id,
        "kind__startswith": wanted.kind,
        "subject_kind": wanted.subject_kind,
        "subject_id": wanted.subject_id,
        "origin": wanted.origin,
        "at__gte": wanted.since,
        "at__lt": wanted.until,
    }
    fits = Q(**{lookup: value for lookup, value in asked.items() if value not in ("", None)})
    if wanted.who:
        fits &= Q(actor_urn=wanted.who) | Q(actor_name__contains=wanted.who)
    return list(AuditEntry.objects.filter(fits, congress_id=congress_id).order_by("-pk")[:size])
