"""The request whose page is being rendered: macros are imported once, without a page's context, and ask here."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

ELDER_COOKIE = "elder"
_request: ContextVar[HttpRequest | None] = ContextVar("openrenda_ui_request", default=None)


@contextmanager
def rendering(request: HttpRequest) -> Iterator[None]:
    """Pages rendered inside belong to `request`."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def request() -> HttpRequest | None:
    """The request being answered, or None (a letter, a print job)."""
    return _request.get()


def elder() -> bool:
    """Has the reader chosen the elder mode (长辈版)?"""
    current = _request.get()
    return current is not None and current.COOKIES.get(ELDER_COOKIE) == "1"


def lang() -> str:
    """The page's language as HTML names it."""
    return "en" if (get_language() or "").startswith("en") else "zh-Hans"


class CsrfInput:
    """`{{ csrf_input }}` inside macros: the hidden field of the request being answered."""

    def __html__(self) -> SafeString:
        current = _request.get()
        if current is None:
            return SafeString("")
        drawn: tuple[object, SafeString] | None = getattr(current, "_csrf_input", None)
        if drawn is None or drawn[0] != current.META.get("CSRF_COOKIE"):
            field = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(current))
            drawn = (current.META.get("CSRF_COOKIE"), field)
            current._csrf_input = drawn  # type: ignore[attr-defined]  # noqa: SLF001  masking anew costs more
        return drawn[1]

    def __str__(self) -> str:
        return self.__html__()
