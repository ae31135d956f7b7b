"""The workbook being laid out: which line holds which metric at which coordinate, and where its row is.

Layout works in two passes. First every line is given its row (`Book.place`), then formulas are lowered, because a
formula may name a line that stands further down or on another sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from metricbook.formula.tree import Area, Cell, Name, Tree, names
from metricbook.layout.canvas import Canvas
from metricbook.layout.formats import Formats
from metricbook.layout.frame import CALCULATIONS, FIXED, Frame
from metricbook.layout.settings import Settings
from metricbook.layout.shapes import EMPTY, ZERO, equals, when
from metricbook.model.metric import Axis, Metric, Where
from metricbook.model.model import Model

Kind = Literal["value", "weighted", "weight", "typed", "raw", "nothing", "row", "there", "again"]
Key = tuple[str, Where, Kind]
Axes = tuple[Axis, ...]


SUFFIX = {"weighted": " × weight", "weight": " weight", "raw": " as typed", "nothing": " as nothing"}
"""What the ids of lines end in that stand beside a metric's own."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of Calculations: a metric at a coordinate.

    `weighted` is value × weight, `weight` a snapshot that is added up as a weight, `typed` a choice's words. `raw` is
    what is typed for a spare member, and `nothing` where it counts as nothing.
    """

    metric: Metric
    where: Where
    kind: Kind = "value"

    @property
    def key(self) -> Key:
        """What finds the line."""
        return self.metric.id, self.where, self.kind


@dataclass
class Book:
    """Everything that the sheets share while they are drawn."""

    model: Model
    settings: Settings
    frame: Frame
    formats: Formats
    phrase: Callable[[str], str] = str  # a phrase, whose {} are filled in, in the client's words
    sheets: dict[str, Canvas] = field(default_factory=dict)
    rows: dict[Key, int] = field(default_factory=dict)  # on Calculations; columns of tables, on Row calculations
    marks: dict[str, int] = field(default_factory=dict)  # rows of the time line on Calculations, by name
    spots: dict[str, Cell] = field(default_factory=dict)  # single cells that other sheets read, by name
    areas: dict[str, Area] = field(default_factory=dict)  # lists that other sheets read, by name
    words: dict[str, list[tuple[str, str, float]]] = field(default_factory=dict)  # lists on Lists: id, word, number
    gap_rows: dict[int, int] = field(default_factory=dict)  # of input lines on Checks, by their rows on Calculations
    _inputs: dict[str, set[str]] = field(default_factory=dict)

    @property
    def down(self) -> frozenset[str]:
        """The sheets drawn so far whose lines go down."""
        return frozenset(name for name, canvas in self.sheets.items() if canvas.down)

    def canvas(self, name: str, kind: str) -> Canvas:
        """Begin a sheet."""
        self.sheets[name] = Canvas(name, kind)
        return self.sheets[name]

    def place(self, row: int, line: Line) -> None:
        """Give a line its row on Calculations."""
        self.rows[line.key] = row

    def row(self, id: str, where: Where = (), kind: Kind = "value") -> int:
        """The row of a line on Calculations. A scalar's coordinate may be left out."""
        return self.rows[id, where or (self.total(id) if kind == "value" else ()), kind]

    def metric(self, id: str) -> Metric:
        """A metric, or a column of a record table."""
        table = self.model.tables.get(id.partition(".")[0])
        return table.columns[id] if table and id in table.columns else self.model.metrics[id]

    def total(self, id: str) -> Where:
        """The coordinate at which every axis of a metric stands at Total."""
        return (None,) * len(self.metric(id).axes)

    def has(self, id: str, where: Where, kind: Kind = "value") -> bool:
        """Is there such a line?"""
        return (id, where, kind) in self.rows

    def mark(self, name: str, here: bool = True) -> Cell:
        """A row of the time line, in the formula's own column, or its fixed column."""
        row = self.marks[name]
        return Cell(row, lock_row=True) if here else self.mark_at(name, FIXED)

    def mark_at(self, name: str, column: int) -> Cell:
        """A cell of the time line, locked, from any sheet."""
        return Cell(self.marks[name], column, fixed=True, sheet=CALCULATIONS, lock_row=True)

    def once_begun(self, value: Tree) -> Tree:
        """A number that nobody typed: blank until something is typed, so that an empty workbook shows none."""
        return when(equals(self.mark("any", here=False), ZERO), EMPTY, value)

    def say(self, phrase: str) -> Cell:
        """A part of a sentence, from Lists."""
        return self.spots[f"say.{phrase}"]

    def value(self, id: str, column: int, where: Where = ()) -> Cell:
        """The value of a metric in a column of Calculations, from any sheet; one value stands in its fixed cell."""
        metric = self.model.metrics[id]
        return Cell(
            self.row(id, where), column if metric.timed else FIXED, fixed=True, sheet=CALCULATIONS, lock_row=True
        )

    def inputs_of(self, id: str) -> set[str]:
        """The inputs that a metric is made of, through any number of steps."""
        if id not in self._inputs:
            self._inputs[id] = {id} if self.model.metrics[id].is_input else set()
            for tree in formulas(self.model.metrics[id]):
                for name in names(tree):
                    for operand in operand_ids(self.model, name):
                        self._inputs[id] |= self.inputs_of(operand)
        return self._inputs[id]

    def points(self, axes: Axes, where: Where) -> str:
        """A coordinate as it is written in brackets: "[paid_search]", "[lead, total]", "" for a plain total."""
        return points(self.model, axes, where)

    def point_ids(self, axes: Axes, where: Where) -> list[str]:
        """The ids of a coordinate's points: ["lead", "total"], or ["channel.email"] where a source is email too."""
        return point_ids(self.model, axes, where)

    def line_id(self, line: Line) -> str:
        """The id of a line, as it stands in column A of Inputs and Calculations: the metric and its coordinate."""
        suffix = SUFFIX.get(line.kind, "")
        return f"{line.metric.id}{self.points(line.metric.axes, line.where)}{suffix}"


def points(model: Model, axes: Axes, where: Where) -> str:
    """A coordinate as it is written in brackets, "" for a plain total."""
    return f"[{', '.join(point_ids(model, axes, where))}]" if any(where) else ""


def point_ids(model: Model, axes: Axes, where: Where) -> list[str]:
    """The ids of a coordinate's points."""
    return [
        "total" if point is None else model.point_id(axis, point) for axis, point in zip(axes, where, strict=True)
    ]


def formulas(metric: Metric) -> Iterator[Tree]:
    """Every formula of a metric."""
    yield from (tree for tree in (metric.formula, *metric.by_member.values(), metric.undefined) if tree is not None)


def operand_ids(model: Model, name: Name) -> Iterator[str]:
    """The metrics that a name reads: the one it names, and a selector in its brackets."""
    metrics = model.metrics
    if name.part == "target":
        yield from (id for id in (f"{name.id}.target", f"{name.id}.from") if id in metrics)
    elif name.part:
        yield from (id for id in model.rivals.get(name.id, ()) if metrics[id].variant == name.part)
    elif name.id in metrics:
        yield name.id
    yield from (token for token in name.where if token in metrics and metrics[token].unit == "member")


def contiguous(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Rows as ranges of neighbours: [4, 5, 6, 9] → [(4, 6), (9, 9)]."""
    ranges: list[tuple[int, int]] = []
    for row in sorted(rows):
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], row)
        else:
            ranges.append((row, row))
    return ranges
