"""Query codes and hashes. The table keeps keyed hashes only, so a stolen copy tells neither codes nor networks."""

import hashlib
import hmac
import ipaddress
import secrets
from datetime import date

from django.conf import settings

CODE_DIGITS = 8


def keyed_hash(purpose: str, *parts: object) -> str:
    """HMAC-SHA256 over the parts with the installation's field key; `purpose` keeps uses apart."""
    key: str = settings.FIELD_KEYS[settings.FIELD_KEY_CURRENT]
    return _hash(key, purpose, parts)


def _hash(key: str, purpose: str, parts: tuple[object, ...]) -> str:
    text = "\x1f".join([purpose, *[str(part) for part in parts]])
    return hmac.new(f"openrenda liaison {key}".encode(), text.encode(), hashlib.sha256).hexdigest()


def code_for_form(congress_id: int, idempotency_key: str) -> str:
    """The code that belongs to a form: the same form sent twice is told the same code, nobody else can compute it."""
    return f"{int(keyed_hash('form code', congress_id, idempotency_key), 16) % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def fresh_code() -> str:
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def code_hash(congress_id: int, number: str, code: str) -> str:
    """What is stored: key id and keyed hash. The key id lets codes outlive a new key."""
    return f"{settings.FIELD_KEY_CURRENT}:{keyed_hash('query code', congress_id, number, code)}"


def code_matches(stored: str, congress_id: int, number: str, code: str) -> bool:
    """Does the code belong to the number? Takes the same time whatever the answer; `stored` "" never matches."""
    key_id, _, digest = stored.partition(":")
    key: str = settings.FIELD_KEYS.get(key_id) or settings.FIELD_KEYS[settings.FIELD_KEY_CURRENT]
    expected = _hash(key, "query code", (congress_id, number, code))
    return hmac.compare_digest(expected, digest or "0" * 64) and bool(digest)


def tidy_number(raw: str) -> str:
    """yj2025-s03-000127 as it is written on the receipt."""
    return raw.strip().upper().replace("—", "-").replace("－", "-").replace(" ", "")[:40]


def tidy_code(raw: str) -> str:
    """Digits only, full-width ones folded."""
    digits = "".join(str(int(c)) for c in raw if c.isdigit() and c.isdecimal())
    return digits[:16]


def network_of(origin: str) -> str:
    """The network an address belongs to (/24, /48): enough to slow down guessing, too little to know a person."""
    try:
        address = ipaddress.ip_address(origin.strip())
    except ValueError:
        return origin[:40]
    prefix = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network(f"{address}/{prefix}", strict=False))


def origin_hash(origin: str, day: date) -> str:
    """Keyed and salted by the day: tomorrow the same network is somebody else."""
    return keyed_hash("origin", day.isoformat(), network_of(origin))
