"""The demonstration: this machine only, embedded database, one account per role, the clock of the loaded district."""

from openrenda.cli.demo_clock import read_offset
from openrenda.cli.embedded import Cluster
from openrenda.config.secrets import kept_secret
from openrenda.config.settings.base import *  # noqa: F403  settings modules are Django's one star import
from openrenda.config.settings.base import database, logging
from openrenda.config.settings.env import environment

ENV = environment()

DEMO = True
SECRET_KEY = ENV.secret_key or kept_secret(ENV.data / "secret-key")
FIELD_KEYS = {"1": ENV.field_key or kept_secret(ENV.data / "field-key")}
BASE_URL = ENV.base_url
# The demonstration's sign-in asks for no password: it answers to this machine's own names only.
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
DATABASES = {"default": database(ENV.database_url or Cluster(ENV.data / "pg").url("openrenda"))}
MEDIA_ROOT = ENV.data / "uploads"
STATIC_ROOT = ENV.data / "static"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = ENV.data / "mail"
DEFAULT_FROM_EMAIL = ENV.email_from or "OpenRenda <openrenda@localhost>"
CLOCK_OFFSET = read_offset(ENV.data / "demo-clock.json")
LOGGING = logging(ENV.log_level)
