"""Registers the app with Django."""

from django.apps import AppConfig


class LivelihoodConfig(AppConfig):
    """Livelihood projects: proposed by residents, chosen by deputies, built by the government, judged by all."""

    name = "openrenda.livelihood"
    label = "livelihood"
    verbose_name = "民生实事"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from functools import partial

        from openrenda.kernel import subject

        from . import entries, slots, tables, tasks, workflow  # noqa: F401  jobs and triggers register on import
        from .selectors import subjects

        for name in ("year", "idea", "project"):
            subject.register(
                f"livelihood.{name}",
                title=getattr(subjects, f"{name}_title"),
                url=getattr(subjects, f"{name}_url"),
                visible=getattr(subjects, f"{name}_visible"),
            )
        for kind in subjects.PARTS:
            subject.register(
                kind,
                title=partial(subjects.part_title, kind),
                url=partial(subjects.part_url, kind),
                visible=partial(subjects.part_visible, kind),
            )
        slots.register()
        entries.register()
        tables.offer()
