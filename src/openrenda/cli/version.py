"""`openrenda version`."""

import argparse

from openrenda import __version__


def configure(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(options: argparse.Namespace) -> int:
    """Print it alone on a line, for scripts."""
    print(__version__)
    return 0
