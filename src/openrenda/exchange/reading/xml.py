"""XML from outside, without entities: small parts as trees, large ones as a stream of events."""

import xml.parsers.expat
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from .refusals import BrokenTable

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


class Readable(Protocol):
    """Bytes that come piece by piece."""

    def read(self, size: int = ...) -> bytes: ...


def tree(content: bytes) -> "Element":
    """A small part; BrokenTable when it is no XML or declares entities."""
    try:
        found: Element = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise BrokenTable from error
    return found


def local(tag: str) -> str:
    """A tag without its namespace: strict and transitional workbooks differ in nothing else."""
    return tag.rpartition("}")[2].rpartition(":")[2] if "}" in tag or ":" in tag else tag


def stream(
    source: Readable,
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Feed a large part to handlers; a document type declaration, and so any entity, is refused at once."""
    parser = xml.parsers.expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    try:
        while chunk := source.read(65536):
            parser.Parse(chunk)
        parser.Parse(b"", True)  # noqa: FBT003  expat's own signature: this was the last piece
    except xml.parsers.expat.ExpatError as error:
        raise BrokenTable from error


def _refuse(*declared: object) -> None:
    raise BrokenTable
