"""Wires the house once everything is there: the clock's offset and the table of subscribers."""

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from openrenda.kernel import clock

DEMO_SETTINGS = ("openrenda.config.settings.demo", "openrenda.config.settings.test")


class WiringConfig(AppConfig):
    """Last in INSTALLED_APPS."""

    name = "openrenda.config"
    label = "config"

    def ready(self) -> None:
        from openrenda.config.subscriptions import SUBSCRIPTIONS
        from openrenda.kernel import outbox

        refuse_demo_outside_its_settings(demo=settings.DEMO, module=settings.SETTINGS_MODULE)
        clock.set_offset(settings.CLOCK_OFFSET)
        outbox.subscribe(SUBSCRIPTIONS)


def refuse_demo_outside_its_settings(*, demo: bool, module: str) -> None:
    """Demo accounts need no password, so a process of any other installation does not even start with them."""
    if demo and module not in DEMO_SETTINGS:
        raise ImproperlyConfigured(f"DEMO is on in {module}. Remove it: demo accounts need no password.")
