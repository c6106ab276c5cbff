"""`openrenda worker`: delivers facts and runs periodic tasks from the queue."""

import argparse
import os

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from openrenda.kernel.tasks import fresh_connection
from openrenda.routing import jobs  # noqa: F401  jobs that load scikit-learn: here, and in no web process


def configure(parser: argparse.ArgumentParser) -> None:
    """How much at once."""
    parser.add_argument("--concurrency", type=int, default=2, help="jobs at once")


def run(options: argparse.Namespace) -> int:
    """Runs until it is told to stop; jobs under way are finished first."""
    assert isinstance(app.connector, DjangoConnector), "what the Django integration sets"
    with app.replace_connector(app.connector.get_worker_connector()) as queue:
        queue.run_worker(
            name=f"openrenda-{os.getpid()}",
            concurrency=options.concurrency,
            shutdown_graceful_timeout=10,
            delete_jobs="successful",
            task_middleware=[fresh_connection],
        )
    return 0
