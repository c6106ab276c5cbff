"""`openrenda migrate`: tables, triggers, search and static files as this version of the code expects them."""

import argparse
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from openrenda.cli import reindex, static_files


def configure(parser: argparse.ArgumentParser) -> None:
    """How much to say."""
    parser.add_argument("--quiet", action="store_true", help="say nothing")


def run(options: argparse.Namespace) -> int:
    """Safe to run again: what is there stays."""
    verbosity = 0 if options.quiet else 1
    call_command("migrate", interactive=False, verbosity=verbosity)
    reindex.build_if_old()
    static_files.collect(Path(settings.STATIC_ROOT))
    return 0
