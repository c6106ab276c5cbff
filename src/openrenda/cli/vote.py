"""`openrenda vote list|export`: the polls of a district, and the archive that anyone can check."""

import argparse
import json
from pathlib import Path

from openrenda.orgs.selectors import the_congress
from openrenda.voting import selectors


def configure(parser: argparse.ArgumentParser) -> None:
    """Which of the two, and of which poll."""
    parser.add_argument("--code", default="", help="区的代号 (which district, if there are several)")
    verbs = parser.add_subparsers(dest="verb", required=True)
    listing = verbs.add_parser("list", help="列出表决 (all polls)")
    listing.add_argument("--json", action="store_true", help="JSON instead of a table")
    export = verbs.add_parser("export", help="导出可公开核验的档案 (write the archive UUID.bel)")
    export.add_argument("--poll", required=True, help="表决的编号 (id, see `vote list`)")
    export.add_argument("--out", type=Path, required=True, help="放到哪个文件夹 (made if it is not there)")


def run(options: argparse.Namespace) -> int:
    """0 when done; refusals are told by the caller."""
    congress = the_congress(options.code)
    return _list(congress.pk, as_json=options.json) if options.verb == "list" else _export(congress.pk, options)


def _list(congress_id: int, *, as_json: bool) -> int:
    polls = [
        {"id": poll.key, "title": poll.title, "kind": poll.kind.value, "state": poll.state}
        for poll in selectors.polls(congress_id, public_only=False)
    ]
    if as_json:
        print(json.dumps(polls, ensure_ascii=False, indent=2))
        return 0
    for poll in polls:
        print(f"{poll['id']:12} {poll['kind']:10} {poll['state']:10} {poll['title']}")
    if not polls:
        print("还没有表决 (no polls yet)。")
    return 0


def _export(congress_id: int, options: argparse.Namespace) -> int:
    poll = selectors.poll_by_key(congress_id, options.poll)
    data = selectors.archive_bytes(poll)
    folder: Path = options.out
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{poll.uuid}.bel"
    target.write_bytes(data)
    print(target)
    print(f"核验 (verify): python -m ballotcrypt verify {target}")
    print(f"或 (or):       belenios-tool election verify --dir {folder}")
    return 0
