"""Reads: the files of a subject, and a file for somebody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from openrenda.kernel import subject as subjects
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import NotFound
from openrenda.kernel.subject import SubjectRef

from .models import StoredFile
from .states import FileKind


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file as a page shows it; `thumb_url` is empty unless it is a picture."""

    id: int
    name: str
    url: str
    thumb_url: str
    size: int
    is_image: bool
    public: bool
    purpose: str
    kind_label: str
    uploaded_at: datetime
    token: str


def files_of(subject: SubjectRef, public_only: bool = False, purpose: str | None = None) -> list[FileRow]:  # noqa: FBT001, FBT002  the name is always written
    """The subject's files in order of arrival. One query."""
    return files_of_many(subject.kind, [subject.id], public_only=public_only, purpose=purpose).get(subject.id, [])


def files_of_many(
    kind: str, ids: Iterable[int], *, public_only: bool = False, purpose: str | None = None
) -> dict[int, list[FileRow]]:
    """The files of several subjects of a kind, for lists. One query."""
    rows: QuerySet[StoredFile] = StoredFile.objects.filter(subject_kind=kind, subject_id__in=list(ids))
    if public_only:
        rows = rows.filter(public=True)
    if purpose is not None:
        rows = rows.filter(purpose=purpose)
    found: dict[int, list[FileRow]] = {}
    for row in rows.order_by("pk"):
        found.setdefault(row.subject_id or 0, []).append(row_of(row))
    return found


def row_of(file: StoredFile) -> FileRow:
    """A stored file as a row."""
    return FileRow(
        id=file.pk,
        name=file.name,
        url=reverse("documents:file", args=[file.token]),
        thumb_url=reverse("documents:thumb", args=[file.token]) if file.thumb_sha256 else "",
        size=file.size,
        is_image=file.is_image,
        public=file.public,
        purpose=file.purpose,
        kind_label=FileKind(file.kind).label,
        uploaded_at=file.uploaded_at,
        token=file.token,
    )


def file_for(actor: Actor, token: str) -> StoredFile:
    """The only way an edge obtains a file. Unknown and invisible look the same. One query and what the subject asks.

    A public file is for whoever sees its subject; any other for whoever works inside it. One that waits for its
    subject is for whoever uploaded it.
    """
    file = StoredFile.objects.filter(token=token, congress_id=actor.congress_id).first()
    if file is None or not _may_see(actor, file):
        raise NotFound("documents.not_found")
    return file


def _may_see(actor: Actor, file: StoredFile) -> bool:
    if file.subject_id is None:
        return file.uploaded_by == actor.urn
    ref = SubjectRef(file.subject_kind, file.subject_id)
    return subjects.visible(actor, ref) if file.public else subjects.visible_inside(actor, ref)
