"""Workbooks that LibreOffice saved are read as those that were just built; one call for all of them."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from filled.edited import TYPED, Cells, typed
from filled.test_pasted import ROWS, opened, pasted, rows, sales
from metricbook.api import build_workbook
from metricbook.filled.headline import headline_of
from metricbook.filled.read import read_filled
from recalculate import libreoffice
from small import small

pytestmark = [
    pytest.mark.soffice,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice"),
]
ODD: Cells = {
    ("inputs", "spend[paid]", "2026-02"): 0.123456789012345,  # it saves fifteen digits
    ("inputs", "spend[paid]", "2026-03"): 1e-300,
    ("inputs", "wins[paid]", "2026-01"): 12345678901234.5,
    ("inputs", "wins[paid]", "2026-02"): "twelve",
    ("inputs", "spend[events]", "where_from"): "Two lines\nand a \ttab, “quotes” & <b>, 😀",
    ("notes", "cac", "2026-03"): "  kept blanks ",
    ("actions", "1", "what"): "=1+1",
    ("list.channel", "paid", "exports"): "'apostrophe",
}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of workbooks as LibreOffice saved them; those it was given stand one folder up."""
    folder = tmp_path_factory.mktemp("given")
    (folder / "saved").mkdir()
    issued = build_workbook(small(folder), client_name="Acme & Sons", currency="EUR").content
    given = [typed(issued, folder / "typed.xlsx", {**TYPED, **ODD}), pasted(folder)]
    sample = build_workbook("growth", sample=True)
    (folder / "sample.xlsx").write_bytes(sample.content)
    libreoffice([*given, folder / "sample.xlsx"], folder / "saved")
    return folder / "saved"


def held(path: Path) -> dict[Any, Any]:
    filled = read_filled(path)
    assert (filled.findings, filled.strays) == ((), ())
    return {address: each.value for address in filled.held if (each := filled.typed(address))}


def test_what_was_typed_is_the_same(saved: Path) -> None:
    assert held(saved / "typed.xlsx") == {**TYPED, **ODD}


def test_the_next_workbook_holds_it_too(saved: Path, tmp_path: Path) -> None:
    for given in (saved, saved.parent):
        built = build_workbook(small(tmp_path), filled_in=given / "typed.xlsx")
        (tmp_path / "next.xlsx").write_bytes(built.content)
        assert held(tmp_path / "next.xlsx") == {**TYPED, **ODD}
        assert (built.client, built.report is not None) == ("Acme & Sons", True)


def test_the_next_workbook_of_a_sample_is_the_sample(saved: Path) -> None:
    built = build_workbook("growth", filled_in=saved / "sample.xlsx")
    assert built.content == (saved.parent / "sample.xlsx").read_bytes()


def test_pasted_rows_are_the_same(saved: Path, tmp_path: Path) -> None:
    built = build_workbook(sales(tmp_path), filled_in=saved / "pasted.xlsx")
    assert rows(opened(built, tmp_path)) == list(map(tuple, ROWS))


def test_the_headline(saved: Path) -> None:
    found = headline_of(saved / "sample.xlsx")
    assert (found.framework, found.version, found.data_through) == ("growth", "1.0.0", date(2026, 8, 1))
    typed_in = headline_of(saved / "typed.xlsx")
    assert (typed_in.client, typed_in.currency, typed_in.data_through) == ("Acme & Sons", "EUR", date(2026, 3, 1))
