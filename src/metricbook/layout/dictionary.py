"""Dictionary: what every metric means, how it is calculated, who owns it, and what it is now by each definition."""

from __future__ import annotations

from metricbook.formula.excel import template
from metricbook.formula.tree import Cell, Name, Tree
from metricbook.formula.words import words
from metricbook.layout.book import Book
from metricbook.layout.frame import CALCULATIONS, CURRENT, DICTIONARY, FIRST, FIXED, INPUTS
from metricbook.layout.plan import Print, Role
from metricbook.layout.shapes import text_or_empty
from metricbook.model.metric import Metric

HEADER, BODY = 5, 6
COLUMNS = (
    ("id", 20), ("Metric", 32), ("Current", 13), ("Unit", 9), ("Definition", 64), ("Formula in words", 46),
    ("Formula in Excel", 46), ("Good", 9), ("Total over members", 14), ("Over periods", 13), ("Owner", 20),
    ("Tier", 11), ("Cadence", 11), ("Source", 40), ("Where", 18),
)  # fmt: skip
ROLLED = {"sum": "sum", "last": "last value", "first": "first value", "average": "average", "none": "one period only",
          "recompute": "formula again", "weighted": "weighted average"}  # fmt: skip
ROLES: dict[int, Role] = {2: "wrap_label", 3: "wrap_value"}
GOOD = {"higher": "higher", "lower": "lower", "range": "in a range"}


def draw(book: Book) -> None:
    """Draw the sheet: each metric, rival definitions directly under the one in force."""
    canvas = book.canvas(DICTIONARY, "check")
    canvas.put(1, 2, "Dictionary", "title")
    canvas.put(
        2,
        2,
        "What every number means. Rival definitions stand under the one in force, with their values side by side.",
        "question",
    )
    canvas.put(3, 2, book.spots["master_words"], "quiet")
    for number, (name, width) in enumerate(COLUMNS, 1):
        canvas.put(HEADER, number, name, "header")
        canvas.widths[number] = width
    for number, metric in enumerate(_in_order(book)):
        _row(book, BODY + number, metric)
    canvas.freeze = Cell(BODY, 3, fixed=True)
    canvas.print = Print(pages_wide=0, title_rows=(1, HEADER), title_columns=(1, 2), break_before=(8,))


def _in_order(book: Book) -> list[Metric]:
    metrics = book.model.metrics
    found: list[Metric] = []
    for metric in metrics.values():
        if metric.base or metric.target_of or "." in metric.id:
            continue
        found += [metrics[id] for id in book.model.rivals.get(metric.id, (metric.id,))]
    return found


def _row(book: Book, row: int, metric: Metric) -> None:
    canvas, model = book.sheets[DICTIONARY], book.model
    rival = f"   or: {metric.variant_label}" if metric.base else metric.label
    in_force = (
        f"{metric.label} (in force: {metric.variant_label})" if metric.variant_label and not metric.base else rival
    )
    has_total = all(metric.totals)
    line = book.row(metric.id) if has_total else 0
    value: Tree | str = ""
    if has_total:
        cell = Cell(line, CURRENT if metric.timed else FIXED, fixed=True, sheet=CALCULATIONS)
        value = text_or_empty(cell) if metric.unit == "text" else cell
    sources = model.framework.sources
    tier = model.framework.tiers.get(metric.tier)
    said = (
        metric.id, in_force, value, book.formats.word(metric.unit), metric.definition, formula_in_words(book, metric),
        formula_in_excel(book, metric, line), GOOD.get(metric.good or "", ""),
        ROLLED[metric.over_members] if metric.axes else "",
        ROLLED[metric.over_periods] if metric.timed else "one value", metric.owner,
        tier.label if tier else metric.tier, metric.cadence or (tier.cadence if tier else ""),
        sources.get(metric.source, metric.source),
        INPUTS if metric.is_input else CALCULATIONS,
    )  # fmt: skip
    for column, content in enumerate(said, 1):
        role = ROLES.get(column, "wrap")
        canvas.put(row, column, content or None, role, book.formats.of(metric) if column == 3 else "General")
    lines = max(len(str(said[4])) / 60, len(str(said[5])) / 42, len(str(said[6])) / 42, len(in_force) / 30, 1)
    canvas.heights[row] = min(15.0 * int(lines + 0.99), 150.0)
    if has_total:
        canvas.link(row, len(COLUMNS), Cell(line, 2, fixed=True, sheet=CALCULATIONS), "Go to its calculation")


def formula_in_words(book: Book, metric: Metric) -> str:
    """A formula for a reader, with labels for names; of a formula per member, each."""

    def label(name: Name) -> str:
        return name_in_words(book, name)

    if metric.formula is not None:
        return words(metric.formula, label)
    if metric.by_member:
        return "; ".join(f"{member}: {words(tree, label)}" for member, tree in metric.by_member.items())
    return "typed on Inputs"


def name_in_words(book: Book, name: Name) -> str:
    """A name in a formula as its label, with the member in brackets."""
    if name.id == "period":
        return {
            "elapsed": "share of the year passed",
            "months": "months in the period",
            "start": "first day",
            "end": "last day",
        }[name.part]
    metric = book.model.metrics.get(name.id)
    text = metric.label if metric else name.id
    if name.part == "target":
        text += ", target"
    elif name.part:
        text += f" ({name.part})"
    return f"{text} [{', '.join(name.where)}]" if name.where else text


def formula_in_excel(book: Book, metric: Metric, row: int) -> str:
    """The text of the formula in the first period, as it stands on Calculations."""
    if metric.is_input or not row:
        return ""
    runs = [run for run in book.sheets[CALCULATIONS].runs if run.row == row and run.first in (FIRST, FIXED)]
    formulas = [run for run in runs if not isinstance(run.content, tuple | float | str | None)]
    if not formulas:
        return ""
    run = formulas[-1]
    return "=" + template(run.content, CALCULATIONS).at(run.first)  # type: ignore[arg-type]
