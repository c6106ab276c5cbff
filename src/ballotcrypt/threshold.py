"""The public side of the trustees: their record, what must hold of it, and whose key a partial decryption needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from . import group, proofs
from .encoding import compact, fields, items, parse, small, string
from .faults import Fault, FaultCode, demand

_BAD = FaultCode.TRUSTEES_MALFORMED
_CERTIFICATE, _POLYNOMIAL, _KEY = FaultCode.TRUSTEE_CERTIFICATE, FaultCode.TRUSTEE_POLYNOMIAL, FaultCode.TRUSTEE_KEY
LARGEST = 100  # trustees of one election

Message = dict[str, Any]


@dataclass(frozen=True)
class Single:
    """A trustee without whom nothing can be decrypted."""

    key: int


@dataclass(frozen=True)
class Pedersen:
    """Trustees of whom any `threshold` can decrypt."""

    threshold: int
    key: int
    keys: tuple[int, ...]


@dataclass(frozen=True)
class Certificate:
    """A trustee's keys for the ceremony; `context` says of which place in it, in the extended form."""

    verification: int
    encryption: int
    context: tuple[int, int, int] | None


Item = Single | Pedersen


def signed_message(value: Any, code: FaultCode) -> tuple[str, proofs.Proof]:
    """The text and the signature of a signed message."""
    found = fields(value, ("message", "signature"), code)
    return string(found["message"], code), proofs.read(found["signature"])


def signature_holds(text: str, proof: proofs.Proof, verification: int) -> bool:
    """Did the holder of the verification key sign the text?"""
    return proofs.signed(f"sigmsg|{text}|", verification, proof)


def certificate(value: Any) -> Certificate:
    """A certificate that its own key signed."""
    text, proof = signed_message(value, _CERTIFICATE)
    said = parse(text, _CERTIFICATE)
    demand(isinstance(said, dict), _CERTIFICATE)
    extended = ("context",) if "context" in said else ()
    fields(said, (*extended, "verification", "encryption"), _CERTIFICATE)
    verification, encryption = (group.proper_element(said[name]) for name in ("verification", "encryption"))
    demand(signature_holds(text, proof, verification), _CERTIFICATE, "signature")
    return Certificate(verification, encryption, _context(said["context"]) if extended else None)


def _context(value: Any) -> tuple[int, int, int]:
    found = fields(value, ("group", "size", "threshold", "index"), _CERTIFICATE)
    demand(found["group"] == group.NAME, _CERTIFICATE, "group")
    size, threshold, index = (small(found[name], _CERTIFICATE) for name in ("size", "threshold", "index"))
    demand(1 <= threshold <= size <= LARGEST and 1 <= index <= size, _CERTIFICATE, "context")
    return size, threshold, index


def coefficients(value: Any, cert: Certificate, threshold: int) -> list[int]:
    """A trustee's commitments to its polynomial, signed with the certificate's key."""
    text, proof = signed_message(value, _POLYNOMIAL)
    demand(signature_holds(text, proof, cert.verification), _POLYNOMIAL, "signature")
    said = fields(parse(text, _POLYNOMIAL), ("coefexps",), _POLYNOMIAL)
    return [group.proper_element(one) for one in items(said["coefexps"], threshold, _POLYNOMIAL)]


def bound_text(certs: Sequence[Message], coefexps: Message) -> str:
    """What a trustee signs so that all are bound to the same certificates."""
    said = parse(string(coefexps.get("message"), _POLYNOMIAL), _POLYNOMIAL)
    fields(said, ("coefexps",), _POLYNOMIAL)
    return "certs_sig|" + compact({"certs": list(certs), "coefexps": said["coefexps"]})


def share_commitment(index: int, polynomials: Sequence[Sequence[int]]) -> int:
    """g^(the share of this trustee), from everyone's commitments."""
    return group.product(commitment_at(index, polynomial) for polynomial in polynomials)


def commitment_at(index: int, polynomial: Sequence[int]) -> int:
    """g^f(index) from the commitments to f: Horner's rule in the exponent."""
    value = group.product(())
    for commitment in reversed(polynomial):
        value = group.product((group.power(value, index), commitment))
    return value


def public_key_proof(value: Any, key: int) -> bool:
    """Does the trustee know the secret of its public key?"""
    return proofs.signed(f"pok|{group.NAME}|{key}|", key, proofs.read(value))


def trustee_key(value: Any, *, verification: int | None = None) -> int:
    """A trustee's public key with its proof; in the extended form signed with the ceremony's key."""
    demand(isinstance(value, dict), _KEY)
    optional = [name for name in ("signature", "name") if name in value]
    found = fields(value, ("pok", "public_key", *optional), _KEY)
    key = group.proper_element(found["public_key"])
    demand(public_key_proof(found["pok"], key), _KEY, "pok")
    if "name" in optional:
        string(found["name"], _KEY)
    if "signature" in optional:
        demand(verification is not None, _KEY, "signature")
        assert verification is not None
        demand(signature_holds(str(key), proofs.read(found["signature"]), verification), _KEY, "signature")
    return key


@lru_cache(maxsize=16)
def check(raw: bytes) -> tuple[Item, ...]:
    """The trustees' record with every proof in it checked; faults name the trustee, counted through the record."""
    found: list[Item] = []
    start = 1
    for item in items(parse(raw, _BAD), code=_BAD):
        kind, value = items(item, 2, _BAD)
        if kind == "Single":
            found.append(Single(_named(start, _KEY, trustee_key, value)))
            start += 1
        else:
            demand(kind == "Pedersen", _BAD, "kind")
            found.append(_pedersen(value, start))
            start += len(found[-1].keys) if isinstance(found[-1], Pedersen) else 0
    demand(found, _BAD, "empty")
    return tuple(found)


def _named(number: int, code: FaultCode, function: Any, *arguments: Any, **named: Any) -> Any:
    """Call it; a fault says which trustee, and one that concerns only the writing becomes that of the message."""
    try:
        return function(*arguments, **named)
    except Fault as fault:
        general = fault.code in {FaultCode.FIELDS_WRONG, FaultCode.JSON_NOT_CANONICAL}
        raise Fault(code if general else fault.code, f"trustee={number} {fault.detail}".strip()) from fault


def _pedersen(value: Any, start: int) -> Pedersen:
    demand(isinstance(value, dict), _BAD)
    extended = ("signatures",) if "signatures" in value else ()
    fields(value, ("threshold", "certs", "coefexps", *extended, "verification_keys"), _BAD)
    threshold = small(value["threshold"], _BAD)
    written = items(value["certs"], code=_BAD)
    size = len(written)
    demand(1 <= threshold <= size <= LARGEST, _BAD, "threshold")
    certs = _certificates(written, threshold, start, extended=bool(extended))
    polynomials = [
        _named(start + place, _POLYNOMIAL, coefficients, one, certs[place], threshold)
        for place, one in enumerate(items(value["coefexps"], size, _BAD))
    ]
    if extended:
        for place, one in enumerate(items(value["signatures"], size, _BAD)):
            text = bound_text(written, value["coefexps"][place])
            holds = signature_holds(text, proofs.read(one), certs[place].verification)
            demand(holds, _POLYNOMIAL, f"trustee={start + place} signature of certificates")
    keys = []
    for place, one in enumerate(items(value["verification_keys"], size, _BAD)):
        key = _named(start + place, _KEY, trustee_key, one, verification=certs[place].verification)
        demand(not extended or "signature" in one, _KEY, f"trustee={start + place} signature")
        demand(key == share_commitment(place + 1, polynomials), _KEY, f"trustee={start + place} share")
        keys.append(key)
    return Pedersen(threshold, group.product(one[0] for one in polynomials), tuple(keys))


def _certificates(written: list[Any], threshold: int, start: int, *, extended: bool) -> list[Certificate]:
    certs: list[Certificate] = []
    for place, one in enumerate(written):
        cert: Certificate = _named(start + place, _CERTIFICATE, certificate, one)
        wanted = (len(written), threshold, place + 1) if extended else None
        demand(cert.context == wanted, _CERTIFICATE, f"trustee={start + place} context")
        certs.append(cert)
    distinct = {cert.verification for cert in certs} | {cert.encryption for cert in certs}
    demand(len(distinct) == 2 * len(certs), _CERTIFICATE, "key repeated")
    return certs


def public_key(trustees: Sequence[Item]) -> int:
    """The election's key."""
    return group.product(item.key for item in trustees)


def owner_keys(trustees: Sequence[Item]) -> list[int]:
    """The public keys in the order of owner numbers, which begin at 1."""
    keys: list[int] = []
    for item in trustees:
        keys += [item.key] if isinstance(item, Single) else item.keys
    return keys
