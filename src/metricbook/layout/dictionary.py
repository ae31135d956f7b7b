"""Dictionary: what every metric means, how it is calculated, who owns it, and what it is now by each definition."""

from __future__ import annotations

from metricbook.formula.excel import template
from metricbook.formula.tree import Cell, Name, Tree
from metricbook.formula.words import filled, words
from metricbook.layout.book import Book
from metricbook.layout.canvas import Canvas
from metricbook.layout.frame import CALCULATIONS, CURRENT, DICTIONARY, FIRST, FIXED, INPUTS, OWN, ROWS
from metricbook.layout.plan import Print, Role
from metricbook.layout.shapes import fixed, guarded, minus, text_or_empty
from metricbook.model.metric import Metric

HEADER, BODY = 5, 6
ONE_LINE = 15.0  # points; a row is as high as its longest text when it is written
COLUMNS = (
    ("id", 20), ("Metric", 32), ("Current", 13), ("Gap", 11), ("Unit", 9), ("Definition", 64),
    ("Formula in words", 46), ("Formula in Excel", 46), ("Good", 9), ("Total over members", 14), ("Over periods", 13),
    ("Owner", 20), ("Tier", 11), ("Cadence", 11), ("Source", 40), ("Where", 18),
)  # fmt: skip
ROLLED = {"sum": "sum", "last": "last value", "first": "first value", "average": "average", "none": "one period only",
          "recompute": "formula again", "weighted": "weighted average"}  # fmt: skip
VALUE, GAP = 3, 4
ROLES: dict[int, Role] = {2: "wrap_label", VALUE: "wrap_value", GAP: "wrap_value"}
FACTS = {"elapsed": "share of the year passed", "months": "months in the period", "start": "first day",
         "end": "last day"}  # fmt: skip
GOOD = {"higher": "higher", "lower": "lower", "range": "in a range"}


def place(book: Book) -> None:
    """Say where each metric is defined."""
    for row, metric in enumerate(_in_order(book), BODY):
        book.spots[f"dictionary.{metric.id}"] = Cell(row, 2, fixed=True, sheet=DICTIONARY, lock_row=True)


def draw(book: Book) -> None:
    """Draw the sheet: each metric, rival definitions directly under the one in force."""
    canvas = book.canvas(DICTIONARY, "check")
    canvas.put(1, 2, "Dictionary", "title")
    canvas.put(
        2,
        2,
        "What every number means. Rival definitions stand under the one in force, with their values and the gap.",
        "question",
    )
    canvas.put(3, 2, book.spots["master_words"], "quiet")
    canvas.link_to_start(1, 3)
    canvas.heights[HEADER] = ONE_LINE
    for number, (name, width) in enumerate(COLUMNS, 1):
        canvas.put(HEADER, number, name, "header_right" if number in (VALUE, GAP) else "header")
        canvas.widths[number] = width
    in_force = BODY
    metrics = _in_order(book)
    for row, metric in enumerate(metrics, BODY):
        in_force = in_force if metric.base else row
        _row(book, row, metric, in_force)
    for row, column in enumerate(_columns(book), BODY + len(metrics)):
        _column_row(book, row, column)
    _own_numbers(canvas, BODY + len(metrics) + len(_columns(book)))
    canvas.freeze = Cell(BODY, 3, fixed=True)
    canvas.print = Print(pages_wide=0, title_rows=(1, HEADER), title_columns=(1, 2), break_before=(9,))


OWN_SAYS = (
    "KPIs that somebody types on Inputs: each has a name, a unit, how its periods make a longer view (sum, last "
    "value, average), which direction is better, and a target; of a sum the target is that of one period. What each "
    "one means is beside its numbers, under “Where from”."
)


def _own_numbers(canvas: Canvas, row: int) -> None:
    """What the free lines are; nobody defined them beforehand."""
    said = {1: "own_1 … own_8", 2: OWN, 6: OWN_SAYS, 7: "typed on Inputs", len(COLUMNS): INPUTS}
    for column in range(1, len(COLUMNS) + 1):
        canvas.put(row, column, said.get(column), ROLES.get(column, "wrap"))
    canvas.heights[row] = 75.0


def _in_order(book: Book) -> list[Metric]:
    metrics = book.model.metrics
    found: list[Metric] = []
    for metric in metrics.values():
        if metric.base or metric.target_of or "." in metric.id:
            continue
        found += [metrics[id] for id in book.model.rivals.get(metric.id, (metric.id,))]
    return found


def _columns(book: Book) -> list[Metric]:
    """The columns that record tables work out."""
    every = (column for table in book.model.tables.values() for column in table.columns.values())
    return [column for column in every if not column.is_input]


def _column_row(book: Book, row: int, column: Metric) -> None:
    """What a column of a record table means; it has a value in each row of Row calculations."""
    canvas, table = book.sheets[DICTIONARY], book.model.tables[column.table]
    at = next(line for (id, _, kind), line in book.rows.items() if (id, kind) == (column.id, "value"))
    line = next(run for run in book.sheets[ROWS].runs if run.row == at and run.last - run.first > 0)
    excel = template(line.content, ROWS, book.down).at(line.first, line.row)  # type: ignore[arg-type]
    unit, name = book.formats.word(column.unit), f"{table.label}: {column.label}"
    said = (column.id, name, None, None, unit, column.definition, formula_in_words(book, column), f"={excel}")
    for number in range(1, len(COLUMNS) + 1):
        content = said[number - 1] if number <= len(said) else ROWS if number == len(COLUMNS) else None
        canvas.put(row, number, content or None, ROLES.get(number, "wrap"))
    canvas.heights[row] = ONE_LINE


def _row(book: Book, row: int, metric: Metric, in_force_row: int) -> None:
    canvas, model = book.sheets[DICTIONARY], book.model
    label, definition = metric.label, metric.definition
    if metric.base:
        label = f"   or: {metric.variant_label}"
    elif metric.variant_label:  # beside the name, which leads elsewhere: LibreOffice cuts a link that is too long
        definition = f"In force: {metric.variant_label}. {definition}"
    has_total = all(metric.totals)
    line = book.row(metric.id) if has_total else 0
    value: Tree | str = ""
    if has_total:
        cell = Cell(line, CURRENT if metric.timed else FIXED, fixed=True, sheet=CALCULATIONS)
        value = text_or_empty(cell) if metric.unit == "text" else cell
    own, chosen = fixed(row, VALUE), fixed(in_force_row, VALUE)
    gap = guarded(minus(own, chosen), [own, chosen]) if metric.base and has_total else ""
    sources = model.framework.sources
    tier = model.framework.tiers.get(metric.tier)
    said = (
        metric.id, label, value, gap, book.formats.word(metric.unit), definition,
        formula_in_words(book, metric), formula_in_excel(book, metric, line), GOOD.get(metric.good or "", ""),
        ROLLED[metric.over_members] if metric.axes else "",
        ROLLED[metric.over_periods] if metric.timed else "one value", metric.owner,
        tier.label if tier else metric.tier, metric.cadence or (tier.cadence if tier else ""),
        sources.get(metric.source, metric.source),
        INPUTS if metric.is_input else CALCULATIONS,
    )  # fmt: skip
    for column, content in enumerate(said, 1):
        role = ROLES.get(column, "wrap")
        canvas.put(
            row, column, content or None, role, book.formats.of(metric) if column in (VALUE, GAP) else "General"
        )
    canvas.heights[row] = ONE_LINE
    if has_total:
        canvas.link(row, VALUE, book.value(metric.id, CURRENT), "Go to its calculation")
    shown = book.spots.get(f"shown.{metric.id}")
    if shown is not None:
        canvas.link(row, 1, shown, "Go to the page that shows it")


def formula_in_words(book: Book, metric: Metric) -> str:
    """A formula for a reader, with labels for names; of a formula per member, each."""
    if metric.formula is not None:
        return in_words(book, metric.formula)
    if metric.by_member:
        each = [(_token_in_words(book, metric, member), tree) for member, tree in metric.by_member.items()]
        return "; ".join(f"{member}: {in_words(book, tree)}" for member, tree in each)
    return "typed on Inputs"


def in_words(book: Book, tree: Tree) -> str:
    """An author's formula for a reader."""
    return words(tree, lambda name: name_in_words(book, name), book.phrase)


def name_in_words(book: Book, name: Name) -> str:
    """A name in a formula as its label, with the member in brackets."""
    if name.id == "period":
        return book.phrase(FACTS[name.part])
    if name.id in book.model.tables:
        return _column_in_words(book, name)
    metric, dimension = book.model.metrics.get(name.id), book.model.dimensions.get(name.id)
    text = metric.label if metric else dimension.label if dimension else name.id
    if name.part == "target":
        text = filled(book.phrase("{}, target"), text)
    elif name.part:
        rival = book.model.metrics.get(f"{name.id}.{name.part}", metric)
        text += f" ({rival.variant_label if rival and rival.variant_label else name.part})"
    return f"{text} [{', '.join(_token_in_words(book, metric, each) for each in name.where)}]" if name.where else text


def _token_in_words(book: Book, metric: Metric | None, token: str) -> str:
    """What stands in brackets: the label of a member, a group or the selector that chooses one; total."""
    if token == "total":
        return book.phrase("total")
    if token in book.model.metrics:
        return book.model.metrics[token].label
    dimension, _, member = token.rpartition(".")
    axes = [dimension] if dimension else [each for axis in metric.axes for each in axis] if metric else []
    for each in (book.model.dimensions[id] for id in axes or book.model.dimensions):
        labels = {point.id: point.label for point in each.members} | dict(each.groups)
        if labels.get(member):
            return labels[member]
    return token


def _column_in_words(book: Book, name: Name) -> str:
    """A column of a record table: “Deals: Amount”."""
    table = book.model.tables[name.id]
    column = table.columns.get(f"{name.id}.{name.part}")
    text = f"{table.label}: {column.label if column else name.part}"
    return f"{text} [{', '.join(_token_in_words(book, column, each) for each in name.where)}]" if name.where else text


def formula_in_excel(book: Book, metric: Metric, row: int) -> str:
    """The text of the formula in the first period, as it stands on Calculations."""
    if metric.is_input or not row:
        return ""
    runs = [run for run in book.sheets[CALCULATIONS].runs if run.row == row and run.first in (FIRST, FIXED)]
    formulas = [run for run in runs if not isinstance(run.content, tuple | float | str | None)]
    if not formulas:
        return ""
    run = formulas[-1]
    return "=" + template(run.content, CALCULATIONS, book.down).at(run.first, run.row)  # type: ignore[arg-type]
