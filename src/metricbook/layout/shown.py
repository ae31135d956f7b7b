"""Which metrics the pages show: judged on Results, drawn by charts and sparklines."""

from __future__ import annotations

from collections.abc import Iterator

from metricbook.layout import tables
from metricbook.layout.book import Book
from metricbook.layout.result_row import Shown
from metricbook.model.metric import Metric
from metricbook.source.schema import Block, ChartBlock, Items, Scorecard


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


def charted(book: Book) -> tuple[list[str], list[tuple[str, str]]]:
    """The metrics that are drawn by period, and those drawn over a dimension, each once."""
    by_period: dict[str, None] = {}
    over: dict[tuple[str, str], None] = {}
    for block in blocks(book):
        card = scorecard_of(block)
        listed = metrics_of(book, block.headline) + (metrics_of(book, card.rows) if card else [])
        by_period |= dict.fromkeys(metric.id for metric in listed if not metric.is_choice and metric.timed)
        if block.chart is None:
            continue
        ids = [metric.id for metric in metrics_of(book, block.chart.metrics)]
        if block.chart.over:
            over |= dict.fromkeys((id, block.chart.over) for id in ids)
        else:
            by_period |= dict.fromkeys([*ids, *(line for id in ids for line in plan_lines(book, block.chart, id))])
    return list(by_period), list(over)


def plan_lines(book: Book, chart: ChartBlock, id: str) -> list[str]:
    """The target's line that a chart draws beside a metric."""
    return [line for line in (f"{id}.target",) if chart.target and line in book.model.metrics]
