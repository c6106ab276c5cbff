"""Settings of the bare server: the same database and pool, no middleware, one URL."""

from openrenda.config.settings.demo import *  # noqa: F403

DEMO = False  # openrenda.config.apps refuses it outside its own settings
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "tools.bench.bare"
