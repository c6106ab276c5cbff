"""A real district: everything that matters comes from the environment and nothing has a default."""

from datetime import timedelta
from urllib.parse import urlsplit

from openrenda.config.settings.base import *  # noqa: F403  settings modules are Django's one star import
from openrenda.config.settings.base import database, logging
from openrenda.config.settings.env import environment, read_mail

ENV = environment(required=("SECRET_KEY", "FIELD_KEY", "DATABASE_URL", "BASE_URL", "EMAIL_FROM"))
_MAIL = read_mail(ENV.email_url)

SECRET_KEY = ENV.secret_key
FIELD_KEYS = {"1": ENV.field_key}
BASE_URL = ENV.base_url
ALLOWED_HOSTS = [urlsplit(BASE_URL).hostname or ""]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
DATABASES = {"default": database(ENV.database_url)}
MEDIA_ROOT = ENV.data / "uploads"
STATIC_ROOT = ENV.data / "static"
EMAIL_HOST, EMAIL_PORT = _MAIL.host, _MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.starttls, _MAIL.tls
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = ENV.email_from
CLOCK_OFFSET = timedelta()

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = ["^healthz$"]  # asked by the machine itself, which has no certificate
SECURE_HSTS_SECONDS = 365 * 24 * 3600
if ENV.behind_proxy:
    TRUSTED_PROXIES = 1
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
LOGGING = logging(ENV.log_level)
