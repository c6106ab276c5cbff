"""The scrutineers' own side: three rounds to a key that nobody holds, and the partial decryption afterwards.

A scrutineer keeps a seed of 22 characters and nothing else. Her signing key, her key for private messages and, with
the public messages of all, her share follow from it. Round 1: certificates. Round 2: a random polynomial each, its
commitments in public, its values sealed for each other scrutineer. Round 3: the public key of each share.
"""

import secrets as random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from . import group, proofs, tally
from .election import Election
from .encoding import BASE58, compact, fields, items, parse, sha, string
from .faults import Fault, FaultCode, demand
from .proofs import Draw
from .threshold import (
    LARGEST,
    Certificate,
    bound_text,
    coefficients,
    commitment_at,
    public_key,
    share_commitment,
    signature_holds,
    signed_message,
    trustee_key,
)
from .threshold import certificate as read_certificate
from .threshold import check as check_record

_CERTIFICATE, _POLYNOMIAL, _KEY = FaultCode.TRUSTEE_CERTIFICATE, FaultCode.TRUSTEE_POLYNOMIAL, FaultCode.TRUSTEE_KEY
_SECRET = FaultCode.TRUSTEE_SECRET

check_partial = tally.check_partial


def new_seed() -> str:
    """What a scrutineer writes down: 22 characters, 128 bits."""
    return "".join(random.choice(BASE58) for _ in range(22))


@dataclass(frozen=True, repr=False)
class _Keys:
    """What follows from a seed alone."""

    signing: int
    private: int

    @property
    def verification(self) -> int:
        return group.g_power(self.signing)

    @property
    def encryption(self) -> int:
        return group.g_power(self.private)

    def sign(self, text: str, draw: Draw) -> dict[str, Any]:
        return {"message": text, "signature": self.mark(text, draw)}

    def mark(self, text: str, draw: Draw) -> dict[str, str]:
        return proofs.sign(f"sigmsg|{text}|", self.signing, draw).json()


def _keys(seed: str) -> _Keys:
    demand(len(seed) == 22 and set(seed) <= set(BASE58), FaultCode.TRUSTEE_UNKNOWN, "seed")
    return _Keys(*(int.from_bytes(sha(f"{use}|{seed}"), "big") for use in ("sk", "dk")))


# --- round 1 ----------------------------------------------------------------------------------------------------------


def certificate(seed: str, index: int, size: int, threshold: int, *, draw: Draw = group.random_scalar) -> str:
    """My keys for the ceremony, and that I take part at this place in it."""
    if not (1 <= threshold <= size <= LARGEST and 1 <= index <= size):
        raise ValueError("1 ≤ threshold ≤ size, 1 ≤ index ≤ size")
    keys = _keys(seed)
    said = {
        "context": {"group": group.NAME, "size": size, "threshold": threshold, "index": index},
        "verification": str(keys.verification),
        "encryption": str(keys.encryption),
    }
    return compact(keys.sign(compact(said), draw))


def check_certificate(index: int, size: int, threshold: int, cert: str) -> Certificate:
    """Certificate number `index` of so many; a fault names it."""
    try:
        read = read_certificate(parse(cert, _CERTIFICATE))
        demand(read.context == (size, threshold, index), _CERTIFICATE, "context")
        demand(read.verification != read.encryption, _CERTIFICATE, "key repeated")
    except Fault as fault:
        raise _of(index, fault, _CERTIFICATE) from fault
    return read


# --- round 2 ----------------------------------------------------------------------------------------------------------


def polynomial(seed: str, certs: Sequence[str], *, draw: Draw = group.random_scalar) -> str:
    """My random polynomial: commitments for all, one value sealed for each scrutineer, bound to these certificates."""
    keys, read = _keys(seed), _certificates(certs)
    threshold = _threshold(read)
    _own_index(keys, read)
    secret = [draw() for _ in range(threshold)]
    commitments = keys.sign(compact({"coefexps": [str(group.g_power(one)) for one in secret]}), draw)
    sealed = [
        _send(keys, cert.encryption, compact({"secret": str(_value_at(place, secret))}), draw)
        for place, cert in enumerate(read, 1)
    ]
    bound = keys.mark(bound_text([parse(cert) for cert in certs], commitments), draw)
    return compact({"secrets": sealed, "coefexps": commitments, "signature": bound})


def check_polynomial(index: int, certs: Sequence[str], polynomial: str) -> list[int]:
    """The commitments of scrutineer `index`; what is sealed, only its receiver can check."""
    read = _certificates(certs)
    return _commitments(index, certs, read, polynomial)


def _commitments(index: int, certs: Sequence[str], read: Sequence[Certificate], polynomial: str) -> list[int]:
    try:
        said = fields(parse(polynomial, _POLYNOMIAL), ("secrets", "coefexps", "signature"), _POLYNOMIAL)
        for sealed in items(said["secrets"], len(read), _POLYNOMIAL):
            string(sealed, _POLYNOMIAL)
        found = coefficients(said["coefexps"], read[index - 1], _threshold(read))
        text = bound_text([parse(cert) for cert in certs], said["coefexps"])
        bound = signature_holds(text, proofs.read(said["signature"]), read[index - 1].verification)
        demand(bound, _POLYNOMIAL, "signature of certificates")
    except Fault as fault:
        raise _of(index, fault, _POLYNOMIAL) from fault
    return found


# --- round 3 ----------------------------------------------------------------------------------------------------------


def verification_key(
    seed: str, index: int, certs: Sequence[str], polynomials: Sequence[str], *, draw: Draw = group.random_scalar
) -> str:
    """The public key of my share, after checking what everyone said in public and what everyone sent me."""
    share = _share(seed, index, certs, polynomials)
    key = group.g_power(share)
    pok = proofs.sign(f"pok|{group.NAME}|{key}|", share, draw)
    return compact({"pok": pok.json(), "public_key": str(key), "signature": _keys(seed).mark(str(key), draw)})


def check_key(index: int, certs: Sequence[str], polynomials: Sequence[str], key: str) -> int:
    """The public key of scrutineer `index` follows from the commitments and is signed."""
    read = _certificates(certs)
    found = [_commitments(place, certs, read, one) for place, one in enumerate(polynomials, 1)]
    return _checked_key(index, read, found, key)


def _checked_key(index: int, read: Sequence[Certificate], found: Sequence[Sequence[int]], key: str) -> int:
    try:
        said = fields(parse(key, _KEY), ("pok", "public_key", "signature"), _KEY)
        public = trustee_key(said, verification=read[index - 1].verification)
        demand(len(found) == len(read) and public == share_commitment(index, found), _KEY, "share")
    except Fault as fault:
        raise _of(index, fault, _KEY) from fault
    return public


def assemble(certs: Sequence[str], polynomials: Sequence[str], keys: Sequence[str]) -> tuple[bytes, str]:
    """The trustees' record and the election's public key, everything checked."""
    read = _certificates(certs)
    if not len(read) == len(polynomials) == len(keys):
        raise ValueError("one polynomial and one key for each certificate")
    found = [_commitments(place, certs, read, one) for place, one in enumerate(polynomials, 1)]
    for place, key in enumerate(keys, 1):
        _checked_key(place, read, found, key)
    said = [parse(one) for one in polynomials]
    record = {
        "threshold": _threshold(read),
        "certs": [parse(cert) for cert in certs],
        "coefexps": [one["coefexps"] for one in said],
        "signatures": [one["signature"] for one in said],
        "verification_keys": [parse(key) for key in keys],
    }
    raw = compact([["Pedersen", record]]).encode()
    return raw, str(public_key(check_record(raw)))


# --- decryption -------------------------------------------------------------------------------------------------------


def partial_decryption(
    seed: str,
    index: int,
    certs: Sequence[str],
    polynomials: Sequence[str],
    election: Election,
    encrypted_tally_json: bytes | str,
    *,
    draw: Draw = group.random_scalar,
) -> str:
    """My part of the decryption; the share is worked out again from the seed and the public messages."""
    share = _share(seed, index, certs, polynomials)
    return tally.decrypt(election, share, encrypted_tally_json, draw=draw)


# --- what is shared between the rounds --------------------------------------------------------------------------------


def _of(index: int, fault: Fault, code: FaultCode) -> Fault:
    """The fault with the scrutineer's number; what concerns only the writing becomes a fault of her message."""
    general = fault.code in {FaultCode.FIELDS_WRONG, FaultCode.JSON_NOT_CANONICAL}
    return Fault(code if general else fault.code, f"trustee={index} {fault.detail}".strip())


def _certificates(certs: Sequence[str]) -> list[Certificate]:
    """All certificates: complete, in order, of one ceremony, no key twice."""
    demand(certs, _CERTIFICATE, "none")
    size, threshold = len(certs), 0
    read: list[Certificate] = []
    for index, cert in enumerate(certs, 1):
        if not read:
            context = _context_of(cert)
            threshold = context[1]
        read.append(check_certificate(index, size, threshold, cert))
    distinct = {one.verification for one in read} | {one.encryption for one in read}
    demand(len(distinct) == 2 * size, _CERTIFICATE, "key repeated")
    return read


def _context_of(cert: str) -> tuple[int, int, int]:
    try:
        context = read_certificate(parse(cert, _CERTIFICATE)).context
        demand(context is not None, _CERTIFICATE, "context")
    except Fault as fault:
        raise _of(1, fault, _CERTIFICATE) from fault
    assert context is not None
    return context


def _threshold(read: Sequence[Certificate]) -> int:
    context = read[0].context
    assert context is not None, "checked certificates have one"
    return context[1]


def _own_index(keys: _Keys, read: Sequence[Certificate]) -> int:
    mine = (keys.verification, keys.encryption)
    places = [place for place, cert in enumerate(read, 1) if (cert.verification, cert.encryption) == mine]
    demand(places, FaultCode.TRUSTEE_UNKNOWN)
    return places[0]


def _value_at(place: int, coefficients: Sequence[int]) -> int:
    value = 0
    for coefficient in reversed(coefficients):
        value = (value * place + coefficient) % group.Q
    return value


def _share(seed: str, index: int, certs: Sequence[str], polynomials: Sequence[str]) -> int:
    """My share of the election's key, from what each scrutineer sealed for me."""
    keys, read = _keys(seed), _certificates(certs)
    demand(_own_index(keys, read) == index, FaultCode.TRUSTEE_UNKNOWN, f"trustee={index}")
    demand(len(polynomials) == len(read), _POLYNOMIAL, f"{len(polynomials)}/{len(read)}")
    share = 0
    for sender, one in enumerate(polynomials, 1):
        commitments = _commitments(sender, certs, read, one)
        try:
            sealed = parse(one)["secrets"][index - 1]
            said = fields(parse(_receive(keys, read[sender - 1], sealed), _SECRET), ("secret",), _SECRET)
            value = group.scalar(said["secret"])
            demand(group.g_power(value) == commitment_at(index, commitments), _SECRET, "value")
        except Fault as fault:
            raise Fault(_SECRET, f"trustee={sender} {fault.detail}".strip()) from fault
        share = (share + value) % group.Q
    return share


def _send(keys: _Keys, receiver: int, text: str, draw: Draw) -> str:
    """Signed by me, sealed for the receiver."""
    signed = compact(keys.sign(compact({"recipient": str(receiver), "message": text}), draw))
    r, k = draw(), draw()
    alpha, shared = group.g_power(r), group.g_power(k)
    beta = group.product((group.power_secret(receiver, r), shared))
    data = AESGCM(sha(f"key|{shared}")).encrypt(_nonce(alpha), signed.encode(), None)
    return compact({"alpha": str(alpha), "beta": str(beta), "data": data.hex()})


def _receive(keys: _Keys, sender: Certificate, sealed: str) -> str:
    """Opened with my key; it was the sender who signed it, and for me."""
    found = fields(parse(sealed, _SECRET), ("alpha", "beta", "data"), _SECRET)
    alpha, beta = group.element(found["alpha"]), group.element(found["beta"])
    shared = group.product((beta, group.inverse(group.power_secret(alpha, keys.private))))
    try:
        data = bytes.fromhex(string(found["data"], _SECRET))
        signed = AESGCM(sha(f"key|{shared}")).decrypt(_nonce(alpha), data, None)
    except (ValueError, InvalidTag) as error:
        raise Fault(_SECRET, "sealed") from error
    text, proof = signed_message(parse(signed, _SECRET), _SECRET)
    demand(signature_holds(text, proof, sender.verification), _SECRET, "signature")
    said = fields(parse(text, _SECRET), ("recipient", "message"), _SECRET)
    demand(said["recipient"] == str(keys.encryption), _SECRET, "recipient")
    return string(said["message"], _SECRET)


def _nonce(alpha: int) -> bytes:
    return sha(f"iv|{alpha}")[:12]
