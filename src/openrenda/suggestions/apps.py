"""Registers the app with Django."""

from django.apps import AppConfig


class SuggestionsConfig(AppConfig):
    """Deputies' suggestions."""

    name = "openrenda.suggestions"
    label = "suggestions"
    verbose_name = "代表建议"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from openrenda.kernel import subject

        from . import slots
        from .selectors import subjects

        slots.register()
        subject.register(
            "suggestions.suggestion", title=subjects.title, url=subjects.url, visible=subjects.is_visible
        )
