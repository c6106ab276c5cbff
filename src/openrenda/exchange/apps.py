"""Registers the app with Django."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """导入导出."""

    name = "openrenda.exchange"
    label = "exchange"
    verbose_name = "导入导出"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import export_tasks, house, import_tasks, institution, parameters, slots, workflow  # noqa: F401  on import

        house.offer()
        institution.register()
        slots.register()
