"""Registers the app with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Sign-in and the acting person."""

    name = "openrenda.accounts"
    label = "accounts"
    verbose_name = "账号"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import parameters, slots, tasks  # noqa: F401  settings and queue jobs register when imported

        slots.register()
