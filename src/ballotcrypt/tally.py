"""Adding up what is encrypted, checking partial decryptions, and reading the numbers out."""

from collections.abc import Mapping, Sequence
from typing import Any

from . import group, proofs
from .ballot import CheckedBallot, Cipher
from .election import Election
from .encoding import compact, fields, items, parse
from .faults import Fault, FaultCode, demand
from .threshold import Item, Single, check, owner_keys

_BAD = FaultCode.PARTIAL_MALFORMED


def encrypted_tally(election: Election, ballots: Sequence[CheckedBallot]) -> bytes:
    """The product of the ballots' ciphertexts, place by place. One ballot for each credential is the caller's care."""
    return compact(
        [
            [
                {
                    "alpha": str(group.product(ballot.ciphertexts[row][place][0] for ballot in ballots)),
                    "beta": str(group.product(ballot.ciphertexts[row][place][1] for ballot in ballots)),
                }
                for place in range(question.width)
            ]
            for row, question in enumerate(election.questions)
        ]
    ).encode()


def read_tally(election: Election, raw: bytes | str) -> list[list[Cipher]]:
    """The encrypted tally's ciphertexts; with no ballots they are neutral."""
    code = FaultCode.ENCRYPTED_TALLY_WRONG
    rows = items(parse(raw, code), len(election.questions), code)
    return [
        [_cipher(one, code) for one in items(row, question.width, code)]
        for row, question in zip(rows, election.questions, strict=True)
    ]


def _cipher(value: Any, code: FaultCode) -> Cipher:
    found = fields(value, ("alpha", "beta"), code)
    return group.element(found["alpha"]), group.element(found["beta"])


def decrypt(
    election: Election, secret: int, tally_json: bytes | str, *, draw: proofs.Draw = group.random_scalar
) -> str:
    """One key's partial decryption with its proofs."""
    key = group.g_power(secret)
    prefix = _prefix(election, key)
    tally = read_tally(election, tally_json)
    factors = [[str(group.power_secret(alpha, secret)) for alpha, _ in row] for row in tally]
    shown = [[proofs.prove_equal(prefix, alpha, secret, draw).json() for alpha, _ in row] for row in tally]
    return compact({"decryption_factors": factors, "decryption_proofs": shown})


def check_partial(
    election: Election, trustees_json: bytes, owner: int, encrypted_tally_json: bytes | str, partial_json: bytes | str
) -> list[list[int]]:
    """The factors of a partial decryption, proved; a fault names the trustee by number."""
    keys = owner_keys(check(trustees_json))
    demand(1 <= owner <= len(keys), FaultCode.PARTIAL_OWNER_UNKNOWN, f"trustee={owner}")
    tally = read_tally(election, encrypted_tally_json)
    try:
        return _checked_factors(election, keys[owner - 1], tally, partial_json)
    except Fault as fault:
        raise fault.at(f"trustee={owner}") from fault


def _checked_factors(
    election: Election, key: int, tally: list[list[Cipher]], partial_json: bytes | str
) -> list[list[int]]:
    said = fields(parse(partial_json, _BAD), ("decryption_factors", "decryption_proofs"), _BAD)
    rows = items(said["decryption_factors"], len(tally), _BAD)
    shown = items(said["decryption_proofs"], len(tally), _BAD)
    found = []
    for question, (row, factors, row_proofs) in enumerate(zip(tally, rows, shown, strict=True)):
        items(factors, len(row), _BAD)
        items(row_proofs, len(row), _BAD)
        found.append([group.element(factor) for factor in factors])
        for place, ((alpha, _), factor, proof) in enumerate(zip(row, found[-1], row_proofs, strict=True)):
            holds = proofs.equal(_prefix(election, key), key, alpha, factor, proofs.read(proof))
            demand(holds, FaultCode.PARTIAL_PROOF, f"question={question} choice={place}")
    return found


def _prefix(election: Election, key: int) -> str:
    return f"decrypt|{election.fingerprint}|{key}|"


def result(
    election: Election, trustees_json: bytes, encrypted_tally_json: bytes | str, partials: Mapping[int, bytes | str]
) -> bytes:
    """The numbers, from enough partial decryptions; each is checked first and a wrong one is named."""
    factors = {
        owner: check_partial(election, trustees_json, owner, encrypted_tally_json, partials[owner])
        for owner in sorted(partials)
    }
    return read_out(election, check(trustees_json), encrypted_tally_json, factors)


def read_out(
    election: Election,
    trustees: Sequence[Item],
    encrypted_tally_json: bytes | str,
    factors: Mapping[int, list[list[int]]],
    ballots: int = 100_000,
) -> bytes:
    """The numbers from checked factors; no number can be larger than the ballots."""
    chosen = _exponents(trustees, factors)
    rows = []
    table = _Logarithms(ballots)
    for row, ciphers in enumerate(read_tally(election, encrypted_tally_json)):
        numbers = []
        for place, (_, beta) in enumerate(ciphers):
            shared = group.product(group.power(factors[owner][row][place], e) for owner, e in chosen.items())
            numbers.append(table.of(group.product((beta, group.inverse(shared)))))
        rows.append(numbers)
    return compact({"result": rows}).encode()


def _exponents(trustees: Sequence[Item], owners: Mapping[int, Any]) -> dict[int, int]:
    """Whose factors are used, each with its Lagrange coefficient: of a threshold group, the first present."""
    chosen: dict[int, int] = {}
    start = 0
    for item in trustees:
        size = 1 if isinstance(item, Single) else len(item.keys)
        needed = 1 if isinstance(item, Single) else item.threshold
        present = [place for place in range(1, size + 1) if start + place in owners][:needed]
        demand(len(present) == needed, FaultCode.PARTIALS_TOO_FEW, f"{len(present)}/{needed}")
        chosen |= {start + place: lagrange(place, present) for place in present}
        start += size
    return chosen


def lagrange(place: int, places: Sequence[int]) -> int:
    """The weight at 0 of the value at this place among those places."""
    coefficient = 1
    for other in places:
        if other != place:
            coefficient = coefficient * other * pow(other - place, -1, group.Q) % group.Q
    return coefficient


class _Logarithms:
    """Small exponents of g, by walking from 0 upwards as far as asked."""

    def __init__(self, largest: int) -> None:
        self._largest = largest
        self._next = group.product(())
        self._known: dict[int, int] = {}

    def of(self, value: int) -> int:
        """The number n with g^n = value."""
        while value not in self._known and len(self._known) <= self._largest:
            self._known[self._next] = len(self._known)
            self._next = group.product((self._next, group.G))
        demand(value in self._known, FaultCode.RESULT_WRONG, "no number decrypts")
        return self._known[value]
