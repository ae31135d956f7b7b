"""Checks of record tables: those of the framework, made in each row, and those that every table has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from metricbook.formula.tree import Area, Cell, Text, Tree
from metricbook.layout.book import Book, Kind
from metricbook.layout.check_row import Check
from metricbook.layout.dictionary import in_words
from metricbook.layout.frame import CALCULATIONS
from metricbook.layout.records import NAMED, capacity, checks_over, columns_read, pasted, rows_of, rows_there
from metricbook.layout.shapes import ANY_NUMBER, EMPTY, ONE, ZERO, call, equals, index, minus, when
from metricbook.model.model import Check as Statement
from metricbook.model.model import Table
from metricbook.model.record_columns import label_of

NOT_ZERO = Text("<>0")
NUMBERS = ("date", "currency", "count", "percent", "flag")


def record_checks(book: Book) -> Iterator[Check]:
    """Every check of every table."""
    for table in book.model.tables.values():
        yield from (_own(book, table, check) for check in checks_over(book, table))
        yield from (check(book, table) for check in _built_in(table))


def record_check_count(book: Book) -> int:
    """How many there are; known before anything is drawn."""
    own = [check for check in book.model.checks if check.over]
    return len(own) + sum(len(_built_in(table)) for table in book.model.tables.values())


def _built_in(table: Table) -> list[Callable[[Book, Table], Check]]:
    """What every table is checked for."""
    found: list[Callable[[Book, Table], Check]] = [_beyond]
    read = columns_read(table)
    for name, column in table.pasted.items():
        kinds = [(_text, column.type in NUMBERS)]
        if name in read:
            kinds += [
                (_unique, name == table.key),
                (_filled, column.required and name != table.key and column.type != "flag"),
                (_listed, column.type in ("member", "choice")),
                (_pointing, column.type == "key" and name != table.key),
            ]
        found += [partial(check, name=name) for check, wanted in kinds if wanted]
    return [*found, *([_keyless] if table.key and table.date else []), *([_outside] if len(table.dates) == 1 else [])]


def _own(book: Book, table: Table, check: Statement) -> Check:
    """A check of the framework in each row: how many fail, and which row first."""
    flags = rows_of(book, table, book.rows[f"check.{check.id}", (), "value"])
    fails = when(equals(call("COUNT", flags), ZERO), EMPTY, call("SUM", flags))
    what = f"In each row of {table.label}: {in_words(book, check.formula)}"
    return Check(check.id, what, check.severity, fails, _first(book, table, flags, ONE), check.message)


def _first(book: Book, table: Table, flags: Area, wanted: Tree) -> Tree:
    """The first row in which `wanted` stands: its key, or its number."""
    keys = (
        _cells(book, table, table.key, "typed") if table.key else rows_of(book, table, book.row(table.id, (), "row"))
    )
    found = call("MATCH", wanted, flags, ZERO)
    return when(equals(call("COUNTIFS", flags, wanted), ZERO), EMPTY, index(keys, found))


def _if_any(book: Book, table: Table, fails: Tree) -> Tree:
    """A check of a table runs where there is a record."""
    return when(equals(call("COUNT", rows_there(book, table)), ZERO), EMPTY, fails)


def _beyond(book: Book, table: Table) -> Check:
    """No record stands beyond the rows that formulas read."""
    name = table.key or next(iter(table.pasted))
    column = pasted(book, table, name)
    first, end = column.first, capacity(book, table) + column.first.column
    read = Area(first, Cell(first.row, end, fixed=True, sheet=first.sheet, lock_row=True))
    what = f"No row of {table.label} stands beyond the {capacity(book, table):,} that formulas read"
    message = "Rows further down are not counted; build the workbook for more rows."
    return Check(
        f"{table.id}_beyond", what, "error", minus(call("COUNTA", column), call("COUNTA", read)), "", message
    )


def _label(table: Table, name: str) -> str:
    return f"{table.label}, {label_of(name, table.pasted[name].label)}"


def _cells(book: Book, table: Table, name: str, kind: Kind = "value") -> Area:
    return rows_of(book, table, book.rows[f"{table.id}.{name}", (), kind])


def _text(book: Book, table: Table, name: str) -> Check:
    held = pasted(book, table, name)
    texts = minus(minus(call("COUNTA", held), call("COUNT", held)), ONE)  # the header is a text too
    what = (
        f"No text where a {'date' if table.pasted[name].type == 'date' else 'number'} belongs: {_label(table, name)}"
    )
    return Check(f"{table.id}_{name}_text", what, "error", texts, "", "Such cells are read as blank.")


def _filled(book: Book, table: Table, name: str) -> Check:
    there = rows_there(book, table)
    if table.pasted[name].type in NAMED:
        empty: Tree = call("COUNTIFS", _cells(book, table, name, "typed"), ZERO, there, ANY_NUMBER)
    else:
        empty = minus(call("COUNT", there), call("COUNT", _cells(book, table, name)))
    what = f"Filled in every row: {_label(table, name)}"
    return Check(f"{table.id}_{name}_filled", what, "warning", _if_any(book, table, empty), "")


def _listed(book: Book, table: Table, name: str) -> Check:
    typed, numbers = _cells(book, table, name, "typed"), _cells(book, table, name)
    strange = call("COUNTIFS", numbers, ZERO, rows_there(book, table), ANY_NUMBER, typed, NOT_ZERO)
    where = "Rows with another name count in totals only; add it on Lists, under “In your exports”."
    says = where if table.pasted[name].type == "member" else "Rows with another word fit no criterion."
    what = f"Every name is on Lists: {_label(table, name)}"
    return Check(f"{table.id}_{name}_listed", what, "warning", _if_any(book, table, strange), "", says)


def _pointing(book: Book, table: Table, name: str) -> Check:
    there, numbers = rows_there(book, table), call("COUNT", _cells(book, table, name))
    named = call("COUNTIFS", there, ANY_NUMBER, _cells(book, table, name, "typed"), NOT_ZERO)
    what = f"Every row points to one that is there: {_label(table, name)}"
    fails = _if_any(book, table, minus(named, numbers))
    return Check(f"{table.id}_{name}_found", what, "error", fails, "", "Such rows belong to nothing.")


def _unique(book: Book, table: Table, name: str) -> Check:
    again = _cells(book, table, name, "again")
    fails, where = _if_any(book, table, call("SUM", again)), _first(book, table, again, ONE)
    what = f"No two rows have the same: {_label(table, name)}"
    return Check(f"{table.id}_{name}_unique", what, "error", fails, where, "Only the first of them is pointed to.")


def _keyless(book: Book, table: Table) -> Check:
    dates = minus(call("COUNTA", pasted(book, table, table.date)), ONE)
    fails = call("MAX", ZERO, minus(dates, call("COUNT", rows_there(book, table))))
    what = f"Every row has its {label_of(table.key, table.pasted[table.key].label)}: {table.label}"
    return Check(f"{table.id}_keyless", what, "error", fails, "", "Rows without it are left out.")


def _outside(book: Book, table: Table) -> Check:
    counted = call("SUM", book.frame.periods(book.marks[f"rows_{table.id}"], CALCULATIONS, lock_row=True))
    what = f"Every row falls in a period of this workbook: {_label(table, table.date)}"
    fails = _if_any(book, table, minus(call("COUNT", _cells(book, table, table.date)), counted))
    return Check(
        f"{table.id}_outside",
        what,
        "note",
        fails,
        "",
        "No period counts the others; what looks back over earlier rows still sees them.",
    )
