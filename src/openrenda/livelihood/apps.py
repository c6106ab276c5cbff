"""Registers the app with Django."""

from django.apps import AppConfig


class LivelihoodConfig(AppConfig):
    """Livelihood projects: proposed by residents, chosen by deputies, built by the government, judged by all."""

    name = "openrenda.livelihood"
    label = "livelihood"
    verbose_name = "民生实事"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import slots  # isort: split
        from . import workflow  # noqa: F401  database triggers register on import

        slots.register()
