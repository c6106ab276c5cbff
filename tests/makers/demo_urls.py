"""All addresses, with those of the demonstration."""

from django.urls import include, path

from openrenda.config import urls

urlpatterns = [*urls.urlpatterns, path("demo/", include("openrenda.accounts.demo_urls"))]
handler400, handler404, handler500 = urls.handler400, urls.handler404, urls.handler500
