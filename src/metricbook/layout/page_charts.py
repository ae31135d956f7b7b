"""Charts of pages: which lines of Chart data they draw, where they stand, what they say to who cannot see them."""

from __future__ import annotations

from math import ceil

from metricbook.formula.tree import Area, Cell
from metricbook.formula.words import filled
from metricbook.layout import chart_events
from metricbook.layout.book import Book
from metricbook.layout.chart_bars import ALONG_METRICS, series_of
from metricbook.layout.chart_columns import ROOM
from metricbook.layout.chart_kinds import kind_of
from metricbook.layout.formats import DATE
from metricbook.layout.page_grid import LAST, MIDDLE, NAME, Page
from metricbook.layout.plan import Chart, Part, Series
from metricbook.layout.results import slots
from metricbook.layout.shown import charted, ended, has_own_data, metrics_of, plan_lines
from metricbook.source.schema import ChartBlock

ROWS, MOST_ROWS = 14, 40
PARTS: tuple[Part, ...] = ("main", "second", "third", "fourth", "fifth", "sixth")
STACKED_PARTS: tuple[Part, ...] = ("main", "third", "second", "fourth", "fifth", "sixth")  # grey in the middle
BRIDGE: tuple[Part, ...] = ("hidden", "total", "up", "down", "up", "down")
IN_WORDS = {
    "line": "line chart of {} by {}",
    "column": "column chart of {} by {}",
    "bar": "bar chart of {} by {}",
    "stacked": "columns of 100%, made of {} by {}",
    "bullet": "bars of {} by {}, the first in front of the second",
    "funnel": "funnel of {}, each stage with its number and its share of the one before",
    "waterfall": "bridge from {} to {} through {}",
}
BY, SORTED, WITH_TARGET, MINUS = "by {}", "the largest first", "with the target", "minus {}"
SHOWN = "over the {} periods up to the reporting period"
PHRASES = (*IN_WORDS.values(), BY, SORTED, WITH_TARGET, SHOWN)
"""What a chart's alternative text is made of."""
AXIS_WORDS = {"count": "number", "ratio": "times"}  # the signs of tables would stand alone here
SHORT_DATE = {"month": "mmm"}  # twelve in a row are of different names
NOTES = {
    "stacked": "% of all",
    "funnel": "In brackets: share of the stage before",
    "waterfall": "Steps to scale; totals may be cut",
}


def draw(page: Page, charts: list[ChartBlock]) -> None:
    """One chart over the whole width, or two side by side; under them what happened in the periods shown."""
    halves = [(NAME, LAST)] if len(charts) == 1 else [(NAME, MIDDLE), (MIDDLE + 1, LAST)]
    rows = max(_rows(page.book, chart) for chart in charts)
    for chart, (first, last) in zip(charts, halves, strict=True):
        corners = (Cell(page.row, first, fixed=True), Cell(page.row + rows - 1, last, fixed=True))
        page.canvas.charts.append(_chart(page.book, chart, *corners))
    page.row += rows
    for event in dict.fromkeys(chart.events for chart in charts if chart.events):
        chart_events.tell(page, page.book.model.metrics[event])
    page.row += 1


def _rows(book: Book, chart: ChartBlock) -> int:
    """How many rows it takes for every bar that lies to have its name beside it."""
    if chart.kind not in ("bar", "bullet", "funnel") or not chart.over:
        return ROWS
    series = len(series_of(book, chart)) if chart.kind == "bar" else 1
    each = 1.2 if series == 1 else 0.5 + 0.6 * series
    return min(MOST_ROWS, max(ROWS, 5 + ceil(each * len(book.model.dimensions[chart.over].members))))


def _chart(book: Book, chart: ChartBlock, first: Cell, last: Cell) -> Chart:
    lead = metrics_of(book, chart.metrics)[0]
    series, categories = _own(book, chart) if has_own_data(chart) else _by_period(book, chart)
    by_period = categories == book.areas["chart.periods"]
    return Chart(
        chart.kind,
        chart.title,
        _in_words(book, chart),
        first,
        last,
        categories,
        tuple(series),
        "0%" if chart.kind == "stacked" else book.formats.axis(lead),
        "" if chart.kind in NOTES else AXIS_WORDS.get(lead.unit, book.formats.word(lead.unit)),
        SHORT_DATE.get(book.model.periods.grain, DATE[book.model.periods.grain]) if by_period else "General",
        book.areas["chart.nothing"],
        book.formats.label(lead),
        NOTES.get(chart.kind, ""),
    )


def _by_period(book: Book, chart: ChartBlock) -> tuple[list[Series], Area]:
    """Metrics by period as they are, with their targets, and in the reporting period the value to be read."""
    metrics = metrics_of(book, chart.metrics)
    plans = [line for metric in metrics for line in plan_lines(book, chart, metric.id)]
    labelled = ended(book) if chart.kind == "line" and len(metrics) + len(plans) <= len(PARTS) else []
    ends = [f"{metric.id}.end" for metric in metrics if metric.id in labelled]
    return [
        *(_line(book, metric.id, part) for metric, part in zip(metrics, PARTS, strict=False)),
        *(_line(book, plan, "plan") for plan in plans),
        *(_line(book, end, "end", in_legend=False) for end in ends),
    ], book.areas["chart.periods"]


def _line(book: Book, key: str, part: Part, in_legend: bool = True) -> Series:
    return Series(book.spots[f"chart.{key}"], book.areas[f"chart.{key}"], part, in_legend)


def _own(book: Book, chart: ChartBlock) -> tuple[list[Series], Area]:
    """The series of a chart's own block, and what stands along its axis."""
    key = f"chart.{charted(book)[1].index(chart)}"
    along = bool(chart.over) or chart.kind in ALONG_METRICS
    parts = _parts(book, chart)
    series = [
        Series(book.spots[f"{key}.{n}"], book.areas[f"{key}.{n}"], part, part != "hidden" and part not in parts[:n])
        for n, part in enumerate(parts)
    ]
    return series, book.areas[f"{key}.names"] if along else book.areas["chart.periods"]


def _parts(book: Book, chart: ChartBlock) -> tuple[Part, ...]:
    count = len(series_of(book, chart))
    if chart.kind == "waterfall":
        return BRIDGE
    if chart.kind == "funnel":
        return ("hidden", "main")
    if chart.kind == "bullet":
        return ("main", "goal")
    lead = metrics_of(book, chart.metrics)[0]
    drawn = kind_of(chart.kind, chart.sort, count, lead.signed)[1]
    if ROOM in drawn:
        return ("main", "hidden")
    return (STACKED_PARTS if chart.kind == "stacked" else PARTS)[: len(drawn)]


def _in_words(book: Book, chart: ChartBlock) -> str:
    """The chart's alternative text: its kind, and what it shows."""

    def say(phrase: str, *parts: str) -> str:
        return filled(book.phrase(phrase), *parts)

    labels = [metric.label for metric in metrics_of(book, chart.metrics)]
    by_period = not chart.over and chart.kind not in ALONG_METRICS
    across = book.model.dimensions[chart.over].label.lower() if chart.over else book.phrase(book.model.periods.grain)
    between = ", ".join(say(MINUS, label) if name in (chart.minus or ()) else label
                        for name, label in zip(chart.metrics[1:-1], labels[1:-1], strict=True))  # fmt: skip
    told = {"funnel": [", ".join(labels)], "waterfall": [labels[0], labels[-1], between]}
    parts = [
        say(IN_WORDS[chart.kind], *told.get(chart.kind, [", ".join(labels), across])),
        say(BY, book.model.dimensions[chart.by].label.lower()) if chart.by else "",
        say(SORTED) if chart.sort else "",
        say(WITH_TARGET) if chart.target else "",
    ]
    when = f" {say(SHOWN, str(slots(book)))}" if by_period else ""
    return f"{chart.title}: {', '.join(filter(None, parts))}{when}."
