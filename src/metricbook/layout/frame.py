"""The columns that Inputs, Calculations and Checks share: same column, same period."""

from __future__ import annotations

from dataclasses import dataclass

from metricbook.formula.tree import Area, Cell
from metricbook.layout.shapes import fixed

ID, LABEL, MEMBER, UNIT, LINE = 1, 2, 3, 4, 5
CURRENT, COMPARISON, LAST_YEAR = 6, 7, 8
FIXED = 9  # parts the windows from the periods, so that no reference runs from one into the other
FIRST = 10

INPUTS, CALCULATIONS, RESULTS, CHECKS, LISTS = "Inputs", "Calculations", "Results", "Checks", "Lists"
TARGETS, NOTES, START, DICTIONARY, CHARTS, FRAMEWORK, ROWS = (
    "Targets", "Notes", "Start", "Dictionary", "Chart data", "Framework", "Row calculations",
)  # fmt: skip
NOT_CARRIED = "Not carried over"
OWN = "Your own numbers"
RESERVED = (
    START, OWN, INPUTS, NOTES, NOT_CARRIED, LISTS, TARGETS, ROWS, CALCULATIONS, RESULTS, CHECKS, DICTIONARY, CHARTS,
    FRAMEWORK,
)  # fmt: skip


@dataclass(frozen=True)
class Frame:
    """Where the periods of a workbook stand."""

    count: int

    @property
    def last(self) -> int:
        """The column of the last period."""
        return FIRST + self.count - 1

    def periods(self, row: int, sheet: str = "", lock_row: bool = False) -> Area:
        """All periods of a line, locked to their columns."""
        first = Cell(row, FIRST, fixed=True, sheet=sheet, lock_row=lock_row)
        return Area(first, Cell(row, self.last, fixed=True, sheet=sheet, lock_row=lock_row))

    def until_here(self, row: int) -> Area:
        """The periods of a line from the first to the formula's own column."""
        return Area(fixed(row, FIRST), Cell(row))
