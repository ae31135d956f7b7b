"""Files that are no filled workbook, or one that was made to do harm: a clear sentence, in little time and memory."""

from __future__ import annotations

import contextlib
import io
import resource
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metricbook.api import build_workbook
from metricbook.filled.read import read_filled
from metricbook.problems import Refused
from small import small

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
Parts = dict[str, bytes]


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return build_workbook(small(tmp_path_factory.mktemp("package"))).content


def parts_of(content: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Parts) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def doctype(part: bytes) -> bytes:
    declared = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    start = part.index(b"?>") + 2
    return part[:start] + declared + part[start:]


def wide(part: bytes) -> bytes:
    """In the coding in which a search for "<!DOCTYPE" finds nothing."""
    text = doctype(part).decode()
    return text.replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16")


def with_parts(change: Callable[[Parts], Parts]) -> Callable[[bytes], bytes]:
    return lambda content: packed(change(parts_of(content)))


def encrypted_entry(content: bytes) -> bytes:
    """Bit 0 of the flags of the first entry, in its header and in the directory."""
    changed = bytearray(content)
    changed[6] |= 1
    changed[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def twice(content: bytes) -> bytes:
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"  # Start, which is always read
FAULTS: dict[str, tuple[Callable[[bytes], bytes], str, str]] = {
    "nothing": (lambda _: b"", "not-a-workbook", "it is empty"),
    "text": (lambda _: b"metric,value\nspend,5\n", "not-a-workbook", "a text, perhaps CSV"),
    "page": (lambda _: b"<html><table/></html>", "not-a-workbook", "a web page or XML"),
    "pdf": (lambda _: b"%PDF-1.7 ...", "not-a-workbook", "a PDF"),
    "xls": (lambda _: OLE, "old-format", "Excel 97-2003"),
    "password": (lambda _: OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted", "encrypted with a password"),
    "locked entry": (encrypted_entry, "encrypted", "encrypted with a password"),
    "xlsb": (with_parts(lambda parts: {**parts, "xl/workbook.bin": b""}), "old-format", "binary workbook"),
    "macros": (with_parts(lambda parts: {**parts, "xl/vbaProject.bin": b"x"}), "macros", "holds macros"),
    "old macros": (with_parts(lambda parts: parts | {"xl/macrosheets/sheet1.xml": b""}), "macros", "holds macros"),
    "ods": (
        lambda _: packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        "not-a-workbook", "an OpenDocument file",
    ),
    "docx": (lambda _: packed({"word/document.xml": b"<w/>"}), "not-a-workbook", "a document or a presentation"),
    "zip": (lambda _: packed({"a.xlsx": b"x"}), "not-a-workbook", "a zip archive without a workbook"),
    "cut off": (lambda content: content[: len(content) // 2], "damaged", "cannot be opened"),
    "bytes lost": (lambda content: content[:3000] + b"\0" * 400 + content[3400:], "damaged", "damaged"),
    "name twice": (twice, "damaged", "two parts of the same name"),
    "no xml": (with_parts(lambda parts: parts | {SHEET: b"<sheetData><row>"}), "damaged", "cannot be read"),
    "no workbook": (with_parts(lambda parts: parts | {"xl/workbook.xml": b"\xff"}), "damaged", "xl/workbook.xml"),
    "doctype": (
        with_parts(lambda parts: parts | {SHEET: doctype(parts[SHEET])}), "document-type", "document type",
    ),
    "doctype in UTF-16": (
        with_parts(lambda parts: parts | {SHEET: wide(parts[SHEET])}), "document-type", "document type",
    ),
    "many parts": (
        with_parts(lambda parts: parts | {f"xl/{n}": b"" for n in range(3_001)}), "too-large", "parts",
    ),
    "bomb": (
        with_parts(lambda parts: parts | {SHEET: b"<worksheet>" + b" " * 40_000_000}), "too-large", "unpack to",
    ),
    "others'": (with_parts(lambda parts: foreign(parts)), "not-ours", "was not made by Metricbook"),
}  # fmt: skip


def foreign(parts: Parts) -> Parts:
    """A workbook of another program: without our properties, names and sheets."""
    names = parts["xl/workbook.xml"]
    start, end = names.index(b"<definedNames>"), names.index(b"</definedNames>")
    return {**parts, "docProps/custom.xml": b"<Properties/>", "xl/workbook.xml": names[:start] + names[end + 15 :]}


@pytest.mark.parametrize("name", FAULTS)
def test_a_file_that_is_none_is_refused_with_a_reason(name: str, issued: bytes, tmp_path: Path) -> None:
    spoil, code, words = FAULTS[name]
    path = tmp_path / "returned.xlsx"
    path.write_bytes(spoil(issued))
    begun = time.monotonic()
    with pytest.raises(Refused) as refused:
        read_filled(path)
    (problem,) = refused.value.problems
    assert (problem.code, problem.at.file) == (code, str(path))
    assert words in problem.sentence
    assert time.monotonic() - begun < 5


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.xlsx", "no-file"), (tmp_path, "not-a-file")):
        with pytest.raises(Refused) as refused:
            read_filled(path)
        assert [problem.code for problem in refused.value.problems] == [code]


def test_a_part_that_unpacks_to_more_than_it_says_takes_no_more_memory(issued: bytes, tmp_path: Path) -> None:
    """A directory that says 100 bytes, and 300 MB of blanks behind it."""
    content = bytearray(packed({**parts_of(issued), SHEET: b"<worksheet>" + b" " * 300_000_000}))
    for header, size_at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.index(SHEET.encode(), 0 if header == b"PK\x03\x04" else content.index(b"PK\x01\x02"))
        start = content.rindex(header, 0, at)
        content[start + size_at : start + size_at + 4] = (100).to_bytes(4, "little")
    path = tmp_path / "liar.xlsx"
    path.write_bytes(content)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Refused) as refused:
        read_filled(path)
    assert [problem.code for problem in refused.value.problems] == ["damaged"]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB


READ = ("xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "docProps/custom.xml", SHEET)


@given(st.sampled_from(READ), st.floats(0, 1), st.binary(max_size=3), st.integers(0, 3))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_part_is_read_or_refused_and_nothing_else(
    issued: bytes, tmp_path: Path, name: str, where: float, put: bytes, lost: int
) -> None:
    parts = parts_of(issued)
    at = int(where * len(parts[name]))
    parts[name] = parts[name][:at] + put + parts[name][at + lost :]
    path = tmp_path / "spoilt.xlsx"
    path.write_bytes(packed(parts))
    with contextlib.suppress(Refused):
        read_filled(path)
