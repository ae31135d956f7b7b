"""Small workbooks as data: constants and formulas by address, for the evaluator and for other engines alike."""

import io
from dataclasses import dataclass, field

from lowered import lowered
from openpyxl import Workbook
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from metricbook.formula.evaluate import Error, Grid
from metricbook.formula.excel import letters, template
from recalculate import Values

Constant = float | str | bool | None


@dataclass(frozen=True)
class Book:
    """`formulas` are by sheet and address or stretch of a row ("H8", "H8:S8"), written for the first cell of it."""

    constants: dict[str, dict[str, Constant]]
    formulas: dict[str, dict[str, str]] = field(default_factory=dict)

    def sheets(self) -> list[str]:
        return list(dict.fromkeys([*self.constants, *self.formulas]))


def evaluated(book: Book, rows: int = 130, columns: int = 40) -> Values:
    """The values of all formula cells as our evaluator computes them."""
    grid = Grid()
    for sheet in book.sheets():
        grid.add_sheet(sheet, rows, columns)
    for sheet, cells in book.constants.items():
        for address, value in cells.items():
            grid.put(sheet, *_place(address), value)
    for sheet, address, text in _formulas(book):
        row, first, last = _stretch(address)
        grid.fill(sheet, row, first, last, lowered(text, first))
    grid.calculate()
    values: Values = {sheet: {} for sheet in book.sheets()}
    for sheet, address, _ in _formulas(book):
        row, first, last = _stretch(address)
        for column in range(first, last + 1):
            value = grid.value(sheet, row, column)
            values[sheet][f"{letters(column)}{row}"] = value.code if isinstance(value, Error) else value
    return values


def written(book: Book) -> bytes:
    """The workbook as a file without stored values, its formulas spelled by `template`."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for sheet in book.sheets():
        workbook.create_sheet(sheet)
    for sheet, cells in book.constants.items():
        for address, value in cells.items():
            workbook[sheet][address] = value
    for sheet, address, text in _formulas(book):
        row, first, last = _stretch(address)
        made = template(lowered(text, first))
        for column in range(first, last + 1):
            workbook[sheet].cell(row, column, "=" + made.at(column))
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _formulas(book: Book) -> list[tuple[str, str, str]]:
    return [(sheet, address, text) for sheet, cells in book.formulas.items() for address, text in cells.items()]


def _place(address: str) -> tuple[int, int]:
    name, row = coordinate_from_string(address)
    return row, column_index_from_string(name)


def _stretch(address: str) -> tuple[int, int, int]:
    start, _, end = address.partition(":")
    row, first = _place(start)
    return row, first, _place(end or start)[1]
