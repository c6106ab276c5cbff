"""Writes: keep a file, tie it to its subject, publish it, remove it, clean up."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models import Q

from openrenda.audit.actions import digest, record
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import NotFound
from openrenda.kernel.subject import SubjectRef

from . import storage
from .errors import EmptyFile, FileRefused, FileTooLarge, TooManyFiles
from .models import StoredFile
from .rules import images, papers
from .rules.kinds import HEAD, kept_name, kind_of, shown_name
from .rules.limits import (
    FILE_BYTES,
    FILES_PER_SUBJECT,
    IMAGE_BYTES,
    IMAGES_PER_SUBJECT,
    MEGABYTE,
    ORPHAN_HOURS,
)
from .states import FileKind


@dataclass(frozen=True, slots=True)
class _Checked:
    """Content that has passed and lies in storage."""

    kind: FileKind
    sha256: str
    size: int
    thumb_sha256: str = ""
    width: int | None = None
    height: int | None = None


def store(
    *,
    upload: "UploadedFile[Any]",
    subject: SubjectRef | None,
    actor: Actor,
    purpose: str = "",
    public: bool = False,
    field: str = "",
) -> StoredFile:
    """Check a file and keep it. The same content twice for one subject (a double click) is one file.

    Without a subject it waits for `attach`, and is gone after a day. Raises FileRefused (an Invalid); `field` is the
    form's input beside which the sentence is shown. Whether the actor may add files there is the caller's to decide.
    """
    name = shown_name(upload.name or "")
    try:
        checked = _checked(upload, name)
    except FileRefused as refusal:
        raise refusal.beside(field) from refusal.__cause__
    return _enter(checked, upload.name or "", subject, actor, purpose=purpose, public=public, field=field)


def _checked(upload: "UploadedFile[Any]", name: str) -> _Checked:
    """What the upload is, put away. Runs outside of any lock: decoding takes a moment."""
    size = upload.size or 0
    if size == 0:
        raise EmptyFile(name=name)
    _must_fit(size, FILE_BYTES, name)
    file = cast("BinaryIO", upload.file)  # Django opens what it received for bytes
    file.seek(0)
    kind = kind_of(file.read(HEAD), name) or papers.office_kind(file, name)
    if kind.is_image:
        _must_fit(size, IMAGE_BYTES, name)
        image = images.clean(file, kind, name)
        kept, thumb = storage.put([image.content]), storage.put([image.thumb])
        return _Checked(kind, kept.sha256, kept.size, thumb.sha256, image.width, image.height)
    if kind is FileKind.PDF:
        papers.check_pdf(file, name)
    kept = storage.put(upload.chunks())
    return _Checked(kind, kept.sha256, kept.size)


def _must_fit(size: int, limit: int, name: str) -> None:
    if size > limit:
        raise FileTooLarge(name=name, size=-(-size // MEGABYTE), limit=limit // MEGABYTE)


@transaction.atomic
def _enter(
    checked: _Checked,
    raw_name: str,
    subject: SubjectRef | None,
    actor: Actor,
    *,
    purpose: str,
    public: bool,
    field: str,
) -> StoredFile:
    if subject is not None:
        _lock(subject)
        known = StoredFile.objects.filter(
            subject_kind=subject.kind, subject_id=subject.id, sha256=checked.sha256
        ).first()
        if known is not None:
            return known
        _must_be_room(subject, [checked.kind], shown_name(raw_name), field)
    row = StoredFile.objects.create(
        congress_id=actor.congress_id,
        token=secrets.token_urlsafe(24),
        name=kept_name(raw_name, checked.kind),
        kind=checked.kind,
        sha256=checked.sha256,
        size=checked.size,
        thumb_sha256=checked.thumb_sha256,
        width=checked.width,
        height=checked.height,
        purpose=purpose,
        public=public,
        subject_kind=subject.kind if subject else "",
        subject_id=subject.id if subject else None,
        uploaded_by=actor.urn,
        uploaded_at=clock.now(),
    )
    record(actor, "documents.stored", row, subject=str(subject or ""), sha256=row.sha256, size=row.size)
    return row


@transaction.atomic
def attach(
    *, subject: SubjectRef, actor: Actor, file_ids: Iterable[int] = (), tokens: Iterable[str] = ()
) -> list[StoredFile]:
    """Tie files that were kept without a subject to `subject`.

    A visitor without an account names them by `tokens`, which only whoever uploaded them has seen; others may use ids,
    and only of files of their own. NotFound if one of them is unknown, somebody else's, or tied already.
    """
    ids, keys = set(file_ids), set(tokens)
    if not ids and not keys:
        return []
    _lock(subject)
    named = Q(token__in=keys) if actor.is_anonymous else Q(token__in=keys) | Q(pk__in=ids)
    mine = Q(congress_id=actor.congress_id, uploaded_by=actor.urn, subject_id=None)
    rows = list(StoredFile.objects.select_for_update().filter(named, mine).order_by("pk"))
    if ids - {row.pk for row in rows} or keys - {row.token for row in rows}:
        raise NotFound("documents.not_found")
    _must_be_room(subject, [FileKind(row.kind) for row in rows], rows[0].name, "")
    for row in rows:
        before = digest(row)
        row.subject_kind, row.subject_id = subject.kind, subject.id
        row.save(update_fields=["subject_kind", "subject_id"])
        record(actor, "documents.attached", row, before=before, subject=str(subject))
    return rows


def _lock(subject: SubjectRef) -> None:
    """One at a time adds files to a subject, so that its number of files cannot be overrun."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"documents {subject}"])


def _must_be_room(subject: SubjectRef, coming: Sequence[FileKind], name: str, field: str) -> None:
    there = StoredFile.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
    kinds = [*(FileKind(kind) for kind in there.values_list("kind", flat=True)), *coming]
    pictures = sum(kind.is_image for kind in kinds)
    if pictures > IMAGES_PER_SUBJECT or len(kinds) - pictures > FILES_PER_SUBJECT:
        refusal = TooManyFiles(name=name, images=IMAGES_PER_SUBJECT, files=FILES_PER_SUBJECT)
        raise refusal.beside(field)


@transaction.atomic
def set_public(*, file_id: int, public: bool, actor: Actor) -> StoredFile:
    """Let the file be seen by whoever sees its subject, or no longer. The caller has checked who may publish."""
    row = StoredFile.objects.select_for_update().filter(pk=file_id, congress_id=actor.congress_id).first()
    if row is None:
        raise NotFound("documents.not_found")
    before = digest(row)
    row.public = public
    row.save(update_fields=["public"])
    record(actor, "documents.published" if public else "documents.unpublished", row, before=before)
    return row


@transaction.atomic
def remove(*, file_id: int, actor: Actor, reason: str = "") -> None:
    """Delete a file; its content goes with the next clean-up unless another file has the same."""
    row = StoredFile.objects.select_for_update().filter(pk=file_id, congress_id=actor.congress_id).first()
    if row is None:
        raise NotFound("documents.not_found")
    _delete(row, actor, reason)


def _delete(row: StoredFile, actor: Actor, reason: str) -> None:
    record(
        actor, "documents.removed", row, before=digest(row), sha256=row.sha256, reason=reason[:200],
        subject=f"{row.subject_kind}:{row.subject_id}" if row.subject_id else "",
    )  # fmt: skip
    row.delete()


def sweep() -> tuple[int, int]:
    """Remove files that never found a subject within a day, then content that no file refers to. (files, contents)"""
    limit = clock.now() - timedelta(hours=ORPHAN_HOURS)
    orphans = StoredFile.objects.filter(subject_id=None, uploaded_at__lt=limit)
    count = 0
    for pk in list(orphans.values_list("pk", flat=True)):
        with transaction.atomic():
            row = StoredFile.objects.select_for_update().filter(pk=pk, subject_id=None).first()
            if row is not None:
                _delete(row, Actor.system("clean-up", row.congress_id), "no subject within a day")
                count += 1
    storage.remove_parts()
    return count, storage.remove(_unused())


def _unused() -> list[str]:
    old = list(storage.old())
    used = set(StoredFile.objects.filter(sha256__in=old).values_list("sha256", flat=True))
    used |= set(StoredFile.objects.filter(thumb_sha256__in=old).values_list("thumb_sha256", flat=True))
    return [sha256 for sha256 in old if sha256 not in used]
