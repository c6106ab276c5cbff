"""Addresses of the slice."""

from django.urls import URLPattern

app_name = "voting"
urlpatterns: list[URLPattern] = []
