"""A sheet of any workbook as a raw table: what another program exported as Excel, or somebody keeps there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from metricbook.filled.cells import Book, Row
from metricbook.filled.cells import Cell as Held
from metricbook.filled.package import open_package
from metricbook.formula.excel import letters
from metricbook.problems import Location, Problem, Refused, did_you_mean
from metricbook.source.raw_table import RawTable

MOST_COLUMNS = 300
NOTHING = Held()


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell of a sheet. A date is a number, as workbooks count days; a yes or no is its word."""

    text: str
    number: float | None
    file: str
    sheet: str
    line: int
    column: int

    @property
    def at(self) -> Location:
        """Its place, as one finds it in Excel."""
        return Location(f"{self.file}, {self.sheet}!{letters(self.column)}{self.line}")


def read_sheet(path: Path, name: str = "") -> RawTable:
    """Read a sheet, the first one by default; raise Refused where the file is no workbook that can be trusted."""
    book = Book(open_package(path))
    sheets = list(book.sheets)
    if name and name not in sheets:
        hint = did_you_mean(name, sheets) or f"There is {', '.join(sheets)}."
        raise Refused([Problem("unknown-sheet", f'"{path}" has no sheet "{name}".', hint, Location(str(path)))])
    if not sheets:
        raise Refused([Problem("no-rows", f'"{path}" has no sheets.', "", Location(str(path)))])
    sheet = name or sheets[0]
    rows = {number: row for number, row in book.cells(sheet).items() if any(not cell.blank for cell in row.values())}
    width = min(MOST_COLUMNS, max((max(row) for row in rows.values()), default=0))
    lines = [_line(book, str(path), sheet, number, row, width) for number, row in sorted(rows.items())]
    notes = (f'read from the sheet "{sheet}"',) if len(sheets) > 1 and not name else ()
    return RawTable(str(path), lines, shift=book.day(0.0), notes=notes)


def _line(book: Book, file: str, sheet: str, number: int, row: Row, width: int) -> list[SheetCell]:
    cells = ((column, row.get(column, NOTHING)) for column in range(1, width + 1))
    return [_cell(book, file, sheet, number, column, held) for column, held in cells]


def _cell(book: Book, file: str, sheet: str, line: int, column: int, held: Held) -> SheetCell:
    value = held.value
    if isinstance(value, bool):
        return SheetCell(str(value).upper(), None, file, sheet, line, column)
    if isinstance(value, float):
        return SheetCell(_plain(value), value, file, sheet, line, column)
    return SheetCell(value or "", None, file, sheet, line, column)


def _plain(number: float) -> str:
    """A number as a text: 10231 for 10231.0, so that ids stay what they are."""
    return f"{number:.0f}" if number.is_integer() and abs(number) < 1e15 else repr(number)
