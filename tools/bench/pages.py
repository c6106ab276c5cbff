"""Which pages are measured, with addresses that exist in both databases. Django must be set up."""

import secrets

from django.db.models import Count
from django.urls import reverse

from openrenda.liaison.models import Opinion, Station
from openrenda.liaison.states import StationStatus
from openrenda.suggestions.models import Suggestion

SUBMIT = "submit"
LATEST_YEAR = 2025


def addresses() -> dict[str, str]:
    """Pages that are read."""
    index = reverse("suggestions:index")
    first = Suggestion.objects.filter(shelf__isnull=False, serial__lt=1000)  # the copies' numbers begin beyond
    unit, _ = (
        first.exclude(main_unit=None).values_list("main_unit").annotate(n=Count("pk")).order_by("-n", "main_unit")[0]
    )
    told = first.filter(sources__isnull=False).annotate(n=Count("steps")).order_by("-n", "pk")
    return {
        "list": index,
        "filtered": f"{index}?year={LATEST_YEAR}&unit={unit}",
        "case": reverse("suggestions:case", args=[told[0].key]),
    }


def submit_address() -> str:
    """The form of a station that takes opinions."""
    station = Station.objects.filter(status=StationStatus.OPEN).select_related("unit").order_by("pk")[0]
    return f"{reverse('liaison:opinion_new')}?station={station.unit.code}"


def filled_form(token: str, key: str = "") -> dict[str, str]:
    """What a visitor sends from the second step ("as the public sees it")."""
    return {
        "csrfmiddlewaretoken": token,
        "step": "send",
        "key": key or secrets.token_urlsafe(24),
        "via": "online",
        "title": "云汀大道公交站没有雨棚",
        "content": "云汀大道与桥头路口的公交站没有雨棚，下雨天老人和孩子只能站在树下等车。希望加装雨棚和座椅。",
        "place": "云汀大道桥头路口公交站",
        "name": "王女士",
        "phone": "13800138000",
        "email": "",
        "identity_mode": "withheld",
        "may_share": "on",
        "may_publish": "on",
        "masking": "mask",
        "kept": "",
    }


def rows() -> dict[str, int]:
    """How many there are."""
    return {"suggestions": Suggestion.objects.count(), "opinions": Opinion.objects.count()}
