"""`openrenda manage …`: Django's own commands on our database."""

import argparse

from django.core.management import execute_from_command_line


def configure(parser: argparse.ArgumentParser) -> None:
    """Everything after `manage` is Django's."""
    parser.add_argument("arguments", nargs=argparse.REMAINDER)


def run(options: argparse.Namespace) -> int:
    """Hand over; Django exits by itself where it has something to complain about."""
    execute_from_command_line(["openrenda manage", *options.arguments])
    return 0
