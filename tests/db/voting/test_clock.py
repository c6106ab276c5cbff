"""A server whose clock is wrong, or is put right during a vote: what counts is the chain, not the hour."""

from datetime import timedelta

from ballotcrypt.archive import read
from ballotcrypt.verify import verify
from openrenda.voting import actions, selectors
from openrenda.voting.states import State
from tests.conftest import FrozenClock
from tests.makers.voting import BALLOTS, an_electronic_poll, confirm, office


def test_a_clock_put_back_and_forward_changes_nothing_on_the_board(clock: FrozenClock) -> None:
    walk = an_electronic_poll()
    opened = clock.now
    stamp = read(selectors.archive_bytes(walk.now), unfinished=True).timestamp
    heights = []
    for slip, (marks, off) in enumerate(zip(BALLOTS, (0, -400, 3, 90, -1, 0), strict=True)):
        clock.at(opened + timedelta(days=off))
        heights.append(walk.cast(slip, *marks).height)
    assert heights == [1, 2, 3, 4, 5, 6]
    clock.at(opened - timedelta(days=30))
    actions.close_poll(poll_id=walk.pk, actor=walk.chief)
    walk.decrypt(1)
    walk.decrypt(3)
    actions.count_poll(poll_id=walk.pk, actor=walk.chief)
    confirm(walk)
    actions.publish_poll(poll_id=walk.pk, actor=office())
    assert walk.now.state == State.PUBLISHED
    found = verify(selectors.archive_bytes(walk.now), workers=1)
    assert len(found.trackers) == len(BALLOTS)
    assert read(selectors.archive_bytes(walk.now)).timestamp == stamp, "one hour for the whole archive"
