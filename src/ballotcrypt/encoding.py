"""How the protocol writes things: compact JSON in one way only, canonical decimals, digests."""

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Callable, Sequence
from typing import Any

from .faults import Fault, FaultCode, demand

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

_DECIMAL = re.compile(r"0|[1-9][0-9]*", re.ASCII)
_LONGEST = 620  # digits of p: 617


def compact(value: Any) -> str:
    """JSON without blanks, fields in the order given, only what must be escaped is."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def parse(raw: bytes | str, code: FaultCode = FaultCode.JSON_NOT_CANONICAL) -> Any:
    """The value of a text which is exactly what `compact` writes: no blanks, no double field, no other spelling."""
    try:
        text = raw.decode("utf-8") if isinstance(raw, bytes) else raw
        value = json.loads(text)
        same = compact(value) == text
    except (ValueError, RecursionError) as error:
        raise Fault(code, "json") from error
    demand(same, FaultCode.JSON_NOT_CANONICAL)
    return value


def fields(value: Any, names: Sequence[str], code: FaultCode = FaultCode.FIELDS_WRONG) -> dict[str, Any]:
    """The object with these fields in this order and no other."""
    demand(isinstance(value, dict) and list(value) == list(names), code, f"fields {','.join(names)}")
    found: dict[str, Any] = value
    return found


def items(value: Any, length: int | None = None, code: FaultCode = FaultCode.FIELDS_WRONG) -> list[Any]:
    """The array, of this length where one is given."""
    demand(isinstance(value, list) and (length is None or len(value) == length), code, f"array of {length}")
    found: list[Any] = value
    return found


def string(value: Any, code: FaultCode = FaultCode.FIELDS_WRONG) -> str:
    """A text."""
    demand(isinstance(value, str), code, "text")
    return str(value)


def small(value: Any, code: FaultCode = FaultCode.FIELDS_WRONG) -> int:
    """A small number which JSON writes as such: neither a truth value nor a fraction."""
    demand(type(value) is int and 0 <= value <= 2**53, code, "number")
    return int(value)


def decimal(value: Any, number: Callable[[str], int] = int) -> int:
    """A number written as a string: decimal, no sign, no leading zero."""
    good = isinstance(value, str) and len(value) <= _LONGEST and _DECIMAL.fullmatch(value)
    demand(good, FaultCode.DECIMAL_NOT_CANONICAL)
    return number(value)


def sha(raw: bytes | str) -> bytes:
    """SHA-256."""
    return hashlib.sha256(raw.encode() if isinstance(raw, str) else raw).digest()


def hex_digest(raw: bytes | str) -> str:
    """SHA-256 in hexadecimal: names of entries, links of the chain."""
    return sha(raw).hex()


def b64_digest(raw: bytes | str) -> str:
    """SHA-256 in base64 without its final `=`: fingerprints and trackers, 43 characters."""
    return b64encode(sha(raw)).decode()[:-1]
