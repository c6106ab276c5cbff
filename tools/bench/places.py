"""Where the benchmark keeps its data, apart from the demonstration's, and what its processes run in."""

import os
import sys
from pathlib import Path

from openrenda.cli.embedded import Cluster

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / ".data" / "bench"
RECORDINGS = DATA / "recordings"
CLUSTER = Cluster(DATA / "pg")
REAL, BARE = "openrenda.config.settings.demo", "tools.bench.settings_bare"


def environment(database: str, settings: str = REAL) -> dict[str, str]:
    """Of a process that works on one of the two databases."""
    return {
        **os.environ,
        "OPENRENDA_DATA": str(DATA),
        "DATABASE_URL": CLUSTER.url(database),
        "BASE_URL": "http://localhost",
        "DJANGO_SETTINGS_MODULE": settings,
        "OPENRENDA_BENCH_RECORDINGS": str(RECORDINGS),
        "PYTHONPATH": str(ROOT),
    }


def python(module: str, *arguments: str) -> list[str]:
    """The command line of one of our modules."""
    return [sys.executable, "-m", f"tools.bench.{module}", *arguments]
