"""A secret electronic vote held in a replay: keys, slips and ballots are real, and nobody keeps the private parts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ballotcrypt import credentials, trustees
from openrenda.kernel.actor import Actor
from openrenda.orgs.models import Mandate
from openrenda.voting import actions as voting
from openrenda.voting import selectors
from openrenda.voting.models import Poll
from openrenda.voting.states import WithdrawalReason

from .ballots import cast_all


@dataclass(frozen=True, slots=True)
class Chamber:
    """Who runs the vote: the secretariat, and the scrutineers in the order of their keys, the chief first."""

    office: Actor
    scrutineers: Sequence[Actor]
    threshold: int


def hold(poll: Poll, chamber: Chamber, marks: Sequence[Sequence[int]], told: Callable[[int], None]) -> None:
    """From the key ceremony to the published result; one ballot per row of `marks`."""
    seeds = _key_ceremony(poll, chamber)
    slips = _slips(poll, chamber)
    voting.open_poll(poll_id=poll.pk, actor=chamber.office)
    voting.issue_ballots(poll_id=poll.pk, actor=chamber.office)
    handed_over = slips[: len(marks)]
    made = cast_all(selectors.election_of(poll).raw, [slip.private for slip in handed_over], marks, told)
    voting.accept_ballots(poll_id=poll.pk, raws=made, actor=chamber.office, checked=True)
    if left := [slip.public for slip in slips[len(marks) :]]:
        voting.withdraw_credentials(
            poll_id=poll.pk, publics=left, reason=WithdrawalReason.UNISSUED, actor=chamber.scrutineers[0]
        )
    voting.close_poll(poll_id=poll.pk, actor=chamber.office)
    _open_totals(poll, chamber, seeds)
    voting.count_poll(poll_id=poll.pk, actor=chamber.office)


def conclude(poll: Poll, chamber: Chamber) -> None:
    """The chief scrutineer and another confirm; the result is out."""
    for scrutineer in chamber.scrutineers[:2]:
        voting.confirm_result(poll_id=poll.pk, actor=scrutineer)
    voting.publish_poll(poll_id=poll.pk, actor=chamber.office)


def _slips(poll: Poll, chamber: Chamber) -> list[credentials.Credential]:
    slips = credentials.generate(poll.uuid, poll.base)
    voting.enter_credentials(poll_id=poll.pk, publics=[slip.public for slip in slips], actor=chamber.office)
    return slips


def _key_ceremony(poll: Poll, chamber: Chamber) -> list[str]:
    voting.begin_setup(poll_id=poll.pk, actor=chamber.office)
    poll.refresh_from_db()
    seeds = [trustees.new_seed() for _ in chamber.scrutineers]
    size = len(seeds)
    certs = [trustees.certificate(seed, i, size, chamber.threshold) for i, seed in enumerate(seeds, 1)]
    polynomials = [trustees.polynomial(seed, certs) for seed in seeds]
    keys = [trustees.verification_key(seed, i, certs, polynomials) for i, seed in enumerate(seeds, 1)]
    for enter, messages in (
        (voting.enter_certificate, certs),
        (voting.enter_polynomial, polynomials),
        (voting.enter_verification_key, keys),
    ):
        for scrutineer, raw in zip(chamber.scrutineers, messages, strict=True):
            enter(poll_id=poll.pk, raw=raw, actor=scrutineer)
    return seeds


def _open_totals(poll: Poll, chamber: Chamber, seeds: Sequence[str]) -> None:
    """The last so many scrutineers decrypt: any will do, and the others may be absent."""
    election = selectors.election_of(poll)
    first = len(seeds) - chamber.threshold
    for index in range(first, len(seeds)):
        actor = chamber.scrutineers[index]
        known = selectors.transcript(poll, index + 1)
        raw = trustees.partial_decryption(
            seeds[index], index + 1, known["certs"], known["polynomials"], election, known["encrypted_tally"]
        )
        voting.enter_partial(poll_id=poll.pk, raw=raw, actor=actor)


def scrutineers_of(mandates: Sequence[Mandate], count: int) -> list[Mandate]:
    """One deputy of each delegation in turn, none with an office in the standing committee while others are there."""
    ranked = sorted(mandates, key=lambda m: (bool(m.sc_post), m.leads_delegation, m.code))
    first: dict[int, Mandate] = {}
    for mandate in ranked:
        first.setdefault(mandate.delegation_id, mandate)
    rest = [mandate for mandate in ranked if mandate not in first.values()]
    return [*first.values(), *rest][:count]
