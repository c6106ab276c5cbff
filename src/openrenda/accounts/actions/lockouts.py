"""Counting failures. One path for names that exist and names that do not."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from openrenda.accounts.models import Lockout, User
from openrenda.accounts.parameters import LOCK_FAILURES, LOCK_MINUTES, ORIGIN_FAILURES
from openrenda.accounts.selectors import lock_key
from openrenda.audit.actions import record
from openrenda.kernel import clock, parameters
from openrenda.kernel.actor import Actor

FORGET_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LockRules:
    """The settings in force."""

    failures: int
    minutes: int
    origin_failures: int


def lock_rules(congress_id: int) -> LockRules:
    """Read from the register. Three queries."""
    return LockRules(
        failures=parameters.number(LOCK_FAILURES, congress_id),
        minutes=parameters.number(LOCK_MINUTES, congress_id),
        origin_failures=parameters.number(ORIGIN_FAILURES, congress_id),
    )


def locked_counter(*, kind: str, text: str, congress_id: int, user: User | None = None) -> Lockout:
    """The counter of a name or address, row-locked: two guesses at once are counted one after the other."""
    row, _ = Lockout.objects.select_for_update().get_or_create(
        key=lock_key(kind, f"{congress_id}:{text}"), defaults={"congress_id": congress_id, "user": user}
    )
    if row.user_id is None and user is not None:  # the name was tried before its account existed
        row.user = user
    return row


def minutes_left(row: Lockout, now: datetime) -> int:
    """Whole minutes until the lock ends; 0 when there is none."""
    if row.locked_until is None or row.locked_until <= now:
        return 0
    return math.ceil((row.locked_until - now).total_seconds() / 60)


def origin_minutes_left(actor: Actor) -> int:
    """Minutes for which this address may not sign in anybody. One query, and no hashing for the one who floods us."""
    key = lock_key("origin", f"{actor.congress_id}:{actor.origin}")
    row = Lockout.objects.filter(key=key).first()
    return minutes_left(row, clock.now()) if row else 0


def count_failure(row: Lockout, *, limit: int, minutes: int, window: timedelta, actor: Actor) -> int:
    """Add one failure; lock at the limit. Returns how many tries are left (0 = locked now)."""
    now = clock.now()
    lapsed = row.locked_until is not None and row.locked_until <= now
    if lapsed or (row.last_failed_at is not None and now - row.last_failed_at > window):
        row.failures, row.locked_until = 0, None
    row.failures += 1
    row.last_failed_at = now
    left = max(limit - row.failures, 0)
    if not left:
        row.locked_until = now + timedelta(minutes=minutes)
    row.save()
    kind = "accounts.sign_in_failed" if left else "accounts.locked"
    record(actor, kind, row, failures=row.failures, account=row.user_id)
    return left


def count_origin_failure(actor: Actor, rules: LockRules) -> None:
    """One more failure from this address; only the lock itself is recorded, the failures are under their names."""
    if not actor.origin:
        return
    row = locked_counter(kind="origin", text=actor.origin, congress_id=actor.congress_id)
    now = clock.now()
    if row.last_failed_at is not None and now - row.last_failed_at > timedelta(minutes=rules.minutes):
        row.failures, row.locked_until = 0, None
    row.failures += 1
    row.last_failed_at = now
    if row.failures >= rules.origin_failures:
        row.failures, row.locked_until = 0, now + timedelta(minutes=rules.minutes)
        row.save()
        record(actor, "accounts.origin_locked", row)
        return
    row.save()


def forget_failures(row: Lockout) -> None:
    """A right password wipes the slate."""
    row.failures, row.locked_until = 0, None
    row.save()


def sweep_counters() -> int:
    """Drop counters that no longer matter; returns how many."""
    now = clock.now()
    stale = Q(last_failed_at=None) | Q(last_failed_at__lt=now - FORGET_AFTER)
    free = Q(locked_until=None) | Q(locked_until__lt=now)
    count, _ = Lockout.objects.filter(stale & free).delete()
    return count
