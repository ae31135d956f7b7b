"""The data of a chart by period whose series are members or parts of a whole: a line for each, then its shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from metricbook.formula.tree import Area, Binary, Cell, Tree
from metricbook.layout.book import Book
from metricbook.layout.canvas import Canvas
from metricbook.layout.chart_bars import points_of
from metricbook.layout.chart_columns import NOTHING
from metricbook.layout.frame import CALCULATIONS, CHARTS, FIRST, ID, LABEL, MEMBER, UNIT
from metricbook.layout.inputs import member_words
from metricbook.layout.results import slots
from metricbook.layout.shapes import ZERO, call, equals, index, missing, when
from metricbook.layout.shown import metrics_of
from metricbook.model.metric import Metric, Where
from metricbook.source.schema import ChartBlock

REACHED = 4  # the row that is 1 up to the reporting period
NUMBERS = 6  # the row with the numbers of the periods


def reached(value: Tree) -> Tree:
    """A number of a period, and nothing after the reporting period."""
    return when(missing([Cell(REACHED, lock_row=True), value]), NOTHING, value)


@dataclass(frozen=True)
class PeriodLines:
    """A chart's block of lines by period."""

    book: Book
    chart: ChartBlock
    key: str
    top: int

    @property
    def series(self) -> list[tuple[Metric, Where]]:
        """What is drawn: several metrics, or one at each member."""
        metrics = metrics_of(self.book, self.chart.metrics)
        if self.chart.by:
            return [(metrics[0], where) for where in points_of(self.book, metrics[0], self.chart.by)]
        return [(metric, self.book.total(metric.id)) for metric in metrics]

    @property
    def is_stacked(self) -> bool:
        """Are shares drawn, and not the values?"""
        return self.chart.kind == "stacked"

    @property
    def following(self) -> int:
        """The first row after the block."""
        return self.top + 2 + len(self.series) * (2 if self.is_stacked else 1) + self._has_total

    @property
    def _has_total(self) -> bool:
        return self.is_stacked and bool(self.chart.by)

    def place(self) -> None:
        """Tell the page where the series stand."""
        canvas, last = Canvas(CHARTS, "check"), FIRST + slots(self.book) - 1
        first = self.top + 1 + (len(self.series) + self._has_total if self.is_stacked else 0)
        for number in range(len(self.series)):
            row = first + number
            self.book.spots[f"{self.key}.{number}"] = canvas.at(row, MEMBER if self.chart.by else LABEL)
            self.book.areas[f"{self.key}.{number}"] = canvas.area(row, FIRST, row, last)

    def draw(self) -> None:
        """Draw the block."""
        self.book.sheets[CHARTS].put(self.top, LABEL, self.chart.title, "subheading")
        for row, (metric, where, content, code) in enumerate(self._rows(), self.top + 1):
            self._put(row, metric, where, content, code)

    def _rows(self) -> Iterator[tuple[Metric, Where, Tree, str]]:
        series = list(self.series)
        lead = series[0][0]
        lines = [*series, (lead, self.book.total(lead.id))] if self._has_total else series
        for metric, where in lines:
            periods = self.book.frame.periods(self.book.row(metric.id, where), CALCULATIONS)
            yield metric, where, reached(index(periods, Cell(NUMBERS, lock_row=True))), self.book.formats.of(metric)
        for number, (metric, where) in enumerate(series if self.is_stacked else ()):
            yield metric, where, self._share(number, len(series)), "0.0%"

    def _share(self, number: int, count: int) -> Tree:
        """A part of the whole: of the total where there is one, else of all the parts."""
        first = self.top + 1
        part = Cell(first + number)
        if self._has_total:
            whole: Tree = Cell(first + count)
            absent: Tree = missing([part, whole])
        else:
            parts = Area(Cell(first), Cell(first + count - 1))
            whole = call("SUM", parts)
            absent = missing([Cell(first + n) for n in range(count)])
        return when(absent, NOTHING, when(equals(whole, ZERO), NOTHING, Binary("/", part, whole)))

    def _put(self, row: int, metric: Metric, where: Where, content: Tree, code: str) -> None:
        canvas, book = self.book.sheets[CHARTS], self.book
        canvas.put(row, ID, f"{metric.id}{book.points(metric.axes, where)}", "id")
        canvas.put(row, LABEL, metric.label, "label")
        canvas.put(row, MEMBER, member_words(book, tuple(point for point in where if point)), "member")
        canvas.put(row, UNIT, "%" if code == "0.0%" else book.formats.word(metric.unit), "unit")
        canvas.across(row, FIRST, FIRST + slots(book) - 1, content, "calc", code)
