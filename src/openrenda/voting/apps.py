"""Registers the app with Django."""

from django.apps import AppConfig


class VotingConfig(AppConfig):
    """Polls, ballots, tellers' counts, results that anyone can re-count."""

    name = "openrenda.voting"
    label = "voting"
    verbose_name = "表决"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import workflow  # noqa: F401  database triggers register on import
        from .rules import settings  # noqa: F401  the register of settings is complete from the start
