"""Files are kept once, tied to one subject, seen by those who may, and cleaned away."""

import os
import time
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from openrenda.audit.models import AuditEntry
from openrenda.documents import actions, selectors, storage
from openrenda.documents.errors import EmptyFile, FileTooLarge, TooManyFiles, UnknownKind
from openrenda.documents.models import StoredFile
from openrenda.documents.rules.limits import FILE_BYTES, FILES_PER_SUBJECT, IMAGE_BYTES, IMAGES_PER_SUBJECT, MEGABYTE
from openrenda.documents.states import FileKind
from openrenda.documents.uploads import OversizedUpload
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import NotFound
from openrenda.kernel.subject import SubjectRef
from tests.makers.documents import PDF, a_document, an_image, an_upload
from tests.makers.kernel import a_rollback, an_actor, at_once

CASE = SubjectRef("test.case", 7)
OTHER = SubjectRef("test.case", 8)
PHOTO = an_image((640, 480))  # larger than its small copy


@pytest.fixture
def me(congress_id: int) -> Actor:
    return an_actor("person:1", congress_id=congress_id)


@pytest.fixture
def visitor(congress_id: int) -> Actor:
    return Actor.anonymous(congress_id)


def contents(uploads: Path) -> set[str]:
    return {path.name for path in uploads.glob("??/*")}


# --- keeping ----------------------------------------------------------------------------------------------------------


def test_a_photo_is_kept_clean_under_its_hash_with_a_small_copy(me: Actor, uploads: Path) -> None:
    row = actions.store(upload=an_upload(an_image(exif=True)), subject=CASE, actor=me, purpose="evidence")
    assert (row.kind, row.name, row.width, row.height) == (FileKind.JPEG, "photo.jpg", 80, 60)
    assert (row.subject_kind, row.subject_id, row.public, row.purpose) == ("test.case", 7, False, "evidence")
    assert contents(uploads) == {row.sha256, row.thumb_sha256}
    with storage.opened(row.sha256) as kept:
        content = kept.read()
    assert len(content) == row.size
    assert b"SecretPhone" not in content
    assert len(row.token) == 32


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "答复.pdf", FileKind.PDF),
        (a_document(), "答复.docx", FileKind.DOCX),
        (a_document("xl/workbook.xml"), "表.xlsx", FileKind.XLSX),
    ],
)
def test_papers_are_kept_as_they_are(me: Actor, content: bytes, name: str, kind: FileKind) -> None:
    row = actions.store(upload=an_upload(content, name, "application/octet-stream"), subject=CASE, actor=me)
    assert (row.kind, row.name, row.thumb_sha256) == (kind, name, "")
    with storage.opened(row.sha256) as kept:
        assert kept.read() == content


def test_a_false_name_and_a_false_type_change_nothing(me: Actor) -> None:
    row = actions.store(upload=an_upload(an_image(form="PNG"), "evil.php", "text/html"), subject=CASE, actor=me)
    assert (row.kind, row.name) == (FileKind.PNG, "evil.png")


def test_a_script_called_photo_is_refused_beside_the_field(me: Actor, uploads: Path) -> None:
    with pytest.raises(UnknownKind) as refused:
        actions.store(upload=an_upload(b"<script>alert(1)</script>"), subject=CASE, actor=me, field="photos")
    assert set(refused.value.fields) == {"photos"}
    assert "photo.jpg" in refused.value.fields["photos"].format(**refused.value.params)
    assert not StoredFile.objects.exists()
    assert contents(uploads) == set()


def test_an_empty_file_is_refused(me: Actor) -> None:
    with pytest.raises(EmptyFile):
        actions.store(upload=an_upload(b""), subject=CASE, actor=me)


def test_sizes_are_limited_by_kind(me: Actor) -> None:
    large = an_image() + b"\0" * IMAGE_BYTES
    with pytest.raises(FileTooLarge) as refused:
        actions.store(upload=an_upload(large), subject=CASE, actor=me)
    assert refused.value.params == {"name": "photo.jpg", "size": 11, "limit": 10}
    paper = PDF[:-47] + b"%" + b"x" * IMAGE_BYTES + b"\n" + PDF[-47:]
    assert actions.store(upload=an_upload(paper, "大.pdf"), subject=CASE, actor=me).size > IMAGE_BYTES


def test_what_was_thrown_away_on_arrival_is_refused_with_its_real_size(me: Actor) -> None:
    upload = OversizedUpload(None, "photos", "大.jpg", "image/jpeg", FILE_BYTES + 30 * MEGABYTE, None)  # type: ignore[arg-type]
    with pytest.raises(FileTooLarge) as refused:
        actions.store(upload=upload, subject=CASE, actor=me)
    assert refused.value.params["size"] == 50


def test_the_same_content_twice_for_one_subject_is_one_file(me: Actor) -> None:
    first = actions.store(upload=an_upload(), subject=CASE, actor=me)
    assert actions.store(upload=an_upload(name="again.jpg"), subject=CASE, actor=me).pk == first.pk
    other = actions.store(upload=an_upload(), subject=OTHER, actor=me)
    assert (other.pk != first.pk, other.sha256 == first.sha256) == (True, True)


def test_a_rollback_leaves_no_row(me: Actor) -> None:
    with a_rollback():
        actions.store(upload=an_upload(), subject=CASE, actor=me)
    assert not StoredFile.objects.exists()
    assert not AuditEntry.objects.filter(kind="documents.stored").exists()


def test_nine_pictures_and_twenty_papers_at_most(me: Actor) -> None:
    for number in range(IMAGES_PER_SUBJECT):
        actions.store(upload=an_upload(an_image((40 + number, 30))), subject=CASE, actor=me)
    with pytest.raises(TooManyFiles) as refused:
        actions.store(upload=an_upload(an_image((99, 30)), "第十张.jpg"), subject=CASE, actor=me, field="photos")
    assert refused.value.params["name"] == "第十张.jpg"
    for number in range(FILES_PER_SUBJECT):
        actions.store(upload=an_upload(PDF + b"%" * number, "x.pdf"), subject=CASE, actor=me)
    with pytest.raises(TooManyFiles):
        actions.store(upload=an_upload(PDF + b"%" * 99, "x.pdf"), subject=CASE, actor=me)


@pytest.mark.django_db(transaction=True)
def test_uploads_at_once_cannot_overrun_the_number(me: Actor) -> None:
    for number in range(IMAGES_PER_SUBJECT - 1):
        actions.store(upload=an_upload(an_image((40 + number, 30))), subject=CASE, actor=me)
    refused: list[TooManyFiles] = []

    def work(number: int) -> None:
        try:
            actions.store(upload=an_upload(an_image((80 + number, 30))), subject=CASE, actor=me)
        except TooManyFiles as refusal:
            refused.append(refusal)

    at_once(4, work)
    assert len(refused) == 3
    assert StoredFile.objects.count() == IMAGES_PER_SUBJECT


@pytest.mark.parametrize("files", [1, 8])
def test_keeping_costs_the_same_however_many_there_are(
    me: Actor, files: int, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    for number in range(files - 1):
        actions.store(upload=an_upload(an_image((40 + number, 30))), subject=CASE, actor=me)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        actions.store(upload=an_upload(), subject=CASE, actor=me)


# --- tying ------------------------------------------------------------------------------------------------------------


def test_a_visitors_files_are_tied_by_their_tokens(visitor: Actor) -> None:
    row = actions.store(upload=an_upload(), subject=None, actor=visitor)
    (tied,) = actions.attach(subject=CASE, actor=visitor, tokens=[row.token])
    assert (tied.subject_kind, tied.subject_id) == ("test.case", 7)
    with pytest.raises(NotFound):
        actions.attach(subject=OTHER, actor=visitor, tokens=[row.token])


def test_a_visitor_cannot_guess_numbers(visitor: Actor) -> None:
    row = actions.store(upload=an_upload(), subject=None, actor=visitor)
    with pytest.raises(NotFound):
        actions.attach(subject=CASE, actor=visitor, file_ids=[row.pk])
    with pytest.raises(NotFound):
        actions.attach(subject=CASE, actor=visitor, tokens=[row.token, "guess"])
    row.refresh_from_db()
    assert row.subject_id is None


def test_nobody_ties_the_files_of_another(me: Actor) -> None:
    row = actions.store(upload=an_upload(), subject=None, actor=me)
    with pytest.raises(NotFound):
        actions.attach(subject=CASE, actor=an_actor("person:2", congress_id=me.congress_id), file_ids=[row.pk])
    assert [f.pk for f in actions.attach(subject=CASE, actor=me, file_ids=[row.pk])] == [row.pk]


def test_tying_nothing_is_nothing(me: Actor) -> None:
    assert actions.attach(subject=CASE, actor=me) == []


def test_the_database_refuses_half_a_subject_and_a_false_kind(me: Actor) -> None:
    row = actions.store(upload=an_upload(), subject=CASE, actor=me)
    for change in ({"subject_id": None}, {"subject_kind": ""}, {"kind": "text/html"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            StoredFile.objects.filter(pk=row.pk).update(**change)


# --- seeing -----------------------------------------------------------------------------------------------------------


def test_who_may_see_a_file(me: Actor, visitor: Actor) -> None:
    other = an_actor("person:2", congress_id=me.congress_id)
    stranger = an_actor("person:1", congress_id=me.congress_id + 1)
    inner = actions.store(upload=an_upload(), subject=CASE, actor=me)
    shown = actions.store(upload=an_upload(PDF, "x.pdf"), subject=CASE, actor=me, public=True)
    loose = actions.store(upload=an_upload(), subject=None, actor=me)
    hidden = actions.store(upload=an_upload(), subject=OTHER, actor=me, public=True)

    def sees(actor: Actor) -> list[bool]:
        return [may_see(actor, row) for row in (inner, shown, loose, hidden)]

    def may_see(actor: Actor, row: StoredFile) -> bool:
        try:
            return selectors.file_for(actor, row.token) == row
        except NotFound:
            return False

    assert sees(me) == [True, True, True, False]
    assert sees(other) == [False, True, False, False]
    assert sees(visitor) == [False, True, False, False]
    assert sees(stranger) == [False, False, False, False]


def test_publishing_and_taking_back(me: Actor, visitor: Actor) -> None:
    row = actions.store(upload=an_upload(), subject=CASE, actor=me)
    assert selectors.files_of(CASE, public_only=True) == []
    actions.set_public(file_id=row.pk, public=True, actor=me)
    assert [f.id for f in selectors.files_of(CASE, public_only=True)] == [row.pk]
    actions.set_public(file_id=row.pk, public=False, actor=me)
    with pytest.raises(NotFound):
        selectors.file_for(visitor, row.token)
    with pytest.raises(NotFound):
        actions.set_public(file_id=row.pk, public=True, actor=an_actor(congress_id=me.congress_id + 1))


@pytest.mark.parametrize("count", [1, 6])
def test_files_of_many_cost_one_query(me: Actor, count: int, django_assert_num_queries: pytest.FixtureRequest) -> None:
    for number in range(count):
        actions.store(upload=an_upload(an_image((40 + number, 30))), subject=CASE, actor=me)
    actions.store(upload=an_upload(PDF, "x.pdf"), subject=OTHER, actor=me, purpose="reply")
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = selectors.files_of_many("test.case", [7, 8, 9])
    assert {pk: len(rows) for pk, rows in found.items()} == {7: count, 8: 1}
    assert (found[7][0].is_image, found[8][0].thumb_url, found[8][0].is_image) == (True, "", False)
    assert len(selectors.files_of(OTHER, purpose="reply")) == 1
    assert selectors.files_of(OTHER, purpose="evidence") == []


# --- cleaning ---------------------------------------------------------------------------------------------------------


def make_old(uploads: Path) -> None:
    for path in [*uploads.glob("??/*"), *uploads.glob("*.part")]:
        os.utime(path, (time.time() - 2 * 24 * 3600,) * 2)


def test_removal_is_recorded_and_content_goes_when_nobody_else_has_it(me: Actor, uploads: Path) -> None:
    first = actions.store(upload=an_upload(PHOTO), subject=CASE, actor=me)
    second = actions.store(upload=an_upload(PHOTO), subject=OTHER, actor=me)
    actions.remove(file_id=first.pk, actor=me, reason="误传")
    make_old(uploads)
    assert actions.sweep() == (0, 0)
    actions.remove(file_id=second.pk, actor=me)
    assert actions.sweep() == (0, 2)
    assert contents(uploads) == set()
    entry = AuditEntry.objects.get(kind="documents.removed", subject_id=first.pk)
    assert (entry.detail["reason"], entry.detail["sha256"]) == ("误传", first.sha256)
    with pytest.raises(NotFound):
        storage.opened(first.sha256)


def test_files_without_a_subject_go_after_a_day(me: Actor, uploads: Path, clock: pytest.FixtureRequest) -> None:
    actions.store(upload=an_upload(PHOTO), subject=None, actor=me)
    tied = actions.store(upload=an_upload(an_image((900, 300))), subject=CASE, actor=me)
    clock.forward(hours=23)  # type: ignore[attr-defined]
    assert actions.sweep()[0] == 0
    clock.forward(hours=2)  # type: ignore[attr-defined]
    make_old(uploads)
    assert actions.sweep() == (1, 2)
    assert contents(uploads) == {tied.sha256, tied.thumb_sha256}


def test_fresh_content_and_fresh_leftovers_stay(me: Actor, uploads: Path) -> None:
    row = actions.store(upload=an_upload(PHOTO), subject=CASE, actor=me)
    actions.remove(file_id=row.pk, actor=me)
    (uploads / "killed.part").write_bytes(b"half")
    assert actions.sweep() == (0, 0)
    make_old(uploads)
    assert actions.sweep() == (0, 2)
    assert not (uploads / "killed.part").exists()


def test_a_failed_write_leaves_nothing_behind(uploads: Path) -> None:
    def chunks() -> object:
        yield b"half"
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        storage.put(chunks())  # type: ignore[arg-type]
    assert list(uploads.glob("*.part")) == []
    assert contents(uploads) == set()
