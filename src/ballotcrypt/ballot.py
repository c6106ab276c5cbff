"""Ballots: marks encrypted so that they can be added up, with proofs that they are marks and not too many."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from . import credentials, group, proofs
from .election import Election, Question
from .encoding import b64_digest, compact, fields, hex_digest, items, parse, string
from .faults import Fault, FaultCode, demand
from .proofs import Claim, Statement

_BITS = (0, 1)
_BAD = FaultCode.BALLOT_MALFORMED
_LARGEST = 4_000_000  # bytes; a ballot of 12 answers has 23,000

Cipher = tuple[int, int]


@dataclass(frozen=True)
class CheckedBallot:
    """A ballot that holds by itself. Whether its credential may vote, who keeps the list must say."""

    raw: bytes
    credential: str
    tracker: str
    tracker_hex: str
    ciphertexts: list[list[Cipher]]


def cast(
    election: Election,
    private_credential: str,
    votes: Sequence[Sequence[int]],
    *,
    draw: proofs.Draw = group.random_scalar,
) -> bytes:
    """Encrypt one row of 0 and 1 per question and sign it with the credential."""
    secret = credentials.secret_of(election.uuid, private_credential)
    credential = str(group.g_power(secret))
    s0 = f"{election.fingerprint}|{credential}"
    body = {
        "election_uuid": election.uuid,
        "election_hash": election.fingerprint,
        "credential": credential,
        "answers": [
            _answer(election, question, marks, s0, draw)
            for question, marks in zip(election.questions, votes, strict=True)
        ],
    }
    digest = b64_digest(compact(body))
    proof = proofs.sign(f"sig|{digest}|", secret, draw)
    return compact({**body, "signature": {"hash": digest, "proof": proof.json()}}).encode()


def check(election: Election, raw: bytes) -> CheckedBallot:
    """Everything a ballot must fulfil by itself; raises the first fault."""
    demand(len(raw) <= _LARGEST, _BAD, "size")
    read = fields(parse(raw, _BAD), ("election_uuid", "election_hash", "credential", "answers", "signature"), _BAD)
    this = read["election_uuid"] == election.uuid and read["election_hash"] == election.fingerprint
    demand(this, FaultCode.BALLOT_OTHER_ELECTION)
    credential = group.proper_element(read["credential"])
    _check_signature(read, credential)
    s0 = f"{election.fingerprint}|{credential}"
    answers = items(read["answers"], len(election.questions), _BAD)
    ciphertexts = []
    for place, (question, answer) in enumerate(zip(election.questions, answers, strict=True)):
        try:
            ciphertexts.append(_check_answer(election, question, answer, s0))
        except Fault as fault:
            raise fault.at(f"question={place}") from fault
    return CheckedBallot(raw, str(credential), b64_digest(raw), hex_digest(raw), ciphertexts)


def credential_of(raw: bytes) -> str:
    """The credential a ballot names, unchecked."""
    read = fields(parse(raw, _BAD), ("election_uuid", "election_hash", "credential", "answers", "signature"), _BAD)
    return string(read["credential"], _BAD)


def _check_signature(read: dict[str, Any], credential: int) -> None:
    body = {name: value for name, value in read.items() if name != "signature"}
    signature = fields(read["signature"], ("hash", "proof"), _BAD)
    demand(signature["hash"] == b64_digest(compact(body)), FaultCode.BALLOT_SIGNATURE, "hash")
    holds = proofs.signed(f"sig|{signature['hash']}|", credential, proofs.read(signature["proof"]))
    demand(holds, FaultCode.BALLOT_SIGNATURE)


def _plaintext(question: Question, marks: Sequence[int]) -> list[int]:
    """The marks, one for blank in front where the question knows it."""
    if len(marks) != len(question.answers) or any(mark not in _BITS for mark in marks):
        raise ValueError("marks are 0 or 1, one for each answer")
    empty = question.blank and not any(marks)
    if not empty and not question.minimum <= sum(marks) <= question.maximum:
        raise ValueError(f"between {question.minimum} and {question.maximum} marks")
    return [int(empty), *marks] if question.blank else list(marks)


def _answer(election: Election, question: Question, marks: Sequence[int], s0: str, draw: proofs.Draw) -> dict[str, Any]:
    plain = _plaintext(question, marks)
    random = [draw() for _ in plain]
    choices = [_encrypt(election, mark, r) for mark, r in zip(plain, random, strict=True)]
    individual = [
        proofs.prove_one_of(_prefix(s0, choice), [Claim(r, mark - bit) for bit in _BITS], election.key, draw)
        for mark, r, choice in zip(plain, random, choices, strict=True)
    ]
    first = int(question.blank)
    r, mark = sum(random[first:]) % group.Q, sum(plain[first:])
    claims = [Claim(r, mark - value) for value in _values(question)]
    s = f"{s0}|{_joined(choices)}"
    blank: dict[str, Any] = {}
    if question.blank:
        claims = [Claim(random[0], plain[0] - 1), *claims]
        overall = proofs.prove_one_of(f"bproof1|{s}|", claims, election.key, draw)
        either = [Claim(random[0], plain[0]), Claim(r, mark)]
        blank = {"blank_proof": _written(proofs.prove_one_of(f"bproof0|{s}|", either, election.key, draw))}
    else:
        overall = proofs.prove_one_of(_prefix(s, _total(choices)), claims, election.key, draw)
    return {
        "choices": [{"alpha": str(alpha), "beta": str(beta)} for alpha, beta in choices],
        "individual_proofs": [_written(pair) for pair in individual],
        "overall_proof": _written(overall),
        **blank,
    }


def _encrypt(election: Election, mark: int, r: int) -> Cipher:
    return group.g_power(r), group.product((election.key.power(r), group.g_power(mark)))


def _check_answer(election: Election, question: Question, read: Any, s0: str) -> list[Cipher]:
    blank = ("blank_proof",) if question.blank else ()
    fields(read, ("choices", "individual_proofs", "overall_proof", *blank), _BAD)
    written = items(read["choices"], question.width, _BAD)
    individual = items(read["individual_proofs"], question.width, _BAD)
    choices: list[Cipher] = []
    for place, (choice, pair) in enumerate(zip(written, individual, strict=True)):
        try:
            choices.append(_check_choice(election, choice, pair, s0))
        except Fault as fault:
            raise fault.at(f"choice={place}") from fault
    _check_sum(election, question, read, choices, f"{s0}|{_joined(choices)}")
    return choices


def _check_choice(election: Election, choice: Any, pair: Any, s0: str) -> Cipher:
    fields(choice, ("alpha", "beta"), _BAD)
    cipher = group.in_range(choice["alpha"]), group.in_range(choice["beta"])
    statement = Statement(*cipher, _BITS, raw=True)
    holds = proofs.one_of(_prefix(s0, cipher), [statement], pair, election.key)
    demand(holds, FaultCode.BALLOT_INDIVIDUAL_PROOF)
    return cipher


def _check_sum(election: Election, question: Question, read: Any, choices: list[Cipher], s: str) -> None:
    key, values = election.key, _values(question)
    if not question.blank:
        total = _total(choices)
        holds = proofs.one_of(_prefix(s, total), [Statement(*total, values)], read["overall_proof"], key)
        demand(holds, FaultCode.BALLOT_OVERALL_PROOF)
        return
    blank, total = choices[0], _total(choices[1:])
    statements = [Statement(*blank, (1,)), Statement(*total, values)]
    demand(proofs.one_of(f"bproof1|{s}|", statements, read["overall_proof"], key), FaultCode.BALLOT_OVERALL_PROOF)
    either = [Statement(*blank, (0,)), Statement(*total, (0,))]
    demand(proofs.one_of(f"bproof0|{s}|", either, read["blank_proof"], key), FaultCode.BALLOT_BLANK_PROOF)


def _values(question: Question) -> range:
    return range(question.minimum, question.maximum + 1)


def _total(choices: Sequence[Cipher]) -> Cipher:
    return group.product(alpha for alpha, _ in choices), group.product(beta for _, beta in choices)


def _joined(choices: Sequence[Cipher]) -> str:
    return ",".join(f"{alpha},{beta}" for alpha, beta in choices)


def _prefix(z: str, cipher: Cipher) -> str:
    return f"prove|{z}|{cipher[0]},{cipher[1]}|"


def _written(found: Sequence[proofs.Proof]) -> list[dict[str, str]]:
    return [proof.json() for proof in found]
