"""Registers the app with Django."""

from django.apps import AppConfig


class VotingConfig(AppConfig):
    """Polls, ballots, tellers' counts, results that anyone can re-count."""

    name = "openrenda.voting"
    label = "voting"
    verbose_name = "表决"
    default_auto_field = "django.db.models.BigAutoField"
