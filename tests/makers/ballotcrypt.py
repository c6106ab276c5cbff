"""Elections made as a congress makes them: scrutineers, slips, ballots, count. Secrets are at hand, for tests."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from ballotcrypt import archive, ballot, credentials, tally, trustees, verify
from ballotcrypt.election import Election, Question, new_uuid
from ballotcrypt.faults import Fault

TIMESTAMP = 1_795_400_479
TWO = (Question("两项选一", ("甲", "乙"), 0, 1),)
PROJECTS = (
    Question("民生实事项目票决", tuple(f"项目{number:02}" for number in range(1, 13)), 0, 10),
    Question("任命 张三", ("赞成", "反对", "弃权"), 1, 1),
)


@dataclass
class Ceremony:
    """Scrutineers with their seeds and what they published."""

    seeds: list[str]
    certs: list[str]
    polynomials: list[str]
    keys: list[str]
    record: bytes
    public_key: str


def ceremony(size: int = 3, threshold: int = 2) -> Ceremony:
    """All three rounds."""
    seeds = [trustees.new_seed() for _ in range(size)]
    places = list(enumerate(seeds, 1))
    certs = [trustees.certificate(seed, index, size, threshold) for index, seed in places]
    polynomials = [trustees.polynomial(seed, certs) for seed in seeds]
    keys = [trustees.verification_key(seed, index, certs, polynomials) for index, seed in places]
    return Ceremony(seeds, certs, polynomials, keys, *trustees.assemble(certs, polynomials, keys))


@dataclass
class Made:
    """An election with everyone's secrets."""

    election: Election
    ceremony: Ceremony
    slips: list[credentials.Credential]
    ballots: list[bytes] = field(default_factory=list)
    tally: bytes = b""
    partials: dict[int, str] = field(default_factory=dict)
    result: bytes = b""

    @property
    def publics(self) -> list[str]:
        return credentials.public_list([slip.public for slip in self.slips])

    def partial(self, owner: int, tally_json: bytes | None = None) -> str:
        """What this scrutineer decrypts."""
        made = self.ceremony
        return trustees.partial_decryption(
            made.seeds[owner - 1], owner, made.certs, made.polynomials, self.election, tally_json or self.tally
        )

    def writer(self) -> archive.Writer:
        """An archive just opened."""
        return archive.Writer(TIMESTAMP, self.election.raw, self.ceremony.record, self.publics)

    def archive(self) -> bytes:
        """The whole archive."""
        writer = self.writer()
        for raw in self.ballots:
            writer.add_ballot(raw)
        writer.end_ballots()
        writer.add_encrypted_tally(self.tally)
        for owner, partial in self.partials.items():
            writer.add_partial(owner, partial)
        writer.add_result(self.result)
        return writer.bytes()


def opened(
    questions: Sequence[Question] = TWO, voters: int = 3, *, keys: Ceremony | None = None, uuid: str = ""
) -> Made:
    """Ready for ballots."""
    keys = keys or ceremony()
    uuid = uuid or new_uuid()
    election = Election(uuid, "测试", "说明\n两行", questions, keys.public_key)
    return Made(election, keys, credentials.generate(uuid, voters))


def counted(made: Made, votes: Sequence[Sequence[Sequence[int]]], owners: Sequence[int] = (1, 3)) -> Made:
    """Voted, closed, decrypted by these scrutineers."""
    pairs = zip(made.slips, votes, strict=False)
    made.ballots = [ballot.cast(made.election, slip.private, vote) for slip, vote in pairs]
    made.tally = tally.encrypted_tally(made.election, [ballot.check(made.election, raw) for raw in made.ballots])
    made.partials = {owner: made.partial(owner) for owner in owners}
    made.result = tally.result(made.election, made.ceremony.record, made.tally, made.partials)
    return made


def refusal(data: bytes, *, unfinished: bool = False, expect: verify.Expectations | None = None) -> Fault:
    """The fault an archive has; without one the test fails."""
    with pytest.raises(Fault) as refused:
        verify.verify(data, unfinished=unfinished, expect=expect)
    return refused.value
