"""Registers the app with Django."""

from django.apps import AppConfig


class LiaisonConfig(AppConfig):
    """Stations and residents' opinions."""

    name = "openrenda.liaison"
    label = "liaison"
    verbose_name = "联络站与群众意见"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from openrenda.kernel import subject

        from . import entries, imports, recomputes, slots, tables, tasks, workflow  # noqa: F401  some register on import
        from .selectors import subjects

        slots.register()
        recomputes.register()
        entries.register()
        tables.offer()
        imports.register()
        subject.register(
            "liaison.opinion",
            title=subjects.title,
            url=subjects.url,
            visible=subjects.visible,
            inside=subjects.inside,
        )
        subject.register(
            "liaison.receptionevent",
            title=subjects.reception_title,
            url=subjects.reception_url,
            visible=subjects.reception_visible,
        )
