"""One row of Results while it is drawn: its metric, its columns by name, and the few facts other files need."""

from __future__ import annotations

from dataclasses import dataclass

from metricbook.formula.tree import Cell, Tree
from metricbook.layout.book import Book
from metricbook.layout.canvas import Canvas
from metricbook.layout.frame import RESULTS
from metricbook.layout.plan import Role
from metricbook.layout.shapes import beside
from metricbook.model.metric import Metric, Where

BODY = 7
OWN_COLUMNS = ("In use", "Unit number", "Change told")  # only rows of "Your own numbers" have them
COLUMNS = (
    "id", "Metric", "Of which", "Unit", "Direction", "Actual", "Comparison", "Change", "Change %", "Target from",
    "Target to", "Last year", "Industry from", "Industry to", "Judged by", "Low bound", "High bound", "Variance",
    "Variance %", "Code", "Status", "Verdict", "Against industry", "Band", "Trend", "First gap", "First missing",
    "What is missing", "Miss", "Rank", "Note", "Target shown", "Industry shown", "Share", "Periods needed", "Scale",
    "Size", "Part", "In short", "History", "The plan needs", "Owner", "Owner and note", "Target scale",
    "Target short", "Target in words", "Variance scale", "Variance size", "Side", "Variance in words",
    "Change in words", "Periods there", "Partial", "Zero divisor", "Waits", "Reason", "Why", "Into year",
    "Year so far", "To go", "To go scale", "To go size", "To go in words", "Beside", "Bounds scale", "Industry scale",
    "Actual in points", "Variance in points", "Change in points", "Target code", "Basis",
    "Comment", "Status told", "Change rounded", "Change arrow",
    *OWN_COLUMNS,
)  # fmt: skip
COLUMN = {name: number for number, name in enumerate(COLUMNS, 1)}
PERCENT = "+0.0%;-0.0%;0.0%"


@dataclass(frozen=True)
class Shown:
    """A metric at a coordinate that some page shows with more than its value."""

    metric: Metric
    where: Where


@dataclass(frozen=True)
class ResultRow:
    """A row being drawn; `last` is the last row of the table."""

    book: Book
    canvas: Canvas
    shown: Shown
    row: int
    last: int

    @property
    def metric(self) -> Metric:
        """The metric of the row."""
        return self.shown.metric

    @property
    def is_total(self) -> bool:
        """Does the row stand at no particular member?"""
        return all(point is None for point in self.shown.where)

    @property
    def format(self) -> str:
        """The number format of the metric."""
        return self.book.formats.of(self.metric)

    def cell(self, name: str) -> Cell:
        """A column of this row."""
        return beside(COLUMN[name])

    def put(self, name: str, tree: Tree | float | str | None, format: str = "General", role: Role = "calc") -> None:
        """Fill a column of this row."""
        self.canvas.put(self.row, COLUMN[name], tree, role, format)


def result_key(id: str, where: Where) -> str:
    """The name under which a result's row is known to the pages."""
    points = ",".join("total" if point is None else f"{point.dimension}.{point.member}" for point in where)
    return f"result.{id}[{points}]"


def result_cell(book: Book, key: str, name: str) -> Cell:
    """A column of the row that has this key, from any sheet."""
    return Cell(book.spots[key].row, COLUMN[name], fixed=True, sheet=RESULTS, lock_row=True)


def signed(format: str) -> str:
    """A number format that shows the plus sign as well."""
    return format if ";" in format else f"+{format};-{format};{format}"
