"""Polls at every stage, reached by walking the actions as a session's secretariat and its scrutineers do."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from ballotcrypt import ballot as ballots
from ballotcrypt import trustees as ceremony
from ballotcrypt.credentials import Credential, generate
from openrenda.kernel.actor import Actor
from openrenda.orgs.models import Mandate
from openrenda.orgs.states import Role
from openrenda.voting import actions, selectors
from openrenda.voting.actions import Figures, OptionSpec, Receipt, RollSpec, ScrutineerSpec
from openrenda.voting.models import Poll
from openrenda.voting.states import Duty, Form, Method, State
from tests.makers.orgs import a_congress, a_deputy, actor_of, deputy_actor


def office() -> Actor:
    """常委会办公室, the secretariat."""
    return actor_of(Role.SC_OFFICE, "R01")


def teller(which: str = "R01") -> Actor:
    """A teller by post; each unit's is another person."""
    return actor_of(Role.TELLER, which)


TELLERS = ("R01", "R02")


def options(count: int = 3) -> list[OptionSpec]:
    """K01, K02, …"""
    return [OptionSpec(f"K{number:02}", f"第{number}项") for number in range(1, count + 1)]


@dataclass
class Walk:
    """A poll on its way, with those who move it."""

    poll: Poll
    deputies: list[Mandate]

    @property
    def now(self) -> Poll:
        """The row as it stands."""
        self.poll.refresh_from_db()
        return self.poll

    @property
    def pk(self) -> int:
        return self.poll.pk

    @property
    def chief(self) -> Actor:
        return deputy_actor(self.deputies[0])

    @property
    def scrutineer(self) -> Actor:
        return deputy_actor(self.deputies[1])

    def watcher(self, index: int) -> Actor:
        """The scrutineer with this index (from 1); the chief is the first."""
        return deputy_actor(self.deputies[index - 1])


def a_poll(
    *,
    method: Method = Method.PAPER,
    form: Form = Form.SELECT,
    base: int = 9,
    present: int = 7,
    candidates: int = 3,
    quota: int = 2,
    watchers: int = 2,
    deputies: Sequence[Mandate] | None = None,
    **given: object,
) -> Walk:
    """Drawn up: of `base` members `present` are there, one of them chief scrutineer. Quorum two thirds."""
    people = list(deputies or (a_deputy() for _ in range(max(present, watchers))))
    duties = [ScrutineerSpec(people[0].pk, Duty.CHIEF)]
    duties += [ScrutineerSpec(person.pk, Duty.SCRUTINEER) for person in people[1:watchers]]
    arguments: dict[str, object] = {
        "title": "民生实事项目票决",
        "method": method,
        "form": form,
        "options": options(candidates),
        "base": base,
        "roll": [RollSpec(person.pk, present=True) for person in people[:present]],
        "quota": quota if form != Form.GRADES else 0,
        "quorum": -(-2 * base // 3),
        "scrutineers": duties,
        "threshold": 2 if method == Method.ELECTRONIC else 0,
        "actor": office(),
        **given,
    }
    return Walk(actions.draft_poll(**arguments), people)  # type: ignore[arg-type]  # a test may give nonsense on purpose


def an_open_poll(**given: object) -> Walk:
    """Opened, every paper handed out."""
    walk = a_poll(**given)  # type: ignore[arg-type]
    actions.open_poll(poll_id=walk.pk, actor=office())
    if walk.now.is_secret:
        actions.issue_ballots(poll_id=walk.pk, actor=office())
    return walk


def a_closed_poll(**given: object) -> Walk:
    """No more votes."""
    walk = an_open_poll(**given)
    actions.close_poll(poll_id=walk.pk, actor=walk.chief)
    return walk


def figures(*lines: int | tuple[int, ...], issued: int = 7, returned: int = 7, void: int = 0) -> Figures:
    """Figures whose papers all came back, unless said otherwise."""
    rows = tuple(line if isinstance(line, tuple) else (line,) for line in lines)
    return Figures(issued, returned, returned - void, void, rows)


def enter_twice(walk: Walk, given: Figures) -> None:
    """Both tellers enter the same."""
    for which in TELLERS:
        if walk.now.state == State.CLOSED:
            actions.enter_count(poll_id=walk.pk, figures=given, actor=teller(which))


def a_counted_poll(*lines: int | tuple[int, ...], **given: object) -> Walk:
    """Counted from papers."""
    walk = a_closed_poll(**given)
    enter_twice(walk, figures(*(lines or (6, 5, 3))))
    actions.count_poll(poll_id=walk.pk, actor=office())
    return walk


def a_sheet() -> SimpleUploadedFile:
    """A picture of a signed tally sheet."""
    content = BytesIO()
    Image.new("RGB", (40, 30), "white").save(content, "PNG")
    return SimpleUploadedFile("计票单.png", content.getvalue(), "image/png")


def confirm(walk: Walk) -> None:
    """Sheet filed where papers were counted; chief and one more confirm."""
    if walk.now.method == Method.PAPER:
        actions.file_tally_sheet(poll_id=walk.pk, upload=a_sheet(), actor=office())
    actions.confirm_result(poll_id=walk.pk, actor=walk.chief)
    actions.confirm_result(poll_id=walk.pk, actor=walk.scrutineer)


def publish(walk: Walk) -> None:
    """Confirmed and let out."""
    confirm(walk)
    actions.publish_poll(poll_id=walk.pk, actor=office())


def a_published_poll(*lines: int | tuple[int, ...], **given: object) -> Walk:
    """The result is out."""
    walk = a_counted_poll(*lines, **given)
    publish(walk)
    return walk


def voter() -> Actor:
    """Whoever sends a ballot: nobody asks who."""
    return Actor.anonymous(a_congress().pk)


# ---- electronic ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Keys:
    """The scrutineers' seeds and public messages, made once per run: arithmetic takes its time."""

    seeds: tuple[str, ...]
    certs: tuple[str, ...]
    polynomials: tuple[str, ...]
    keys: tuple[str, ...]


@cache
def the_keys(trustees: int = 3, threshold: int = 2) -> Keys:
    """Keys for so many scrutineers."""
    seeds = tuple(ceremony.new_seed() for _ in range(trustees))
    certs = tuple(ceremony.certificate(seed, i, trustees, threshold) for i, seed in enumerate(seeds, 1))
    polynomials = tuple(ceremony.polynomial(seed, certs) for seed in seeds)
    keys = tuple(ceremony.verification_key(seed, i, certs, polynomials) for i, seed in enumerate(seeds, 1))
    return Keys(seeds, certs, polynomials, keys)


@dataclass
class Electronic(Walk):
    """An electronic poll with its scrutineers' keys and its slips."""

    keys: Keys = field(default_factory=the_keys)
    slips: list[Credential] = field(default_factory=list)

    def marked(self, slip: int, *marks: int) -> bytes:
        """A ballot with these marks, signed with the slip of that number."""
        return ballots.cast(selectors.election_of(self.now), self.slips[slip].private, [list(marks)])

    def cast(self, slip: int, *marks: int) -> Receipt:
        """Sent in."""
        return actions.accept_ballot(poll_key=self.poll.key, raw=self.marked(slip, *marks), actor=voter())

    def decrypt(self, index: int) -> bool:
        """The scrutineer with this index (from 1) decrypts."""
        raw = partial_of(self, index)
        return actions.enter_partial(poll_id=self.pk, raw=raw, actor=self.watcher(index))


def partial_of(walk: Electronic, index: int) -> str:
    """What that scrutineer's browser would send."""
    keys, said = walk.keys, selectors.transcript(walk.now, index)
    election = selectors.election_of(walk.poll)
    return ceremony.partial_decryption(
        keys.seeds[index - 1], index, keys.certs, keys.polynomials, election, said["encrypted_tally"]
    )


def a_setup(*, keys: bool = True, slips: int = 8, **given: object) -> Electronic:
    """Prepared: credentials listed and, with `keys`, all three rounds of three scrutineers done."""
    drawn = a_poll(method=Method.ELECTRONIC, watchers=3, **given)  # type: ignore[arg-type]
    walk = Electronic(drawn.poll, drawn.deputies)
    actions.begin_setup(poll_id=walk.pk, actor=office())
    walk.slips = generate(walk.now.uuid, slips)
    actions.enter_credentials(poll_id=walk.pk, publics=[slip.public for slip in walk.slips], actor=office())
    if keys:
        enter_keys(walk)
    return walk


def enter_keys(walk: Electronic) -> None:
    """All three rounds."""
    rounds = (
        (actions.enter_certificate, walk.keys.certs),
        (actions.enter_polynomial, walk.keys.polynomials),
        (actions.enter_verification_key, walk.keys.keys),
    )
    for enter, messages in rounds:
        for index, raw in enumerate(messages, 1):
            enter(poll_id=walk.pk, raw=raw, actor=walk.watcher(index))


def an_electronic_poll(*, issue: bool = True, **given: object) -> Electronic:
    """Open; seven of nine are there and hold slips; three options, two places."""
    walk = a_setup(**given)  # type: ignore[arg-type]
    actions.open_poll(poll_id=walk.pk, actor=office())
    if issue:
        actions.issue_ballots(poll_id=walk.pk, actor=office())
    return walk


BALLOTS = ((1, 1, 0), (1, 0, 1), (1, 1, 0), (1, 1, 0), (0, 1, 0), (1, 1, 0))
"""K01 5, K02 5, K03 1 of the five needed for 9 in office."""


def a_cast_poll(count: int = 5, **given: object) -> Electronic:
    """So many have voted."""
    walk = an_electronic_poll(**given)  # type: ignore[arg-type]
    for slip, marks in enumerate(BALLOTS[:count]):
        walk.cast(slip, *marks)
    return walk


def a_finished_electronic_poll(count: int = 6, *, publish: bool = True, **given: object) -> Electronic:
    """Two of three scrutineers have decrypted; published unless said otherwise."""
    walk = a_cast_poll(count, **given)
    actions.close_poll(poll_id=walk.pk, actor=walk.chief)
    walk.decrypt(1)
    walk.decrypt(3)
    actions.count_poll(poll_id=walk.pk, actor=walk.chief)
    if publish:
        confirm(walk)
        actions.publish_poll(poll_id=walk.pk, actor=office())
    return walk
