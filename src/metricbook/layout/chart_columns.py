"""How each kind of chart turns values into bars: in their order or sorted, shares, funnel, bridge."""

from __future__ import annotations

from collections.abc import Callable

from metricbook.formula.tree import Binary, Number, Tree
from metricbook.layout.chart_bars import Bars, Column
from metricbook.layout.shapes import (
    EMPTY,
    ONE,
    ZERO,
    binary,
    blank,
    call,
    equals,
    index,
    join,
    minus,
    missing,
    plus,
    times,
    when,
)

NOTHING = call("NA")
TWO, HUNDRED, THOUSAND = Number(2), Number(100), Number(1000)
TOTAL, UP, DOWN = ONE, TWO, Number(3)  # how a step of a bridge moves

Columns = dict[str, Column]
Kind = tuple[Callable[[Bars], Columns], tuple[str, ...], str]
"""The quantities of a kind, which of them are drawn, and which names the bars ("" for their own)."""


def fed(value: Tree) -> Tree:
    """A number, or what charts leave out."""
    return when(call("ISNUMBER", value), value, NOTHING)


def kind_of(kind: str, sort: bool, count: int) -> Kind:
    """How a chart with so many series is made."""
    values = tuple(f"value {number}" for number in range(count))
    if kind == "funnel":
        return _funnel, ("Start", "Bar"), "Name"
    if kind == "waterfall":
        return _waterfall, ("Base", "Total", "Increase", "Decrease", "Increase below 0", "Decrease below 0"), "Name"
    if kind == "stacked":
        return _shares, tuple(f"share {number}" for number in range(count)), ""
    if sort:
        return _sorted, tuple(f"drawn {number}" for number in range(count)), "Name"
    return _plain, values, ""


def _plain(bars: Bars) -> Columns:
    code = bars.book.formats.of(bars.metric)
    return {
        f"value {n}": Column(head, lambda line, n=n: fed(bars.bars[line].values[n]), code)  # type: ignore[misc]
        for n, head in enumerate(bars.series)
    }


def _values(bars: Bars) -> Columns:
    """The values to reckon with: blank where there is no number, because errors would spread."""
    code = bars.book.formats.of(bars.metric)

    def number(line: int, n: int) -> Tree:
        value = bars.bars[line].values[n]
        return when(call("ISNUMBER", value), value, EMPTY)

    return {
        f"value {n}": Column(head, lambda line, n=n: number(line, n), code)  # type: ignore[misc]
        for n, head in enumerate(bars.series)
    }


def _sorted(bars: Bars) -> Columns:
    """The largest first; members of one size as they stand, members without a value at the end.

    The order is found among whole numbers, which are alike or not in every program; fractions may differ unseen.
    """
    lead, code = "value 0", bars.book.formats.of(bars.metric)

    def scale() -> Tree:
        largest = call("MAX", bars.all(lead))
        return when(binary(">", largest, ZERO), largest, ONE)

    def key(line: int) -> Tree:
        scaled = Binary("/", times(times(THOUSAND, THOUSAND), bars.at(lead, line)), bars.above("Key"))
        return when(blank(bars.at(lead, line)), EMPTY, call("ROUND", scaled, ZERO))

    def place(line: int) -> Tree:
        own = bars.at("Key", line)
        twins = call("COUNTIFS", bars.until("Key", line), own)
        at_end = minus(
            plus(call("COUNT", bars.all("Key")), bars.at("No.", line)), call("COUNT", bars.until("Key", line))
        )
        return when(blank(own), at_end, minus(plus(call("RANK", own, bars.all("Key")), twins), ONE))

    return {
        **_values(bars),
        "No.": Column("No.", lambda line: line + 1.0, "0", role="constant"),
        "Key": Column("Key", key, "0", above=scale),
        "Place": Column("Place", place, "0"),
        "From": Column("From line", lambda line: call("MATCH", bars.at("No.", line), bars.all("Place"), ZERO), "0"),
        "Name": Column("Sorted", lambda line: index(bars.names(), bars.at("From", line))),
        **{
            f"drawn {n}": Column(
                head,
                lambda line, n=n: fed(index(bars.all(f"value {n}"), bars.at("From", line))),  # type: ignore[misc]
                code,
            )
            for n, head in enumerate(bars.series)
        },
    }


def _shares(bars: Bars) -> Columns:
    """Each series as a part of all of them; nothing where the whole is unknown."""
    keys = [f"value {n}" for n in range(len(bars.series))]

    def whole(line: int) -> Tree:
        total, parts = bars.bars[line].whole, [bars.at(key, line) for key in keys]
        if total is not None:
            return when(call("ISNUMBER", total), total, EMPTY)
        return when(missing(parts), EMPTY, call("SUM", *parts))

    def share(line: int, n: int) -> Tree:
        part, all_of_it = bars.at(f"value {n}", line), bars.at("Whole", line)
        rate = when(equals(all_of_it, ZERO), NOTHING, Binary("/", part, all_of_it))
        return when(missing([part, all_of_it]), NOTHING, rate)

    code = bars.book.formats.of(bars.metric)
    shares = {
        f"share {n}": Column(head, lambda line, n=n: share(line, n), "0.0%")  # type: ignore[misc]
        for n, head in enumerate(bars.series)
    }
    return {**_values(bars), "Whole": Column("All", whole, code), **shares}


def _figures(bars: Bars, value: str) -> Columns:
    """A value in figures and letters, without its sign: 1,980 or $52.0k."""
    book, is_money = bars.book, bars.metric.unit.partition("/")[0] == "currency"

    def size(line: int) -> Tree:
        return call("ABS", bars.at(value, line))

    if not is_money:

        def whole(line: int) -> Tree:
            return when(blank(bars.at(value, line)), EMPTY, call("FIXED", size(line), ZERO))

        return {"Figures": Column("In figures", whole)}

    def scale(line: int) -> Tree:
        large = [binary(">=", size(line), number) for number in (times(HUNDRED, HUNDRED), times(THOUSAND, THOUSAND))]
        return when(blank(bars.at(value, line)), EMPTY, plus(ONE, *large))

    def scaled(line: int) -> Tree:
        divisor = call("CHOOSE", bars.at("Scale", line), ONE, THOUSAND, times(THOUSAND, THOUSAND))
        return when(blank(bars.at("Scale", line)), EMPTY, Binary("/", size(line), divisor))

    def figures(line: int) -> Tree:
        number = call("FIXED", bars.at("Scaled", line), minus(bars.at("Scale", line), ONE))
        words = join(book.spots["symbol"], number, index(book.areas["short"], bars.at("Scale", line)))
        return when(blank(bars.at("Scale", line)), EMPTY, words)

    return {
        "Scale": Column("Scale", scale, "0"),
        "Scaled": Column("Scaled", scaled, "0.00"),
        "Figures": Column("In figures", figures),
    }


def _named(bars: Bars, between: str, *words: str) -> Column:
    """A bar's name with its figures, because labels made of other cells are not drawn by every program."""

    def name(line: int) -> Tree:
        said = [bars.at(each, line) for each in words]
        whole = join(bars.name(line), bars.book.say(between), *said)
        return when(equals(bars.at("Figures", line), EMPTY), bars.name(line), whole)

    return Column("Name", name)


def _funnel(bars: Bars) -> Columns:
    """Bars to scale, centred: each begins half of what it lacks to the widest from the left."""
    value, code = "value 0", bars.book.formats.of(bars.metric)

    def rate(line: int) -> Tree:
        before, own = bars.at(value, line - 1), bars.at(value, line)
        share = when(equals(before, ZERO), EMPTY, Binary("/", own, before))
        return when(missing([before, own]), EMPTY, share)

    def in_brackets(line: int) -> Tree:
        percent = call("FIXED", times(HUNDRED, bars.at("Rate", line)), ONE)
        words = join(bars.book.say("open"), percent, bars.book.say("percent_close"))
        return when(blank(bars.at("Rate", line)), EMPTY, words)

    def start(line: int) -> Tree:
        rest = Binary("/", minus(bars.above("Start"), bars.at(value, line)), TWO)
        return when(blank(bars.at(value, line)), NOTHING, rest)

    return {
        **_values(bars),
        "Rate": Column("Of the one before", rate, "0.0%"),
        "In brackets": Column("In brackets", in_brackets),
        **_figures(bars, value),
        "Name": _named(bars, "gap", "Figures", "In brackets"),
        "Start": Column("Start", start, code, above=lambda: call("MAX", bars.all(value))),
        "Bar": Column(
            bars.metric.label if bars.chart.over else bars.chart.title, lambda n: fed(bars.at(value, n)), code
        ),
    }


def _waterfall(bars: Bars) -> Columns:
    """Each step from the level before to its own. Above and below zero are two columns, because a stack is drawn
    away from zero on either side; what is not drawn beneath a step is its base.

    Where the steps are small beside the totals, all is cut at a floor, so that the steps take half of the height.
    """
    value, code = "value 0", bars.book.formats.of(bars.metric)
    taken, last = set(bars.chart.minus or ()), len(bars.bars) - 1
    return {
        **_values(bars),
        "Ends": Column("Total", lambda line: float(line in (0, last)), "0", role="constant"),
        "Sign": Column(
            "Sign", lambda line: -1.0 if str(bars.chart.metrics[line]) in taken else 1.0, "0", role="constant"
        ),
        **_levels(bars, value, code),
        **_figures(bars, value),
        "Signed": Column("With sign", lambda line: _signed(bars, value, line)),
        "Name": _named(bars, "line", "Signed", "Figures"),
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
