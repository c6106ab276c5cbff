"""Settings that do not depend on how we run. demo, test and prod say the rest in a dozen lines each."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

CONFIG = Path(__file__).resolve().parents[1]

DEBUG = False
DEMO = False  # only settings.demo and tests turn it on; there is no switch in the environment
ROOT_URLCONF = "openrenda.config.urls"
WSGI_APPLICATION = "openrenda.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    # Not django.contrib.auth: its tables of permissions and groups would be a second answer to "who may"
    # beside posts and mandates. accounts uses its password hashing, which needs no table.
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "pgtrigger",
    "procrastinate.contrib.django",  # before ours: our apps register tasks with it
    "openrenda.kernel",
    "openrenda.ui",
    "openrenda.audit",
    "openrenda.search",
    "openrenda.orgs",
    "openrenda.accounts",
    "openrenda.documents",
    "openrenda.notifications",
    "openrenda.exchange",
    "openrenda.routing",
    "openrenda.voting",
    "openrenda.meetings",
    "openrenda.liaison",
    "openrenda.suggestions",
    "openrenda.livelihood",
    "openrenda.reports",
    "openrenda.site",
    "openrenda.config",  # last: wires subscriptions once everything is there
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "openrenda.config.security.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "openrenda.config.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "openrenda.accounts.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "openrenda.ui.middleware.Pages",  # last: sees a view's refusal first
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "openrenda.ui.jinja.environment",
            "context_processors": ["django.contrib.messages.context_processors.messages"],
        },
    },
    # For pages that other packages bring.
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {}},
]

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "/account/sign-in/"
# How many proxies of ours stand before the web server: that many last entries of X-Forwarded-For are believed.
TRUSTED_PROXIES = 0
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

# GB/T 22239-2019 8.1.4.1: a session left idle ends after 30 minutes at most. Sessions live in the database:
# a cache in one web process would let a sign-out miss the other process.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = False  # accounts refreshes the idle clock once a minute, not at every request
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "openrenda.ui.views.csrf_failed"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# blob: shows a photo that has not been uploaded yet.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [CONFIG / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
# The voter's, the scrutineers' and the verifier's part in the browser: plain ES modules, served as they are.
STATICFILES_DIRS = [("ballotcrypt", CONFIG.parents[1] / "ballotcrypt" / "client")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "openrenda.config.static.HashedStatic"},
}
WHITENOISE_MAX_AGE = 60

# Uploads: at most 10 MB a photo, 20 MB a file (documents.rules.limits); what is larger is thrown away on arrival.
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 12
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "openrenda.documents.uploads.LimitedTemporaryFile",
]

FIELD_KEY_CURRENT = "1"

DEFAULT_EXCEPTION_REPORTER_FILTER = "django.views.debug.SafeExceptionReporterFilter"
SILENCED_SYSTEM_CHECKS: list[str] = []


def database(url: str, *, pool: bool = True) -> dict[str, Any]:
    """DATABASES["default"] from an address; the query string gives libpq options, `host` a socket's folder."""
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or parts.hostname or ""
    if pool:
        # One connection per thread of web and worker, kept; more would only wait for the same two cores.
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
    return {
        "ENGINE": "openrenda.kernel.postgres",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": options,
    }


def logging(level: str) -> dict[str, Any]:
    """One line per record on standard error; whoever runs the process keeps them."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {"django": {"handlers": [], "level": level, "propagate": True}},
    }
