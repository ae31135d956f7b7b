"""What pages name: the metrics that a block lists, and the names of its views and of the block itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from metricbook.source.ids import slug
from metricbook.source.schema import Axis, Block, Choice, Items, Scorecard, Table

VIEWS = (
    "value", "actual", "previous", "change", "target", "variance", "variance_percent", "status", "verdict",
    "benchmark", "history", "model", "against_benchmark", "share", "trend", "note", "owner", "cadence", "definition",
    "formula", "band", "label", "unit",
)  # fmt: skip
NORTH_STAR = "north_star"
VARIANTS = "variants"


def split(name: str) -> tuple[str, str]:
    """A listed name as metric and view.

    >>> split("cost_variance.verdict")
    ('cost_variance', 'verdict')
    """
    id, _, view = name.partition(".")
    return id, view


def block_id(block: Block) -> str:
    """A block's own id, or its title as an id: "ARR bridge" is arr_bridge."""
    return block.id or slug(block_title(block))


def block_title(block: Block) -> str:
    """The heading of a table, a chart or a scorecard; "" of what has none."""
    if isinstance(block.scorecard, Scorecard):
        return block.scorecard.title
    return next((part.title for part in (block.table, block.chart, block.reference) if part is not None), "")


def scorecard(block: Block) -> Scorecard | None:
    """A scorecard's long form, whichever way it was written."""
    return Scorecard(rows=block.scorecard) if isinstance(block.scorecard, list) else block.scorecard  # type: ignore[call-arg]


def listed(items: Items | None) -> Iterator[str]:
    """The names in a list, headings left aside."""
    for item in items or ():
        name = item.metric if isinstance(item, Choice) else item
        if name:
            yield name


def items(block: Block) -> list[str]:
    """The metric names that a block lists, views and headings left aside."""
    names = [*listed(block.headline), *listed(block.explain)]
    card = scorecard(block)
    if card is not None:
        names += listed(card.rows)
    if block.table is not None:
        names += table_items(block.table)
    if block.chart is not None:
        names += [*listed(block.chart.metrics), *([block.chart.events] if block.chart.events else [])]
    return names


def table_items(table: Table) -> list[str]:
    """The metric names on the axes of a table, and the one in its cells."""
    names: list[str] = []
    for axis in (table.rows, table.columns):
        if isinstance(axis, str):
            names += [axis] if axis.endswith(f".{VARIANTS}") else []
        else:
            names += [name for name in listed(axis) if name not in VIEWS]
    return [*names, *([table.metric] if table.metric else [])]


def renamed(block: Block, rename: Callable[[str], str]) -> Block:
    """The block with other metrics in place of those it lists."""

    def each(items: Items | None) -> Items | None:
        return None if items is None else [_renamed(item, rename) for item in items]

    def axis(names: Axis) -> Axis:
        return names if isinstance(names, str) else each(names) or []

    card, table, chart = scorecard(block), block.table, block.chart
    if card is not None:
        card = card.model_copy(update={"rows": each(card.rows)})
    if table is not None:
        metric = rename(table.metric) if table.metric else None
        parts = {"rows": axis(table.rows), "columns": axis(table.columns), "metric": metric}
        table = table.model_copy(update=parts)
    if chart is not None:
        minus = None if chart.minus is None else [rename(name) for name in chart.minus]
        chart = chart.model_copy(update={"metrics": each(chart.metrics), "minus": minus})
    kinds = {
        "headline": each(block.headline),
        "explain": each(block.explain),
        "scorecard": card,
        "table": table,
        "chart": chart,
    }
    return block.model_copy(update=kinds)


def _renamed(item: str | Choice, rename: Callable[[str], str]) -> str | Choice:
    return rename(item) if isinstance(item, str) and item not in VIEWS else item
