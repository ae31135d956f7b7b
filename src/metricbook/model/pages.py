"""Pages: what they name, and whether each block can be drawn from what it names."""

from __future__ import annotations

from collections.abc import Iterable

from metricbook.model.chart_rules import check_chart
from metricbook.model.faults import Faults
from metricbook.model.model import Model
from metricbook.model.names import NORTH_STAR, VARIANTS, VIEWS, items, listed, scorecard, split
from metricbook.model.picks import TIER
from metricbook.model.profile import Chosen
from metricbook.model.scope import Scope
from metricbook.model.shown_rules import check_totals
from metricbook.model.table_rules import check_table
from metricbook.model.tables import axis_member
from metricbook.problems import did_you_mean
from metricbook.source.document import Steps
from metricbook.source.schema import Block, Page, TextTable

__all__ = ["NORTH_STAR", "SCORECARD", "axis_member", "check_pages", "named"]

SCORECARD = ("actual", "target", "variance", "status", "change", "trend", "benchmark", "note")
MOST_CARDS, MOST_TEXT_COLUMNS = 7, 4


def named(chosen: Chosen, scope: Scope, pages: Iterable[Page]) -> list[str]:
    """The ids of every metric that pages show."""
    found: list[str] = []
    for name in (name for page in pages for block in page.blocks for name in items(block)):
        id, view = split(name)
        id = chosen.north_star if id == NORTH_STAR else id
        found += [id, *(scope.rivals.get(id, ()) if view == VARIANTS else ())]
    return [id for id in dict.fromkeys(found) if id in scope.drafts]


def check_pages(faults: Faults, model: Model, chosen: Chosen) -> None:
    """Add a fault for each page or block that cannot be drawn."""
    if not faults.flat.framework.sheets:
        faults.add("no-sheets", ("framework",), "The framework has no pages.", "Add `sheets:` with at least one.")
    elif not model.pages:
        faults.add("no-sheets", ("sheets",), "Every page is hidden or does not apply.", "Keep at least one.")
    ids: set[str] = set()
    for page, (number, blocks) in zip(model.pages, chosen.places, strict=True):
        if page.sheet in ids:
            faults.add("same-sheet", ("sheets", number), f"Two pages have the id {page.sheet}.", "Rename one.")
        ids.add(page.sheet or "")
        for each, block in zip(blocks, page.blocks, strict=True):
            _check_block(faults, model, block, ("sheets", number, "blocks", each))


def _check_block(faults: Faults, model: Model, block: Block, path: Steps) -> None:
    unknown = [name for name in dict.fromkeys(items(block)) if not _check_name(faults, model, name, path)]
    if unknown:
        return
    if block.headline is not None:
        check_totals(faults, model, listed(block.headline), (*path, "headline"))
        if len(block.headline) > MOST_CARDS:
            sentence = f"{len(block.headline)} cards do not fit side by side; {MOST_CARDS} do."
            faults.add("too-wide", (*path, "headline"), sentence, "Make two headlines of them.")
    if block.explain is not None:
        check_totals(faults, model, listed(block.explain), (*path, "explain"))
    card = scorecard(block)
    if card is not None:
        check_totals(faults, model, listed(card.rows), (*path, "scorecard"))
        known = [*VIEWS, TIER, *model.framework.tags]
        for view in (view for view in card.columns or () if view not in known):
            hint = did_you_mean(view, known) or f"Views are {', '.join(known)}."
            faults.add("unknown-view", (*path, "scorecard", "columns"), f"{view} is no view.", hint)
    if block.table is not None:
        check_table(faults, model, block.table, (*path, "table"))
    if block.chart is not None:
        check_chart(faults, model, block.chart, (*path, "chart"))
    if block.reference is not None:
        _check_text(faults, block.reference, (*path, "reference"))


def _check_name(faults: Faults, model: Model, name: str, path: Steps) -> bool:
    """Is the name a metric, and its second part a view, variant or target of it?"""
    id, view = split(name)
    if id == NORTH_STAR and model.north_star:
        id = model.north_star
    if id not in model.metrics:
        hint = did_you_mean(id, [*model.metrics, *model.framework.metrics]) or "Declare it under `metrics:`."
        faults.add("unknown-metric", path, f'"{id}" is not a metric here.', hint)
        return False
    if view == VARIANTS and id not in model.rivals:
        faults.add("unknown-part", path, f"{id} has no variants.", "Only a metric with rival definitions has.")
        return False
    variants = [model.metrics[each].variant for each in model.rivals.get(id, ())]
    if view and view not in (*VIEWS, VARIANTS, *variants):
        hint = did_you_mean(view, [*VIEWS, *variants]) or f"Views are {', '.join(VIEWS)}."
        faults.add("unknown-view", path, f"{view} is no view of {id}.", hint)
        return False
    return True


def _check_text(faults: Faults, table: TextTable, path: Steps) -> None:
    if len(table.columns) > MOST_TEXT_COLUMNS:
        sentence = f"{len(table.columns)} columns of words do not fit; {MOST_TEXT_COLUMNS} do."
        faults.add("too-wide", (*path, "columns"), sentence, "Make two tables of them.")
    for number, row in enumerate(table.rows):
        if len(row) != len(table.columns):
            sentence = f"This line has {len(row)} texts for {len(table.columns)} columns."
            faults.add("ragged-table", (*path, "rows", number), sentence, 'An empty cell is "".')
