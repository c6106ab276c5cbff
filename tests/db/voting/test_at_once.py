"""Two things at once, and a process that dies: what is committed counts, once."""

import os
import signal
from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from openrenda.voting import actions, selectors
from openrenda.voting.actions import casting
from openrenda.voting.errors import AlreadyVoted, TwoTellers
from openrenda.voting.models import Credential, PaperCount, Poll
from openrenda.voting.states import CredentialState, WithdrawalReason
from tests.makers.voting import a_closed_poll, an_electronic_poll, figures, teller, voter

pytestmark = pytest.mark.django_db(transaction=True)


def together(*deeds: Callable[[], object]) -> list[object]:
    """All at the same moment; each gives its result or its refusal."""
    start, found = Barrier(len(deeds)), [None] * len(deeds)

    def run(place: int, deed: Callable[[], object]) -> None:
        try:
            start.wait(10)
            found[place] = deed()  # type: ignore[call-overload]
        except Exception as refusal:  # it is the answer
            found[place] = refusal  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [Thread(target=run, args=given) for given in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return list(found)


def test_a_credential_from_two_devices_counts_once_and_the_other_is_told() -> None:
    walk = an_electronic_poll()
    raws = [walk.marked(0, 1, 1, 0), walk.marked(0, 0, 1, 0)]
    who, key = voter(), walk.poll.key
    answers = together(*(lambda raw=raw: actions.accept_ballot(poll_key=key, raw=raw, actor=who) for raw in raws))
    counted = [answer for answer in answers if isinstance(answer, actions.Receipt)]
    told = [answer for answer in answers if isinstance(answer, AlreadyVoted)]
    assert (len(counted), len(told)) == (1, 1)
    assert told[0].tracker == counted[0].tracker
    assert [found.tracker for found in selectors.board(walk.poll)] == [counted[0].tracker]


def test_many_at_once_and_the_same_one_twice_make_an_unbroken_chain() -> None:
    walk = an_electronic_poll()
    raws = [walk.marked(slip, 1, 0, 0) for slip in range(4)]
    raws.append(raws[0])
    who, key = voter(), walk.poll.key
    answers = together(*(lambda raw=raw: actions.accept_ballot(poll_key=key, raw=raw, actor=who) for raw in raws))
    assert all(isinstance(answer, actions.Receipt) for answer in answers), answers
    assert sorted({answer.height for answer in answers}) == [1, 2, 3, 4]  # type: ignore[attr-defined]
    assert sum(answer.is_new for answer in answers) == 4  # type: ignore[attr-defined]
    assert walk.now.board_height == 4
    assert selectors.archive_bytes(walk.poll)


def test_a_ballot_and_its_withdrawal_at_once_are_one_of_the_two() -> None:
    walk = an_electronic_poll()
    raw, public, who, chief = walk.marked(0, 1, 0, 0), walk.slips[0].public, voter(), walk.chief
    together(
        lambda: actions.accept_ballot(poll_key=walk.poll.key, raw=raw, actor=who),
        lambda: actions.withdraw_credentials(
            poll_id=walk.pk, publics=[public], reason=WithdrawalReason.PAPER, actor=chief
        ),
    )
    row = Credential.objects.get(poll_id=walk.pk, public=public)
    assert row.state in (CredentialState.USED, CredentialState.WITHDRAWN)
    assert (row.state == CredentialState.USED) == bool(selectors.board(walk.poll))


def test_the_tracker_is_answered_only_after_the_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    walk = an_electronic_poll()
    raw, seen = walk.marked(0, 1, 0, 0), []
    real = casting._accept

    def watched(*args: object) -> actions.Receipt:
        transaction.on_commit(lambda: seen.append(Credential.objects.filter(state=CredentialState.USED).count()))
        assert transaction.get_connection().in_atomic_block
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(casting, "_accept", watched)
    receipt = actions.accept_ballot(poll_key=walk.poll.key, raw=raw, actor=voter())
    assert seen == [1], "committed before the action returns"
    assert selectors.find_tracker(walk.poll, receipt.tracker_hex)
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        actions.accept_ballot(poll_key=walk.poll.key, raw=walk.marked(1, 1, 0, 0), actor=voter())


def test_killed_in_the_middle_nothing_is_half_done() -> None:
    walk = an_electronic_poll()
    who, key = voter(), walk.poll.key
    first = actions.accept_ballot(poll_key=key, raw=walk.marked(0, 1, 0, 0), actor=who)
    raw = walk.marked(1, 1, 0, 0)
    selectors.election_of(walk.poll)
    connection.close()  # the child takes its own
    child = os.fork()
    if not child:
        save = Credential.save

        def die(self: Credential, **given: object) -> None:
            save(self, **given)  # type: ignore[arg-type]
            os.kill(os.getpid(), signal.SIGKILL)  # written, not committed

        Credential.save = die  # type: ignore[assignment,method-assign]
        actions.accept_ballot(poll_key=key, raw=raw, actor=who)
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert [found.tracker for found in selectors.board(walk.poll)] == [first.tracker]
    assert Poll.objects.get(pk=walk.pk).board_height == 1
    assert actions.accept_ballot(poll_key=key, raw=raw, actor=who).height == 2


def test_three_tellers_at_once_are_two() -> None:
    walk = a_closed_poll()
    given = figures(6, 5, 3)
    who = [teller(which) for which in ("R01", "R02", "R03")]
    answers = together(*(lambda t=t: actions.enter_count(poll_id=walk.pk, figures=given, actor=t) for t in who))
    assert sum(isinstance(answer, PaperCount) for answer in answers) == 2
    assert sum(isinstance(answer, TwoTellers) for answer in answers) == 1
