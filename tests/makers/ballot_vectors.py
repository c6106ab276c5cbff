"""Writes tests/unit/ballotcrypt/vectors.json: what both implementations must produce from the same random numbers.

`python -m tests.makers.ballot_vectors`. The part `tool` comes from an election made by belenios-tool 2.0 and stays.
"""

import base64
import json
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from ballotcrypt import archive, ballot, credentials, group, tally, trustees
from ballotcrypt.election import Election, Question
from ballotcrypt.encoding import sha

PATH = Path(__file__).resolve().parents[1] / "unit" / "ballotcrypt" / "vectors.json"
SEEDS = ["QgEb651AjqS49t1xApXs3Z", "osQJCcfxT1ts4v1xSqTpNy", "78MyttRJicFhvzaTKoopLU"]
SLIPS = ["Azn-8ab-CFK-tVo-2Gp", "4Gv-qpL-kzD-C2i-AuP", "XFg-LNm-ukq-YCo-wSR"]
UUID = "7kXmBw2RyLqT9c"
TIMESTAMP = 1_795_400_479
QUESTIONS = (
    Question("票决：四选至多二", ("甲项目", "乙项目", "丙项目", "丁“项目”\\"), 0, 2),
    Question("任命 张三", ("赞成", "反对", "弃权"), 1, 1),
    Question("可投空白票", ("甲", "乙"), 1, 2, blank=True),
)
VOTES = [
    [[1, 0, 1, 0], [1, 0, 0], [1, 1]],
    [[0, 0, 1, 0], [0, 0, 1], [0, 0]],
]
ABOUT = {
    "draws": "Random numbers in the order they are drawn: number n of label L is SHA-256('L|n') mod q, n = 0, 1, …",
    "draws.ballot": "per question: r of each choice (blank first); then per choice and branch c, t; then per branch of "
    "the sum c, t; then, with blank, per branch of the blank proof c, t; last of all w of the signature. The c of the "
    "true branch is drawn and not used; its t is w.",
    "draws.certificate": "w of its signature",
    "draws.polynomial": "coefficients a_0 … a_(t-1); w of the commitments' signature; per receiver: w of the "
    "signature, r, k; w of the signature over all certificates",
    "draws.key": "w of the proof of knowledge, w of the signature",
    "draws.partial": "per question and choice: w",
}


def stream(label: str) -> Callable[[], int]:
    """The random numbers of this label."""
    numbers = count()
    return lambda: int.from_bytes(sha(f"{label}|{next(numbers)}"), "big") % group.Q


def ceremony() -> dict[str, Any]:
    """Three scrutineers, any two of whom decrypt."""
    places = list(enumerate(SEEDS, 1))
    certs = [trustees.certificate(seed, at, 3, 2, draw=stream(f"cert {at}")) for at, seed in places]
    polynomials = [trustees.polynomial(seed, certs, draw=stream(f"polynomial {at}")) for at, seed in places]
    keys = [trustees.verification_key(seed, at, certs, polynomials, draw=stream(f"key {at}")) for at, seed in places]
    record, public_key = trustees.assemble(certs, polynomials, keys)
    return {
        "size": 3,
        "threshold": 2,
        "seeds": SEEDS,
        "draw_labels": {name: [f"{name} {at}" for at, _ in places] for name in ("cert", "polynomial", "key")},
        "certs": certs,
        "polynomials": polynomials,
        "keys": keys,
        "trustees_json": record.decode(),
        "public_key": public_key,
    }


def made() -> dict[str, Any]:
    """A whole election in which nothing is left to chance."""
    keys = ceremony()
    election = Election(UUID, "共用测试向量", "说明", QUESTIONS, keys["public_key"], "区人大常委会办公室")
    slips = [{"private": slip, "public": credentials.public_of(UUID, slip)} for slip in SLIPS]
    raws = [ballot.cast(election, SLIPS[at], vote, draw=stream(f"ballot {at + 1}")) for at, vote in enumerate(VOTES)]
    checked = [ballot.check(election, raw) for raw in raws]
    sums = tally.encrypted_tally(election, checked)
    partials = {
        owner: trustees.partial_decryption(
            SEEDS[owner - 1], owner, keys["certs"], keys["polynomials"], election, sums, draw=stream(f"partial {owner}")
        )
        for owner in (1, 3)
    }
    record = keys["trustees_json"].encode()
    numbers = tally.result(election, record, sums, partials)
    writer = archive.Writer(TIMESTAMP, election.raw, record, [slip["public"] for slip in slips])
    events = [writer.add_ballot(raw) for raw in raws]
    events += [writer.end_ballots(), writer.add_encrypted_tally(sums)]
    events += [writer.add_partial(owner, partial) for owner, partial in partials.items()]
    events.append(writer.add_result(numbers))
    return {
        "about": ABOUT,
        "first_draws": {"label": "ballot 1", "numbers": [str(one()) for one in [stream("ballot 1")] for _ in range(3)]},
        "ceremony": keys,
        "election": {"raw": election.raw.decode(), "fingerprint": election.fingerprint},
        "credentials": slips,
        "ballots": [
            {
                "draw_label": f"ballot {at + 1}",
                "private": SLIPS[at],
                "votes": VOTES[at],
                "raw": raw.decode(),
                "tracker": one.tracker,
                "tracker_hex": one.tracker_hex,
            }
            for at, (raw, one) in enumerate(zip(raws, checked, strict=True))
        ],
        "encrypted_tally": sums.decode(),
        "partials": [{"owner": owner, "draw_label": f"partial {owner}", "raw": raw} for owner, raw in partials.items()],
        "result": numbers.decode(),
        "archive": {
            "timestamp": TIMESTAMP,
            "events_after_setup": [event.decode() for event in events],
            "final_event_hash": writer.last,
            "base64": base64.b64encode(writer.bytes()).decode(),
        },
    }


def main() -> None:
    kept = json.loads(PATH.read_text("utf-8"))["tool"]
    PATH.write_text(json.dumps({"tool": kept, **made()}, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
