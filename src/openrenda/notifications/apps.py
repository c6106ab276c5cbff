"""Registers the app with Django."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Inbox and e-mail."""

    name = "openrenda.notifications"
    label = "notifications"
    verbose_name = "通知"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from openrenda.ui import slots

        from .slots import inbox_link

        slots.fill("ui.header.actions", "notifications/slots/inbox_link.html", inbox_link, order=10)
