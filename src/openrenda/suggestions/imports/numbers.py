"""Which numbers a register brings, and what already stands under them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

from openrenda.exchange.values import Fault
from openrenda.kernel.text import N_
from openrenda.orgs.states import SessionPeriod
from openrenda.suggestions.actions.register import Past
from openrenda.suggestions.models import Suggestion
from openrenda.suggestions.rules import clocks

from .reading import Reading

BATCH = 2000
_OTHER = N_("这个编号已在系统中，这一格与已有的不同。已补录的不会被台账改写，请在系统中办理")
_LATER = N_("这个编号已在系统中，当时还没有这一格的内容。请在系统中继续办理")
_PROGRESS = ("assigned_on", "replied_on", "result", "again")


@dataclass(frozen=True, slots=True)
class Known:
    """What stands under a number: digests of its columns, as taken over from a register, or as far as a suggestion that
    was handled here has them. `progress`: columns that would have been filled had it come so far then."""

    marks: Mapping[str, str]
    progress: tuple[str, ...]


def mark(value: object) -> str:
    """A short digest of what stands in a column; empty for nothing."""
    text = "" if value is None else str(value)
    return blake2b("".join(text.split()).encode("utf-8", "surrogatepass"), digest_size=5).hexdigest() if text else ""


def marks_of(past: Past) -> dict[str, str]:
    """Digests of what a row tells, by column; columns that say nothing are left out."""
    reply, rating, back = past.reply, past.rating, past.returned
    told: dict[str, object] = {
        "title": past.title,
        "category": past.category_id,
        "text": past.problem + past.proposal,
        "lead": past.lead.pk,
        "cosigners": ";".join(str(pk) for pk in sorted(m.pk for m in past.cosigners)),
        "unit": past.unit.pk if past.unit else None,
        "co_units": ";".join(str(pk) for pk in sorted(unit.pk for unit in past.co_units)),
        "assigned_on": past.assigned_on,
        "term": "extended" if past.is_extended else None,
        "signed_on": past.signed_on,
        "returned": f"{back.on}{back.by.pk}{back.reason}{back.reassigned_on}" if back else None,
        "way": past.contact_way,
        "met_on": past.contact_on,
        "again": f"{past.again.on}{past.again.verdict}{past.again.reason}" if past.again else None,
        "key": "key" if past.is_key else None,
        "key_unit": past.key_leader,
        "publicity": past.publicity,
    }
    if reply is not None:
        told |= {"replied_on": reply.on, "class": reply.reply_class, "reply": reply.body, "doc_no": reply.doc_no}
        told |= {"promise": reply.promise, "promise_due": reply.promise_due}
    if rating is not None:
        told |= {"attitude": rating.attitude, "result": rating.result, "rated_on": rating.on}
    return {column: digest for column, value in told.items() if (digest := mark(value))}


def in_series(readings: Sequence[Reading], congress_id: int) -> list[Reading]:
    """Closed-period numbers find their series: they go on in the session's own where none of its numbers is used twice,
    as the register shows; else, and where no suggestion of the session is known, the district's setting says. Two
    queries."""
    session_ids = {r.past.session.pk for r in readings if r.past is not None and r.is_loose}
    if not session_ids:
        return list(readings)
    inside, loose = _numbers(readings, session_ids)
    separate = clocks.closed_series_is_separate(congress_id)
    goes_on = {pk: not separate or (bool(inside[pk]) and inside[pk].isdisjoint(loose[pk])) for pk in session_ids}
    return [
        replace(r, past=replace(r.past, own_series=not goes_on[r.past.session.pk]))
        if r.is_loose and r.past is not None
        else r
        for r in readings
    ]


def _numbers(readings: Sequence[Reading], session_ids: set[int]) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """(numbers of the session, closed-period numbers without a series) by session, those known here included."""
    inside: dict[int, set[int]] = defaultdict(set)
    loose: dict[int, set[int]] = defaultdict(set)
    known = Suggestion.objects.filter(session_id__in=session_ids, period=SessionPeriod.IN_SESSION, serial__isnull=False)
    for session_id, serial in known.values_list("session_id", "serial"):
        inside[session_id or 0].add(serial or 0)
    for reading in readings:
        if reading.past is not None:
            past = reading.past
            (loose if reading.is_loose else inside)[past.session.pk].update(() if past.own_series else (past.serial,))
    return inside, loose


def known_under(keys: Sequence[str], congress_id: int) -> dict[str, Known]:
    """What stands under those numbers. One query for each two thousand."""
    found: dict[str, Known] = {}
    for start in range(0, len(keys), BATCH):
        rows = Suggestion.objects.filter(congress_id=congress_id, key__in=keys[start : start + BATCH])
        columns = (
            "key", "title", "lead_id", "main_unit_id", "first_assigned_on", "first_replied_on", "reply_class",
            "register_line__marks",
        )  # fmt: skip
        for row in rows.values_list(*columns):
            taken = row[7] is not None
            found[str(row[0])] = Known(row[7] if taken else _own_marks(row), _PROGRESS if taken else _PROGRESS[:2])
    return found


def _own_marks(row: tuple[Any, ...]) -> dict[str, str]:
    """Of one that was not taken over: what identifies it, and how far it has come."""
    names = ("title", "lead", "unit", "assigned_on", "replied_on", "class")
    return {name: mark(value) for name, value in zip(names, row[1:7], strict=True)}


def differences(past: Past, known: Known) -> list[Fault]:
    """Columns in which the row says something else than what stands under its number; empty when it is the same."""
    told = marks_of(past)
    other = [Fault(column, _OTHER) for column, digest in told.items() if known.marks.get(column, digest) != digest]
    return other + [
        Fault(column, _LATER) for column in known.progress if column in told and not known.marks.get(column)
    ]
