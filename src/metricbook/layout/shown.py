"""Which metrics the pages show: judged on Results, drawn by charts and sparklines."""

from __future__ import annotations

from collections.abc import Iterator

from metricbook.formula.tree import Name, walk
from metricbook.layout import tables
from metricbook.layout.book import Book
from metricbook.layout.result_row import Shown
from metricbook.model.metric import Metric
from metricbook.model.names import table_items
from metricbook.source.schema import Block, ChartBlock, Items, Scorecard

MOST_ENDED = 2
AIMED = ("target", "status", "variance", "variance_percent")
"""The views that show a target, or what is judged by it."""


def metrics_of(book: Book, items: Items | None) -> list[Metric]:
    """The metrics of a list, the north star by its name too."""
    return [tables.find(book.model, item)[0] for item in items or () if isinstance(item, str)]


def scorecard_of(block: Block) -> Scorecard | None:
    """A scorecard's long form, whichever way it was written."""
    written = block.scorecard
    return Scorecard.model_validate({"rows": written}) if isinstance(written, list) else written


def blocks(book: Book) -> Iterator[Block]:
    """Every block of every page."""
    for page in book.model.pages:
        yield from page.blocks


def judged(book: Book) -> list[Shown]:
    """Every metric that some page judges, once, in the order of the pages."""
    found: dict[tuple[str, object], Shown] = {}
    for block in blocks(book):
        card = scorecard_of(block)
        listed = metrics_of(book, block.headline) + (metrics_of(book, card.rows) if card else [])
        here = [Shown(metric, book.total(metric.id)) for metric in listed]
        here += tables.shown_in(book, block.table) if block.table else []
        for each in here:
            found.setdefault((each.metric.id, each.where), each)
    return list(found.values())


def aimed(book: Book) -> set[str]:
    """The metrics whose targets somebody sees: judged on a page, drawn with their target, or read by a formula."""
    found: set[str] = set()
    for block in blocks(book):
        card, chart, table = scorecard_of(block), block.chart, block.table
        found |= {metric.id for metric in metrics_of(book, block.headline)}
        found |= {metric.id for metric in metrics_of(book, card.rows)} if card else set()
        found |= {metric.id for metric in metrics_of(book, chart.metrics)} if chart and chart.target else set()
        if table is not None:
            axes = (axis if isinstance(axis, list) else [axis] for axis in (table.rows, table.columns))
            named = [name for axis in axes for name in axis if isinstance(name, str)]
            judging = any(name.rpartition(".")[2] in AIMED for name in named)
            found |= {tables.find(book.model, name)[0].id for name in table_items(table) if judging}
    names = (part for metric in book.model.metrics.values() if metric.formula for part in walk(metric.formula))
    return found | {part.id for part in names if isinstance(part, Name) and part.part == "target"}


def charted(book: Book) -> tuple[list[str], list[ChartBlock]]:
    """The metrics that are drawn by period, and the charts that need data of their own, each once."""
    by_period: dict[str, None] = {}
    own: list[ChartBlock] = []
    for block in blocks(book):
        card, chart = scorecard_of(block), block.chart
        listed = metrics_of(book, block.headline) + (metrics_of(book, card.rows) if card else [])
        by_period |= dict.fromkeys(metric.id for metric in listed if not metric.is_choice and metric.timed)
        if chart is not None and has_own_data(chart):
            own += [chart] if chart not in own else []
        elif chart is not None:
            ids = [metric.id for metric in metrics_of(book, chart.metrics)]
            by_period |= dict.fromkeys([*ids, *(line for id in ids for line in plan_lines(book, chart, id))])
    return list(by_period), own


def has_own_data(chart: ChartBlock) -> bool:
    """Does it draw anything else than metrics by period as they are?"""
    return bool(chart.over or chart.by) or chart.kind not in ("line", "column", "bar")


def ended(book: Book) -> list[str]:
    """The metrics whose lines say their value at the end: where at most two are in a chart, so that there is room."""
    found: dict[str, None] = {}
    for chart in (block.chart for block in blocks(book) if block.chart is not None):
        if chart.kind == "line" and not has_own_data(chart) and len(chart.metrics) <= MOST_ENDED:
            found |= dict.fromkeys(metric.id for metric in metrics_of(book, chart.metrics))
    return list(found)


def plan_lines(book: Book, chart: ChartBlock, id: str) -> list[str]:
    """The target's line that a chart draws beside a metric."""
    return [line for line in (f"{id}.target",) if chart.target and line in book.model.metrics]
