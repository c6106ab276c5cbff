"""Serving: after asking who may, as a download, in a sandbox."""

from django.http import FileResponse, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.views.decorators.http import require_safe

from openrenda.kernel.http import ActorRequest

from . import selectors, storage
from .models import StoredFile
from .states import FileKind

_CSP = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'"


@require_safe
def file(request: ActorRequest, token: str) -> HttpResponseBase:
    """The file: a picture is shown, anything else is downloaded."""
    stored = selectors.file_for(request.actor, token)
    return _served(request, stored, stored.sha256, stored.kind, as_attachment=not stored.is_image)


@require_safe
def thumb(request: ActorRequest, token: str) -> HttpResponseBase:
    """The small copy of a picture."""
    stored = selectors.file_for(request.actor, token)
    return _served(request, stored, stored.thumb_sha256 or stored.sha256, FileKind.JPEG, as_attachment=False)


def _served(
    request: ActorRequest, stored: StoredFile, sha256: str, kind: str, *, as_attachment: bool
) -> HttpResponseBase:
    etag = f'"{sha256}"'
    response: HttpResponseBase
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponseNotModified()
    elif request.method == "HEAD":
        response = HttpResponse(content_type=kind)
    else:
        response = FileResponse(
            storage.opened(sha256), as_attachment=as_attachment, filename=stored.name, content_type=kind
        )
    response.headers["ETag"] = etag
    # Not `immutable`: a file that is taken back from publication must be asked for again.
    response.headers["Cache-Control"] = "private, max-age=0, must-revalidate"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = _CSP
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
