"""Cells and areas of the plan as addresses."""

from __future__ import annotations

from metricbook.formula.excel import letters
from metricbook.formula.tree import Area, Cell
from metricbook.layout.plan import Sheet


def cell_address(cell: Cell) -> str:
    """`B3`"""
    return f"{letters(cell.column)}{cell.row}"


def area_address(area: Area) -> str:
    """`B3:D9`, or `B3` where the area is one cell."""
    first, last = cell_address(area.first), cell_address(area.last)
    return first if first == last else f"{first}:{last}"


def sheet_reference(area: Area | Cell) -> str:
    """`'Inputs'!$B$3:$D$9`"""
    first, last = (area, area) if isinstance(area, Cell) else (area.first, area.last)
    start, end = _locked(first), _locked(last)
    return f"{quoted(first.sheet)}!{start}" + ("" if start == end else f":{end}")


def quoted(name: str) -> str:
    """A sheet's name as a reference spells it."""
    return "'" + name.replace("'", "''") + "'"


def _locked(cell: Cell) -> str:
    return f"${letters(cell.column)}${cell.row}"


def extent(sheet: Sheet) -> tuple[int, int]:
    """The last row and the last column that hold a cell, a chart or a picture."""
    lines, positions = [run.row for run in sheet.runs], [run.last for run in sheet.runs]
    rows, columns = (positions, lines) if sheet.down else (lines, positions)
    rows += [chart.last.row for chart in sheet.charts]
    columns += [chart.last.column for chart in sheet.charts]
    columns += [picture.at.column for picture in sheet.pictures]
    return max(rows, default=1), max(columns, default=1)


def cells_of(area: Area) -> list[tuple[int, int]]:
    """(row, column) of every cell of the area, row by row."""
    columns = range(area.first.column, area.last.column + 1)
    return [(row, column) for row in range(area.first.row, area.last.row + 1) for column in columns]
