"""Rows as exports have them: every line of the workbook says what plain Python counts in the same rows."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from metricbook.formula.evaluate import Value
from proof.opened import FIRST, FIXED, WINDOW
from proof.pasted import Pasted, pasted
from proof.records import MONTHS, Expected, generated
from proof.test_recalculation import computed, errors
from proof.typed import CURRENT
from recalculate import HAS_LIBREOFFICE, differences, formualizer, libreoffice, same

SEEDS = range(6)

pytestmark = pytest.mark.xdist_group("records")  # workbooks are made once


def _line(book: Pasted, id: str) -> list[Value]:
    row = book.rows[id]
    return [book.grid.value("Calculations", row, FIRST + month) for month in range(len(MONTHS) - 1)]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_line_says_what_plain_python_counts(seed: int) -> None:
    book, wrong, lines = pasted(seed), [], 0
    for id, expected in Expected(*generated(seed)).lines():
        found, lines = _line(book, id), lines + 1
        wrong += [] if all(map(same, found, expected)) else [f"{id}: {expected}, but {found}"]
    assert wrong == [] and lines > 60
    for id, count in Expected(*generated(seed)).ever().items():
        assert book.grid.value("Calculations", book.rows[id], FIXED) == count, id


@pytest.mark.parametrize("month", range(0, 8, 2))
def test_a_quarter_says_what_its_rows_say(month: int) -> None:
    for id, expected in Expected(*generated(1)).quarter(month).items():
        book = pasted(1, month)
        found = book.grid.value("Calculations", book.rows[id], WINDOW[CURRENT])
        assert same(found, expected), (id, expected, found)


def test_two_engines_that_are_not_ours_agree() -> None:
    books = [pasted(seed) for seed in (2, None)]
    expected = [computed(book.plan, book.grid) for book in books]
    assert [errors(each) for each in expected] == [[], []]
    files = [book.file() for book in books]
    for each, file in zip(expected, files, strict=True):
        assert differences(each, formualizer(file)) == []


@pytest.mark.soffice
@pytest.mark.skipif(not HAS_LIBREOFFICE, reason="LibreOffice is not installed")
def test_libreoffice_agrees(tmp_path: Path) -> None:
    books = [pasted(seed) for seed in (2, None)]
    paths = [tmp_path / f"{number}.xlsx" for number in range(len(books))]
    for path, book in zip(paths, books, strict=True):
        path.write_bytes(book.file())
    (tmp_path / "out").mkdir()
    for book, found in zip(books, libreoffice(paths, tmp_path / "out"), strict=True):
        assert differences(computed(book.plan, book.grid), found) == []


def test_without_rows_nothing_is_said() -> None:
    book = pasted(None)
    ids = [id for id, _ in Expected([], []).lines()]
    assert {id: _line(book, id) for id in ids} == {id: [""] * 8 for id in ids}


def test_rows_are_pasted_into_an_excel_table_to_which_start_leads() -> None:
    book = load_workbook(io.BytesIO(pasted(2).file()))
    deals = book["Deals"].tables["tbl_deals"]
    assert (deals.ref, deals.autoFilter is not None) == ("A2:I62", True)
    assert deals.column_names == [cell.value for cell in book["Deals"][2][:9]]
    assert (book["Deals"]["A1"].value, book["Deals"]["A2"].value) == ("deal", "Deal")
    assert not book["Deals"].protection.sheet and book["Row calculations"].protection.sheet
    links = [cell.hyperlink.location for row in book["Start"].iter_rows() for cell in row if cell.hyperlink]
    assert {"'Deals'!A1", "'Touches'!A1", "'Row calculations'!A1"} <= set(links)
