"""The English catalogue: Chinese sentences are the msgids; each must have a translation before it is committed.

`update` gathers new sentences and keeps what is translated; `check` fails when one is missing, stale or broken.
"""

import argparse
import io
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "openrenda"
PO = SOURCES / "config" / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
METHODS = [("**.py", "python"), ("**/jinja2/**.html", "jinja2"), ("**/jinja2/**.txt", "jinja2")]
OPTIONS = {"**/jinja2/**.html": {"trimmed": "true", "silent": "false"}}
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)[^}]*\}")
FIXED = datetime(2025, 1, 1, tzinfo=UTC)  # a date of creation would differ in every diff


def main() -> int:
    """0 when all is well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("act", choices=["update", "check"])
    return {"update": update, "check": check}[parser.parse_args().act]()


def update() -> int:
    """Write .po and .mo; say what waits for a translator."""
    catalogue = merged()
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(as_po(catalogue))
    MO.write_bytes(as_mo(catalogue))
    waiting = untranslated(catalogue)
    print(f"{len(catalogue)} sentences, {len(waiting)} without an English translation")
    return 0


def check() -> int:
    """Complain about everything at once."""
    catalogue = merged()
    problems = [f"no English for: {message.id}" for message in untranslated(catalogue)]
    problems += [f"placeholders differ: {message.id} → {message.string}" for message in mismatched(catalogue)]
    if not PO.exists() or PO.read_bytes() != as_po(catalogue):
        problems.append(f"{PO.relative_to(ROOT)} is not what the sources say: run `make messages`")
    elif not MO.exists() or MO.read_bytes() != as_mo(catalogue):
        problems.append(f"{MO.relative_to(ROOT)} is older than its .po: run `make messages`")
    print("\n".join(problems) or f"{len(catalogue)} sentences, all translated")
    return 1 if problems else 0


def merged() -> Catalog:
    """What the sources say, with the translations there are; a translation that lost its sentence is dropped."""
    known = {(message.context, message.id): message.string for message in existing() if message.id}
    catalogue = empty()
    for filename, _line, msgid, _comments, context in extract_from_dir(SOURCES, METHODS, OPTIONS, KEYWORDS):
        catalogue.add(
            msgid,
            string=known.get((context, msgid), "" if isinstance(msgid, str) else ("", "")),
            locations=[(f"src/openrenda/{filename}", 0)],
            context=context,
        )
    return catalogue


def existing() -> Catalog:
    """The catalogue on disk."""
    if not PO.exists():
        return empty()
    return read_po(io.BytesIO(PO.read_bytes()), locale="en")


def empty() -> Catalog:
    """Just the header."""
    return Catalog(
        locale="en",
        project="OpenRenda",
        version="1",
        copyright_holder="the authors of OpenRenda",
        msgid_bugs_address="see CONTRIBUTING.md",
        creation_date=FIXED,
        revision_date=FIXED,
        last_translator="the authors of OpenRenda",
        language_team="English",
        fuzzy=False,
        header_comment="# English translation of OpenRenda; the Chinese sentences are the originals.",
    )


def untranslated(catalogue: Catalog) -> list[Message]:
    """Sentences without a word of English."""
    return [message for message in catalogue if message.id and not all(strings(message))]


def mismatched(catalogue: Catalog) -> list[Message]:
    """A translation that lost or invented a placeholder would fail when it is shown."""
    return [
        message
        for message in catalogue
        if message.id
        and all(strings(message))
        and any(names(text) != names(ids(message)[-1]) for text in strings(message))
    ]


def names(text: str) -> set[str]:
    """The placeholders of a sentence."""
    return {first or second for first, second in PLACEHOLDER.findall(text)}


def ids(message: Message) -> tuple[str, ...]:
    """Singular alone, or singular and plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def strings(message: Message) -> tuple[str, ...]:
    """The translations, one per number."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def as_po(catalogue: Catalog) -> bytes:
    """Text, sorted, one line per sentence, without line numbers: a diff shows what changed and no more."""
    out = io.BytesIO()
    write_po(out, catalogue, width=0, sort_output=True, ignore_obsolete=True, include_lineno=False)
    return out.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """What Django reads."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
