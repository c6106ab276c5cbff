"""All addresses: each app brings its own, named by its label."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from openrenda.config.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("openrenda.ui.urls")),
    path("", include("openrenda.accounts.urls")),
    path("", include("openrenda.documents.urls")),
    path("", include("openrenda.notifications.urls")),
    path("", include("openrenda.exchange.urls")),
    path("", include("openrenda.routing.urls")),
    path("", include("openrenda.liaison.urls")),
    path("", include("openrenda.suggestions.urls")),
    path("", include("openrenda.voting.urls")),
    path("", include("openrenda.meetings.urls")),
    path("", include("openrenda.livelihood.urls")),
    path("", include("openrenda.reports.urls")),
    path("", include("openrenda.site.urls")),
]

if settings.DEMO:
    urlpatterns.append(path("demo/", include("openrenda.accounts.demo_urls")))

handler400 = "openrenda.ui.views.bad_request"
handler404 = "openrenda.ui.views.not_found"
handler500 = "openrenda.ui.views.fault"
