"""The proof bundle's manifest: all that somebody needs to check a vote without asking us."""

from typing import Any

from openrenda.voting.models import Poll
from openrenda.voting.rules.count import canonical, hash_of
from openrenda.voting.states import CredentialState, EventKind, State

from .board import SHOWS_RESULT
from .outcome import outcome_of
from .polls import public_roll


def proof_manifest(poll: Poll) -> dict[str, Any]:
    """Rules and their hash, roll, counts, fingerprints; figures and result once confirmed. About ten queries."""
    shown = poll.state in SHOWS_RESULT
    roll = public_roll(poll)
    manifest: dict[str, Any] = {
        "version": 1,
        "poll": {
            "key": poll.key,
            "title": poll.title,
            "kind": str(poll.kind),
            "method": poll.method,
            "state": poll.state,
            "opened_on": poll.opened_at.date().isoformat() if poll.opened_at else "",
        },
        "rules": poll.rules,
        "rules_hash": poll.rules_hash,
        "roll": [
            {"name": r.name, "delegation": r.delegation, "present": r.is_present, "took_ballot": r.took_ballot}
            for r in roll
        ],
        "roll_count": {
            "entitled": len(roll),
            "present": sum(r.is_present for r in roll),
            "took_ballot": sum(r.took_ballot for r in roll),
        },
        "repeats": poll.repeats.key if poll.repeats else "",
        "void_reason": poll.void_reason if poll.state == State.VOIDED else "",
    }
    if poll.is_electronic:
        manifest["electronic"] = _electronic(poll)
    if shown:
        manifest["tally"] = poll.tally
        manifest["result"] = outcome_of(poll)
        manifest["decisions"] = [
            {"need": d.need, "ruling": d.ruling, "chosen": d.chosen, "text": d.text} for d in poll.decisions.all()
        ]
        if poll.named_votes.exists():
            manifest["named_votes"] = [{"name": v.name, "choices": v.choices} for v in poll.named_votes.all()]
    return manifest


def _electronic(poll: Poll) -> dict[str, Any]:
    """Who kept the keys, which slips are out of use; `expect` is what `ballotcrypt verify --expect` takes as it is."""
    slips = poll.credentials.all()
    withdrawn = slips.filter(state=CredentialState.WITHDRAWN).order_by("digest")
    cast = poll.events.filter(kind=EventKind.BALLOT).count()
    expect: dict[str, Any] = {
        "election": poll.election_hash,
        "trustees": poll.trustees_hash,
        "credentials": poll.credentials_hash,
        "credential_count": slips.count(),
        "ballots": cast,
        "withdrawn": [row.public for row in withdrawn],
    }
    if poll.state in SHOWS_RESULT:
        expect["final_event"] = poll.board_head
    return {
        "expect": expect,
        "uuid": poll.uuid,
        "threshold": poll.threshold,
        "trustees": list(poll.scrutineers.filter(index__isnull=False).order_by("index").values_list("name", flat=True)),
        "ballots": cast,
        "credentials": slips.count(),
        "withdrawn": [{"public": row.public, "reason": row.reason} for row in withdrawn],
        "election_hash": poll.election_hash,
        "trustees_hash": poll.trustees_hash,
        "credentials_hash": poll.credentials_hash,
        "final_event": poll.board_head if poll.state in SHOWS_RESULT else "",
    }


def rules_text(poll: Poll) -> str:
    """The exact text whose SHA-256 is the rules' hash."""
    return canonical(poll.rules)


def rules_hold(poll: Poll) -> bool:
    """Do the rules as they stand give the hash taken at opening?"""
    return hash_of(poll.rules) == poll.rules_hash
