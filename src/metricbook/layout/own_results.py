"""The free lines on Results, in its last rows: judged as every metric is, but by choices that are cells.

Direction, roll-up, unit and target are looked up, so one formula serves whatever the reader chooses. A line in which
nothing stands is blank all across.
"""

from __future__ import annotations

from dataclasses import dataclass

from metricbook.formula.tree import Binary, Cell, Number, Tree
from metricbook.layout import own_lines, ranking
from metricbook.layout.book import Book
from metricbook.layout.canvas import Canvas
from metricbook.layout.frame import CALCULATIONS, COMPARISON, CURRENT, FIXED, LAST_YEAR, LINE, MEMBER, RESULTS, UNIT
from metricbook.layout.own_inputs import unit_rules
from metricbook.layout.plan import Role
from metricbook.layout.result_row import COLUMN, PERCENT
from metricbook.layout.shapes import (
    EMPTY,
    NA,
    ONE,
    ZERO,
    any_of,
    beside,
    binary,
    blank,
    call,
    equals,
    guarded,
    index,
    join,
    minus,
    missing,
    plus,
    times,
    when,
)
from metricbook.model.own import own_id
from metricbook.source.ids import OWN_LINES

ANY = "#,##0.0##"  # of numbers whose unit is a reader's choice
TWO, THREE, HUNDRED, THOUSAND = Number(2), Number(3), Number(100), Number(1000)


def place(book: Book, first: int) -> None:
    """Say where the page finds each line."""
    canvas = Canvas(RESULTS, "check")
    for number in range(1, OWN_LINES + 1):
        book.spots[f"own.result.{number}"] = canvas.at(first + number - 1, 1)
    column = COLUMN["In use"]
    book.areas["own.in_use"] = canvas.area(first, column, first + OWN_LINES - 1, column)


def draw(book: Book, canvas: Canvas, last: int) -> None:
    """Draw the rows; `last` is the last row of the table."""
    first = last - OWN_LINES + 1
    for number in range(1, OWN_LINES + 1):
        _OwnRow(book, canvas, number, first + number - 1, last).draw()
    spans = tuple((COLUMN[a], COLUMN[b]) for a, b in (("Actual", "Change"), ("Target from", "Last year"),
                                                      ("Low bound", "Variance")))  # fmt: skip
    unit_rules(book, canvas, first, last, spans, COLUMN["Unit"])


@dataclass(frozen=True)
class _OwnRow:
    """Draws one line's row."""

    book: Book
    canvas: Canvas
    number: int
    row: int
    last: int

    def cell(self, name: str) -> Cell:
        return beside(COLUMN[name])

    def put(self, name: str, tree: Tree | str, format: str = ANY, role: Role = "calc") -> None:
        self.canvas.put(self.row, COLUMN[name], tree, role, format)

    def read(self, kind: str, at: int = FIXED) -> Cell:
        return own_lines.cell(self.book, self.number, kind, at)

    def listed(self, name: str, numbers: bool = False) -> Tree:
        """What a list of words says for the line's unit."""
        return index(self.book.areas[f"{name}.numbers" if numbers else name], self.cell("Unit number"))

    def draw(self) -> None:
        self._values()
        self._judged()
        self._words()
        self._why()
        self._rank()
        column = COLUMN["Actual"]
        self.canvas.anchor(f"out_{own_id(self.number)}", self.canvas.area(self.row, column, self.row, column))

    def _values(self) -> None:
        """What it is called, its value now, before and a year ago, and the change."""
        book, name = self.book, self.read(own_lines.VALUE, MEMBER)
        self.put("In use", self.read(own_lines.GAP, LINE), "0")
        self.put("id", own_id(self.number), role="id")
        self.put("Unit number", self.read(own_lines.VALUE), "0")
        unnamed = join(book.say("own_number"), call("RIGHT", self.cell("id"), ONE))
        self.put("Metric", when(equals(self.cell("In use"), ZERO), EMPTY, when(equals(name, EMPTY), unnamed, name)),
                 role="label")  # fmt: skip
        self.put("Unit", self.read(own_lines.VALUE, UNIT), role="unit")
        self.put("Direction", self.read(own_lines.GAP), "0")
        for result, at in (("Actual", CURRENT), ("Comparison", COMPARISON), ("Last year", LAST_YEAR)):
            self.put(result, self.read(own_lines.VALUE, at), role="link")
        actual, before, change = (self.cell(each) for each in ("Actual", "Comparison", "Change"))
        self.put("Change", guarded(minus(actual, before), [actual, before]))
        share = when(equals(before, ZERO), NA, Binary("/", change, call("ABS", before)))
        self.put("Change %", when(blank(change), EMPTY, share), PERCENT)
        step = plus(ONE, binary(">=", actual, before), binary(">", actual, before))
        self.put("Trend", when(missing([actual, before]), EMPTY, index(book.areas["arrows"], step)))

    def _judged(self) -> None:
        """By its target, else by last year where a direction is chosen: bound, variance, code and status."""
        areas, spots = self.book.areas, self.book.spots
        actual, target, good = (self.cell(name) for name in ("Actual", "Target from", "Direction"))
        before = self.cell("Last year")
        basis, bound, code = self.cell("Judged by"), self.cell("Low bound"), self.cell("Code")
        self.put("Target from", self.read(own_lines.GOAL, CURRENT), role="link")
        other = when(missing([good, before]), EMPTY, TWO)
        self.put("Judged by", when(equals(call("COUNT", target), ONE), ONE, other), "0")
        self.put("Low bound", when(blank(basis), EMPTY, call("CHOOSE", basis, target, before)))
        self.put("Variance", guarded(minus(actual, bound), [actual, bound]))
        share = when(equals(bound, ZERO), NA, Binary("/", self.cell("Variance"), call("ABS", bound)))
        self.put("Variance %", when(blank(self.cell("Variance")), EMPTY, share), PERCENT)
        mine, edge = times(good, actual), times(good, bound)
        slack = times(call("ABS", bound), spots["at_risk"])
        steps = plus(ONE, binary("<", mine, edge), binary("<", mine, minus(edge, slack)))
        self.put("Code", guarded(steps, [actual, bound, good]), "0")
        unjudged = when(blank(target), spots["no_target"], spots["none.not_judged"])
        self.put("Verdict", when(blank(code), unjudged, index(areas["status"], code)))
        status = when(blank(actual), spots["no_data"], self.cell("Verdict"))
        self.put("Status", when(equals(self.cell("In use"), ZERO), EMPTY, status))
        side = plus(ONE, binary(">=", actual, bound), binary(">", actual, bound))
        self.put("Side", guarded(side, [actual, bound]), "0")

    def _words(self) -> None:
        """The numbers in words, in their unit: they cannot run over, and look the same in every program."""
        areas, change = self.book.areas, self.cell("Change told")
        self.put("In short", self._number("Actual", "Scale", signed=True))
        self.put("Target short", self._number("Low bound", "Target scale", signed=True))
        self.put("Variance size", self._number("Variance", "Variance scale", signed=False))
        side, upward = self.cell("Side"), times(THREE, equals(self.cell("Direction"), ONE))
        said = join(self.cell("Variance size"), index(areas["own_sides"], plus(side, upward)))
        on_target = index(areas["own_sides"], TWO)
        words = when(equals(side, TWO), on_target, said)
        self.put("Variance in words", when(blank(side), EMPTY, words))
        as_it_is = equals(self.listed("own_difference", numbers=True), ONE)
        self.put("Change told", when(as_it_is, self.cell("Change"), self.cell("Change %")))
        scaled = times(call("ABS", change), self.listed("own_change", numbers=True))
        told = join(self.cell("Trend"), self.book.say("space"), call("FIXED", scaled, ONE), self.listed("own_change"))
        self.put("Change in words", when(blank(change), EMPTY, told))

    def _number(self, value: str, scale: str, signed: bool) -> Tree:
        """A number in its unit: whole from 100 on, in millions from one million on; rates with one decimal.

        The size that the column `scale` says is 1 for whole, 2 and 3 for one and two decimals, 4 for millions.
        """
        areas, cell, size = self.book.areas, self.cell(value), self.cell(scale)
        amount = call("ABS", cell)
        large = times(THREE, binary(">=", amount, times(THOUSAND, THOUSAND)))
        small = times(binary("<", amount, HUNDRED), binary("<>", cell, call("ROUND", cell, ZERO)))
        decimals = self.listed("own_before", True)
        by_size = times(call("MIN", ONE, decimals), minus(plus(large, times(small, decimals)), ONE))
        self.put(scale, when(blank(cell), EMPTY, plus(TWO, by_size)), "0")
        shown = Binary("/", times(amount, self.listed("own_units", True)), index(areas["own_sizes.numbers"], size))
        parts = [
            self.listed("own_before"),
            call("FIXED", shown, call("MIN", TWO, minus(size, ONE))),
            index(areas["own_sizes"], size),
        ]
        sign = [index(areas["signs"], plus(ONE, binary("<", cell, ZERO)))] if signed else []
        after = self.listed("own_after" if signed else "own_difference")
        return when(blank(cell), EMPTY, join(*sign, *parts, after))

    def _why(self) -> None:
        """Why there is no value, else what it is judged by or waits for."""
        book, say = self.book, self.book.say
        gaps = own_lines.periods(book, self.number, own_lines.GAP)
        rollup, length = self.read(own_lines.SUM), book.mark_at("periods", CURRENT)
        reporting = book.mark("reporting", here=False)
        first = when(equals(rollup, TWO), reporting, call("MIN", gaps))
        self.put("First missing", when(blank(gaps), EMPTY, first), "0")
        there, gap, reason = (self.cell(name) for name in ("Periods there", "First missing", "Reason"))
        unused = equals(self.cell("In use"), ZERO)
        self.put("Periods there", when(unused, EMPTY, own_lines.typed_in_window(book, self.number)), "0")
        partial = times(binary(">", there, ZERO), binary("<>", rollup, TWO))
        self.put("Partial", when(blank(there), EMPTY, partial), "0")
        key = index(book.frame.periods(6, CALCULATIONS, lock_row=True), gap)
        self.put("Waits", when(blank(gap), EMPTY, join(say("needs"), key)))
        number = plus(ONE, times(binary(">", reporting, ZERO), plus(ONE, call("COUNT", rollup))))
        none = any_of([unused, equals(call("COUNT", self.cell("Actual")), ONE)])
        self.put("Reason", when(none, EMPTY, number), "0")
        some = join(there, say("of"), length, book.spots["plural"], say("colon"), self.cell("Waits"))
        waits = when(equals(self.cell("Partial"), ONE), some, self.cell("Waits"))
        why = call("CHOOSE", reason, say("no_data_yet"), say("own_rollup"), waits)
        self.put("Why", when(blank(reason), EMPTY, why))
        last_year = join(say("versus"), book.spots["judged_by.3"])
        basis = equals(self.cell("Judged by"), TWO)
        target, good = call("COUNT", self.cell("Target from")), call("COUNT", self.cell("Direction"))
        undirected = times(TWO, binary(">", target, good))
        noted = call("CHOOSE", plus(ONE, basis, undirected), EMPTY, last_year, say("own_good"))
        self.put("Note", when(blank(reason), noted, self.cell("Why")))
        self.put("Owner and note", self.cell("Note"))

    def _rank(self) -> None:
        """The size of the miss and its rank among all results, as a metric's."""
        code, miss, size, part = (self.cell(name) for name in ("Code", "Miss", "Size", "Part"))
        sizes = plus(call("ABS", self.cell("Actual")), call("ABS", self.cell("Low bound")))
        self.put("Size", when(blank(code), EMPTY, sizes), "0")
        self.put("Part", ranking.part_missed(self.cell("Variance"), size), "0.000")
        self.put("Miss", ranking.miss(code, part), "0")
        self.put("Rank", ranking.rank(miss, self.last), "0")
