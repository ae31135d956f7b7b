"""The data of a chart over members, or of one metric after the other: a line for each bar, its quantities across."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from metricbook.formula.tree import Area, Cell, Tree
from metricbook.layout.book import Book
from metricbook.layout.canvas import Canvas
from metricbook.layout.frame import CHARTS, CURRENT, ID, LABEL, MEMBER, UNIT
from metricbook.layout.inputs import member_words
from metricbook.layout.plan import Constant, Role
from metricbook.layout.shapes import fixed
from metricbook.layout.shown import metrics_of
from metricbook.model.metric import Metric, Point, Where
from metricbook.model.tables import axis_member
from metricbook.source.schema import ChartBlock

Content = Tree | Constant
ALONG_METRICS = ("funnel", "waterfall")  # their bars are metrics, where they are not over members


@dataclass(frozen=True)
class Bar:
    """One line: its id, what it is called, the value of each series, and what these are parts of."""

    id: str
    name: Content
    values: tuple[Cell, ...]
    whole: Cell | None = None


@dataclass(frozen=True)
class Column:
    """A quantity of every bar: its head, its formula by the number of the line, and its format.

    `above` stands over the head: what all bars share.
    """

    head: Content
    content: Callable[[int], Content]
    format: str = "General"
    above: Callable[[], Content] | None = None
    role: Role = "calc"


@dataclass(frozen=True)
class Bars:
    """A chart's block on Chart data: a heading, the heads, the bars. `keys` says which quantity stands where."""

    book: Book
    chart: ChartBlock
    key: str
    top: int
    series: tuple[Content, ...]
    bars: tuple[Bar, ...]
    keys: tuple[str, ...] = ()

    @property
    def metric(self) -> Metric:
        """The metric whose unit the chart has."""
        return metrics_of(self.book, self.chart.metrics)[0]

    @property
    def first(self) -> int:
        """The row of the first bar."""
        return self.top + 2

    @property
    def last(self) -> int:
        """The row of the last bar."""
        return self.first + len(self.bars) - 1

    @property
    def following(self) -> int:
        """The first row after the block."""
        return self.last + 2

    def at(self, key: str, line: int) -> Cell:
        """A quantity of a bar; of the line -1 it is the head, which is no number."""
        return fixed(self.first + line, self._column(key))

    def name(self, line: int) -> Cell:
        """What a bar is called."""
        return fixed(self.first + line, MEMBER)

    def above(self, key: str) -> Cell:
        """What stands over a quantity's head."""
        return Cell(self.top, self._column(key), fixed=True, lock_row=True)

    def all(self, key: str) -> Area:
        """A quantity of all bars."""
        first, last = (Cell(row, self._column(key), fixed=True, lock_row=True) for row in (self.first, self.last))
        return Area(first, last)

    def names(self) -> Area:
        """What all bars are called."""
        first, last = (Cell(row, MEMBER, fixed=True, lock_row=True) for row in (self.first, self.last))
        return Area(first, last)

    def until(self, key: str, line: int) -> Area:
        """A quantity from the first bar to this one."""
        return Area(Cell(self.first, self._column(key), fixed=True, lock_row=True), self.at(key, line))

    def _column(self, key: str) -> int:
        return CURRENT + self.keys.index(key)

    def place(self, drawn: tuple[str, ...], names: str) -> None:
        """Tell the page where the series stand, and what the bars are called there."""
        canvas, book = Canvas(CHARTS, "check"), self.book
        for number, key in enumerate(drawn):
            column = self._column(key)
            book.spots[f"{self.key}.{number}"] = canvas.at(self.top + 1, column)
            book.areas[f"{self.key}.{number}"] = canvas.area(self.first, column, self.last, column)
        column = self._column(names) if names else MEMBER
        book.areas[f"{self.key}.names"] = canvas.area(self.first, column, self.last, column)

    def draw(self, columns: dict[str, Column]) -> None:
        """Draw the block."""
        canvas, metric = self.book.sheets[CHARTS], self.metric
        canvas.put(self.top, LABEL, self.chart.title, "subheading")
        canvas.heights[self.top + 1] = 15.0  # or more, where a heading needs them
        heads = {ID: "id", LABEL: "Drawn", MEMBER: "Of which", UNIT: "Unit"}
        for column in range(ID, CURRENT):
            canvas.put(self.top + 1, column, heads.get(column), "header")
        for key, each in columns.items():
            at = self._column(key)
            canvas.put(self.top + 1, at, each.head, "header")
            if each.above is not None:
                canvas.put(self.top, at, each.above(), "calc", each.format)
        for line, bar in enumerate(self.bars):
            row = self.first + line
            canvas.put(row, ID, bar.id, "id")
            canvas.put(row, LABEL, metric.label if self.chart.over else "", "label")
            canvas.put(row, MEMBER, bar.name, "member")
            canvas.put(row, UNIT, self.book.formats.word(metric.unit), "unit")
            for key, each in columns.items():
                canvas.put(row, self._column(key), each.content(line), each.role, each.format)


def series_of(book: Book, chart: ChartBlock) -> tuple[Content, ...]:
    """What the series of a chart are called: its metrics, or the members of a second dimension."""
    metrics = metrics_of(book, chart.metrics)
    if chart.by:
        return tuple(member_words(book, (point,)) for point in _points(book, metrics[0], chart.by))
    if chart.kind in ALONG_METRICS and not chart.over:
        return (chart.title,)
    return tuple(metric.label for metric in metrics)


def bars_of(book: Book, chart: ChartBlock) -> Iterator[Bar]:
    """One line for each member, or for each metric."""
    metrics = metrics_of(book, chart.metrics)
    if not chart.over:
        for metric in metrics:
            yield Bar(metric.id, metric.short or metric.label, (book.value(metric.id, CURRENT, ()),))
        return
    lead = metrics[0]
    for number, point in enumerate(_points(book, lead, chart.over)):
        wheres: list[tuple[Metric, tuple[Point, ...]]]
        wheres = [(metric, (_points(book, metric, chart.over)[number],)) for metric in metrics]
        if chart.by:
            wheres = [(lead, (point, other)) for other in _points(book, lead, chart.by)]
        values = tuple(book.value(metric.id, CURRENT, where_at(metric, at)) for metric, at in wheres)
        here = where_at(lead, (point,))
        whole = book.value(lead.id, CURRENT, here) if chart.by and chart.kind == "stacked" else None
        yield Bar(f"{lead.id}{book.points(lead.axes, here)}", member_words(book, (point,)), values, whole)


def where_at(metric: Metric, points: tuple[Point, ...]) -> Where:
    """The coordinate of a metric at some members, all else at Total."""
    return tuple(next((point for point in points if point.dimension in axis), None) for axis in metric.axes)


def _points(book: Book, metric: Metric, dimension: str) -> list[Point]:
    """The members of a dimension as a metric knows them."""
    axes = range(len(metric.axes))
    name = next(name for name in (axis_member(book.model, metric, n, dimension) for n in axes) if name)
    return [Point(name, member.id) for member in book.model.dimensions[dimension].members]


def points_of(book: Book, metric: Metric, dimension: str) -> list[Where]:
    """The coordinates of a metric along a dimension, all else at Total."""
    return [where_at(metric, (point,)) for point in _points(book, metric, dimension)]
