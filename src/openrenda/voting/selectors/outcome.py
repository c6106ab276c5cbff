"""The result over all rounds of a vote."""

from typing import Any

from openrenda.voting.models import Poll
from openrenda.voting.rules.count import Rules, rulings
from openrenda.voting.states import Need, Ruling, State


def rounds_of(poll: Poll) -> list[Poll]:
    """The poll and those it repeats, oldest first; void ones are left out. One query per round."""
    chain: list[Poll] = []
    step: Poll | None = poll
    while step is not None:
        if step.state != State.VOIDED:
            chain.append(step)
        step = step.repeats
    return chain[::-1]


def outcome_of(poll: Poll) -> list[dict[str, Any]]:
    """One mapping per option of the first round, best first: figures of the round that decided it.

    `first_approve` are its votes in the first round. Who was chosen in an earlier round comes before later ones.
    """
    merged: dict[str, dict[str, Any]] = {}
    for number, step in enumerate(rounds_of(poll), start=1):
        for row in step.outcomes.select_related("option"):
            known = merged.get(row.option.ref)
            merged[row.option.ref] = {
                "ref": row.option.ref,
                "label": row.option.label,
                "approve": row.approve,
                "oppose": row.oppose,
                "abstain": row.abstain,
                "marks": row.marks,
                "passed": row.passed,
                "chosen": row.chosen,
                "grade": row.grade,
                "round": number,
                "first_approve": known["first_approve"] if known else row.approve,
            }
        for decision in step.decisions.all():
            for ref in decision.chosen:
                merged[ref]["chosen"] = True
    lines = sorted(merged.values(), key=_order)
    for line in lines:
        line["rank"] = 1 + sum(_order(other)[:-1] < _order(line)[:-1] for other in lines)
    return lines


def rulings_of(poll: Poll) -> frozenset[Ruling]:
    """What the presidium may decide on this count, by the rules frozen at opening. No query."""
    return rulings(Rules.from_json(poll.rules), Need(poll.need))


def _order(line: dict[str, Any]) -> tuple[bool, int, int, int, str]:
    deciding = line["round"] if line["chosen"] else 0
    return (not line["chosen"], deciding, -line["approve"], -line["first_approve"], line["ref"])
