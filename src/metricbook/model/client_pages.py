"""What a client file does to the framework's pages: what it hides, and which metrics it adds to which blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from metricbook.model.flat import Flat, Home, Sheet, Stated
from metricbook.model.house import misspelt
from metricbook.model.kept import hideable
from metricbook.model.names import block_id
from metricbook.problems import Location, Problem, did_you_mean
from metricbook.source.document import Steps
from metricbook.source.load import Source
from metricbook.source.schema import Block, Items, Page, Scorecard

KINDS = ("headline", "scorecard", "table", "chart", "explain")
"""The kinds of blocks that list metrics; a block without id and title is found by its kind."""


def together(used: Sequence[tuple[str, Sequence[Sheet]]]) -> list[Sheet]:
    """The pages of several frameworks: one that two of them have comes once, and no two have the same id."""
    found: list[Sheet] = []
    for name, sheets in used:
        for page, document, number in sheets:
            alike = [other for other, *_ in found if other.sheet == page.sheet]
            if any(other == page for other in alike):
                continue
            if alike:
                page = page.model_copy(update={"sheet": f"{name}_{page.sheet}"})
            found.append((page, document, number))
    return found


def renamed(stated: Stated, id: str) -> Stated:
    """A check under another id."""
    check, document, number = stated
    return check.model_copy(update={"id": id}), document, number


def without_unknown(flat: Flat, source: Source, notes: list[str]) -> Flat:
    """What an extended file hides, and the framework has not, is passed over."""
    if not source.extended:
        return flat
    known = hideable(flat.framework)
    unknown = {name: number for number, name in enumerate(source.framework.hide) if name not in known}
    faults = {name: misspelt(source.document, ("hide", number), name) for name, number in unknown.items()}
    notes += [
        f"{source.document.file}: {name} is passed over; there is nothing of this name to hide"
        for name, fault in faults.items()
        if fault is None
    ]
    hide = [name for name in flat.framework.hide if name not in unknown]
    problems = (*flat.problems, *(fault for fault in faults.values() if fault is not None))
    return replace(flat, framework=flat.framework.model_copy(update={"hide": hide}), problems=problems)


def with_shown(flat: Flat, source: Source, notes: list[str]) -> Flat:
    """The pages with the metrics that a client file adds to their blocks."""
    shown = source.client.show if source.client is not None else {}
    sheets, added, problems = list(flat.sheets), dict(flat.added), list(flat.problems)
    for id, places in shown.items():
        for number, place in enumerate([places] if isinstance(places, str) else places):
            path: Steps = ("show", id) if isinstance(places, str) else ("show", id, number)
            home = (source.document, path)
            problem = _unknown(flat, id, place, home) or _show(sheets, added, id, place, home)
            if problem is not None and source.extended:
                notes.append(f"{source.document.file}: {id} in {place} is passed over; {problem.sentence}")
            elif problem is not None:
                problems.append(problem)
    return replace(flat, sheets=tuple(sheets), added=added, problems=tuple(problems))


def without_lost_groups(flat: Flat) -> Flat:
    """Tables by a dimension in which a client has no groups have no headings for them."""
    plain = {id for id, each in flat.framework.dimensions.items() if not each.groups and not each.of}
    sheets = tuple((_without_groups(page, plain), document, number) for page, document, number in flat.sheets)
    return replace(flat, sheets=sheets)


def _without_groups(page: Page, plain: set[str]) -> Page:
    def each(block: Block) -> Block:
        if block.table is None or block.table.groups is None or block.table.rows not in plain:
            return block
        return block.model_copy(update={"table": block.table.model_copy(update={"groups": None})})

    return page.model_copy(update={"blocks": [each(block) for block in page.blocks]})


def _unknown(flat: Flat, id: str, place: str, home: Home) -> Problem | None:
    metrics = flat.framework.metrics
    document, path = home
    if id in metrics:
        return None
    hint = did_you_mean(id, metrics) or "Declare it under `metrics:`."
    return Problem("unknown-metric", f"{id} is no metric, so {place} cannot show it.", hint, document.key(path[:2]))


def _show(sheets: list[Sheet], added: dict[Steps, Home], id: str, place: str, home: Home) -> Problem | None:
    """Add a metric to the block of a place such as funnel.scorecard; a sheet alone means its first scorecard."""
    document, path = home
    name, _, wanted = place.partition(".")
    at = document.locate(path)
    number = sheet_at(sheets, name, at)
    if isinstance(number, Problem):
        return number
    page, home_document, place_there = sheets[number]
    found = block_at(page, wanted or "scorecard", at)
    if isinstance(found, Problem):
        return found
    block = _with(page.blocks[found], id)
    if block is None:
        sentence = f"{place} has no list of metrics, so {id} cannot be added to it."
        hint = "Show it in a scorecard, a headline, a chart, or a table that lists metrics."
        return Problem("no-list", sentence, hint, at)
    blocks = [*page.blocks[:found], block, *page.blocks[found + 1 :]]
    sheets[number] = (page.model_copy(update={"blocks": blocks}), home_document, place_there)
    added["sheets", number, "blocks", found] = home
    return None


def sheet_at(sheets: Sequence[Sheet], name: str, at: Location) -> int | Problem:
    """Which of the pages has this id."""
    known = {page.sheet: number for number, (page, _, _) in enumerate(sheets)}
    if name in known:
        return known[name]
    hint = did_you_mean(name, [each or "" for each in known]) or f"There is {', '.join(filter(None, known))}."
    return Problem("unknown-sheet", f"There is no sheet {name}.", hint, at)


def block_at(page: Page, wanted: str, at: Location) -> int | Problem:
    """Which block of a page is meant: that of an id, else the first of a kind."""
    found = _find(page, wanted)
    if found is not None:
        return found
    ids = list(dict.fromkeys(_ids(page)))
    hint = did_you_mean(wanted, ids) or f"It has {', '.join(ids) or 'none that lists metrics'}."
    return Problem("unknown-block", f"{page.sheet} has no block {wanted}.", hint, at)


def _find(page: Page, wanted: str) -> int | None:
    """The block of an id; else the first of a kind."""
    for number, block in enumerate(page.blocks):
        if block_id(block) == wanted:
            return number
    return next((n for n, block in enumerate(page.blocks) if wanted in KINDS and getattr(block, wanted)), None)


def _ids(page: Page) -> Iterator[str]:
    for block in page.blocks:
        kind = next((kind for kind in KINDS if getattr(block, kind)), "")
        if kind:
            yield block_id(block) or kind


def _with(block: Block, id: str) -> Block | None:
    """The block with one metric more, unless it is there; None where it lists no metrics."""
    card, table, chart = block.scorecard, block.table, block.chart
    if block.headline is not None:
        return block.model_copy(update={"headline": _more(block.headline, id)})
    if block.explain is not None:
        return block.model_copy(update={"explain": _more(block.explain, id)})
    if isinstance(card, Scorecard):
        return block.model_copy(update={"scorecard": card.model_copy(update={"rows": _more(card.rows or [], id)})})
    if card is not None:
        return block.model_copy(update={"scorecard": _more(card, id)})
    if table is not None:
        # metrics stand down beside views, and across beside members
        axis = "rows" if isinstance(table.rows, list) else "columns"
        listed = getattr(table, axis)
        if isinstance(listed, str):
            return None
        return block.model_copy(update={"table": table.model_copy(update={axis: _more(listed, id)})})
    if chart is not None:
        return block.model_copy(update={"chart": chart.model_copy(update={"metrics": _more(chart.metrics, id)})})
    return None


def _more(items: Items, id: str) -> Items:
    return items if id in items else [*items, id]
