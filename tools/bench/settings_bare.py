"""Settings of the bare server: the same database and pool, no middleware, one URL."""

from openrenda.config.settings.demo import *  # noqa: F403

MIDDLEWARE: list[str] = []
ROOT_URLCONF = "tools.bench.bare"
WSGI_APPLICATION = "openrenda.config.wsgi.application"
