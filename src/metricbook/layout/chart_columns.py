"""How charts turn values into bars: in their order or sorted, shares, funnel; a bridge has a file of its own."""

from __future__ import annotations

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
TWO, SIX, HUNDRED, THOUSAND = Number(2), Number(6), Number(100), Number(1000)
ROOM = "Room"

Columns = dict[str, Column]


def fed(value: Tree) -> Tree:
    """A number, or what charts leave out."""
    return when(call("ISNUMBER", value), value, NOTHING)


def plain(bars: Bars) -> Columns:
    """The values as they stand."""
    code = bars.book.formats.of(bars.metric)
    return {
        f"value {n}": Column(head, lambda line, n=n: fed(bars.bars[line].values[n]), code)  # type: ignore[misc]
        for n, head in enumerate(bars.series)
    }


def values_of(bars: Bars) -> Columns:
    """The values to reckon with: blank where there is no number, because errors would spread."""
    code = bars.book.formats.of(bars.metric)

    def number(line: int, n: int) -> Tree:
        value = bars.bars[line].values[n]
        return when(call("ISNUMBER", value), value, EMPTY)

    return {
        f"value {n}": Column(head, lambda line, n=n: number(line, n), code)  # type: ignore[misc]
        for n, head in enumerate(bars.series)
    }


def in_order(bars: Bars) -> Columns:
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
        **values_of(bars),
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


def with_room(bars: Bars) -> Columns:
    """In order, and an unseen bar that is longer than the longest below zero, so that its label meets no name."""

    def reach() -> Tree:
        lead = bars.all("value 0")
        least = call("MIN", lead)
        further = Binary("/", minus(call("MAX", ZERO, lead), least), SIX)
        return when(binary("<", least, ZERO), minus(least, further), ZERO)

    def room(line: int) -> Tree:
        return when(equals(bars.above(ROOM), ZERO), NOTHING, bars.above(ROOM))

    code = bars.book.formats.of(bars.metric)
    return {**in_order(bars), ROOM: Column("Room for labels", room, code, above=reach)}


def shares(bars: Bars) -> Columns:
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
    return {**values_of(bars), "Whole": Column("All", whole, code), **shares}


def figures_of(bars: Bars, value: str) -> Columns:
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


def named(bars: Bars, between: str, *words: str) -> Column:
    """A bar's name with its figures, because labels made of other cells are not drawn by every program."""

    def name(line: int) -> Tree:
        said = [bars.at(each, line) for each in words]
        whole = join(bars.name(line), bars.book.say(between), *said)
        return when(equals(bars.at("Figures", line), EMPTY), bars.name(line), whole)

    return Column("Name", name)


def funnel(bars: Bars) -> Columns:
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
        **values_of(bars),
        "Rate": Column("Of the one before", rate, "0.0%"),
        "In brackets": Column("In brackets", in_brackets),
        **figures_of(bars, value),
        "Name": named(bars, "gap", "Figures", "In brackets"),
        "Start": Column("Start", start, code, above=lambda: call("MAX", bars.all(value))),
        "Bar": Column(
            bars.metric.label if bars.chart.over else bars.chart.title, lambda n: fed(bars.at(value, n)), code
        ),
    }
