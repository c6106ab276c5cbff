"""Registers the app with Django."""

from django.apps import AppConfig


class LiaisonConfig(AppConfig):
    """Stations and residents' opinions."""

    name = "openrenda.liaison"
    label = "liaison"
    verbose_name = "联络站与群众意见"
    default_auto_field = "django.db.models.BigAutoField"
