"""Registers the app with Django."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """检索."""

    name = "openrenda.search"
    label = "search"
    verbose_name = "检索"
    default_auto_field = "django.db.models.BigAutoField"
