"""Registers the app with Django."""

from django.apps import AppConfig


class RoutingConfig(AppConfig):
    """分派建议."""

    name = "openrenda.routing"
    label = "routing"
    verbose_name = "分派建议"
    default_auto_field = "django.db.models.BigAutoField"
