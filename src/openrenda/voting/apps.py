"""Registers the app with Django."""

from django.apps import AppConfig


class VotingConfig(AppConfig):
    """Polls, ballots, tellers' counts, results that anyone can re-count."""

    name = "openrenda.voting"
    label = "voting"
    verbose_name = "表决"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from openrenda.kernel import subject

        from . import selectors, slots, tables, workflow  # noqa: F401  database triggers register on import
        from .rules import settings  # noqa: F401  the register of settings is complete from the start

        subject.register(
            "voting.poll",
            title=selectors.subject_title,
            url=selectors.subject_url,
            visible=selectors.subject_visible,
            inside=selectors.subject_inside,
        )
        slots.fill()
        tables.offer()
