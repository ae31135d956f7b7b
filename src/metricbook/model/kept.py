"""The pages of one profile: what does not apply, is hidden or names what is not there falls away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from metricbook.model.conditions import holds
from metricbook.model.names import NORTH_STAR, block_id, split
from metricbook.source.schema import Block, ChartBlock, Choice, Framework, Items, Page, Scorecard, Table

ENDED = ("bullet", "waterfall")
"""The kinds of charts that make no sense without their first and their last metric."""
Places = tuple[tuple[int, tuple[int, ...]], ...]
"""For each page that is kept: its number in the framework, and the numbers of the blocks that are kept."""


def hideable(framework: Framework) -> set[str]:
    """Everything that `hide` may name."""
    blocks = {f"{page.sheet}.{block_id(block)}" for page in framework.sheets for block in page.blocks}
    sheets = {page.sheet for page in framework.sheets if page.sheet}
    checks = {check.id for check in framework.checks}
    return {*framework.metrics, *(id for id in framework.dimensions if id != "period"), *sheets, *blocks, *checks}


def hidden_dimensions(framework: Framework) -> set[str]:
    """The dimensions that are hidden, and the parts of those."""
    hidden = set(framework.hide)
    return {id for id, each in framework.dimensions.items() if id in hidden or each.of in hidden}


@dataclass(frozen=True)
class Kept:
    """Says what is kept of a framework's pages."""

    framework: Framework
    profile: Mapping[str, str]
    hidden: frozenset[str]
    absent: frozenset[str]
    north_star: str

    def pages(self) -> tuple[tuple[Page, ...], Places]:
        """The pages that are kept, and where they stand in the framework."""
        pages: list[Page] = []
        places: list[tuple[int, tuple[int, ...]]] = []
        for number, page in enumerate(self.framework.sheets):
            if page.sheet in self.hidden or not holds(page.when, self.profile):
                continue
            blocks = dict(self._blocks(page))
            at = {name: token for name, token in page.at.items() if name not in hidden_dimensions(self.framework)}
            pages.append(page.model_copy(update={"blocks": list(blocks.values()), "at": at}))
            places.append((number, tuple(blocks)))
        return tuple(pages), tuple(places)

    def _blocks(self, page: Page) -> Iterator[tuple[int, Block]]:
        for number, block in enumerate(page.blocks):
            if holds(block.when, self.profile) and f"{page.sheet}.{block_id(block)}" not in self.hidden:
                kept = self._block(block)
                if kept is not None:
                    yield number, kept

    def _block(self, block: Block) -> Block | None:
        """The block without the items that do not apply; None where nothing is left of it."""
        if block.headline is not None:
            return self._with(block, "headline", self._items(block.headline))
        if block.explain is not None:
            return self._with(block, "explain", self._items(block.explain))
        if isinstance(block.scorecard, list):
            return self._with(block, "scorecard", self._items(block.scorecard))
        if isinstance(block.scorecard, Scorecard):
            rows = self._items(block.scorecard.rows or [])
            card = block.scorecard.model_copy(
                update={"rows": rows, "headers": self._headers(block.scorecard.headers)}
            )
            return self._with(block, "scorecard", rows and card)
        if block.table is not None:
            return self._with(block, "table", self._table(block.table))
        if block.chart is not None:
            return self._with(block, "chart", self._chart(block.chart))
        return block

    def _with(self, block: Block, key: str, part: object) -> Block | None:
        return block.model_copy(update={key: part}) if part else None

    def _table(self, table: Table) -> Table | None:
        axes = {axis for axis in (table.rows, table.columns) if isinstance(axis, str)}
        if axes & hidden_dimensions(self.framework) or not all(self._is_there(name) for name in axes):
            return None
        if table.metric is not None and not self._is_there(table.metric):
            return None
        rows, columns = (axis if isinstance(axis, str) else self._items(axis) for axis in (table.rows, table.columns))
        at = {name: token for name, token in table.at.items() if name not in hidden_dimensions(self.framework)}
        update = {"rows": rows, "columns": columns, "at": at, "headers": self._headers(table.headers)}
        return table.model_copy(update=update) if rows and columns else None

    def _headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """The words over columns, without those of metrics that are not there."""
        return {name: words for name, words in headers.items() if self._is_there(name)}

    def _chart(self, chart: ChartBlock) -> ChartBlock | None:
        metrics = self._items(chart.metrics)
        if {chart.over, chart.by} & hidden_dimensions(self.framework) or not metrics:
            return None
        if chart.kind in ENDED and not all(self._applies(chart.metrics[end]) for end in (0, -1)):
            return None
        events = chart.events if chart.events is None or self._is_there(chart.events) else None
        minus = [name for name in chart.minus or () if self._is_there(name)] or None
        return chart.model_copy(update={"metrics": metrics, "events": events, "minus": minus})

    def _items(self, items: Items) -> Items:
        """The items that are kept; a heading goes with the last of its lines."""
        kept: Items = []
        lost = False
        for item in items:
            is_heading = isinstance(item, Choice) and item.metric is None
            if not self._applies(item):
                lost = True
                continue
            if is_heading and lost and kept and _is_heading(kept[-1]):
                kept.pop()
            lost = lost and not is_heading
            kept.append(item.metric if isinstance(item, Choice) and item.metric else item)
        while lost and kept and _is_heading(kept[-1]):
            kept.pop()
        return kept

    def _applies(self, item: str | Choice) -> bool:
        name = item if isinstance(item, str) else item.metric or ""
        return self._is_there(name) and (isinstance(item, str) or holds(item.when, self.profile))

    def _is_there(self, name: str) -> bool:
        id = split(name)[0]
        return id not in self.absent and (id != NORTH_STAR or bool(self.north_star) or not self.framework.north_star)


def _is_heading(item: str | Choice) -> bool:
    return isinstance(item, Choice) and item.metric is None
