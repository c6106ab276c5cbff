"""Credentials: fifteen characters on a paper slip, of which the server knows only the public part."""

import hashlib
import re
import secrets
from dataclasses import dataclass

from . import group
from .encoding import BASE58
from .faults import FaultCode, demand

_FORM = re.compile(rf"[{BASE58}]{{3}}(-[{BASE58}]{{3}}){{4}}", re.ASCII)
_ROUNDS = 1000


@dataclass(frozen=True)
class Credential:
    """Private: what the slip says. Public: what the list of the election says."""

    private: str
    public: str


def well_formed(private: str) -> bool:
    """Known characters in groups of three, and the check character fits."""
    if not _FORM.fullmatch(private):
        return False
    bare = private.replace("-", "")
    return (_remainder(bare[:14]) + BASE58.index(bare[14])) % 53 == 0


def secret_of(uuid: str, private: str) -> int:
    """The exponent a slip stands for; its dashes count."""
    demand(well_formed(private), FaultCode.CREDENTIAL_ILL_FORMED)
    stretched = hashlib.pbkdf2_hmac("sha256", private.encode(), uuid.encode(), _ROUNDS, 32)
    return int.from_bytes(stretched, "big") % group.Q


def public_of(uuid: str, private: str) -> str:
    """The public part of a slip in this election."""
    return str(group.g_power(secret_of(uuid, private)))


def generate(uuid: str, count: int) -> list[Credential]:
    """That many new slips, all different. The list for the server is sorted by `public_list`, not in this order."""
    made: dict[str, str] = {}
    while len(made) < count:
        private = _private("".join(secrets.choice(BASE58) for _ in range(14)))
        made[private] = public_of(uuid, private)
    return [Credential(private, public) for private, public in made.items()]


def public_list(publics: list[str]) -> list[str]:
    """By size, so that the order tells nothing of who holds which."""
    return sorted(publics, key=int)


def _private(body: str) -> str:
    whole = body + BASE58[53 - _remainder(body)]
    return "-".join(whole[start : start + 3] for start in range(0, 15, 3))


def _remainder(characters: str) -> int:
    value = 0
    for character in characters:
        value = (value * 58 + BASE58.index(character)) % 53
    return value
