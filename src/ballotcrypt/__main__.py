"""`python -m ballotcrypt`: check an archive, print slips, or take part as a scrutineer, on any laptop.

verify needs Python alone (with gmpy2 it is about six times as fast); trustee needs `cryptography` besides.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from . import credentials, trustees
from .archive import credentials_raw
from .election import Election
from .faults import Fault
from .verify import Expectations, Report, verify

REFUSED, MISUSED = 1, 2
_WORDS = {
    "zh": {"ok": "全部通过", "refused": "不予认可", "ballots": "选票", "of": "凭证", "no_result": "尚无结果"},
    "en": {
        "ok": "all checks passed",
        "refused": "refused",
        "ballots": "ballots",
        "of": "credentials",
        "no_result": "no result yet",
    },
}


def main(arguments: Sequence[str] | None = None) -> int:
    """0, 1 with the first fault's name, 2 for a wrong call."""
    asked = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = asked.run
    try:
        return run(asked)
    except Fault as fault:
        print(f"{fault.name}: {fault.zh} / {fault.en} {fault.detail}".rstrip(), file=sys.stderr)
        return REFUSED
    except (OSError, ValueError, KeyError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return MISUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ballotcrypt", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    one = commands.add_parser("verify", help="check an archive; exit status 0, or 1 with the first fault by name")
    one.add_argument("archive", type=Path)
    one.add_argument("--lang", choices=tuple(_WORDS), default="zh")
    one.add_argument("--expect", type=Path, help="a JSON object of what was announced: counts and digests")
    one.add_argument("--workers", type=int, help="processes; by default all processors")
    one.add_argument("--json", action="store_true", help="the report as JSON")
    one.add_argument("--unfinished", action="store_true", help="voting or counting may still run")
    one.set_defaults(run=_verify)
    one = commands.add_parser("credentials", help="make slips; run it where no server looks on")
    one.add_argument("--uuid", required=True)
    one.add_argument("--count", type=int, required=True)
    one.add_argument("--out", type=Path, required=True, help="a folder that does not exist yet")
    one.set_defaults(run=_credentials)
    one = commands.add_parser("trustee", help="a scrutineer's four messages, from the transcript the server shows")
    steps = one.add_subparsers(required=True, metavar="STEP")
    steps.add_parser("new", help="print a new seed: write it down, tell nobody").set_defaults(run=_new)
    for name in _STEPS:
        step = steps.add_parser(name, help=f"print my {name} message")
        step.add_argument("transcript", type=Path, help="transcript.json as the server gives it")
        step.add_argument("--seed", type=Path, required=True, help="a file that holds the seed; - reads standard input")
        step.set_defaults(run=_trustee, step=name)
    return parser


# --- verify -----------------------------------------------------------------------------------------------------------


def _verify(asked: argparse.Namespace) -> int:
    expect = Expectations.parse(json.loads(asked.expect.read_text("utf-8"))) if asked.expect else None
    data = asked.archive.read_bytes()
    words = _WORDS[asked.lang]
    try:
        report = verify(data, expect=expect, workers=asked.workers, progress=_progress, unfinished=asked.unfinished)
    except Fault as fault:
        _clear()
        said = fault.zh if asked.lang == "zh" else fault.en
        if asked.json:
            print(
                json.dumps({"ok": False, "fault": fault.name, "says": said, "detail": fault.detail}, ensure_ascii=False)
            )
        else:
            print(f"✗ {words['refused']}: {fault.name} {said} {fault.detail}".rstrip(), file=sys.stderr)
        return REFUSED
    _clear()
    print(json.dumps(_as_json(report, asked.lang), ensure_ascii=False) if asked.json else _as_text(report, asked.lang))
    return 0


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}/{total}", end="", file=sys.stderr, flush=True)


def _clear() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)


def _as_json(report: Report, lang: str) -> dict[str, Any]:
    return {
        "ok": True,
        "uuid": report.election.uuid,
        "name": report.election.name,
        "checks": [{"code": one.code, "says": one.zh if lang == "zh" else one.en} for one in report.checks],
        "fingerprints": report.fingerprints,
        "credentials": report.credential_count,
        "ballots": len(report.trackers),
        "trackers": report.trackers,
        "result": report.result,
    }


def _as_text(report: Report, lang: str) -> str:
    words = _WORDS[lang]
    lines = [f"{report.election.name} ({report.election.uuid})"]
    lines += [f"✓ {one.zh if lang == 'zh' else one.en}" for one in report.checks]
    lines += [f"  {name:12} {digest}" for name, digest in report.fingerprints.items()]
    lines.append(f"  {words['ballots']} {len(report.trackers)} / {words['of']} {report.credential_count}")
    if report.result is None:
        lines.append(f"  {words['no_result']}")
    for question, numbers in zip(report.election.questions, report.result or [], strict=False):
        names = ("—", *question.answers) if question.blank else question.answers
        lines.append(f"  {question.text}")
        lines += [f"    {number:6} {name}" for name, number in zip(names, numbers, strict=True)]
    return "\n".join([*lines, words["ok"]])


# --- slips ------------------------------------------------------------------------------------------------------------


def _credentials(asked: argparse.Namespace) -> int:
    made = credentials.generate(asked.uuid, asked.count)
    asked.out.mkdir(mode=0o700)
    slips = asked.out / "slips.txt"
    with open(slips, "x", encoding="utf-8", opener=_for_me_alone) as file:
        file.writelines(f"{one.private}\n" for one in made)
    public = asked.out / "public_credentials.json"
    public.write_bytes(credentials_raw([one.public for one in made]))
    print(f"{slips}\n{public}")
    return 0


def _for_me_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


# --- scrutineers ------------------------------------------------------------------------------------------------------


def _new(_: argparse.Namespace) -> int:
    print(trustees.new_seed())
    return 0


def _certificate(seed: str, said: dict[str, Any]) -> str:
    return trustees.certificate(seed, said["index"], said["size"], said["threshold"])


def _polynomial(seed: str, said: dict[str, Any]) -> str:
    return trustees.polynomial(seed, _complete(said, "certs"))


def _key(seed: str, said: dict[str, Any]) -> str:
    return trustees.verification_key(seed, said["index"], _complete(said, "certs"), _complete(said, "polynomials"))


def _decrypt(seed: str, said: dict[str, Any]) -> str:
    certs, polynomials = _complete(said, "certs"), _complete(said, "polynomials")
    if not said["election"] or not said["encrypted_tally"]:
        raise ValueError("voting is not over: the transcript has no encrypted tally")
    election = Election.parse(said["election"].encode())
    return trustees.partial_decryption(seed, said["index"], certs, polynomials, election, said["encrypted_tally"])


_STEPS = {"certificate": _certificate, "polynomial": _polynomial, "key": _key, "decrypt": _decrypt}


def _complete(said: dict[str, Any], name: str) -> list[str]:
    found: list[str] = said[name]
    if None in found or len(found) != said["size"]:
        raise ValueError(f"{name}: not all scrutineers have sent theirs")
    return found


def _trustee(asked: argparse.Namespace) -> int:
    seed = sys.stdin.readline() if str(asked.seed) == "-" else asked.seed.read_text("utf-8")
    print(_STEPS[asked.step](seed.strip(), json.loads(asked.transcript.read_text("utf-8"))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
