"""Reads the formulas of a written file as text: what they call, read and hold. Shares nothing with the writer."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

_TEXT = re.compile(r'"(?:[^"]|"")*"')
_SHEET = r"(?:'(?:[^']|'')+'|[A-Za-z_][A-Za-z0-9_.]*)!"
_REFERENCE = re.compile(rf"({_SHEET})?(\$?)([A-Z]{{1,3}})(\$?)([0-9]+)(?![0-9A-Za-z_(])")
_FUNCTION = re.compile(r"([A-Z][A-Z0-9.]*)\(")
_NUMBER = re.compile(r"(?<![A-Za-z0-9_.$])[0-9]+(?:\.[0-9]+)?(?:E[+-]?[0-9]+)?")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")


@dataclass(frozen=True)
class Formula:
    """One cell's formula, without its equals sign."""

    sheet: str
    row: int
    column: int
    text: str

    @cached_property
    def bare(self) -> str:
        """The formula with its texts emptied, so that nothing in quotes is read as code."""
        return _TEXT.sub('""', self.text)

    @cached_property
    def texts(self) -> list[str]:
        """The texts it holds."""
        return [found[1:-1].replace('""', '"') for found in _TEXT.findall(self.text)]

    @cached_property
    def r1c1(self) -> str:
        """The formula with every reference relative to its own cell, as Excel's R1C1 notation says it."""
        return _REFERENCE.sub(self._relative, self.bare) + "|" + "|".join(self.texts)

    def _relative(self, found: re.Match[str]) -> str:
        sheet, fixed_column, letters, fixed_row, row = found.groups()
        column = column_index_from_string(letters)
        place = f"C{column}" if fixed_column else f"C[{column - self.column}]"
        return f"{sheet or ''}{f'R{row}' if fixed_row else f'R[{int(row) - self.row}]'}{place}"

    @cached_property
    def functions(self) -> list[str]:
        """The functions it calls."""
        return _FUNCTION.findall(self.bare)

    @cached_property
    def sheets(self) -> set[str]:
        """The sheets it reads, its own included."""
        return {(each[0][:-1].strip("'").replace("''", "'") or self.sheet) for each in _REFERENCE.findall(self.bare)}

    @cached_property
    def cells(self) -> set[tuple[str, int, int]]:
        """Sheet, row and column of every cell it names, corners of ranges included."""
        return {
            (sheet[:-1].strip("'").replace("''", "'") or self.sheet, int(row), column_index_from_string(letters))
            for sheet, _, letters, _, row in _REFERENCE.findall(self.bare)
        }

    @cached_property
    def numbers(self) -> list[float]:
        """The numbers it holds."""
        return [float(found) for found in _NUMBER.findall(_REFERENCE.sub("_", re.sub(_SHEET, "", self.bare)))]

    @cached_property
    def words(self) -> list[str]:
        """What is neither a reference, a sheet, a number, a text nor a function: a defined name, say."""
        left = _NUMBER.sub(" ", _FUNCTION.sub("(", _REFERENCE.sub(" ", self.bare)))
        return _WORD.findall(left)

    @cached_property
    def nesting(self) -> int:
        """How deep functions stand in functions; plain parentheses do not count."""
        deepest = 0
        stack: list[bool] = []
        for found in re.finditer(r"[A-Z][A-Z0-9.]*\(|\(|\)", self.bare):
            if found[0] == ")":
                stack.pop()
            else:
                stack.append(len(found[0]) > 1)
                deepest = max(deepest, sum(stack))
        return deepest


def formulas(workbook: bytes) -> Iterator[Formula]:
    """Every formula of a workbook."""
    book = load_workbook(io.BytesIO(workbook))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    yield Formula(sheet.title, cell.row, cell.column, cell.value[1:])
                else:
                    assert cell.data_type != "f", cell.coordinate  # an array formula is an object here
