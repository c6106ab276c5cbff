"""The archive `<uuid>.bel`: an append-only tar of data entries and a chain of events over them.

Nothing is left to the reader's taste: each header is built again and compared, each name is the digest of its entry,
each event names its parent, and events come in one order only.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from .credentials import public_list
from .election import Election
from .encoding import compact, fields, hex_digest, items, parse, small, string
from .faults import Fault, FaultCode, demand, refuse

HEADER = "BELENIOS"
BLOCK = 512

SETUP, BALLOT, END_BALLOTS = "Setup", "Ballot", "EndBallots"
ENCRYPTED_TALLY, PARTIAL_DECRYPTION, RESULT = "EncryptedTally", "PartialDecryption", "Result"

_NAME = re.compile(r"([0-9a-f]{64})\.(data|event)\.json")
_OCTAL = re.compile(rb"[0-7]{11}")
_TIME = re.compile(r"0|[1-9][0-9]{0,9}", re.ASCII)

# What an event stands on: how many data entries come right before it, and how far the archive must be.
_DATA = {SETUP: 4, BALLOT: 1, END_BALLOTS: 0, ENCRYPTED_TALLY: 2, PARTIAL_DECRYPTION: 2, RESULT: 1}
_VOTING, _ENDED, _TALLIED, _DONE = range(1, 5)
_STAGE = {
    BALLOT: (_VOTING, _VOTING),
    END_BALLOTS: (_VOTING, _ENDED),
    ENCRYPTED_TALLY: (_ENDED, _TALLIED),
    PARTIAL_DECRYPTION: (_TALLIED, _TALLIED),
    RESULT: (_TALLIED, _DONE),
}
_MISSING = {
    _VOTING: FaultCode.END_BALLOTS_MISSING,
    _ENDED: FaultCode.ENCRYPTED_TALLY_MISSING,
    _TALLIED: FaultCode.RESULT_MISSING,
}


@dataclass(frozen=True)
class Event:
    """One link of the chain."""

    type: str
    height: int
    parent: str | None
    payload: str | None
    raw: bytes

    @property
    def digest(self) -> str:
        """What the next event calls its parent."""
        return hex_digest(self.raw)


@dataclass
class Archive:
    """What an archive holds, read and in order; its proofs are not yet checked."""

    timestamp: int
    election: Election
    trustees: bytes
    credentials: list[str]
    credentials_raw: bytes
    ballots: list[bytes] = field(default_factory=list)
    encrypted_tally: bytes | None = None
    num_tallied: int = 0
    total_weight: int = 0
    partials: list[tuple[int, bytes]] = field(default_factory=list)
    result: bytes | None = None
    events: list[Event] = field(default_factory=list)

    @property
    def final_event_hash(self) -> str:
        """The digest that the minutes name."""
        return self.events[-1].digest


# --- writing ----------------------------------------------------------------------------------------------------------


def entry(name: str, body: bytes, timestamp: int) -> bytes:
    """One entry: the header of an old tar, the body, padding."""
    stamp = f"0000644\0{'0000000'}\0{'0000000'}\0{len(body):011o}\0{timestamp:011o}\0"
    blank = (name.encode().ljust(100, b"\0") + stamp.encode() + b" " * 8 + b"0").ljust(BLOCK, b"\0")
    checksum = f"{sum(blank):06o}\0 ".encode()
    return blank[:148] + checksum + blank[156:] + body + b"\0" * (-len(body) % BLOCK)


def header(timestamp: int) -> bytes:
    """The first entry."""
    return entry(HEADER, compact({"version": 1, "timestamp": str(timestamp)}).encode(), timestamp)


def data_entry(body: bytes, timestamp: int) -> bytes:
    """A data entry, named by its digest."""
    return entry(f"{hex_digest(body)}.data.json", body, timestamp)


def event_entry(body: bytes, timestamp: int) -> bytes:
    """An event entry, named by its digest."""
    return entry(f"{hex_digest(body)}.event.json", body, timestamp)


def event(parent: str | None, height: int, kind: str, payload: str | None) -> bytes:
    """The body of an event; parent is the digest of the one before, payload that of the last data entry."""
    before = {} if parent is None else {"parent": parent}
    after = {} if payload is None else {"payload": payload}
    return compact({**before, "height": height, "type": kind, **after}).encode()


def credentials_raw(credentials: list[str]) -> bytes:
    """The list as it is published: by size."""
    return compact(public_list(credentials)).encode()


def setup_data(election: bytes, trustees: bytes, credentials: bytes) -> bytes:
    """What the first event is about."""
    digests = {"election": election, "trustees": trustees, "credentials": credentials}
    return compact({name: hex_digest(raw) for name, raw in digests.items()}).encode()


def sized_tally(encrypted_tally: bytes, ballots: int) -> bytes:
    """The encrypted tally and of how many ballots it is; each has weight one."""
    sizes = {"num_tallied": ballots, "total_weight": ballots}
    return compact({**sizes, "encrypted_tally": hex_digest(encrypted_tally)}).encode()


def owned(owner: int, partial: bytes) -> bytes:
    """A partial decryption and the number of the trustee who made it."""
    return compact({"owner": owner, "payload": hex_digest(partial)}).encode()


class Writer:
    """Builds an archive event by event."""

    def __init__(self, timestamp: int, election_raw: bytes, trustees_raw: bytes, credentials: list[str]) -> None:
        self.timestamp = timestamp
        self.height = -1
        self.last: str | None = None
        self._ballots = 0
        self._parts = [header(timestamp)]
        listed = credentials_raw(credentials)
        self.add(SETUP, election_raw, trustees_raw, listed, setup_data(election_raw, trustees_raw, listed))

    def add(self, kind: str, *data: bytes) -> bytes:
        """Append data entries and the event over the last of them; returns the event's body."""
        self.height += 1
        body = event(self.last, self.height, kind, hex_digest(data[-1]) if data else None)
        self._parts += [data_entry(one, self.timestamp) for one in data]
        self._parts.append(event_entry(body, self.timestamp))
        self.last = hex_digest(body)
        return body

    def add_ballot(self, raw: bytes) -> bytes:
        """A ballot."""
        self._ballots += 1
        return self.add(BALLOT, raw)

    def end_ballots(self) -> bytes:
        """No ballot comes after this."""
        return self.add(END_BALLOTS)

    def add_encrypted_tally(self, raw: bytes) -> bytes:
        """The product of the ballots so far."""
        return self.add(ENCRYPTED_TALLY, raw, sized_tally(raw, self._ballots))

    def add_partial(self, owner: int, raw: bytes | str) -> bytes:
        """A trustee's part of the decryption."""
        partial = raw.encode() if isinstance(raw, str) else raw
        return self.add(PARTIAL_DECRYPTION, partial, owned(owner, partial))

    def add_result(self, raw: bytes) -> bytes:
        """The numbers."""
        return self.add(RESULT, raw)

    def bytes(self) -> bytes:
        """The archive so far."""
        return b"".join(self._parts)


# --- reading ----------------------------------------------------------------------------------------------------------


def read(data: bytes, *, unfinished: bool = False) -> Archive:
    """The archive's content in its only order; `unfinished` also takes one whose voting or counting still runs."""
    timestamp, entries = _entries(data)
    found: Archive | None = None
    stage, pending, last = _VOTING, [], None
    seen: set[str] = set()
    for kind, body in entries:
        if kind == "data":
            pending.append(body)
            continue
        link = _event(body)
        place = f"event={link.height}"
        demand(link.height == len(found.events if found else ()) and link.parent == last, FaultCode.CHAIN_BROKEN, place)
        if found is None:
            demand(link.type == SETUP, FaultCode.SETUP_MISSING)
            _stands_on(link, pending)
            found = _setup(timestamp, pending)
        else:
            stage = _next_stage(link, stage)
            demand(link.type != BALLOT or link.payload not in seen, FaultCode.BALLOT_REPLAYED, place)
            _stands_on(link, pending)
            _take(found, link, pending)
        found.events.append(link)
        seen.add(link.payload or "")
        pending, last = [], link.digest
    demand(found is not None, FaultCode.SETUP_MISSING)
    demand(not pending, FaultCode.ENTRY_UNREFERENCED)
    demand(unfinished or stage == _DONE, _MISSING.get(stage, FaultCode.RESULT_MISSING))
    assert found is not None
    return found


def _entries(data: bytes) -> tuple[int, list[tuple[str, bytes]]]:
    """The timestamp and all further entries as (data or event, body)."""
    bodies: list[tuple[str, bytes]] = []
    cuts = [*_cuts(data), len(data)]
    first, *rest = pairwise(cuts)
    timestamp = _timestamp(data[slice(*first)])
    for number, (start, end) in enumerate(rest, 1):
        block = data[start:end]
        name, body = _name(block), _body(block)
        shape = _NAME.fullmatch(name)
        demand(shape, FaultCode.ARCHIVE_MALFORMED, f"entry={number}")
        assert shape is not None
        demand(hex_digest(body) == shape[1], FaultCode.ENTRY_ALTERED, f"entry={number}")
        demand(block == entry(name, body, timestamp), FaultCode.ARCHIVE_MALFORMED, f"entry={number}")
        bodies.append((shape[2], body))
    return timestamp, bodies


def _cuts(data: bytes) -> list[int]:
    """Where entries begin."""
    demand(data[: len(HEADER)] == HEADER.encode(), FaultCode.ARCHIVE_HEADER)
    cuts: list[int] = []
    position = 0
    while position < len(data):
        place = f"entry={len(cuts)}"
        cuts.append(position)
        demand(len(data) - position >= BLOCK, FaultCode.ARCHIVE_TRUNCATED, place)
        octal = data[position + 124 : position + 135]
        demand(_OCTAL.fullmatch(octal), FaultCode.ARCHIVE_MALFORMED, place)
        position += BLOCK + -(-int(octal, 8) // BLOCK) * BLOCK
        demand(position <= len(data), FaultCode.ARCHIVE_TRUNCATED, place)
    return cuts


def _name(block: bytes) -> str:
    return block[:100].rstrip(b"\0").decode("ascii", "replace")


def _body(block: bytes) -> bytes:
    return block[BLOCK : BLOCK + int(block[124:135], 8)]


def _timestamp(block: bytes) -> int:
    try:
        read_header = fields(parse(_body(block)), ("version", "timestamp"))
        stamp = string(read_header["timestamp"])
        demand(small(read_header["version"]) == 1 and _TIME.fullmatch(stamp), FaultCode.ARCHIVE_HEADER)
    except Fault as fault:
        raise Fault(FaultCode.ARCHIVE_HEADER, fault.detail) from fault
    demand(block == header(int(stamp)), FaultCode.ARCHIVE_MALFORMED, "entry=0")
    return int(stamp)


def _event(body: bytes) -> Event:
    value = parse(body, FaultCode.EVENT_MALFORMED)
    demand(isinstance(value, dict), FaultCode.EVENT_MALFORMED)
    names = [name for name in ("parent", "height", "type", "payload") if name in value or name in {"height", "type"}]
    fields(value, names, FaultCode.EVENT_MALFORMED)
    height, kind = small(value["height"], FaultCode.EVENT_MALFORMED), string(value["type"], FaultCode.EVENT_MALFORMED)
    demand(kind in _DATA, FaultCode.EVENT_MALFORMED, f"event={height} type")
    parent, payload = (
        string(value[name], FaultCode.EVENT_MALFORMED) if name in value else None for name in ("parent", "payload")
    )
    return Event(kind, height, parent, payload, body)


def _next_stage(link: Event, stage: int) -> int:
    place = f"event={link.height}"
    if link.type == SETUP:
        refuse(FaultCode.SETUP_REPEATED, place)
    needed, reached = _STAGE[link.type]
    if stage < needed:
        refuse(_MISSING[stage], place)
    late = FaultCode.BALLOT_AFTER_END if link.type == BALLOT else FaultCode.EVENT_ORDER
    demand(stage == needed, late, place)
    return reached


def _stands_on(link: Event, data: list[bytes]) -> None:
    place = f"event={link.height}"
    wanted = _DATA[link.type]
    demand(len(data) <= wanted, FaultCode.ENTRY_UNREFERENCED, place)
    matches = len(data) == wanted and link.payload == (hex_digest(data[-1]) if data else None)
    demand(matches, FaultCode.ENTRY_MISMATCH, place)


def _setup(timestamp: int, data: list[bytes]) -> Archive:
    election, trustees, credentials, about = data
    demand(about == setup_data(election, trustees, credentials), FaultCode.ENTRY_MISMATCH, "event=0")
    listed = items(parse(credentials, FaultCode.CREDENTIALS_MALFORMED), code=FaultCode.CREDENTIALS_MALFORMED)
    public = [string(one, FaultCode.CREDENTIALS_MALFORMED) for one in listed]
    return Archive(timestamp, Election.parse(election), trustees, public, credentials)


def _take(archive: Archive, link: Event, data: list[bytes]) -> None:
    place = f"event={link.height}"
    if link.type == BALLOT:
        archive.ballots.append(data[0])
    elif link.type == ENCRYPTED_TALLY:
        about = _about(data, ("num_tallied", "total_weight", "encrypted_tally"), place)
        archive.encrypted_tally = data[0]
        archive.num_tallied, archive.total_weight = small(about["num_tallied"]), small(about["total_weight"])
    elif link.type == PARTIAL_DECRYPTION:
        about = _about(data, ("owner", "payload"), place)
        archive.partials.append((small(about["owner"]), data[0]))
    elif link.type == RESULT:
        archive.result = data[0]


def _about(data: list[bytes], names: tuple[str, ...], place: str) -> dict[str, Any]:
    """The small object over the data entry before it."""
    about = fields(parse(data[1]), names)
    demand(about[names[-1]] == hex_digest(data[0]), FaultCode.ENTRY_MISMATCH, place)
    return about
