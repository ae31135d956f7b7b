"""Pages: what they name, and whether each table, scorecard and chart can be drawn from what it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from metricbook.model.drafts import Scope
from metricbook.model.metric import Metric
from metricbook.model.model import Model
from metricbook.model.overlay import Flat
from metricbook.model.profile import Chosen
from metricbook.problems import Location, Problem, did_you_mean
from metricbook.source.schema import Block, Choice, Page, Scorecard, Table

VIEWS = (
    "value", "actual", "previous", "change", "target", "variance", "variance_percent", "status", "verdict",
    "benchmark", "against_benchmark", "share", "trend", "note", "owner", "cadence", "definition", "formula", "band",
    "label", "unit",
)  # fmt: skip
SCORECARD = ("actual", "target", "variance", "status", "change", "trend", "benchmark", "note")
NORTH_STAR = "north_star"


def items(block: Block) -> list[str]:
    """The metric names that a block lists, views and headings left aside."""
    names: list[str] = list(_plain(block.headline))
    if block.scorecard is not None:
        names += _plain(block.scorecard if isinstance(block.scorecard, list) else block.scorecard.rows)
    if block.table is not None:
        for axis in (block.table.rows, block.table.columns):
            names += [] if isinstance(axis, str) else [each for each in _plain(axis) if each not in VIEWS]
        names += [block.table.metric] if block.table.metric else []
    if block.chart is not None:
        names += [*_plain(block.chart.metrics), *([block.chart.events] if block.chart.events else [])]
    return names


def _plain(listed: Iterable[str | Choice] | None) -> Iterator[str]:
    return (each for each in listed or () if isinstance(each, str))


def split(name: str) -> tuple[str, str]:
    """A listed name as metric and view: "cost_variance.verdict" → ("cost_variance", "verdict")."""
    id, _, view = name.partition(".")
    return id, view


def named(chosen: Chosen, scope: Scope) -> list[str]:
    """The ids of every metric that the pages show."""
    found: list[str] = []
    for page in chosen.pages:
        for block in page.blocks:
            for name in items(block):
                id, view = split(name)
                id = chosen.north_star if id == NORTH_STAR else id
                found += scope.rivals.get(id, ()) if view == "variants" else [id]
            if isinstance(block.scorecard, Scorecard) and block.scorecard.where:
                found += [id for id, draft in scope.drafts.items() if draft.spec.good and draft.spec.tags]
    return [id for id in dict.fromkeys(found) if id in scope.drafts]


def check_pages(model: Model, flat: Flat, problems: list[Problem]) -> None:
    """Add a problem for each name or axis of a page that cannot be shown."""
    for page in model.pages:
        for block in page.blocks:
            at = _place(flat, page, block)
            for name in items(block):
                _check_name(model, name, at, problems)
            if block.table is not None:
                _check_table(model, block.table, at, problems)
            if block.chart is not None and block.chart.over is not None and block.chart.over not in model.dimensions:
                hint = did_you_mean(block.chart.over, model.dimensions)
                problems.append(Problem("unknown-dimension", f"{block.chart.over} is not a dimension.", hint, at))


def _place(flat: Flat, page: Page, block: Block) -> Location:
    for document in flat.documents:
        for number, sheet in enumerate(document.data.get("sheets") or []):
            if isinstance(sheet, dict) and sheet.get("sheet") == page.sheet and sheet.get("blocks"):
                for each, written in enumerate(sheet["blocks"]):
                    if _same(written, block):
                        return document.locate(("sheets", number, "blocks", each))  # type: ignore[no-any-return]
    return flat.at("sheets")


def _same(written: object, block: Block) -> bool:
    """Is this the block as written? Blocks of a page differ in kind or in title."""
    if not isinstance(written, dict):
        return False
    for kind in ("headline", "scorecard", "table", "chart", "reference", "heading"):
        part = getattr(block, kind)
        if part is not None:
            theirs = written.get(kind)
            title = getattr(part, "title", None)
            return theirs is not None and (title is None or (isinstance(theirs, dict) and theirs.get("title", "") == title))
    return False


def _check_name(model: Model, name: str, at: Location, problems: list[Problem]) -> None:
    id, view = split(name)
    if id == NORTH_STAR and model.north_star:
        id = model.north_star
    if id not in model.metrics:
        hint = did_you_mean(id, model.metrics) or "Declare it under `metrics:`."
        problems.append(Problem("unknown-metric", f'"{id}" is not a metric here.', hint, at))
    elif view == "variants" and id not in model.rivals:
        problems.append(Problem("unknown-part", f"{id} has no variants.", "", at))
    elif view and view not in (*VIEWS, "variants") and f"{id}.{view}" not in model.metrics and not _variant(model, id, view):
        hint = did_you_mean(view, VIEWS) or f"Views are {', '.join(VIEWS)}."
        problems.append(Problem("unknown-view", f"{view} is no view of {id}.", hint, at))


def _variant(model: Model, id: str, view: str) -> bool:
    return any(model.metrics[each].variant == view for each in model.rivals.get(id, ()))


def _check_table(model: Model, table: Table, at: Location, problems: list[Problem]) -> None:
    rows = table.rows if isinstance(table.rows, str) else None
    columns = table.columns if isinstance(table.columns, str) and table.columns not in VIEWS else None
    dimensions = [axis for axis in (rows, columns) if axis not in (None, "period")]
    for axis in dimensions:
        if axis not in model.dimensions and not (axis or "").endswith(".variants"):
            hint = did_you_mean(axis or "", [*model.dimensions, "period", *VIEWS])
            problems.append(Problem("unknown-dimension", f"{axis} is neither a dimension nor a view.", hint, at))
            return
    shown = [axis for axis in dimensions if axis in model.dimensions]
    names = [split(name)[0] for name in items(Block(table=table))]
    for id in dict.fromkeys(names):
        metric = model.metrics.get(model.north_star if id == NORTH_STAR else id)
        if metric is not None:
            _check_shown(model, metric, shown, table, at, problems)


def _check_shown(
    model: Model, metric: Metric, shown: list[str | None], table: Table, at: Location, problems: list[Problem]
) -> None:
    left = list(range(len(metric.axes)))
    for name in shown:
        fitting = [axis for axis in left if axis_member(model, metric, axis, name or "")]
        if not fitting:
            sentence = f"{metric.id} is in a table by {name}, but has no values by {name}."
            problems.append(Problem("table-axis", sentence, "Leave it out of the table, or give it the dimension.", at))
            return
        left.remove(fitting[0])
    pinned = [axis for axis in left if any(name in table.at for name in metric.axes[axis])]
    for axis in left:
        if not metric.totals[axis] and axis not in pinned:
            names = "/".join(metric.axes[axis])
            sentence = f"{metric.id} has no total over {names}, so it needs {names} on an axis of the table."
            problems.append(Problem("no-total", sentence, f"Show it by {metric.axes[axis][0]}.", at))


def axis_member(model: Model, metric: Metric, axis: int, dimension: str) -> str:
    """The dimension of a metric's axis that shows the members of another (itself, or the whole of a part), or ""."""
    wanted = model.dimensions[dimension]
    for name in metric.axes[axis]:
        own = model.dimensions[name]
        if name == dimension or own.id == wanted.root or own.root == wanted.id:
            return name
    return ""
