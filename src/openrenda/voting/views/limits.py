"""How much and how often ballots may be sent. Nobody whose ballot is good ever waits.

What is refused is counted per sender and credential: garbage without a known credential shares one count, so a flood of
it bars nobody who holds a slip, even where the whole hall stands behind one address.
"""

from collections import OrderedDict, deque
from threading import Lock
from typing import ClassVar

from django.http import HttpRequest

from openrenda.kernel import clock
from openrenda.kernel.errors import OpenRendaError
from openrenda.kernel.text import N_

BALLOT_BYTES = 256 * 1024
REFUSALS = 20
SECONDS = 60
_MOST_SENDERS = 5000


class BallotTooLarge(OpenRendaError):
    """No ballot is that long."""

    status: ClassVar[int] = 413
    code = "voting.ballot_too_large"
    message = N_("发来的内容太长，不是一张选票。")
    remedy = N_("请刷新投票页面重新投一次；仍不行请找监票人改投纸质票。")


class TooManyRefused(OpenRendaError):
    """The same sender was refused again and again."""

    status: ClassVar[int] = 429
    code = "voting.too_many_refused"
    message = N_("刚才有太多次没有通过校验的提交。")
    remedy = N_("请等一分钟再试，或者找监票人改投纸质票。")


def body_of(request: HttpRequest) -> bytes:
    """The body, never more than a ballot can be; a false Content-Length does not help."""
    raw = request.read(BALLOT_BYTES + 1)
    if len(raw) > BALLOT_BYTES:
        raise BallotTooLarge
    return bytes(raw)


class Refusals:
    """The moments of late refusals per sender, in this process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: OrderedDict[tuple[str, ...], deque[float]] = OrderedDict()

    def check(self, *sender: str) -> None:
        """Raise TooManyRefused if this sender has used up the minute's refusals."""
        with self._lock:
            moments = self._known.get(sender)
            if moments and sum(moment > clock.now().timestamp() - SECONDS for moment in moments) >= REFUSALS:
                raise TooManyRefused

    def count(self, *sender: str) -> None:
        """One more refusal."""
        with self._lock:
            moments = self._known.setdefault(sender, deque(maxlen=REFUSALS))
            moments.append(clock.now().timestamp())
            self._known.move_to_end(sender)
            while len(self._known) > _MOST_SENDERS:
                self._known.popitem(last=False)

    def forget(self) -> None:
        """For tests."""
        with self._lock:
            self._known.clear()


refusals = Refusals()
