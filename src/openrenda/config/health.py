"""/healthz: for the supervisor, monitors and whoever wonders."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from openrenda.cli import health


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when all is well, else 503 naming what is not."""
    parts = health.look()
    well = all(state == "ok" for state in parts.values())
    return JsonResponse({"status": "ok" if well else "not well", **parts}, status=200 if well else 503)
