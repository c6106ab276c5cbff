"""Registers the app with Django."""

from django.apps import AppConfig


class RoutingConfig(AppConfig):
    """分派参考."""

    name = "openrenda.routing"
    label = "routing"
    verbose_name = "分派参考"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import slots

        slots.register()
