"""What people do with a workbook, done by openpyxl: numbers typed, rows inserted, lines sorted, sheets renamed."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

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
    if block in ("setting", "used", "picked"):
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
