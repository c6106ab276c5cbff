"""Tests: a cluster of their own without fsync, quick hashing, mail kept in memory."""

from datetime import timedelta

from openrenda.cli.embedded import Cluster
from openrenda.config.settings.base import *  # noqa: F403  settings modules are Django's one star import
from openrenda.config.settings.base import database
from openrenda.config.settings.env import environment

ENV = environment()

SECRET_KEY = "for tests only"  # noqa: S105  it protects nothing
FIELD_KEYS = {"1": "for tests only"}
BASE_URL = "http://testserver"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
TEST_CLUSTER = Cluster(ENV.data / "test-pg", durable=False)
DATABASES = {"default": database(ENV.database_url or TEST_CLUSTER.url("postgres"), pool=False)}
DATABASES["default"]["TEST"] = {"NAME": f"test_openrenda_{ENV.test_suffix}", "TEMPLATE": "template0"}
MEDIA_ROOT = ENV.data / "test-uploads"
STATIC_ROOT = ENV.data / "test-static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_FROM_EMAIL = "OpenRenda <openrenda@testserver>"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # argon2 is slow on purpose
CLOCK_OFFSET = timedelta()
