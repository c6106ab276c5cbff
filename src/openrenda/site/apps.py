"""Registers the app with Django."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Home and workbench."""

    name = "openrenda.site"
    label = "site"
    verbose_name = "门户"
    default_auto_field = "django.db.models.BigAutoField"
