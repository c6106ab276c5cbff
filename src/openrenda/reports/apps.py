"""Registers the app with Django."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """看板与地图."""

    name = "openrenda.reports"
    label = "reports"
    verbose_name = "看板与地图"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import parameters, slots, tables  # noqa: F401  settings register on import

        slots.register()
        tables.offer()
