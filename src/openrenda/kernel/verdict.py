"""A permission answers with a reason: one function serves the button, the action and the log."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .actor import Actor


@dataclass(frozen=True, slots=True)
class Verdict:
    """Allowed or not; if not, a code, a sentence and a way out (msgids)."""

    allowed: bool
    code: str = ""
    message: str = ""
    remedy: str = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(allowed=True)
Rule = Callable[[Actor, Any], Verdict]


def deny(code: str, message: str, remedy: str = "") -> Verdict:
    """A refusal with its reason."""
    return Verdict(allowed=False, code=code, message=message, remedy=remedy)


def all_of(*rules: Rule) -> Rule:
    """Every rule must allow; the first refusal is the answer."""

    def check(actor: Actor, target: Any) -> Verdict:
        return next((v for rule in rules if not (v := rule(actor, target))), ALLOWED)

    return check


def any_of(*rules: Rule) -> Rule:
    """One rule must allow; otherwise the last refusal is the answer."""
    if not rules:
        raise ValueError("any_of() of no rules would allow nobody and have no reason to give")
    *others, last = rules

    def check(actor: Actor, target: Any) -> Verdict:
        return next((v for rule in others if (v := rule(actor, target))), None) or last(actor, target)

    return check


def none_of(rule: Rule, otherwise: Verdict) -> Rule:
    """The rule must refuse; `otherwise` says why its allowing is a refusal here."""
    if otherwise:
        raise ValueError("none_of needs a refusal to answer with")

    def check(actor: Actor, target: Any) -> Verdict:
        return otherwise if rule(actor, target) else ALLOWED

    return check
