"""What people do with a workbook, done by openpyxl: numbers typed, rows inserted, lines sorted, sheets renamed."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import coordinate_from_string

from metricbook.filled.blocks import ID
from metricbook.layout.plan import Address

Cells = Mapping[Address, Any]
SHEETS = {
    "inputs": "Inputs",
    "own": "Inputs",
    "notes": "Notes",
    "actions": "Notes",
    "targets": "Targets",
    "list": "Lists",
}

TYPED: Cells = {
    ("inputs", "spend[paid]", "2026-01"): 1200.0,
    ("inputs", "spend[paid]", "2026-02"): 0.0,
    ("inputs", "spend[events]", "2026-03"): -35.5,
    ("inputs", "budget", "value"): 9000.0,
    ("inputs", "margin", "2026-01"): 0.8,
    ("inputs", "spend[paid]", "where_from"): "=Ads account, 31 January",
    ("own", "own_2", "name"): "=Podcast downloads",
    ("own", "own_2", "unit"): "percent",
    ("own", "own_2", "rollup"): "last value",
    ("own", "own_2", "good"): "lower",
    ("own", "own_2", "target"): 0.25,
    ("own", "own_2", "2026-03"): 0.3,
    ("own", "own_2", "where_from"): "Spotify",
    ("notes", "cac", "2026-02"): "Dearer since the fair <b>",
    ("notes", "events", "2026-01"): "Two fairs",
    ("actions", "3", "what"): "Ask Dana",
    ("actions", "3", "due"): 46_081.0,
    ("list.channel", "paid", "shown"): "Search ads",
    ("list.channel", "paid", "exports"): "SEA",
    ("list.channel", "spare_1", "shown"): "Podcasts",
    ("list.channel", "events", "closed"): 46_053.0,
    ("setting", "at_risk", "value"): 0.1,
    ("picked", "comparison", "value"): "Last year",
    ("signed", "reviewed", "value"): "C. Ontroller",
}
"""What somebody types into the small workbook."""


def edited(content: bytes, path: Path, change: Callable[[Workbook], None]) -> Path:
    """A workbook as a file, after a change."""
    book = load_workbook(io.BytesIO(content))
    change(book)
    book.save(path)
    return path


def typed(content: bytes, path: Path, cells: Cells) -> Path:
    """A workbook as a file, with values typed into cells."""

    def type_all(book: Workbook) -> None:
        for address, value in cells.items():
            cell = cell_of(book, address)
            cell.value = value
            if isinstance(value, str) and not value.startswith("#"):
                cell.data_type = "s"  # what begins with = is a text too

    return edited(content, path, type_all)


def cell_of(book: Workbook, address: Address) -> Any:
    """The cell of an address, found in another way than the program does: by the sheets as they are issued."""
    block, row, key = address
    if block in ("setting", "used", "picked", "signed"):
        name = f"in_picked_{row}" if block == "picked" else f"in_{block}.{row}"
        sheet, _, place = book.defined_names[name].attr_text.rpartition("!")
        return book[sheet.strip("'")][place]
    sheet = book[SHEETS[block.partition(".")[0]]]
    lines = [each for each in sheet.iter_rows() if _id(each[0].value) == row]
    assert lines, address
    line = lines[0]
    heads = [each for each in sheet.iter_rows(max_row=line[0].row - 1) if each[0].value == ID]
    return next(cell for cell, head in zip(line, heads[-1], strict=True) if head.value == key)


def _id(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def insert_rows(book: Workbook, sheet: str, row: int, count: int = 1) -> None:
    """Insert rows; names follow, as they do in Excel."""
    book[sheet].insert_rows(row, count)
    _shift(book, sheet, lambda column, at: (column, at + count if at >= row else at))


def insert_columns(book: Workbook, sheet: str, column: int, count: int = 1) -> None:
    """Insert columns; names follow, as they do in Excel."""
    book[sheet].insert_cols(column, count)
    _shift(book, sheet, lambda at, row: (at + count if at >= column else at, row))


def _shift(book: Workbook, sheet: str, moved: Callable[[int, int], tuple[int, int]]) -> None:
    for name in book.defined_names.values():
        home, _, area = name.attr_text.rpartition("!")
        if home.strip("'") != sheet:
            continue
        corners = [coordinate_from_string(each) for each in area.split(":")]
        shifted = [moved(column_index_from_string(letters), row) for letters, row in corners]
        name.attr_text = f"{home}!" + ":".join(f"${get_column_letter(column)}${row}" for column, row in shifted)


def sort_lines(book: Workbook, sheet: str, first: int, last: int) -> None:
    """Turn the order of whole lines around, as sorting does; names stay where they are."""
    target = book[sheet]
    lines = [[(cell.value, cell.data_type) for cell in row] for row in target.iter_rows(first, last)]
    for row, values in zip(target.iter_rows(first, last), reversed(lines), strict=True):
        for cell, value in zip(row, values, strict=True):
            cell.value, cell.data_type = value


def row_of(book: Workbook, sheet: str, id: str) -> int:
    """The row of a line."""
    return next(int(line[0].row) for line in book[sheet].iter_rows() if _id(line[0].value) == id)


def rename(book: Workbook, old: str, new: str) -> None:
    """Rename a sheet; names follow."""
    book[old].title = new
    for name in book.defined_names.values():
        home, _, area = name.attr_text.rpartition("!")
        if home.strip("'") == old:
            name.attr_text = "'{}'!{}".format(new.replace("'", "''"), area)
