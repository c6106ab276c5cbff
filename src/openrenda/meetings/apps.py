"""Registers the app with Django."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings: sign-in, quorum, agenda, scrutineers."""

    name = "openrenda.meetings"
    label = "meetings"
    verbose_name = "会议"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from openrenda.kernel import subject

        from . import entries, selectors, slots, tables, workflow  # noqa: F401  database triggers register on import

        subject.register(
            "meetings.meeting",
            title=selectors.subject_title,
            url=selectors.subject_url,
            visible=selectors.subject_visible,
        )
        slots.fill()
        tables.offer()
        entries.register()
