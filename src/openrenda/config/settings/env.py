"""The environment, read once. Nothing else in the code looks at os.environ.

Every name is documented in .env.example; `read_env` lists all that is missing at once, so nobody mends one at a time.
"""

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Env:
    """What the outside world decides about this installation."""

    data: Path
    secret_key: str
    field_key: str
    database_url: str
    base_url: str
    email_url: str
    email_from: str
    behind_proxy: bool
    log_level: str
    test_suffix: str


@dataclass(frozen=True, slots=True)
class Mail:
    """Where e-mail is handed over."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    tls: bool


NAMES: tuple[str, ...] = (
    "OPENRENDA_DATA",
    "OPENRENDA_TEST_SUFFIX",
    "SECRET_KEY",
    "FIELD_KEY",
    "DATABASE_URL",
    "BASE_URL",
    "EMAIL_URL",
    "EMAIL_FROM",
    "BEHIND_PROXY",
    "LOG_LEVEL",
)


def read_env(source: Mapping[str, str], *, required: Collection[str] = ()) -> Env:
    """The environment as a value; complains about everything that is missing or wrong in one message."""
    missing = [name for name in required if not source.get(name)]
    if missing:
        raise SystemExit(f"Missing settings: {', '.join(missing)}. Copy .env.example to .env and fill them in.")
    wrong = [
        f"{name} must begin with {' or '.join(schemes)}"
        for name, schemes in _SCHEMES.items()
        if source.get(name) and urlsplit(source[name]).scheme + "://" not in schemes
    ]
    if wrong:
        raise SystemExit(f"Settings that cannot be right: {'; '.join(wrong)}. See .env.example.")
    return Env(
        data=Path(source.get("OPENRENDA_DATA") or default_data()).absolute(),
        secret_key=source.get("SECRET_KEY", ""),
        field_key=source.get("FIELD_KEY", ""),
        database_url=source.get("DATABASE_URL", ""),
        base_url=source.get("BASE_URL", "").rstrip("/"),
        email_url=source.get("EMAIL_URL", ""),
        email_from=source.get("EMAIL_FROM", ""),
        behind_proxy=source.get("BEHIND_PROXY", "") == "1",
        log_level=source.get("LOG_LEVEL") or "WARNING",
        test_suffix=source.get("OPENRENDA_TEST_SUFFIX") or "default",
    )


_SCHEMES: Mapping[str, tuple[str, ...]] = {
    "DATABASE_URL": ("postgresql://", "postgres://"),
    "BASE_URL": ("https://", "http://"),
    "EMAIL_URL": ("smtp://", "smtps://", "smtp+starttls://"),
}


def default_data() -> Path:
    """`.data` beside pyproject.toml in a checkout, else in the working directory."""
    checkout = Path(__file__).resolve().parents[4]
    return (checkout if (checkout / "pyproject.toml").is_file() else Path.cwd()) / ".data"


def read_mail(url: str) -> Mail:
    """`smtp[s|+starttls]://user:password@host:port`; empty means the machine's own port 25."""
    parts = urlsplit(url or "smtp://localhost:25")
    tls = parts.scheme == "smtps"
    return Mail(
        host=parts.hostname or "localhost",
        port=parts.port or (465 if tls else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+starttls",
        tls=tls,
    )


def environment(*, required: Collection[str] = ()) -> Env:
    """`read_env` of this process, with what a `.env` file in the working directory adds."""
    return read_env({**read_dotenv(Path(".env")), **os.environ}, required=required)


def read_dotenv(path: Path) -> dict[str, str]:
    """`NAME=value` lines; comments and empty lines are skipped, quotes around a value dropped."""
    if not path.is_file():
        return {}
    pairs = (line.split("=", 1) for line in path.read_text("utf-8").splitlines() if _is_pair(line))
    return {name.strip(): value.strip().strip("'\"") for name, value in pairs}


def _is_pair(line: str) -> bool:
    return "=" in line and not line.lstrip().startswith("#")
