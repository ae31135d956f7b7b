"""One metric all the way: where it is written, what it means, which cells it has, and what comes out of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from metricbook.build import values_of
from metricbook.formula.evaluate import Grid
from metricbook.formula.excel import letters, number, template, text
from metricbook.formula.tree import Area, Binary, Call, Cell, Name, Number, Text, Tree, Unary, names
from metricbook.layout.book import Book, Line, formulas, operand_ids
from metricbook.layout.frame import CALCULATIONS, CURRENT, FIRST, FIXED
from metricbook.layout.lay_out import drawn, plan_of
from metricbook.layout.plan import Constant, Plan
from metricbook.layout.settings import Settings
from metricbook.model.metric import Metric
from metricbook.model.model import Model
from metricbook.model.units import clock
from metricbook.problems import Problem, Refused, did_you_mean

OVER_PERIODS = {
    "sum": "added up",
    "last": "the last period's value",
    "first": "the first period's value",
    "average": "the average of the periods",
    "none": "none; only a single period has a value",
    "recompute": "the formula again, on operands rolled up",
}
OVER_MEMBERS = {
    "sum": "added up",
    "weighted": "the average, weighted",
    "none": "none; members have no total",
    "recompute": "the formula again, on operands rolled up",
}


@dataclass(frozen=True)
class Spot:
    """One cell: what it is for, its address, what stands in it (an Excel formula or a constant), and its value."""

    name: str
    address: str
    content: str
    value: float | str | None


@dataclass(frozen=True)
class TracedLine:
    """A line of Calculations: the metric at one coordinate, all its cells, and the two that say the most."""

    id: str
    cells: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class Trace:
    """Everything about one metric, stage by stage. `typed` is where its numbers are typed on Inputs."""

    id: str
    label: str
    file: str
    line: int
    definition: str
    unit: str
    clock: str
    formula: str
    tree: tuple[str, ...]
    by: tuple[str, ...]
    over_periods: str
    over_members: str
    made_of: tuple[str, ...]
    used_in: tuple[str, ...]
    typed: tuple[str, ...]
    lines: tuple[TracedLine, ...]


def trace_of(model: Model, id: str, settings: Settings | None = None) -> Trace:
    """Follow a metric through every stage. The values are those of the numbers in `settings`."""
    metric = model.metrics.get(id)
    if metric is None:
        hint = did_you_mean(id, model.metrics) or "`metricbook show` lists the metrics."
        raise Refused([Problem("unknown-metric", f'"{id}" is not a metric of {model.framework.framework}.', hint)])
    book = drawn(model, settings)
    plan = plan_of(book)
    by = ["/".join(axis) for axis in metric.axes] + ["period"] * metric.timed
    return Trace(
        id=id,
        label=metric.label,
        file=metric.at.file,
        line=metric.at.line,
        definition=metric.definition,
        unit=metric.unit,
        clock=clock(metric.unit),
        formula=metric.formula_text,
        tree=tuple(_branches(metric)),
        by=tuple(by),
        over_periods=OVER_PERIODS[metric.over_periods] + _weighted(metric) if metric.timed else "",
        over_members=OVER_MEMBERS[metric.over_members] if metric.axes else "",
        made_of=tuple(_operands(model, metric)),
        used_in=tuple(each.id for each in model.metrics.values() if id in _operands(model, each)),
        typed=_typed(plan, metric),
        lines=tuple(_lines(book, plan, metric)),
    )


def _weighted(metric: Metric) -> str:
    return f", weighted by {metric.weight}" if metric.weight and metric.over_periods == "average" else ""


def _operands(model: Model, metric: Metric) -> list[str]:
    found = [id for tree in formulas(metric) for name in names(tree) for id in operand_ids(model, name)]
    return list(dict.fromkeys(found))


def _branches(metric: Metric) -> Iterator[str]:
    """The formula as an indented tree; one per member where each has its own."""
    if metric.formula is not None:
        yield from _indented(metric.formula, 0)
    for member, tree in metric.by_member.items():
        yield f"{member}:"
        yield from _indented(tree, 1)
    if metric.undefined is not None:
        yield "n/a where:"
        yield from _indented(metric.undefined, 1)


def _indented(tree: Tree, depth: int) -> Iterator[str]:
    head, parts = _node(tree)
    yield "  " * depth + head
    for part in parts:
        yield from _indented(part, depth + 1)


def _node(tree: Tree) -> tuple[str, tuple[Tree, ...]]:
    match tree:
        case Number() | Text() | Name() | Cell() | Area():
            return text(tree), ()
        case Binary(op, left, right):
            return op, (left, right)
        case Unary(operand):
            return "minus", (operand,)
        case Call(function, args):
            return function, args


def _typed(plan: Plan, metric: Metric) -> tuple[str, ...]:
    """Where the numbers of an input are typed: a name of its own, or one per member."""
    own, anchors = f"in_{metric.id}", {anchor.name: anchor.area for anchor in plan.anchors}
    if not metric.is_input:
        return ()
    if own in anchors:
        return (_area(anchors[own]),)
    return tuple(_area(area) for name, area in anchors.items() if name.startswith(f"{own}."))


def _area(area: Area) -> str:
    first, last = area.first, area.last
    ends = [f"{letters(cell.column)}{cell.row}" for cell in (first, last)]
    return f"{first.sheet}!{ends[0]}" + (f":{ends[1]}" if ends[0] != ends[1] else "")


def _lines(book: Book, plan: Plan, metric: Metric) -> Iterator[TracedLine]:
    """Total first, then members: most readers want the total."""
    grid = values_of(plan)
    wheres = sorted(book.model.wheres(metric), key=lambda where: [point is not None for point in where])
    for where in wheres:
        row = book.row(metric.id, where)
        columns = {"first period": FIRST, "Current": CURRENT} if metric.timed else {"value": FIXED}
        first, last = (FIRST, book.frame.last) if metric.timed else (FIXED, FIXED)
        cells = _area(Area(Cell(row, first, fixed=True, sheet=CALCULATIONS), Cell(row, last, fixed=True)))
        spots = tuple(_spot(plan, grid, name, row, column) for name, column in columns.items())
        yield TracedLine(book.line_id(Line(metric, where)), cells, spots)


def _spot(plan: Plan, grid: Grid, name: str, row: int, column: int) -> Spot:
    value = grid.value(CALCULATIONS, row, column)
    plain = value if isinstance(value, float | str) else None
    return Spot(name, f"{CALCULATIONS}!{letters(column)}{row}", _content(plan, row, column), plain)


def _content(plan: Plan, row: int, column: int) -> str:
    """What is written into a cell of Calculations: "=…", or a constant."""
    sheet = next(sheet for sheet in plan.sheets if sheet.name == CALCULATIONS)
    for run in sheet.runs:
        if run.row == row and run.first <= column <= run.last:
            content = run.content[column - run.first] if isinstance(run.content, tuple) else run.content
            if _is_constant(content):
                return _constant(content)  # type: ignore[arg-type]
            return "=" + template(content, down=plan.down).at(column, row)  # type: ignore[arg-type]
    return ""


def _is_constant(content: object) -> bool:
    return content is None or isinstance(content, float | int | str)


def _constant(content: Constant) -> str:
    return number(float(content)) if isinstance(content, float | int) else content or ""
