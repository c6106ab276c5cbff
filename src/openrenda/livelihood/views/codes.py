"""QR codes on receipts."""

from io import BytesIO

import segno
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from openrenda.accounts.gates import public
from openrenda.accounts.http import ActorRequest


@require_safe
@public
@cache_control(public=True, max_age=3600)
def track_qr(request: ActorRequest, number: str) -> HttpResponse:
    """It opens the tracking form with the number, never the code, filled in."""
    out = BytesIO()
    link = f"{settings.BASE_URL}{reverse('livelihood:track')}?number={number}"
    segno.make(link, error="m").save(out, kind="svg", border=2, scale=8, light="white", xmldecl=False, nl=False)
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")
