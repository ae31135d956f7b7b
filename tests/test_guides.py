"""The guides are true: followed from top to bottom they work, and the words they quote stand in the workbook."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from itertools import takewhile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from metricbook.api import build_workbook, load
from snippets import ROOT, Reader, compare, snippets

DOCS = ROOT / "docs"
OTHERS = {
    "winget install --id=astral-sh.uv -e",
    "curl -LsSf https://astral.sh/uv/install.sh | sh",
    "cd Documents/metricbook",
    "uv tool install .",
    "uv tool update-shell",
    "uv tool install --reinstall .",
    "uv tool uninstall metricbook",
}
"""Lines for other programs: they need a network, or change the computer; they were tried by hand."""


def test_the_faults_of_the_consultant_s_guide_are_those_of_the_program() -> None:
    codes = re.findall(r"^\| `([a-z]+-[a-z-]+)` \|", page("consultant"), re.MULTILINE)
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    assert len(codes) == 5
    assert [code for code in codes if f'"{code}"' not in source] == []


def page(name: str) -> str:
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


def test_the_consultant_s_guide_can_be_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    reader = Reader(DOCS / "consultant.md", tmp_path)
    reader.follow()
    assert {line for line in reader.typed if not line.startswith("metricbook ")} == OTHERS


RECORDS = ROOT / "tests" / "proof" / "records.yaml"
"""A framework with several record tables, which point to each other."""
ELSEWHERE = {"in italics", "adds up to the same total"}
"""Italics that say what italics are, and a check of inputs by several dimensions, which neither workbook has."""
QUOTED = re.compile(r"(?<!\*)\*([^*\n]+(?:\n[^*\n]+)?)\*(?!\*)")


@pytest.fixture(scope="module")
def growth() -> bytes:
    return build_workbook("growth", sample=True).content


@pytest.fixture(scope="module")
def growth_book(growth: bytes) -> Workbook:
    return load_workbook(BytesIO(growth))


@pytest.fixture(scope="module")
def records() -> bytes:
    return build_workbook(RECORDS).content


@pytest.fixture(scope="module")
def words(growth: bytes, records: bytes) -> str:
    """Every text of a workbook with typed numbers and of one with pasted rows; sheets' names too."""
    return "\n".join(text for content in (growth, records) for text in _texts(content))


def _texts(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        for part in package.namelist():
            if part.endswith(".xml"):
                text = package.read(part).decode()
                yield from map(unescape, re.findall(r"<(?:t|v|dc:\w+)(?: [^>]*)?>([^<]*)<", text))
                yield from map(unescape, re.findall(r'<sheet [^>]*name="([^"]*)"', text))


@pytest.mark.parametrize("guide", ["cmo", "controller"])
def test_words_in_italics_stand_in_the_workbook(guide: str, words: str) -> None:
    quoted = [" ".join(found.split()) for found in QUOTED.findall(page(guide))]
    assert len(quoted) > 30
    assert {each for each in quoted if each not in words} - ELSEWHERE == set()


def test_the_controller_s_guide_names_every_sheet(growth_book: Workbook) -> None:
    names = growth_book.sheetnames
    pages = {page.title for page in load("growth").pages}
    assert [name for name in names if f"| *{name}* |" not in page("controller") and name not in pages] == []


def test_the_controller_s_guide_explains_every_check(growth_book: Workbook, records: bytes) -> None:
    explained = re.findall(r"^\| (\*.+?) \|", page("controller").split("# What each check means")[1], re.MULTILINE)
    ways = [".*".join(re.escape(part) for part in re.findall(r"\*([^*]+)\*", cell)) for cell in explained]
    for source, book in (("growth", growth_book), (RECORDS, load_workbook(BytesIO(records)))):
        own = {check.id for check in load(source).checks}
        rows = book["Checks"].iter_rows(min_row=9, values_only=True)
        for check, what, *_ in takewhile(lambda row: row[1], rows):
            assert check in own or any(re.search(way, what) for way in ways), what


def test_the_formulas_that_the_controller_reads_are_those_of_the_workbook(growth_book: Workbook) -> None:
    sheet = growth_book["Calculations"]
    rows = {cell.value: cell.row for cell in sheet["A"]}
    cells = [
        f"J{rows['cac_blended']}",
        f"F{rows['cac_blended']}",
        f"A{rows['sm_spend']}",
        f"A{rows['new_customers']}",
    ]
    (shown,) = [each for each in snippets(DOCS / "controller.md") if each.says == "stands in growth"]
    stands = "".join(f"Calculations!{cell:<4}  {sheet[cell].value}\n" for cell in cells)
    compare(DOCS / "controller.md", shown, stands)


def test_the_controller_s_guide_can_be_followed(
    growth: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "theirs.xlsx").write_bytes(growth)
    reader = Reader(DOCS / "controller.md", tmp_path)
    reader.follow()
    assert json.loads(reader.printed)["fingerprint"] == load("growth").fingerprint
    theirs, again = (
        list(load_workbook(name, data_only=True)["Results"].iter_rows(values_only=True))
        for name in ("theirs.xlsx", "again.xlsx")
    )
    assert theirs == again


def test_the_fingerprint_is_of_the_text_on_framework(growth_book: Workbook) -> None:
    sheet = growth_book["Framework"]
    lines = [row[1] for row in sheet.iter_rows(min_row=6, values_only=True) if isinstance(row[0], int | float)]
    digits = hashlib.sha256("".join(f"{line or ''}\n" for line in lines).encode()).hexdigest()[:16]
    assert f"fingerprint {digits}" in sheet["B3"].value
