"""Results: one row per shown metric. Actual, target, variance, status, change and what is missing; pages only link.

Each row keeps its judgement in steps, so that every formula stays short: what it is judged by (own target, last
year, the industry), the low and high bound that follow, then code, words and variance.
"""

from __future__ import annotations

from dataclasses import dataclass

from metricbook.formula.tree import Area, Binary, Call, Cell, Number, Text, Tree
from metricbook.layout.book import Book
from metricbook.layout.canvas import Canvas
from metricbook.layout.frame import COMPARISON, CURRENT, LAST_YEAR, NOTES, RESULTS
from metricbook.layout.history import needs_periods
from metricbook.layout.inputs import member_words
from metricbook.layout.shapes import (
    EMPTY,
    NA,
    ONE,
    ZERO,
    any_of,
    binary,
    blank,
    call,
    equals,
    fixed,
    index,
    join,
    minus,
    number_or_empty,
    plus,
    times,
    when,
)
from metricbook.layout.targets import is_strict
from metricbook.layout.words import PLURAL
from metricbook.model.metric import Metric, Where

HEADER, BODY = 6, 7
SLOTS_ROW, SLOTS_FIRST, SLOTS = 4, 3, 12

COLUMNS = (
    "id", "Metric", "Of which", "Unit", "Direction", "Actual", "Comparison", "Change", "Change %", "Target from",
    "Target to", "Last year", "Industry from", "Industry to", "Judged by", "Low bound", "High bound", "Variance",
    "Variance %", "Code", "Status", "Verdict", "Against industry", "Band", "Trend", "First missing", "What is missing",
    "Miss", "Rank", "Note", "Target shown", "Industry shown",
    "Share", "Periods needed", "Scale", "In short",
)  # fmt: skip
COLUMN = {name: number for number, name in enumerate(COLUMNS, 1)}


@dataclass(frozen=True)
class Shown:
    """A metric at a coordinate that some page shows with more than its value."""

    metric: Metric
    where: Where


def place(book: Book, shown: list[Shown]) -> None:
    """Give each shown metric its row on Results."""
    canvas = Canvas(RESULTS, "check")
    for number, each in enumerate(shown):
        for name, column in COLUMN.items():
            book.spots[result_key(each.metric.id, each.where, name)] = canvas.at(BODY + number, column)


def result_key(id: str, where: Where, name: str) -> str:
    """The name under which a result's cell is known to the pages."""
    points = ",".join("total" if point is None else point.member for point in where)
    return f"result.{id}[{points}].{name}"


def draw(book: Book, shown: list[Shown]) -> None:
    """Draw the sheet."""
    canvas = book.canvas(RESULTS, "check")
    canvas.put(1, 2, "Results", "title")
    canvas.put(2, 2, "Every shown metric in the reader's window, judged. Pages only link here.", "question")
    canvas.put(3, 2, book.spots["master_words"], "quiet")
    _slots(book, canvas)
    for name, column in COLUMN.items():
        canvas.put(HEADER, column, name, "header")
    last = BODY + len(shown) - 1
    for number, each in enumerate(shown):
        _Row(book, canvas, each, BODY + number, last).draw()
    canvas.widths |= {COLUMN[name]: 11 for name in COLUMNS}
    canvas.widths |= {1: 22, 2: 34, 3: 16, COLUMN["Status"]: 16, COLUMN["Verdict"]: 16, COLUMN["Against industry"]: 18,
                      COLUMN["What is missing"]: 40, COLUMN["Note"]: 40, COLUMN["Target shown"]: 14,
                      COLUMN["Industry shown"]: 14}  # fmt: skip
    canvas.freeze = Cell(BODY, 3, fixed=True)


def slots(book: Book) -> int:
    """How many periods a page shows."""
    return min(SLOTS, book.frame.count)


def slot(number: int) -> Cell:
    """The cell that holds the period number of a page's column, counted from 0."""
    return Cell(SLOTS_ROW, SLOTS_FIRST + number, fixed=True, sheet=RESULTS, lock_row=True)


def _slots(book: Book, canvas: Canvas) -> None:
    """The periods that pages show: up to twelve that end with the reporting period."""
    canvas.put(SLOTS_ROW, 2, "Periods on the pages (number)", "label")
    reporting = book.mark("reporting", here=False)
    first = call("MAX", ONE, plus(minus(reporting, _width(book, canvas)), ONE))
    canvas.put(SLOTS_ROW, SLOTS_FIRST, first, "calc", "0")
    following = plus(Cell(SLOTS_ROW, -1), ONE)
    canvas.across(SLOTS_ROW, SLOTS_FIRST + 1, SLOTS_FIRST + slots(book) - 1, following, "calc", "0")


def _width(book: Book, canvas: Canvas) -> Cell:
    """The number of periods that a page shows, as a documented constant beside the row."""
    canvas.put(SLOTS_ROW, SLOTS_FIRST + SLOTS + 1, float(slots(book)), "constant", '0" on a page"')
    return fixed(SLOTS_ROW, SLOTS_FIRST + SLOTS + 1)


@dataclass(frozen=True)
class _Row:
    """Draws one row."""

    book: Book
    canvas: Canvas
    shown: Shown
    row: int
    last: int

    def cell(self, name: str) -> Cell:
        return fixed(self.row, COLUMN[name])

    def put(self, name: str, tree: Tree | float | str | None, format: str = "General", role: str = "calc") -> None:
        self.canvas.put(self.row, COLUMN[name], tree, role, format)  # type: ignore[arg-type]

    def draw(self) -> None:
        metric, where = self.shown.metric, self.shown.where
        format = self.book.formats.of(metric)
        points = self.book.points(where)
        self.put("id", f"{metric.id}{points}", role="id")
        self.put("Metric", metric.label, role="label")
        self.put("Of which", member_words(self.book, where), role="member")
        self.put("Unit", self.book.formats.word(metric.unit), role="unit")
        direction = {"higher": 1.0, "lower": -1.0, "range": 0.0}.get(metric.good or "")
        self.put("Direction", direction, "0", "constant")
        self._values(format)
        self._bounds(format)
        self._judgement(format)
        self._words()
        self._missing()
        self._ranking()
        self._share()
        self._short()
        self.canvas.anchor(f"out_{metric.id}" + "".join(f".{p.member}" for p in where if p), self.canvas.area(self.row, COLUMN["Actual"], self.row, COLUMN["Actual"]))

    def _values(self, format: str) -> None:
        metric = self.shown.metric
        self.put("Actual", self._from_calculations(CURRENT), format, "link")
        self.put("Comparison", self._from_calculations(COMPARISON) if metric.timed else EMPTY, format, "link")
        self.put("Last year", self._from_calculations(LAST_YEAR) if metric.timed else EMPTY, format, "link")
        actual, before = self.cell("Actual"), self.cell("Comparison")
        two = [actual, before]
        absent = binary("<", call("COUNT", *two), Number(2))
        self.put("Change", when(absent, EMPTY, minus(actual, before)), signed(format))
        share = Binary("/", minus(actual, before), call("ABS", before))
        self.put("Change %", when(absent, EMPTY, when(equals(before, ZERO), NA, share)), "+0.0%;-0.0%;0.0%")

    def _from_calculations(self, column: int) -> Cell:
        return self.book.value(self.shown.metric.id, column, self.shown.where)

    def _bounds(self, format: str) -> None:
        metric = self.shown.metric
        good = metric.good
        low, high = self._target_lines()
        self.put("Target from", low, format, "link")
        self.put("Target to", high, format, "link")
        bench = f"bench_from.{metric.id}" in self.book.spots
        for name, key in (("Industry from", "bench_from"), ("Industry to", "bench_to")):
            self.put(name, number_or_empty(self.book.spots[f"{key}.{metric.id}"]) if bench else EMPTY, format, "link")
        own = binary(">", call("COUNT", self.cell("Target from"), self.cell("Target to")), ZERO)
        useful = {"higher": [self.cell("Industry from")], "lower": [self.cell("Industry to")]}.get(
            good or "", [self.cell("Industry from"), self.cell("Industry to")])  # fmt: skip
        industry = times(Number(3), binary(">", call("COUNT", *useful), ZERO))
        year = when(equals(call("COUNT", self.cell("Last year")), ONE), Number(2), industry)
        if good is None:
            self.put("Judged by", ZERO, "0")
        else:
            judged = when(own, ONE, industry if good == "range" else year)
            self.put("Judged by", when(equals(self.book.mark("reporting", here=False), ZERO), ZERO, judged), "0")
        basis = plus(ONE, self.cell("Judged by"))
        years: Tree = EMPTY if good == "range" else self.cell("Last year")
        low_bound = call("CHOOSE", basis, EMPTY, self.cell("Target from"), years, self.cell("Industry from"))
        high_bound = call("CHOOSE", basis, EMPTY, self.cell("Target to"), years, self.cell("Industry to"))
        self.put("Low bound", low_bound if good in ("higher", "range") else EMPTY, format)
        self.put("High bound", high_bound if good in ("lower", "range") else EMPTY, format)

    def _target_lines(self) -> tuple[Tree, Tree]:
        metric = self.shown.metric
        if any(point is not None for point in self.shown.where):
            return EMPTY, EMPTY  # targets are for the total
        lines = {part: f"{metric.id}.{part}" for part in ("target", "from", "to") if f"{metric.id}.{part}" in self.book.model.metrics}
        value = {part: self.book.value(id, CURRENT) for part, id in lines.items()}
        if metric.good == "higher":
            return value.get("target", value.get("from", EMPTY)), EMPTY
        if metric.good == "lower":
            return EMPTY, value.get("target", value.get("to", EMPTY))
        return value.get("from", EMPTY), value.get("to", EMPTY)

    def _judgement(self, format: str) -> None:
        metric, actual = self.shown.metric, self.cell("Actual")
        low, high, tolerance = self.cell("Low bound"), self.cell("High bound"), self.book.spots["at_risk"]
        bounds = {"higher": [low], "lower": [high], "range": [low, high]}.get(metric.good or "", [])
        if not bounds:
            for name in ("Variance", "Variance %", "Code"):
                self.put(name, EMPTY)
            return
        absent = any_of([equals(call("COUNT", actual), ZERO), equals(call("COUNT", *bounds), ZERO)])
        gaps: dict[str, Tree] = {"higher": minus(actual, low), "lower": minus(actual, high)}
        if metric.good == "range":
            under = times(call("COUNT", low), call("MIN", ZERO, minus(actual, call("SUM", low))))
            over = times(call("COUNT", high), call("MAX", ZERO, minus(actual, call("SUM", high))))
            gap: Tree = plus(under, over)
        else:
            gap = gaps[metric.good or "higher"]
        self.put("Variance", when(absent, EMPTY, gap), signed(format))
        base = call("ABS", call("SUM", *bounds)) if metric.good != "range" else call("ABS", minus(actual, self.cell("Variance")))
        self.put("Variance %", when(blank(self.cell("Variance")), EMPTY, when(equals(base, ZERO), NA, Binary("/", self.cell("Variance"), base))),
                 "+0.0%;-0.0%;0.0%")  # fmt: skip
        if metric.bands:
            self.put("Code", when(blank(self.cell("Band")), EMPTY, index(self.book.areas[f"bands.{_defined(metric)}.numbers"], self.cell("Band"))), "0")
            return
        steps: list[Tree] = []
        for bound, sign in ((low, "<"), (high, ">")):
            if bound in bounds:
                steps += _steps(actual, bound, sign, tolerance, metric.good == "range")
        self.put("Code", when(absent, EMPTY, plus(ONE, *steps)), "0")

    def _words(self) -> None:
        metric, actual = self.shown.metric, self.cell("Actual")
        no_data, spots, areas = self.book.spots["no_data"], self.book.spots, self.book.areas
        if metric.bands:
            bounds = [(band, spots[f"bounds.{_defined(metric)}.{n}.number"]) for n, band in enumerate(metric.bands[:-1])]
            steps = [Binary(">" if band.to is not None else ">=", actual, cell) for band, cell in bounds]
            self.put("Band", when(blank(actual), EMPTY, plus(ONE, *steps)), "0")
            self.put("Status", when(blank(actual), no_data, index(areas[f"bands.{_defined(metric)}"], self.cell("Band"))))
        else:
            self.put("Band", EMPTY)
            judged = when(blank(self.cell("Code")), spots["no_target"], index(areas["status"], self.cell("Code")))
            self.put("Status", when(blank(actual), no_data, judged))
        self.put("Verdict", self._verdict())
        self.put("Against industry", self._against_industry())
        change = plus(ONE, binary(">=", actual, self.cell("Comparison")), binary(">", actual, self.cell("Comparison")))
        absent = binary("<", call("COUNT", actual, self.cell("Comparison")), Number(2))
        self.put("Trend", when(absent, EMPTY, index(areas["arrows"], change)))
        self.put("Target shown", self._bound_in_words("Low bound", "High bound"), self.book.formats.of(metric))
        self.put("Industry shown", self._bound_in_words("Industry from", "Industry to", both=True), self.book.formats.of(metric))

    def _verdict(self) -> Tree:
        metric, actual, words = self.shown.metric, self.cell("Actual"), self.book.areas["verdict"]
        good = metric.good
        if good is None:
            return EMPTY
        if good == "range":
            held = plus(ONE, Binary("*", Number(2), equals(self.cell("Code"), ONE)))
            return when(blank(self.cell("Code")), EMPTY, index(words, held))
        bound: Tree = self.cell("Low bound") if good == "higher" else self.cell("High bound")
        signs: tuple[Tree, Tree]
        if metric.signed and metric.target is None:
            # a signed difference has its own plan: zero
            signs = (binary(">=", actual, ZERO), binary(">", actual, ZERO)) if good == "higher" else (binary("<=", actual, ZERO), binary("<", actual, ZERO))
            return when(blank(actual), EMPTY, index(words, plus(ONE, *signs)))
        signs = (binary(">=", actual, bound), binary(">", actual, bound)) if good == "higher" else (binary("<=", actual, bound), binary("<", actual, bound))
        return when(binary("<", call("COUNT", actual, bound), Number(2)), EMPTY, index(words, plus(ONE, *signs)))

    def _against_industry(self) -> Tree:
        metric, actual = self.shown.metric, self.cell("Actual")
        if not metric.benchmarks:
            return EMPTY
        low, high, first = self.cell("Industry from"), self.cell("Industry to"), metric.benchmarks[0]
        areas = self.book.areas
        two_sided = (first.from_ is not None or first.above is not None) and (first.to is not None or first.below is not None)
        if two_sided:
            words = areas["industry_lower" if metric.good == "lower" else "industry_higher"]
            reached = plus(ONE, binary(">=", actual, low), binary(">", actual, high))
            return when(binary("<", call("COUNT", actual, low, high), Number(3)), EMPTY, index(words, reached))
        strict = is_strict(first)
        lower_bound = first.from_ is not None or first.above is not None
        bound = low if lower_bound else high
        sign = {(True, True): ">", (True, False): ">=", (False, True): "<", (False, False): "<="}[lower_bound, strict]
        met = plus(ONE, Binary(sign, actual, bound))  # type: ignore[arg-type]
        return when(binary("<", call("COUNT", actual, bound), Number(2)), EMPTY, index(areas["met"], met))

    def _bound_in_words(self, low: str, high: str, both: bool = False) -> Tree:
        """A bound as a number where there is one, as "3–6" where there are two."""
        metric = self.shown.metric
        if metric.good is None and not metric.benchmarks:
            return EMPTY
        a, b = self.cell(low), self.cell(high)
        if metric.good != "range" and not both:
            return self.cell(low if metric.good == "higher" else high)
        one = when(equals(call("COUNT", a), ONE), a, b)
        percent = metric.unit.partition("/")[0] in ("percent", "points")
        digits: Tree = ZERO

        def worded(cell: Tree) -> Tree:
            return call("FIXED", times(Number(100), cell), digits) if percent else call("FIXED", cell, digits)

        pair = join(worded(a), Text("–"), worded(b), *([Text("%")] if percent else []))
        return when(equals(call("COUNT", a, b), Number(2)), pair, one)

    def _missing(self) -> None:
        """The first input that a blank result waits for, by its number in the completeness list."""
        metric, book = self.shown.metric, self.book
        self.put("Periods needed", float(needs_periods(book, metric.id)), "0", "constant")
        areas = [book.areas[f"gaps.{id}"] for id in sorted(book.inputs_of(metric.id)) if f"gaps.{id}" in book.areas]
        all_time = needs_periods(book, metric.id) > 1
        if all_time:
            areas = [book.areas[f"gaps_ever.{id}"] for id in sorted(book.inputs_of(metric.id)) if f"gaps_ever.{id}" in book.areas]
        if not areas:
            self.put("First missing", EMPTY)
            self.put("What is missing", EMPTY)
        else:
            counted = call("COUNT", *areas)
            self.put("First missing", when(any_of([equals(counted, ZERO), equals(call("COUNT", self.cell("Actual")), ONE)]), EMPTY, call("MIN", *areas)), "0")
            words = book.areas["gap_words_ever" if all_time else "gap_words"]
            self.put("What is missing", when(blank(self.cell("First missing")), self._too_short(), index(words, self.cell("First missing"))))
        note = book.spots.get(f"note_row.{metric.id}")
        number = plus(ONE, self.cell("Judged by"))
        basis = call("CHOOSE", number, EMPTY, EMPTY, join(Text("vs "), book.spots["judged_by.3"]), join(Text("vs "), book.spots["judged_by.4"]))
        missing: Tree = when(blank(self.cell("Actual")), self.cell("What is missing"), basis)
        if note is None or any(point is not None for point in self.shown.where):
            self.put("Note", missing)
            return
        reporting = book.mark("reporting", here=False)
        line = book.frame.periods(note.row, NOTES, lock_row=True)
        said = index(line, call("MAX", ONE, reporting))
        self.put("Note", when(equals(call("COUNTA", said), ZERO), missing, said))

    def _too_short(self) -> Tree:
        """"needs 12 months, has 5" for a metric that looks further back than there is data."""
        book = self.book
        needed = needs_periods(book, self.shown.metric.id)
        if needed <= 1:
            return EMPTY
        reporting = book.mark("reporting", here=False)
        words = join(Text(f"needs {needed} {PLURAL[book.model.periods.grain]}, has "), reporting)
        short = call("AND", blank(self.cell("Actual")), binary("<", reporting, self.cell("Periods needed")))
        return when(short, words, EMPTY)

    def _share(self) -> None:
        """What part of the total a member is."""
        metric, where = self.shown.metric, self.shown.where
        axes = [number for number, point in enumerate(where) if point is not None]
        if not axes or not metric.totals[axes[0]]:
            self.put("Share", EMPTY)
            return
        total = self.book.value(metric.id, CURRENT, (*where[: axes[0]], None, *where[axes[0] + 1 :]))
        share = Binary("/", self.cell("Actual"), total)
        absent = binary("<", call("COUNT", self.cell("Actual"), total), Number(2))
        self.put("Share", when(absent, EMPTY, when(equals(total, ZERO), NA, share)), "0.0%")

    def _short(self) -> None:
        """The value as a card says it: $7.53M, 11.6 mo. Text, because a number cannot run over into the next cell."""
        actual, book = self.cell("Actual"), self.book
        base = self.shown.metric.unit.partition("/")[0]
        size = call("ABS", actual)
        hundred, thousand = Number(100), Number(1000)
        large = [binary(">=", size, times(hundred, hundred)), binary(">=", size, times(thousand, thousand))]
        self.put("Scale", when(blank(actual), EMPTY, plus(ONE, *large)), "0")
        if base in ("currency", "count"):
            sign = index(book.areas["signs"], plus(ONE, binary("<", actual, ZERO)))
            lead = join(sign, book.spots["symbol"]) if base == "currency" else sign
            steps = [(size, ZERO, "unit"), (Binary("/", size, thousand), ONE, "thousand"),
                     (Binary("/", Binary("/", size, thousand), thousand), Number(2), "million")]  # fmt: skip
            words: Tree = call("CHOOSE", self.cell("Scale"), *(
                join(lead, call("FIXED", number, digits), book.spots[f"short.{suffix}"]) for number, digits, suffix in steps
            ))  # fmt: skip
        else:
            value: Tree = times(hundred, actual) if base in ("percent", "points") else actual
            whole = base in ("days", "score", "seconds", "weeks")
            words = join(call("FIXED", value, ZERO if whole else ONE), book.spots[f"short.{base if f'short.{base}' in book.spots else 'unit'}"])
        self.put("In short", when(blank(actual), EMPTY, words))

    def _ranking(self) -> None:
        code, variance = self.cell("Code"), self.cell("Variance")
        size = plus(call("ABS", self.cell("Actual")), call("ABS", call("SUM", self.cell("Low bound"), self.cell("High bound"))))
        if self.shown.metric.good is None:
            self.put("Miss", EMPTY)
        else:
            key = plus(times(Number(1000), code), call("ROUND", times(Number(1000), Binary("/", call("ABS", call("SUM", variance)), size)), ZERO))
            self.put("Miss", when(blank(code), EMPTY, when(any_of([equals(code, ONE), equals(size, ZERO)]), EMPTY, key)), "0")
        column = Area(Cell(BODY, COLUMN["Miss"], fixed=True, lock_row=True), Cell(self.last, COLUMN["Miss"], fixed=True, lock_row=True))
        above = Area(Cell(BODY, COLUMN["Miss"], fixed=True, lock_row=True), self.cell("Miss"))
        miss = self.cell("Miss")
        rank = minus(plus(call("RANK", miss, column), call("COUNTIFS", above, miss)), ONE)
        self.put("Rank", when(blank(miss), EMPTY, rank), "0")


def _defined(metric: Metric) -> str:
    """The metric whose bands a rival definition shares."""
    return metric.base or metric.id


def _steps(actual: Tree, bound: Tree, sign: str, tolerance: Tree, optional: bool) -> list[Tree]:
    """One for missing the bound, one more for missing it by more than the tolerance.

    The values are compared, not their difference, so that float noise does not turn "exactly on target" into a miss.
    """
    held: Tree = Call("SUM", (bound,)) if optional else bound
    slack = times(call("ABS", held), tolerance)
    far = minus(held, slack) if sign == "<" else plus(held, slack)
    steps: list[Tree] = [Binary(sign, actual, held), Binary(sign, actual, far)]  # type: ignore[arg-type]
    return [times(call("COUNT", bound), step) for step in steps] if optional else steps


def signed(format: str) -> str:
    """A number format that shows the plus sign as well."""
    return format if ";" in format else f"+{format};-{format};{format}"

