"""Addresses of the exchange: what goes out, what comes in."""

from django.urls import path

from .views import exports

app_name = "exchange"
urlpatterns = [
    path("exports/<str:name>/", exports.export, name="export"),
    path("work/exports/", exports.exports, name="exports"),
    path("work/exports/<int:pk>/file/", exports.file, name="file"),
    path("work/exports/<int:pk>/cancel/", exports.cancel, name="cancel"),
]
