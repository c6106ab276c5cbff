"""`openrenda check`: what /healthz says, and Django's own checks of the settings."""

import argparse

from django.core.management import call_command

from openrenda.cli import health


def configure(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(options: argparse.Namespace) -> int:
    """0 when all is well; each part is named with its state."""
    call_command("check", deploy=False)
    parts = health.look()
    for part, state in parts.items():
        print(f"{part:<12} {state}")
    return 0 if all(state == "ok" for state in parts.values()) else 1
