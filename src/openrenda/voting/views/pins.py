"""The ballot client's modules with the SHA-384 of exactly what is served: a changed file is refused by the browser."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static

FOLDER = "ballotcrypt"
_IMPORT = re.compile(r"""^\s*(?:import|export)\b[^"';]*?(?:\bfrom\s*)?["'](\.{1,2}/[^"']+)["']""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Module:
    """A module as the browser gets it."""

    url: str
    integrity: str


@dataclass(frozen=True, slots=True)
class Client:
    """The entry module of a page and all that it imports."""

    entry: Module
    preloads: tuple[Module, ...]


class NoModule(LookupError):
    """A fault of ours: there is no such module."""


def pins(entry: str) -> Client:
    """What a page of the client loads: `pins("cast.js")`. Worked out once, unless files are being edited."""
    return _pins(entry) if settings.DEBUG else _kept(entry)


def _pins(entry: str) -> Client:
    first, *others = _closure(f"{FOLDER}/{entry}")
    return Client(_module(first), tuple(_module(name) for name in others))


_kept = lru_cache(maxsize=32)(_pins)


def _closure(entry: str) -> Iterator[str]:
    """The entry and everything it imports by relative address, each once, in the order in which it is met."""
    queue, met = [entry], {entry}
    while queue:
        name = queue.pop(0)
        yield name
        for address in _IMPORT.findall(_source(name).read_text(encoding="utf-8")):
            imported = _joined(name, address)
            if imported not in met:
                met.add(imported)
                queue.append(imported)


def _joined(importer: str, address: str) -> str:
    parts: list[str] = list(PurePosixPath(importer).parent.parts)
    for part in address.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _source(name: str) -> Path:
    found = finders.find(name)
    if not isinstance(found, str):
        raise NoModule(name)
    return Path(found)


def _module(name: str) -> Module:
    digest = hashlib.sha384(_served(name)).digest()
    return Module(static(name), f"sha384-{b64encode(digest).decode()}")


def _served(name: str) -> bytes:
    """Behind hashed names imports are rewritten, so the stored copy counts, not the source."""
    storage: Any = staticfiles_storage
    stored_name = getattr(storage, "stored_name", None)
    if settings.DEBUG or stored_name is None:
        return _source(name).read_bytes()
    with storage.open(stored_name(name)) as file:
        return bytes(file.read())
