"""Targets: for each metric its own target, history, industry and model requirement, and which of them is in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from metricbook.formula.tree import Area, Cell, Tree
from metricbook.layout.book import Book, contiguous
from metricbook.layout.canvas import Canvas
from metricbook.layout.dictionary import formula_in_words
from metricbook.layout.fields import WHERE_FROM, Asked, ask, key_row
from metricbook.layout.frame import CALCULATIONS, CURRENT, LAST_YEAR, TARGETS
from metricbook.layout.plan import Rule, Validation
from metricbook.layout.shapes import (
    EMPTY,
    ONE,
    ZERO,
    beside,
    binary,
    blank,
    call,
    equals,
    fixed,
    index,
    minus,
    number_or_empty,
    plus,
    span,
    text_or_empty,
    when,
)
from metricbook.model.metric import Metric
from metricbook.source.schema import Benchmark

ID, LABEL, UNIT, PER, BEFORE, OWN, HISTORY, INDUSTRY, MODEL, USE, BASIS, IN_FORCE, FROM, MADE_OF = range(1, 15)
BODY = 7
YEAR_BEFORE = 4  # the row that says in which period the fiscal year before begins
KEYS = {OWN: "own", HISTORY: "history", MODEL: "model", USE: "use", FROM: WHERE_FROM}
USES = ("value", "history", "benchmark", "model")  # the words of "In force", in their order
BENCH_FROM, BENCH_TO, STRICT, SOURCE = 5, 6, 7, 8
RIGHT = (BENCH_FROM, BENCH_TO)


@dataclass(frozen=True)
class Rows:
    """Where the two tables of the sheet stand."""

    targets: dict[str, int]
    benchmarks: dict[str, int]  # the first row of a metric's ranges; the others follow
    bench_top: int
    rest: int  # the heading above the targets by which no page judges; 0 where there is none


def place(book: Book, seen: set[str]) -> Rows:
    """Give each target and each industry range its row; targets of metrics that nobody has `seen` come last."""
    canvas = Canvas(TARGETS, "fill")
    metrics = book.model.metrics.values()
    lines = [metric for metric in metrics if metric.target_of]
    first = [metric.id for metric in lines if {metric.id, metric.target_of} & seen]
    others = [metric.id for metric in lines if metric.id not in first]
    rest = BODY + len(first) + (2 if first else 0)  # a free row and a heading above what no page judges
    targets = {id: BODY + number for number, id in enumerate(first)}
    targets |= {id: rest + number for number, id in enumerate(others)}
    for id, row in targets.items():
        book.spots[f"basis.{id}"] = canvas.at(row, BASIS)
        book.spots[f"in_force.{id}"] = canvas.at(row, IN_FORCE)
        book.spots[f"history.{id}"] = canvas.at(row, HISTORY)
        book.spots[f"model.{id}"] = canvas.at(row, MODEL)
    row = top = max(targets.values(), default=BODY - 1) + 4
    benchmarks = {}
    for metric in metrics:
        if metric.benchmarks and "." not in metric.id:
            benchmarks[metric.id] = row
            book.spots[f"bench_from.{metric.id}"] = canvas.at(row, BENCH_FROM)
            book.spots[f"bench_to.{metric.id}"] = canvas.at(row, BENCH_TO)
            row += len(metric.benchmarks)
    return Rows(targets, benchmarks, top, rest - 1 if first and others else 0)


def draw(book: Book, rows: Rows) -> None:
    """Draw the sheet."""
    canvas = book.canvas(TARGETS, "fill")
    canvas.put(1, LABEL, "Targets", "title")
    canvas.put(2, LABEL, "Four reference points; choose the one in force. Without a target a metric is judged "
               "by its bands, else against last year, else against the industry.", "question")  # fmt: skip
    canvas.put(3, LABEL, book.spots["master_words"], "quiet")
    canvas.link_to_start(1, UNIT)
    if "into_year" in book.marks:
        _year_before(book, canvas)
    key_row(canvas, BODY - 2, KEYS)
    heads = ("", "Metric", "Unit", "Per", "Last year", "Own target", "History", "Industry", "The plan needs",
             "In force", "No.", "Value in force", "Where from, agreed with", "What the plan needs is")  # fmt: skip
    plans = any(_made_of(book, metric) for metric in book.model.metrics.values())
    for column, words in enumerate(heads if plans else heads[:-1], 1):
        canvas.put(
            BODY - 1, column, words, "header_right" if BEFORE <= column <= MODEL or column == IN_FORCE else "header"
        )
    for id, row in rows.targets.items():
        _target(book, canvas, book.model.metrics[id], row)
    if rows.rest:
        canvas.put(rows.rest, LABEL, "Not judged on a page of this workbook", "subheading")
    _benchmarks(book, canvas, rows)
    if rows.targets:
        first, last = min(rows.targets.values()), max(rows.targets.values())
        canvas.anchor("blk_targets", canvas.area(BODY - 2, ID, last, FROM))
        canvas.rules += _wrong(canvas, first, last)
    canvas.widths |= {ID: 20, LABEL: 34, UNIT: 9, PER: 15, BEFORE: 12, OWN: 13, HISTORY: 13, INDUSTRY: 13, MODEL: 14,
                      USE: 14, BASIS: 5, IN_FORCE: 14, FROM: 26} | ({MADE_OF: 40} if plans else {})  # fmt: skip
    canvas.freeze = Cell(BODY, 3, fixed=True)


def _local(top: int, first: int, bottom: int, last: int) -> Area:
    return Area(Cell(top, first, fixed=True), Cell(bottom, last, fixed=True))


def _wrong(canvas: Canvas, first: int, last: int) -> Iterator[Rule]:
    """Text in a cell that is typed into turns red; what a formula says there is its own affair."""
    for column in (OWN, HISTORY):
        typed = [run.row for run in canvas.runs if run.first == column and run.style.role == "input"]
        for top, bottom in contiguous([row for row in typed if first <= row <= last]):
            yield Rule(_local(top, column, bottom, column), call("ISTEXT", Cell(top, 0)), "wrong")


def _target(book: Book, canvas: Canvas, line: Metric, row: int) -> None:
    parent = book.model.metrics[line.target_of]
    target, format = parent.target, book.formats.of(parent)
    assert target is not None
    canvas.put(row, ID, line.id, "id")
    canvas.put(row, LABEL, line.label, "label")
    canvas.put(row, UNIT, book.formats.word(parent.unit), "unit")
    per = target.per if line.over_periods == "sum" else "by the end" if target.path is not None else None
    canvas.put(row, PER, per, "quiet")
    canvas.put(row, BEFORE, _last_year(book, parent, line), "link", format)
    own = {"target": target.path if target.path is not None else target.value, "from": target.from_, "to": target.to}
    _own(book, canvas, line, row, own[line.id.rpartition(".")[2]], format)
    asked = _asked(line, parent)
    _beside(book, canvas, asked, row, HISTORY, target.history, format)
    canvas.put(row, INDUSTRY, _industry(book, parent, line), "link", format)
    _beside(book, canvas, asked, row, MODEL, target.model, format)
    options = tuple((id, word) for id, word, _ in book.words["bases"])
    choice = replace(asked, kind="option", options=options, words="bases", label=f"{asked.label}: in force")
    in_force = options[USES.index(target.use)][1]
    ask(book, canvas, choice, (row, USE), ("selector", "General"), ("use",), (in_force,))
    known = book.areas["bases"]
    number = call("MATCH", beside(USE), known, ZERO)
    canvas.put(row, BASIS, when(equals(call("COUNTIFS", known, beside(USE)), ZERO), ONE, number), "calc", "0")
    chosen = index(Area(beside(OWN), beside(MODEL)), beside(BASIS))
    canvas.put(row, IN_FORCE, when(blank(chosen), EMPTY, chosen), "total", format)
    source = replace(asked, kind="text", label=f"{asked.label}: where from")
    ask(book, canvas, source, (row, FROM), ("where_from", "General"), (WHERE_FROM,))
    made_of = _made_of(book, parent)
    if made_of is not None:
        canvas.put(row, MADE_OF, made_of, "remark")
    name = parent.label[:32]
    canvas.validations.append(Validation(_local(row, USE, row, USE), "list", name, "Which of the four is the target?",
                                         "Choose one from the list.", source=known))  # fmt: skip
    says = f"In {book.formats.word(parent.unit)}; blank for no target."
    canvas.validations.append(Validation(_local(row, OWN, row, HISTORY), "decimal", name, says, "A number."))
    if not book.has(line.id, (), "typed"):  # a phased target is typed on Inputs
        canvas.anchor(f"in_{line.id}", canvas.area(row, OWN, row, OWN))


def _last_year(book: Book, parent: Metric, line: Metric) -> Tree | None:
    """What was reached in the same window a year before; of a target for a year, in the whole fiscal year before or,
    where it is to be reached by the end, at its end."""
    assert parent.target is not None
    adds_up, by_the_end = line.over_periods == "sum", parent.target.path is not None
    per = parent.target.per if adds_up else "year" if by_the_end else "period"
    per = "period" if per == book.model.periods.grain else per
    if not parent.timed or per == "quarter":
        return None
    if per == "period" or "into_year" not in book.marks:
        return text_or_empty(book.value(parent.id, LAST_YEAR))
    values = book.frame.periods(book.row(parent.id, book.total(parent.id)), CALCULATIONS, lock_row=True)
    first, last, length = (fixed(YEAR_BEFORE, column) for column in (BEFORE, OWN, PER))
    if not adds_up:
        return when(blank(length), EMPTY, index(values, last))
    whole = span(values, first, last)
    return when(equals(call("COUNT", whole), length), call("SUM", whole), EMPTY)


def _year_before(book: Book, canvas: Canvas) -> None:
    """How many periods the last fiscal year has, blank where it is not in the data; its first and its last."""
    canvas.put(YEAR_BEFORE, LABEL, "Last fiscal year: periods, number of the first and the last", "quiet")
    last, year = book.mark_at("last", CURRENT), book.mark("per_year", here=False)
    into = index(book.frame.periods(book.marks["into_year"], CALCULATIONS, lock_row=True), last)
    first = minus(plus(minus(last, into), ONE), year)
    there = when(blank(last), EMPTY, when(binary("<", first, ONE), EMPTY, year))
    canvas.put(YEAR_BEFORE, PER, there, "calc", "0")
    canvas.put(YEAR_BEFORE, BEFORE, when(blank(last), ONE, call("MAX", ONE, first)), "calc", "0")
    end = minus(plus(fixed(YEAR_BEFORE, BEFORE), year), ONE)
    count = call("MAX", book.frame.periods(book.marks["number"], CALCULATIONS, lock_row=True))
    canvas.put(YEAR_BEFORE, OWN, call("MIN", end, count), "calc", "0")


def _made_of(book: Book, parent: Metric) -> str | None:
    """The formula, in words, by which the plan says what a metric must reach."""
    model = book.model.metrics.get(f"{parent.id}.model")
    return formula_in_words(book, model) if model is not None and model.formula is not None else None


def _asked(line: Metric, parent: Metric) -> Asked:
    """A target's row; its ids in earlier versions are those of its metric."""
    end = line.id.rpartition(".")[2]
    earlier = tuple(f"{alias}.{end}" for alias in parent.aliases)
    return Asked("targets", line.id, f"Target of {parent.label}", earlier=earlier)


def _beside(book: Book, canvas: Canvas, asked: Asked, row: int, column: int, value: object, format: str) -> None:
    """A reference point beside the own target: a link to its formula, or a number that may be typed over."""
    key = KEYS[column]
    id = f"{asked.row.rpartition('.')[0]}.{key}"
    if id in book.model.metrics:
        canvas.put(row, column, book.value(id, CURRENT), "link", format)
    elif column == HISTORY or isinstance(value, float):
        words = replace(asked, label=f"{asked.label}: {key}")
        _ask_number(book, canvas, words, (row, column), value, id, format)
    else:
        canvas.put(row, column, None, "link", format)


def _ask_number(
    book: Book, canvas: Canvas, asked: Asked, at: tuple[int, int], said: object, id: str, format: str
) -> None:
    """A number that may be typed over. One that belongs to the sample company is there with its sample only."""
    target = book.model.metrics[asked.row.rpartition(".")[0]].target
    is_example = target is not None and target.example
    issued = float(said) if isinstance(said, float | int) and not is_example else None
    typed = book.settings.inputs.get((id, (), None))
    given = float(typed) if isinstance(typed, float | int) else None
    ask(book, canvas, asked, at, ("input", format), (KEYS[at[1]],), (issued,), (given,))


def _own(book: Book, canvas: Canvas, line: Metric, row: int, own: object, format: str) -> None:
    if f"{line.id}_own" in book.model.metrics:
        canvas.put(row, OWN, book.value(f"{line.id}_own", CURRENT), "link", format)
    elif book.has(line.id, (), "typed"):
        canvas.put(row, OWN, _phased(book, line), "link", format)
    else:
        asked = _asked(line, book.model.metrics[line.target_of])
        _ask_number(book, canvas, asked, (row, OWN), own, line.id, format)


def _phased(book: Book, line: Metric) -> Tree:
    """A phased target's number for a period that has none of its own: the first that is given."""
    row = book.row(line.id, (), "typed")
    given = book.frame.periods(row, "Calculations", lock_row=True)
    return when(equals(call("COUNT", given), ZERO), EMPTY, call("MIN", given))


def _industry(book: Book, parent: Metric, line: Metric) -> Tree:
    """The industry's bound on the side that this target needs."""
    if f"bench_from.{parent.id}" not in book.spots:
        return EMPTY
    upper = line.id.endswith(".to") or (parent.good == "lower")
    return number_or_empty(book.spots[f"bench_{'to' if upper else 'from'}.{parent.id}"])


def _benchmarks(book: Book, canvas: Canvas, rows: Rows) -> None:
    if not rows.benchmarks:
        return
    canvas.put(rows.bench_top - 2, LABEL, "Industry ranges", "heading")
    heads = {
        ID: "",
        LABEL: "Metric",
        UNIT: "Unit",
        PER: "Range",
        BENCH_FROM: "From",
        BENCH_TO: "To",
        STRICT: "Bound",
        SOURCE: "Source",
    }
    for column in range(ID, SOURCE + 1):
        canvas.put(rows.bench_top - 1, column, heads[column], "header_right" if column in RIGHT else "header")
    for id, first in rows.benchmarks.items():
        metric = book.model.metrics[id]
        for number, benchmark in enumerate(metric.benchmarks):
            row = first + number
            low = benchmark.from_ if benchmark.from_ is not None else benchmark.above
            high = benchmark.to if benchmark.to is not None else benchmark.below
            canvas.put(row, ID, id, "id")
            canvas.put(row, LABEL, metric.label if number == 0 else "", "label")
            canvas.put(row, UNIT, book.formats.word(metric.unit), "unit")
            range_ = (benchmark.id or "range").replace("_", " ")
            canvas.put(row, PER, range_ + (" (used)" if number == 0 else ""), "quiet")
            canvas.put(row, BENCH_FROM, low, "constant", book.formats.of(metric))
            canvas.put(row, BENCH_TO, high, "constant", book.formats.of(metric))
            canvas.put(row, STRICT, "excluded" if is_strict(benchmark) else "included", "remark")
            source = benchmark.source or metric.source
            canvas.put(row, SOURCE, book.model.framework.sources.get(source, source), "quiet")


def is_strict(benchmark: Benchmark) -> bool:
    """Does the bound itself not count as reached (`above`, `below`)?"""
    return benchmark.above is not None or benchmark.below is not None
