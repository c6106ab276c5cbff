"""What is the same on every page is worked out once: addresses, file names, small pure components."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static as static_now
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

from .current import elder


@lru_cache(maxsize=512)
def _plain_address(name: str, urlconf: str, prefix: str) -> str:
    return reverse(name)


def address(name: str) -> str:
    """`reverse` of a name without arguments; in effect a constant."""
    return _plain_address(name, settings.ROOT_URLCONF, get_script_prefix())


def static_files() -> Callable[[str], str]:
    """`static`, remembered unless files are being edited."""
    return static_now if settings.DEBUG else lru_cache(maxsize=1024)(static_now)


def drawn_once(macro: Callable[..., Any]) -> Callable[..., Any]:
    """A macro that depends on nothing but its arguments, the language and the elder mode.

    `typed`, and the arguments one by one: Markup and plain text of the same letters are not the same.
    """

    @lru_cache(maxsize=4096, typed=True)
    def drawn(_reader: tuple[str | None, bool], *args: Any, **kwargs: Any) -> Any:
        return macro(*args, **kwargs)

    def draw(*args: Any, **kwargs: Any) -> Any:
        return drawn((get_language(), elder()), *args, **kwargs)

    return draw
