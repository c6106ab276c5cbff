"""Addresses of maps and boards."""

from django.urls import path

from .views import maps

app_name = "reports"
urlpatterns = [
    path("map/", maps.show, name="map"),
]
