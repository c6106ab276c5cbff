"""Registers the app with Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Components and layouts."""

    name = "openrenda.ui"
    label = "ui"
    verbose_name = "界面"
    default_auto_field = "django.db.models.BigAutoField"
