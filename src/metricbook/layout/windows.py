"""What is filled, and the reader's windows: Current, Comparison and Last year, as rows of the time line.

*Data through* is the latest period in which every essential input is filled, and the default reporting period. A
window that does not lie wholly inside the data does not exist, and everything in it is blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from metricbook.formula.tree import Area, Cell, Tree
from metricbook.layout import spares
from metricbook.layout.book import Book, contiguous
from metricbook.layout.formats import DATE
from metricbook.layout.frame import CURRENT, FIRST, FIXED, LINE
from metricbook.layout.records import rows_of, rows_there
from metricbook.layout.shapes import (
    EMPTY,
    NA,
    ONE,
    ZERO,
    any_of,
    binary,
    call,
    equals,
    fixed,
    head,
    here,
    index,
    join,
    minus,
    plus,
    span,
    times,
    when,
)
from metricbook.layout.timeline import Row
from metricbook.model.model import Table


def window(book: Book, rollup: str, row: int) -> Tree:
    """What a line is over a window: its sum, average, first or last value; blank where any part is missing.

    One tree serves all windows: first, last and length are read in the formula's own column.
    """
    line = book.frame.periods(row)
    first, last, length = (head(book.marks[name]) for name in ("first", "last", "periods"))
    if rollup in ("sum", "average"):
        part = span(line, first, last)
        function = "SUM" if rollup == "sum" else "AVERAGE"
        return when(equals(call("COUNT", part), length), call(function, part), EMPTY)
    value: Tree = index(line, first if rollup == "first" else last)
    if rollup == "none":
        value = when(equals(length, ONE), value, NA)
    return when(call("ISNUMBER", length), value, EMPTY)


@dataclass(frozen=True)
class Counted:
    """Rows of inputs as read, by what a number in them says.

    In a row of `filled` it says that its period has begun, in one of `other` (by period) or `single` (one value) only
    that something is typed. Of `essential` inputs by period and with one value (`essential_once`) all must be there.
    `closable` rows, a part of `filled`, hold zeros that nobody typed; so do those of spare members, where the rows of
    `nothing…` have a 0 as well.
    """

    filled: Sequence[int]
    closable: Sequence[int]
    essential: Sequence[int]
    essential_once: Sequence[int]
    other: Sequence[int]
    single: Sequence[int]
    nothing: Sequence[int] = ()
    nothing_other: Sequence[int] = ()
    nothing_single: Sequence[int] = ()
    excused: Sequence[int] = ()  # 0 where a rate of a spare member is not asked for yet
    excused_once: Sequence[int] = ()


def rows(book: Book, counted: Counted) -> Iterator[Row]:
    """The rows about filling and windows."""
    yield from _records(book)
    yield from _spares(book)
    yield from _filled(book, counted)
    yield from _complete(book, counted)
    yield from _choices(book)
    yield from _windows(book)


def _own(book: Book, name: str) -> Cell:
    """The fixed cell of a row of the time line."""
    return fixed(book.marks[name], FIXED)


def _nothing(book: Book) -> Tree:
    """A 0 in every cell, by a formula, so that the row is uniform."""
    return times(ZERO, book.mark("number"))


def _counted(book: Book, rows: Sequence[int]) -> Tree:
    areas = [Area(here(first), here(last)) for first, last in contiguous(rows)]
    return call("COUNT", *areas) if areas else _nothing(book)


def _records(book: Book) -> Iterator[Row]:
    """How many records of each table fall in a period, and how far the records of all tables go."""
    days: list[Tree] = []
    for table in book.model.tables.values():
        if not table.date:
            rows = rows_there(book, table)
            yield Row(f"rows_{table.id}", f"Rows of {table.label}", _nothing(book), fixed=call("COUNT", rows))
            continue
        dates = {id: rows_of(book, table, book.rows[f"{table.id}.{id}", (), "value"]) for id in table.dates}
        since = join(book.say("at_least"), book.mark("start"))
        until = join(book.say("at_most"), book.mark("period_end"))
        fallen = call("COUNTIFS", dates[table.date], since, dates[table.date], until)
        label = f"Rows of {table.label} (fixed: the last day of any)"
        yield Row(f"rows_{table.id}", label, fallen, fixed=call("MAX", *dates.values()))
        days.append(_own(book, f"rows_{table.id}"))
    if days:
        yield Row("records_through", "Records reach (the last day of any)", fixed=call("MAX", *days))


def _spares(book: Book) -> Iterator[Row]:
    """How many numbers each spare member has so far."""
    for spare in spares.spares(book.model):
        dimension = book.model.dimensions[spare.dimension]
        place = spare.member.removeprefix(spares.SPARE)
        so_far, ever = spares.numbers(book, spare)
        yield Row(spare.mark, f"Numbers of spare row {place} of {dimension.label} (fixed: ever)", so_far, fixed=ever)


def _dated(book: Book) -> list[Tree]:
    """1 in a period in which a table has rows, for each table with dates."""
    return [call("MIN", ONE, book.mark(f"rows_{table.id}")) for table in _with_dates(book)]


def _with_dates(book: Book) -> list[Table]:
    return [table for table in book.model.tables.values() if table.date]


def _filled(book: Book, counted: Counted) -> Iterator[Row]:
    # the zeros of closed members are nothing that anybody typed
    before = join(book.say("below"), head(book.marks["start"]))
    ends = [Area(fixed(a, FIXED), fixed(b, FIXED)) for a, b in contiguous(counted.closable)]
    closed = [call("COUNTIFS", area, before) for area in ends]
    none = [_counted(book, counted.nothing)] if counted.nothing else []
    taken = [*closed, *none]
    typed = minus(_counted(book, counted.filled), plus(*taken)) if taken else _counted(book, counted.filled)
    typed = plus(typed, *_dated(book))
    part = span(book.frame.periods(book.marks["filled"]), head(book.marks["first"]), head(book.marks["last"]))
    rolled = when(call("ISNUMBER", head(book.marks["periods"])), call("SUM", part), ZERO)
    yield Row("filled", "Inputs filled", typed, (rolled, rolled, rolled))
    begun = when(binary(">", head(book.marks["filled"]), ZERO), book.mark("number"), ZERO)
    yield Row("any", "Something filled (fixed: anything at all)", begun, fixed=_anything(book, counted))


def _anything(book: Book, counted: Counted) -> Tree | float:
    """1 once a number or record is typed anywhere, and always where every number is prefilled."""
    found: list[Tree] = [call("MAX", book.frame.periods(book.marks["any"]))] if counted.filled else []
    areas = _all_over(book, counted.single, counted.other)
    none = _all_over(book, counted.nothing_single, counted.nothing_other)
    typed = call("COUNT", *areas)
    found += [minus(typed, call("COUNT", *none)) if none else typed] if areas else []
    found += [_own(book, f"rows_{table}") for table in book.model.tables]
    return call("MIN", ONE, plus(*found)) if found else 1.0


def _all_over(book: Book, single: Sequence[int], by_period: Sequence[int]) -> list[Area]:
    """Rows with one value and rows by period, whole."""
    areas = [Area(fixed(a, FIXED), fixed(b, FIXED)) for a, b in contiguous(single)]
    return areas + [Area(fixed(a, FIRST), fixed(b, book.frame.last)) for a, b in contiguous(by_period)]


def _complete(book: Book, counted: Counted) -> Iterator[Row]:
    number, needed = book.mark("number"), _own(book, "required")
    essential = (*counted.essential, *counted.essential_once)
    lines = [Area(fixed(a, LINE), fixed(b, LINE)) for a, b in contiguous(essential)]
    # a line at position 1 belongs to a member without a name
    named = [minus(call("COUNT", area), call("COUNTIFS", area, ONE)) for area in lines]
    once = [
        Area(fixed(a, FIXED), fixed(b, FIXED))
        for a, b in contiguous((*counted.essential_once, *counted.excused_once))
    ]
    tables = [call("MIN", ONE, call("COUNTA", rows_there(book, each))) for each in _with_dates(book)]
    there = [call("COUNT", *once)] if once else []
    yield Row(
        "required",
        "Essential inputs filled (fixed: needed)",
        plus(_counted(book, (*counted.essential, *counted.excused)), *there, *_dated(book)),
        fixed=plus(*named, *tables) if named or tables else 0.0,
    )
    filled, begun = binary(">=", book.mark("required"), needed), binary(">", book.mark("any"), ZERO)
    # where every number is prefilled nothing shows that a period has begun
    prefilled = counted.essential and not counted.filled and not tables
    yield Row("complete", "Complete", when(filled if prefilled else call("AND", filled, begun), number, ZERO))
    latest = call("MAX", book.frame.periods(book.marks["complete"]))
    yield Row("through", "Data through (number of the period)", fixed=latest)
    anything = call("MAX", book.frame.periods(book.marks["any"]))
    line = book.frame.periods(book.marks["to_fill"])
    following = call("MIN", call("MAX", book.frame.periods(book.marks["number"])), plus(ONE, anything))
    first = when(binary(">", call("COUNT", line), ZERO), call("MIN", line), following)
    open_ = call("AND", begun, binary("<", book.mark("required"), needed))
    yield Row("to_fill", "Started but not complete (fixed: to fill next)", when(open_, number, EMPTY), fixed=first)


def _choices(book: Book) -> Iterator[Row]:
    """What the reader picked; an empty or unknown choice means the latest period, one period, the one before."""
    dates, views = book.frame.periods(book.marks["start"]), book.areas["views"]
    picked, view = book.spots["picked_period"], book.spots["picked_view"]
    known = call("MATCH", picked, dates, ZERO)
    # while no period is complete, the latest that has begun is shown, so that a few numbers give results
    begun = call("MAX", book.frame.periods(book.marks["any"]))
    latest = when(binary(">", _own(book, "through"), ZERO), _own(book, "through"), begun)
    reporting = when(equals(call("COUNTIFS", dates, picked), ZERO), latest, known)
    yield Row("reporting", "Reporting period (number)", fixed=reporting)
    viewed = when(equals(call("COUNTIFS", views, view), ZERO), ONE, call("MATCH", view, views, ZERO))
    yield Row("view", "View (1 one period, 2 and 3 to date)", fixed=viewed)
    to_date = {
        "month": ["into_quarter", "into_year"],
        "week": ["into_quarter", "into_year"],
        "quarter": ["into_year"],
    }
    lengths: list[Tree] = [ONE, *map(book.mark, to_date.get(book.model.periods.grain, []))]
    yield Row("length", "Periods in the view if it ended here", call("CHOOSE", _own(book, "view"), *lengths))
    last_year = equals(book.spots["picked_comparison"], book.spots["last_year_word"])
    shift = when(last_year, _own(book, "per_year"), index(book.areas["view_shifts"], _own(book, "view")))
    yield Row("shift", "Periods back to the comparison", fixed=shift)
    length = index(book.frame.periods(book.marks["length"]), _own(book, "reporting"))
    yield Row("window_length", "Periods in the view", fixed=when(_no_data(book), ZERO, length))


def _no_data(book: Book) -> Tree:
    return equals(_own(book, "reporting"), ZERO)


def _windows(book: Book) -> Iterator[Row]:
    reporting, length = _own(book, "reporting"), _own(book, "window_length")
    ends: tuple[Tree, ...] = (
        reporting,
        minus(reporting, _own(book, "shift")),
        minus(reporting, _own(book, "per_year")),
    )
    outside = [binary("<", minus(end, length), ZERO) for end in ends[1:]]
    absent = (_no_data(book), *(any_of([_no_data(book), beyond]) for beyond in outside))
    # while nothing is complete, the period to fill next is the one that is asked about
    firsts = [call("MAX", ONE, plus(minus(end, length), ONE)) for end in ends]
    lasts = [call("MAX", ONE, end) for end in ends]
    yield Row("first", "First period of the window", windows=_or_next(book, firsts))
    yield Row("last", "Last period of the window", windows=_or_next(book, lasts))
    exists = _three(*(when(none, EMPTY, length) for none in absent))
    yield Row("periods", "Periods in the window (blank: there is none)", windows=exists)
    dates = book.frame.periods(book.marks["start"])
    for name, label, mark in (("from", "From", "first"), ("to", "To", "last")):
        edge = when(call("ISNUMBER", head(book.marks["periods"])), index(dates, head(book.marks[mark])), EMPTY)
        yield Row(name, label, windows=(edge, edge, edge), format=DATE[book.model.periods.grain])
    after = binary(">=", book.mark("number"), fixed(book.marks["first"], CURRENT))
    before = binary("<=", book.mark("number"), fixed(book.marks["last"], CURRENT))
    inside = call("AND", after, before, binary(">", reporting, ZERO))
    yield Row("counted", "Counts in the current window", when(inside, ONE, ZERO))


def _or_next(book: Book, places: Sequence[Tree]) -> tuple[Tree, Tree, Tree]:
    """The ends of the windows; of Current the period to fill next while there is no data."""
    current, comparison, last_year = places
    return when(_no_data(book), _own(book, "to_fill"), current), comparison, last_year


def _three(current: Tree, comparison: Tree, last_year: Tree) -> tuple[Tree, Tree, Tree]:
    """The three windows' cells."""
    return current, comparison, last_year
