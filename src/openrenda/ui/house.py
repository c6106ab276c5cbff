"""Whose house this is: the names, the telephone and the registration numbers that every page's frame shows."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from openrenda.kernel.text import N_


@dataclass(frozen=True, slots=True)
class House:
    """What a frame says of the institution; empty parts are left out."""

    name: str = "OpenRenda"  # large, in serif, in the header
    tagline: str = N_("代表履职与群众意见平台")
    organ: str = ""  # who runs the site, in the footer
    phone: str = ""  # the help line on every page
    phone_hours: str = ""
    icp: str = ""  # ICP filing number
    police_filing: str = ""  # public-security filing number
    is_demo: bool = False


Supplier = Callable[[HttpRequest | None], House]


class _Supply:
    """The one supplier, set by an app above."""

    supplier: Supplier | None = None


def supply(supplier: Supplier) -> None:
    """Called once in AppConfig.ready by the app that knows the institution."""
    _Supply.supplier = supplier


def house(request: HttpRequest | None) -> House:
    """The institution of this request."""
    return House() if _Supply.supplier is None else _Supply.supplier(request)
