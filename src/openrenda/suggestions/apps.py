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

        from . import entries, imports, recomputes, selectors, slots, tables  # isort: split
        from . import tasks, workflow  # noqa: F401  queue jobs and database triggers register on import

        subject.register(
            "suggestions.suggestion",
            title=selectors.subject_title,
            url=selectors.subject_url,
            visible=selectors.subject_visible,
        )
        slots.fill()
        recomputes.register()
        imports.register()
        entries.register()
        tables.offer()
