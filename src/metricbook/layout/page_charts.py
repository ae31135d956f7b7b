"""Charts of pages: which lines of Chart data they draw, where they stand, what they say to who cannot see them."""

from __future__ import annotations

from typing import Literal

from metricbook.formula.tree import Area, Cell
from metricbook.layout.book import Book
from metricbook.layout.formats import DATE
from metricbook.layout.page_grid import FIRST, LAST, NAME, Page
from metricbook.layout.plan import Chart, Series
from metricbook.layout.results import slots
from metricbook.layout.shown import metrics_of, plan_lines
from metricbook.model.metric import Metric
from metricbook.source.schema import ChartBlock

ROWS = 15
MIDDLE = 7  # the last column of the left half
MOST = 5  # series a reader can tell apart
Part = Literal["main", "second", "third", "fourth", "fifth"]
PARTS: tuple[Part, ...] = ("main", "second", "third", "fourth", "fifth")


def draw(page: Page, charts: list[ChartBlock]) -> None:
    """One chart over the whole width, or two side by side; under them what happened in the periods shown."""
    halves = [(NAME, LAST)] if len(charts) == 1 else [(NAME, MIDDLE), (MIDDLE + 1, LAST)]
    for chart, (first, last) in zip(charts, halves, strict=True):
        corners = (Cell(page.row, first, fixed=True), Cell(page.row + ROWS - 1, last, fixed=True))
        page.canvas.charts.append(_chart(page.book, chart, *corners))
    page.row += ROWS
    for event in dict.fromkeys(chart.events for chart in charts if chart.events):
        _events(page, page.book.model.metrics[event])
    page.row += 1


def _events(page: Page, metric: Metric) -> None:
    """A line of words by period under the charts."""
    page.canvas.put(page.row, NAME, metric.label, "quiet")
    for number in range(slots(page.book)):
        page.canvas.put(page.row, FIRST + number, page.in_slot(metric, (), number), "quiet")
    page.row += 1


def _chart(book: Book, chart: ChartBlock, first: Cell, last: Cell) -> Chart:
    metrics = metrics_of(book, chart.metrics)[:MOST]
    keys = [f"chart.{metric.id}.{chart.over}" if chart.over else f"chart.{metric.id}" for metric in metrics]
    series = [Series(book.spots[key], book.areas[key], part) for key, part in zip(keys, PARTS, strict=False)]
    plans = [] if chart.over else [line for metric in metrics for line in plan_lines(book, chart, metric.id)]
    series += [Series(book.spots[f"chart.{line}"], book.areas[f"chart.{line}"], "plan") for line in plans]
    lead = metrics[0]
    return Chart(
        chart.kind,
        chart.title,
        _in_words(book, chart, metrics),
        first,
        last,
        _categories(book, chart, lead),
        tuple(series[:MOST]),
        book.formats.card(lead),
        book.formats.word(lead.unit),
        "General" if chart.over else DATE[book.model.periods.grain],
        book.areas["chart.nothing"],
    )


def _categories(book: Book, chart: ChartBlock, lead: Metric) -> Area:
    return book.areas[f"chart.names.{lead.id}.{chart.over}"] if chart.over else book.areas["chart.periods"]


def _in_words(book: Book, chart: ChartBlock, metrics: list[Metric]) -> str:
    """The chart's alternative text."""
    names = " and ".join(metric.label for metric in metrics)
    across = book.model.dimensions[chart.over].label.lower() if chart.over else book.model.periods.grain
    plan = ", with the target" if chart.target else ""
    return f"{chart.title}: {chart.kind} chart of {names} by {across}{plan}."
