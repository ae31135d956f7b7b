"""A bridge: from an opening through what changes it to a closing, as columns on an unseen base."""

from __future__ import annotations

from metricbook.formula.tree import Number, Tree
from metricbook.layout.chart_bars import Bars, Column
from metricbook.layout.chart_columns import NOTHING, Columns, figures_of, named, values_of
from metricbook.layout.shapes import (
    EMPTY,
    ONE,
    ZERO,
    binary,
    blank,
    call,
    equals,
    index,
    minus,
    missing,
    plus,
    times,
    when,
)

TWO = Number(2)
TOTAL, UP, DOWN = ONE, TWO, Number(3)  # how a step moves


def bridge(bars: Bars) -> Columns:
    """Each step from the level before to its own. Above and below zero are two columns, because a stack is drawn
    away from zero on either side; what is not drawn beneath a step is its base.

    Where the steps are small beside the totals, all is cut at a floor, so that the steps take half of the height.
    """
    value, code = "value 0", bars.book.formats.of(bars.metric)
    taken, last = set(bars.chart.minus or ()), len(bars.bars) - 1
    return {
        **values_of(bars),
        "Ends": Column("Total", lambda line: float(line in (0, last)), "0", role="constant"),
        "Sign": Column(
            "Sign", lambda line: -1.0 if str(bars.chart.metrics[line]) in taken else 1.0, "0", role="constant"
        ),
        **_levels(bars, value, code),
        **figures_of(bars, value),
        "Signed": Column("With sign", lambda line: _signed(bars, value, line)),
        "Name": named(bars, "line", "Signed", "Figures"),
        **_steps(bars, code),
    }


def _levels(bars: Bars, value: str, code: str) -> Columns:
    """Where a step begins and ends, how it moves, and what of it lies above and below zero."""

    def begins(line: int) -> Tree:
        return when(equals(bars.at("Ends", line), ONE), ZERO, bars.at("To", line - 1))

    def ends(line: int) -> Tree:
        own, start = bars.at(value, line), bars.at("Begins", line)
        moved = plus(start, times(bars.at("Sign", line), own))
        return when(missing([own, start]), EMPTY, when(equals(bars.at("Ends", line), ONE), own, moved))

    def move(line: int) -> Tree:
        start, end = bars.at("Begins", line), bars.at("To", line)
        changed = when(equals(bars.at("Ends", line), ONE), TOTAL, plus(UP, binary("<", end, start)))
        return when(missing([start, end]), EMPTY, changed)

    def part(line: int, function: str, other: str) -> Tree:
        both = bars.at("Begins", line), bars.at("To", line)
        rest = minus(call(function, ZERO, *both), call(function, ZERO, call(other, *both)))
        return when(blank(bars.at("Move", line)), EMPTY, rest)

    def low(line: int) -> Tree:
        both = bars.at("Begins", line), bars.at("To", line)
        near = plus(call("MAX", ZERO, call("MIN", *both)), call("MIN", ZERO, call("MAX", *both)))
        return when(blank(bars.at("Move", line)), EMPTY, near)

    return {
        "Begins": Column("Begins at", begins, code),
        "To": Column("Ends at", ends, code),
        "Move": Column("1 total, 2 up, 3 down", move, "0"),
        "Low": Column("Nearest to 0", low, code),
        "Above": Column("Above 0", lambda line: part(line, "MAX", "MIN"), code),
        "Below": Column("Below 0", lambda line: part(line, "MIN", "MAX"), code),
    }


def _signed(bars: Bars, value: str, line: int) -> Tree:
    signs, own = bars.book.areas["signs"], bars.at(value, line)
    total = index(signs, plus(ONE, binary("<", own, ZERO)))
    move = when(equals(bars.at("Move", line), DOWN), index(signs, TWO), bars.book.say("plus"))
    return when(equals(bars.at("Ends", line), ONE), total, move)


def _steps(bars: Bars, code: str) -> Columns:
    """What is drawn: an unseen base, and one series for each colour, above zero and below."""

    def floor() -> Tree:
        return bars.above("Base")

    def cut_at() -> Tree:
        lowest, highest = call("MIN", bars.all("To")), call("MAX", bars.all("To"))
        return when(equals(lowest, highest), ZERO, call("MAX", ZERO, minus(plus(lowest, lowest), highest)))

    def base(line: int) -> Tree:
        is_step = binary(">", bars.at("Move", line), TOTAL)
        return when(blank(bars.at("Move", line)), NOTHING, when(is_step, minus(bars.at("Low", line), floor()), ZERO))

    def moved(line: int, move: Tree, part: Tree) -> Tree:
        return when(equals(bars.at("Move", line), move), part, NOTHING)

    def total(line: int) -> Tree:
        return moved(line, TOTAL, minus(plus(bars.at("Above", line), bars.at("Below", line)), floor()))

    return {
        "Base": Column("Base", base, code, above=cut_at),
        "Total": Column("Total", total, code),
        "Increase": Column("Increase", lambda line: moved(line, UP, bars.at("Above", line)), code),
        "Decrease": Column("Decrease", lambda line: moved(line, DOWN, bars.at("Above", line)), code),
        "Increase below 0": Column("Increase below 0", lambda line: moved(line, UP, bars.at("Below", line)), code),
        "Decrease below 0": Column("Decrease below 0", lambda line: moved(line, DOWN, bars.at("Below", line)), code),
    }
