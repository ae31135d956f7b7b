"""What people do in LibreOffice to the workbook they are sent. Every number is found again."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from calc import edited
from filled.edited import row_of
from metricbook.api import build_workbook
from metricbook.filled.read import read_filled

pytestmark = pytest.mark.soffice


def test_rows_and_columns_inserted_lines_sorted_sheets_renamed_and_moved(tmp_path: Path) -> None:
    issued, saved = tmp_path / "issued.xlsx", tmp_path / "saved.xlsx"
    issued.write_bytes(build_workbook("growth", sample=True).content)
    book = load_workbook(issued)
    spend = sorted(
        cell.row
        for cell in book["Inputs"]["A"]
        if isinstance(cell.value, str) and cell.value.startswith("channel_spend")
    )
    assert len(spend) > 3 and spend[-1] - spend[0] == len(spend) - 1
    edited(issued, [
        ["sort", "Inputs", f"A{spend[0]}:AJ{spend[-1]}", 0],
        ["insert", "Inputs", row_of(book, "Inputs", "mrr"), 2],
        ["columns", "Inputs", 12, 1],  # between two months
        ["insert", "Notes", 5, 3],
        ["delete", "Start", 3, 1],
        ["rename", "Inputs", "Unsere Zahlen"],
        ["move", "Unsere Zahlen", 0],
        ["rename", "Notes", "Q&A 'here'"],
        ["save", "Start", str(saved)],
    ])  # fmt: skip
    assert lines(saved, "Unsere Zahlen") != lines(issued, "Inputs")
    assert sorted(lines(saved, "Unsere Zahlen")) == sorted(lines(issued, "Inputs"))
    filled = read_filled(saved)
    assert filled.strays == ()
    again = build_workbook("growth", filled_in=saved)
    assert again.content == issued.read_bytes()
    assert again.report is not None and again.report.dropped == ()


def lines(path: Path, sheet: str) -> list[object]:
    """The ids of the lines that are sorted, from the top."""
    ids = [id for (id,) in load_workbook(path, read_only=True)[sheet].iter_rows(max_col=1, values_only=True)]
    return [id for id in ids if str(id).startswith("channel_spend")]
