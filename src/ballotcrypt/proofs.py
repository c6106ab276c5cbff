"""Zero-knowledge proofs: who holds a key, and that a ciphertext holds one of the values allowed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from . import group
from .encoding import fields, items
from .faults import FaultCode, demand

Draw = Callable[[], int]


@dataclass(frozen=True, slots=True)
class Proof:
    """What is published of a proof."""

    challenge: int
    response: int

    def json(self) -> dict[str, str]:
        """As the protocol writes it."""
        return {"challenge": str(self.challenge), "response": str(self.response)}


def read(value: Any) -> Proof:
    """From its JSON; both numbers have one spelling only."""
    found = fields(value, ("challenge", "response"))
    return Proof(group.scalar(found["challenge"]), group.scalar(found["response"]))


def sign(prefix: str, secret: int, draw: Draw) -> Proof:
    """Knowledge of the secret whose public part is g^secret, bound to the prefix."""
    w = draw()
    challenge = group.challenge(prefix, [group.g_power(w)])
    return Proof(challenge, (w - secret * challenge) % group.Q)


def signed(prefix: str, public: int, proof: Proof) -> bool:
    """Does the proof hold for this public part?"""
    commitment = group.product((group.g_power(proof.response), group.power(public, proof.challenge)))
    return group.challenge(prefix, [commitment]) == proof.challenge


def prove_equal(prefix: str, base: int, secret: int, draw: Draw) -> Proof:
    """g^secret and base^secret have the same secret."""
    w = draw()
    challenge = group.challenge(prefix, [group.g_power(w), group.power_secret(base, w)])
    return Proof(challenge, (w - secret * challenge) % group.Q)


def equal(prefix: str, public: int, base: int, factor: int, proof: Proof) -> bool:
    """Is factor = base^x for the x of public = g^x?"""
    c, t = proof.challenge, proof.response
    left = group.product((group.g_power(t), group.power(public, c)))
    right = group.product((group.power(base, t), group.power(factor, c)))
    return group.challenge(prefix, [left, right]) == c


@dataclass(frozen=True, slots=True)
class Claim:
    """What a prover knows of one branch: beta = y^r · g^gap; it is true where the gap is 0."""

    r: int
    gap: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A ciphertext and the values it may hold. Raw: as it came, its membership is shown on the way."""

    alpha: int
    beta: int
    values: Sequence[int]
    raw: bool = False


def prove_one_of(prefix: str, claims: Sequence[Claim], key: group.Table, draw: Draw) -> list[Proof]:
    """One of the claims is true, without saying which: the others are simulated.

    A prover knows r, so every commitment is made of powers of g and y, for which there are tables. Each branch does
    the same work; which one is true decides only a number that is put in.
    """
    drawn = [(draw(), draw()) for _ in claims]
    true = next(place for place, claim in enumerate(claims) if claim.gap == 0)
    drawn[true] = (0, drawn[true][1])  # its commitment is (g^w, y^w), w in the place of the response
    commitments: list[int] = []
    for claim, (c, t) in zip(claims, drawn, strict=True):
        exponent = t + claim.r * c
        commitments.append(group.g_power(exponent))
        commitments.append(group.product((key.power(exponent), group.g_power(claim.gap * c))))
    c = (group.challenge(prefix, commitments) - sum(c for c, _ in drawn)) % group.Q
    drawn[true] = (c, (drawn[true][1] - claims[true].r * c) % group.Q)
    return [Proof(c, t) for c, t in drawn]


def one_of(prefix: str, statements: Sequence[Statement], written: Any, key: group.Table) -> bool:
    """Does each ciphertext hold one of its values? All branches of all statements share one challenge."""
    proofs = [read(proof) for proof in items(written, sum(len(statement.values) for statement in statements))]
    commitments: list[int] = []
    rest = iter(proofs)
    for statement in statements:
        mine = [next(rest) for _ in statement.values]
        commitments += _commitments(statement, mine, key)
    return group.challenge(prefix, commitments) == sum(proof.challenge for proof in proofs) % group.Q


def _commitments(statement: Statement, proofs: Sequence[Proof], key: group.Table) -> list[int]:
    """A and B of each branch; (beta/g^M)^c is taken as beta^c · g^(-M·c), for g has a table."""
    exponents = [proof.challenge for proof in proofs] + [group.Q] * statement.raw
    alphas, betas = group.powers(statement.alpha, exponents), group.powers(statement.beta, exponents)
    if statement.raw:
        demand(alphas.pop() == 1 and betas.pop() == 1, FaultCode.NOT_IN_GROUP)
        demand(statement.alpha != 1 and statement.beta != 1, FaultCode.NEUTRAL_ELEMENT)
    found: list[int] = []
    for proof, value, alpha, beta in zip(proofs, statement.values, alphas, betas, strict=True):
        c, t = proof.challenge, proof.response
        found.append(group.product((group.g_power(t), alpha)))
        shifted = (beta, group.g_power(-value * c)) if value else (beta,)
        found.append(group.product((key.power(t), *shifted)))
    return found
