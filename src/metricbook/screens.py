"""What the commands show: a model and a trace as tables and text for people, and as plain data for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from metricbook.model.metric import Metric
from metricbook.model.model import Model
from metricbook.model.names import block_id, items
from metricbook.model.profile import options
from metricbook.problems import as_dict
from metricbook.screen_table import screen_table
from metricbook.structure import structure_data, structure_tables
from metricbook.trace import Spot, Trace

if TYPE_CHECKING:
    from metricbook.batches import Batch, Done

NEEDS = ("essential", "useful", "optional")
NARROWEST = 140
"""Columns of a screen that is no terminal, and so has no width of its own."""


def print_model(model: Model) -> None:
    """Print what a framework has: choices, inputs by need, calculated metrics and sheets."""
    console = _console()
    framework = model.framework
    console.print(f"{framework.title} {framework.version}\n{framework.summary}\n")
    found = (_choices(model), *_inputs(model), _calculated(model), *structure_tables(model), _sheets(model))
    for table in (*found, _blocks(model)):
        if table.row_count:
            console.print(table)
            console.print()


def model_data(model: Model) -> dict[str, Any]:
    """A framework as plain data."""
    framework = model.framework
    return {
        "framework": framework.framework,
        "title": framework.title,
        "version": framework.version,
        "summary": framework.summary,
        "fingerprint": model.fingerprint,
        "north_star": model.north_star,
        "profile": {
            key: {"label": framework.profile[key].label, "options": options(framework.profile[key]), "chosen": chosen}
            for key, chosen in model.profile.items()
        },
        "metrics": [_metric_data(metric) for metric in _shown(model)],
        **structure_data(model),
        "sheets": [
            {
                "sheet": page.sheet,
                "title": page.title,
                "question": page.question,
                "metrics": _named(page.blocks),
                "blocks": [block_id(block) for block in page.blocks if block_id(block)],
            }
            for page in model.pages
        ],
    }


def print_batch(batch: Batch) -> None:
    """Print what became of every client file, and how many there are."""
    heads = ["File", "Client", "Workbook", "Carried over", "Result"]
    if not any(each.filled_in for each in batch.results):
        heads.remove("Carried over")
    rows = ([row[head] for head in heads] for row in map(_result, batch.results))
    console = _console()
    console.print(screen_table(f"Clients: {len(batch.results)}", heads, rows))
    console.print(f"\n{len(batch.results) - len(batch.failed)} built, {len(batch.failed)} failed")


def _result(done: Done) -> dict[str, str]:
    through = f"through {done.data_through[:7]}, " if done.data_through else ""
    left = f", {done.left:,} not" if done.left else ""
    carried = (
        f"{Path(done.filled_in).name}: {through}{done.carried:,} cells{left}"
        if done.filled_in
        else "nothing came back"
    )
    return {
        "File": Path(done.file).name,
        "Client": done.client,
        "Workbook": done.workbook,
        "Carried over": carried if done.fine else "",
        "Result": "built" if done.fine else ", ".join(dict.fromkeys(each.code for each in done.problems)),
    }


def batch_data(batch: Batch) -> dict[str, Any]:
    """What became of every client file, as plain data."""
    results = [{**asdict(each), "problems": [*map(as_dict, each.problems)]} for each in batch.results]
    return {
        "clients": len(batch.results),
        "failed": len(batch.failed),
        "results": results,
        "notes": list(batch.notes),
        "problems": [*map(as_dict, batch.problems)],
    }


def trace_lines(trace: Trace) -> Iterator[str]:
    """A trace as lines of text, from the file to the value."""
    yield f"{trace.label} ({trace.id})"
    yield from _field("written in", f"{_near(trace.file)}:{trace.line}")
    yield from _field("means", trace.definition)
    yield from _field("formula", trace.formula or "typed in")
    for number, branch in enumerate(trace.tree):
        yield from _field("" if number else "tree", branch)
    yield from _field("unit", trace.unit + (f", so its clock is the {trace.clock}" if trace.clock else ""))
    yield from _field("by", ", ".join(trace.by) or "one value for the whole workbook")
    yield from _field("over periods", trace.over_periods)
    yield from _field("over members", trace.over_members)
    yield from _field("made of", ", ".join(trace.made_of))
    yield from _field("used in", ", ".join(trace.used_in))
    yield from _field("typed at", ", ".join(trace.typed))
    for line in trace.lines:
        yield f"\n  {line.id}, {line.cells}"
        for spot in line.spots:
            yield f"    {spot.name:<14}{spot.address} = {_value(spot)}"
            yield f"      {spot.content or '(empty)'}"


def _near(file: str) -> str:
    """A path as one would type it here."""
    path = Path(file)
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else file


def _field(name: str, words: str) -> Iterator[str]:
    if words:
        yield f"  {name:<14}{words}"


def _value(spot: Spot) -> str:
    if isinstance(spot.value, float):
        return f"{spot.value:.10g}"
    return spot.value or "blank"


def _console() -> Console:
    console = Console(markup=False, highlight=False, emoji=False)
    if not console.is_terminal:
        console = Console(markup=False, highlight=False, emoji=False, width=max(NARROWEST, console.width))
    return console


def _choices(model: Model) -> Table:
    known = model.framework.profile
    rows = (
        (f"{key}={id}", words, "chosen" if chosen == id else "", known[key].label)
        for key, chosen in model.profile.items()
        for id, words in options(known[key]).items()
    )
    return screen_table("Profile: what a client chooses", ("--profile", "Option", "", "Question"), rows)


def _inputs(model: Model) -> Iterator[Table]:
    for need in NEEDS:
        found = [metric for metric in _shown(model) if metric.input and metric.input.need == need]
        rows = ((each.id, each.label, each.unit, _by(each), each.owner) for each in found)
        yield screen_table(f"Inputs, {need}: {len(found)}", ("id", "Metric", "Unit", "By", "Owner"), rows)


def _calculated(model: Model) -> Table:
    found = [metric for metric in _shown(model) if not metric.is_input]
    rows = ((each.id, each.label, each.unit, each.formula_text, each.good or "", each.owner) for each in found)
    return screen_table(f"Calculated: {len(found)}", ("id", "Metric", "Unit", "Formula", "Good", "Owner"), rows)


def _sheets(model: Model) -> Table:
    rows = ((page.title or page.sheet or "", page.question, ", ".join(_named(page.blocks))) for page in model.pages)
    return screen_table("Sheets", ("Sheet", "Question", "Metrics"), rows)


def _blocks(model: Model) -> Table:
    found = [(page, block_id(block)) for page in model.pages for block in page.blocks]
    rows = ((f"{page.sheet}.{name}", page.title or page.sheet or "") for page, name in found if name)
    return screen_table("Tables, charts and scorecards, as hide and show name them", ("id", "Sheet"), rows)


def _shown(model: Model) -> list[Metric]:
    """The metrics that the framework's author wrote, without the lines of their targets."""
    written = {*model.framework.metrics, *model.framework.constants}
    return [each for each in model.metrics.values() if each.id in written or each.base]


def _by(metric: Metric) -> str:
    return ", ".join(["/".join(axis) for axis in metric.axes] + ["period"] * metric.timed)


def _named(blocks: Iterable[Any]) -> list[str]:
    return list(dict.fromkeys(name for block in blocks for name in items(block)))


def _metric_data(metric: Metric) -> dict[str, Any]:
    return {
        "id": metric.id,
        "label": metric.label,
        "unit": metric.unit,
        "by": [*("/".join(axis) for axis in metric.axes), *["period"] * metric.timed],
        "kind": "input" if metric.is_input else "formula",
        "need": metric.input.need if metric.input else None,
        "formula": metric.formula_text or None,
        "rollup": metric.over_periods if metric.timed else None,
        "good": metric.good,
        "owner": metric.owner or None,
        "definition": metric.definition or None,
        "source": metric.source or None,
    }
