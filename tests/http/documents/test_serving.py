"""Files over HTTP: asked for each time, never run, and too large ones neither fill memory nor lose the form."""

import io
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from openrenda.documents import actions, views
from openrenda.documents.errors import FileTooLarge
from openrenda.documents.models import StoredFile
from openrenda.documents.rules.limits import FILE_BYTES, MEGABYTE
from openrenda.documents.uploads import OversizedUpload
from openrenda.kernel import subject
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import NotFound
from openrenda.kernel.http import ActorRequest
from openrenda.kernel.subject import SubjectRef
from tests.makers import orgs
from tests.makers.documents import PDF, an_image, an_upload
from tests.makers.kernel import an_actor

CASE = SubjectRef("test.case", 7)


@pytest.fixture(autouse=True)
def _uploads(tmp_path: Path, settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    monkeypatch.setattr(subject, "_kinds", dict(subject._kinds))
    subject.register("test.case", title=str, url=lambda pk, actor: "", visible=lambda actor, pk: pk == 7)


def stored(content: bytes | None = None, name: str = "现场 照片.jpg", *, public: bool = True) -> StoredFile:
    me = an_actor("person:1", congress_id=orgs.a_congress().pk)
    return actions.store(upload=an_upload(content, name), subject=CASE, actor=me, public=public)


def got(client: Client, url: str, **headers: str) -> tuple[HttpResponse, bytes]:
    """The answer and its content, read to the end, as a server does."""
    response = client.get(url, headers=headers)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return response, content


def request_of(actor: Actor, method: str = "get", **headers: str) -> ActorRequest:
    request: ActorRequest = getattr(RequestFactory(), method)("/files/x/", **headers)
    request.actor = actor
    return request


def test_a_public_picture_is_shown_to_visitors_in_a_sandbox(client: Client) -> None:
    row = stored(an_image(exif=True))
    response, content = got(client, reverse("documents:file", args=[row.token]))
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"].startswith("inline; filename*=utf-8''%E7%8E%B0")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"].startswith("private")
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert content.startswith(b"\xff\xd8\xff")
    assert b"SecretPhone" not in content
    thumb, small = got(client, reverse("documents:thumb", args=[row.token]))
    assert (thumb.status_code, thumb["Content-Type"], small[:3]) == (200, "image/jpeg", b"\xff\xd8\xff")


def test_a_paper_is_a_download(client: Client) -> None:
    response, content = got(client, reverse("documents:file", args=[stored(PDF, "答复.pdf").token]))
    assert response["Content-Disposition"].startswith("attachment; ")
    assert response["Content-Type"] == "application/pdf"
    assert content == PDF


@pytest.mark.parametrize("name", ["file", "thumb"])
def test_unknown_and_not_public_look_the_same(client: Client, name: str) -> None:
    hidden = client.get(reverse(f"documents:{name}", args=[stored(public=False).token]))
    unknown = client.get(reverse(f"documents:{name}", args=["nothing-like-it"]))
    assert hidden.status_code == unknown.status_code == 404


def test_what_was_seen_is_asked_for_again_and_not_sent_again(client: Client) -> None:
    row = stored()
    url = reverse("documents:file", args=[row.token])
    etag = got(client, url)[0]["ETag"]
    again, content = got(client, url, **{"If-None-Match": etag})
    assert (again.status_code, content) == (304, b"")
    actions.set_public(file_id=row.pk, public=False, actor=an_actor(congress_id=row.congress_id))
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 404


def test_head_tells_the_kind_without_the_content(client: Client) -> None:
    response = client.head(reverse("documents:file", args=[stored().token]))
    assert (response.status_code, response["Content-Type"], response.content) == (200, "image/jpeg", b"")


def test_nothing_else_is_done_there(client: Client) -> None:
    assert client.post(reverse("documents:file", args=[stored().token])).status_code in {403, 405}


def test_the_folder_of_uploads_has_no_address(client: Client) -> None:
    row = stored()
    for path in (f"/media/files/{row.sha256[:2]}/{row.sha256}", f"/files/{row.sha256}/", f"/uploads/{row.sha256}"):
        assert client.get(path).status_code == 404


def test_lost_content_is_not_found_and_no_fault(
    client: Client, settings: pytest.FixtureRequest, tmp_path: Path
) -> None:
    row = stored()
    settings.MEDIA_ROOT = tmp_path / "restored without files"  # type: ignore[attr-defined]
    assert client.get(reverse("documents:file", args=[row.token])).status_code == 404


@pytest.mark.parametrize("files", [1, 8])
def test_serving_costs_one_query(files: int, django_assert_num_queries: pytest.FixtureRequest) -> None:
    rows = [stored(an_image((40 + number, 30))) for number in range(files)]
    request = request_of(an_actor("person:1", congress_id=rows[0].congress_id))
    with django_assert_num_queries(1):  # type: ignore[operator]
        response = views.file(request, rows[-1].token)
    response.close()


def test_another_congress_does_not_see_it() -> None:
    with pytest.raises(NotFound):
        views.file(request_of(an_actor(congress_id=orgs.a_congress("elsewhere").pk)), stored().token)


# --- arriving ---------------------------------------------------------------------------------------------------------


class Endless(io.RawIOBase):
    """A body that is made while it is read: what is refused must not be held."""

    def __init__(self, head: bytes, size: int, tail: bytes) -> None:
        self._parts = self._made(head, size, tail)
        self._rest = b""
        self.length = len(head) + size + len(tail)

    @staticmethod
    def _made(head: bytes, size: int, tail: bytes) -> Iterator[bytes]:
        yield head
        for _ in range(size // MEGABYTE):
            yield b"\xff\xd8\xff" + b"0" * (MEGABYTE - 3)
        yield tail

    def read(self, size: int = -1) -> bytes:
        while len(self._rest) < size and (part := next(self._parts, b"")):
            self._rest += part
        given, self._rest = self._rest[:size], self._rest[size:]
        return given


HEAD = (
    b'--X\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xe8\xb7\xaf\xe7\x81\xaf\xe5\x9d\x8f\xe4\xba\x86\r\n'
    b'--X\r\nContent-Disposition: form-data; name="photos"; filename="big.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
)
TAIL = (
    b'\r\n--X\r\nContent-Disposition: form-data; name="photos"; filename="small.jpg"\r\n'
    b"Content-Type: image/jpeg\r\n\r\n" + an_image() + b"\r\n--X--\r\n"
)


@contextmanager
def posted(size: int) -> Iterator[HttpRequest]:
    """The form has arrived; its temporary files are gone afterwards."""
    source = Endless(HEAD, size, TAIL)
    environ = {
        "CONTENT_TYPE": "multipart/form-data; boundary=X",
        "CONTENT_LENGTH": str(source.length),
        "wsgi.input": source,
    }
    request = RequestFactory().generic("POST", "/", **environ)
    try:
        yield request
    finally:
        request.close()


def test_fifty_megabytes_are_thrown_away_on_arrival_and_the_form_survives() -> None:
    with posted(50 * MEGABYTE) as request:
        big, small = request.FILES.getlist("photos")
        assert request.POST["text"] == "路灯坏了"
        assert isinstance(big, OversizedUpload)
        assert (big.name, big.size, big.read()) == ("big.jpg", 50 * MEGABYTE, b"")
        assert small.read() == an_image()
    me = an_actor("person:1", congress_id=orgs.a_congress().pk)
    with pytest.raises(FileTooLarge) as refused:
        actions.store(upload=big, subject=CASE, actor=me, field="photos")
    assert refused.value.params == {"name": "big.jpg", "size": 50, "limit": 20}


def test_neither_memory_nor_disk_grows_while_fifty_megabytes_arrive(
    tmp_path: Path, settings: pytest.FixtureRequest
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path  # type: ignore[attr-defined]
    tracemalloc.start()
    try:
        with posted(50 * MEGABYTE) as request:
            assert len(request.FILES) == 1
            _, peak = tracemalloc.get_traced_memory()
            assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= len(an_image())
    finally:
        tracemalloc.stop()
    assert peak < 12 * MEGABYTE


def test_a_file_of_just_the_limit_arrives_whole() -> None:
    with posted(FILE_BYTES) as request:
        big, _ = request.FILES.getlist("photos")
        assert big.size == FILE_BYTES
        assert not isinstance(big, OversizedUpload)


def test_an_ordinary_upload_is_untouched() -> None:
    request = RequestFactory().post("/", {"photos": SimpleUploadedFile("a.jpg", an_image(), "image/jpeg")})
    photo = request.FILES["photos"]
    assert (photo.size, photo.read()) == (len(an_image()), an_image())  # type: ignore[union-attr]
