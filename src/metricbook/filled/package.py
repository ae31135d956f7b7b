"""The parts of a file that somebody sent: opened only once they are known to be small, plain and a workbook.

Nothing is trusted: the size of every part is known before it is unpacked, and XML that declares anything of its own
(entities, external parts) is refused before it is parsed.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NoReturn
from xml.etree import ElementTree
from xml.parsers import expat

from metricbook.problems import Location, Problem, Refused

LARGEST_FILE = 60_000_000
LARGEST_PART = 200_000_000
LARGEST_WHOLE = 400_000_000
MOST_PARTS = 3_000
DENSEST, DENSE_FROM = 200, 10_000_000
"""A large part that is packed more tightly than this is no sheet that somebody filled in."""

REPAIR = "Open it in Excel, let it be repaired, look through it, and save it under a new name."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK = "xl/workbook.xml"
_SAVE_AS = "Open it in Excel and save it as an Excel workbook (.xlsx)."


@dataclass(frozen=True)
class Package:
    """The parts of a workbook. All have been looked at: none is too large, none declares a document type."""

    file: str
    content: bytes

    @cached_property
    def archive(self) -> zipfile.ZipFile:
        """The zip archive."""
        return zipfile.ZipFile(io.BytesIO(self.content))

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all parts."""
        return frozenset(self.archive.namelist())

    def read(self, name: str) -> bytes:
        """One part; refused where it is damaged."""
        try:
            return self.archive.read(name)
        except (KeyError, zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise damaged(self.file, name) from error
        except Exception as error:  # the decompressors have errors of their own: zlib.error, lzma.LZMAError
            raise damaged(self.file, name) from error

    def tree(self, name: str) -> ElementTree.Element:
        """One small part as a tree."""
        try:
            return ElementTree.fromstring(self.read(name))
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise damaged(self.file, name) from error


def open_package(path: Path) -> Package:
    """Open a file as a workbook's parts; raises Refused with what it is where it is no workbook of this kind."""
    file = str(path)
    content = _bytes(path)
    if content.startswith(_OLE):
        _refuse_old(file, content)
    if not content.startswith(b"PK"):
        _refuse(file, "not-a-workbook", f'"{file}" is not an Excel workbook{_what(content)}.', _SAVE_AS)
    package = Package(file, content)
    try:
        entries = package.archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise damaged(file, "") from error
    _weigh(file, entries)
    _recognize(package)
    for name in package.names:
        if name.endswith((".xml", ".rels")):
            _look_at_beginning(package, name)
    return package


def local(tag: str) -> str:
    """An element's name without its namespace; Excel has two sets of namespaces for the same elements."""
    return tag.rpartition("}")[2]


def _bytes(path: Path) -> bytes:
    at = Location(str(path))
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise Refused([Problem("not-a-file", f'"{path}" is a folder.', "Give one workbook.", at)])
        if size > LARGEST_FILE:
            sentence = f'"{path}" has {size / 1e6:,.0f} MB; a filled workbook has at most {LARGEST_FILE / 1e6:,.0f}.'
            raise Refused([Problem("too-large", sentence, "Take pictures and sheets of your own out of it.", at)])
        return path.read_bytes()
    except OSError as error:
        reason = "There is no such file." if isinstance(error, FileNotFoundError) else str(error.strerror)
        raise Refused([Problem("no-file", f'"{path}" cannot be read.', reason, at)]) from error


def _refuse(file: str, code: str, sentence: str, hint: str) -> NoReturn:
    raise Refused([Problem(code, sentence, hint, Location(file))])


def damaged(file: str, part: str) -> Refused:
    """The refusal of a file of which a part cannot be read."""
    where = f": its part {part} cannot be read" if part else " and cannot be opened"
    return Refused([Problem("damaged", f'"{file}" is damaged{where}.', REPAIR, Location(file))])


def _refuse_old(file: str, content: bytes) -> NoReturn:
    if _ENCRYPTED in content:
        sentence = f'"{file}" is encrypted with a password.'
        _refuse(file, "encrypted", sentence, "Save it without a password (File, Info, Protect Workbook).")
    _refuse(file, "old-format", f'"{file}" is in the format of Excel 97-2003.', _SAVE_AS)


def _what(content: bytes) -> str:
    """What a file that is no zip archive seems to be."""
    if not content:
        return ": it is empty"
    if content.startswith(b"%PDF"):
        return " but a PDF"
    head = content[:2000]
    if b"\0" in head:
        return ""
    if head.lstrip().startswith(b"<"):
        return " but a web page or XML"
    return " but a text, perhaps CSV"


def _weigh(file: str, entries: list[zipfile.ZipInfo]) -> None:
    """Refuse what would take too much time or memory to unpack; no part unpacks to more than it says."""
    hint = "It may have been made to do harm. Ask the sender for a copy saved in Excel."
    if len(entries) > MOST_PARTS:
        _refuse(file, "too-large", f'"{file}" has {len(entries):,} parts.', hint)
    if len({entry.filename for entry in entries}) < len(entries):
        _refuse(file, "damaged", f'"{file}" has two parts of the same name.', hint)
    for entry in entries:
        if entry.flag_bits & 1:
            _refuse(file, "encrypted", f'"{file}" is encrypted with a password.', "Save it without a password.")
        dense = entry.file_size > DENSE_FROM and entry.file_size > DENSEST * max(entry.compress_size, 1)
        if dense or entry.file_size > LARGEST_PART:
            sentence = f'"{file}" would unpack to {entry.file_size / 1e6:,.0f} MB in its part {entry.filename}.'
            _refuse(file, "too-large", sentence, hint)
    whole = sum(entry.file_size for entry in entries)
    if whole > LARGEST_WHOLE:
        _refuse(file, "too-large", f'"{file}" would unpack to {whole / 1e6:,.0f} MB.', hint)


def _recognize(package: Package) -> None:
    """Is it a workbook, without macros?"""
    file, names = package.file, package.names
    lower = {name.lower() for name in names}
    if any("vbaproject" in name or name.startswith("xl/macrosheets/") for name in lower):
        hint = "Save it as an Excel workbook without macros (.xlsx)."
        _refuse(file, "macros", f'"{file}" holds macros, which are never opened.', hint)
    if "xl/workbook.bin" in lower:
        _refuse(file, "old-format", f'"{file}" is an Excel binary workbook (.xlsb).', _SAVE_AS)
    if "mimetype" in names and b"opendocument" in package.read("mimetype"):
        hint = "Open it in LibreOffice and save it as an Excel workbook (.xlsx)."
        _refuse(file, "not-a-workbook", f'"{file}" is an OpenDocument file.', hint)
    if any(name.startswith(("word/", "ppt/")) for name in lower):
        _refuse(file, "not-a-workbook", f'"{file}" is a document or a presentation, not a workbook.', "")
    if _WORKBOOK not in names:
        sentence = f'"{file}" is a zip archive without a workbook in it.'
        _refuse(file, "not-a-workbook", sentence, "If workbooks are packed in it, unpack it first.")


class _Begun(Exception):  # noqa: N818 - no error: the first element has been met
    """The beginning of a part has been read."""


def _look_at_beginning(package: Package, name: str) -> None:
    """Refuse a part that declares a document type; such a declaration stands before the first element."""

    def declared(*_: object) -> None:
        sentence = f'"{package.file}" declares a document type in its part {name}, as no workbook does.'
        hint = "It may have been made to do harm. Ask the sender for a copy saved in Excel."
        _refuse(package.file, "document-type", sentence, hint)

    def begun(*_: object) -> None:
        raise _Begun

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler, parser.StartElementHandler = declared, begun
    try:
        with package.archive.open(name) as part:
            while chunk := part.read(4096):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except _Begun:
        return
    except Refused:
        raise
    except Exception as error:
        raise damaged(package.file, name) from error
