"""Lists: the members of every dimension as the reader names them, and the words that formulas choose from."""

from __future__ import annotations

from dataclasses import replace

from metricbook.formula.tree import Area, Cell, Tree
from metricbook.layout.book import Book
from metricbook.layout.canvas import Canvas
from metricbook.layout.fields import Asked, ask, key_row
from metricbook.layout.formats import DATE
from metricbook.layout.frame import LISTS
from metricbook.layout.plan import Print, Role, Validation
from metricbook.layout.shapes import ONE, ZERO, beside, call, equals, fixed, text_or_empty, times, when
from metricbook.layout.timeline import serial
from metricbook.layout.word_lists import NUMBER, SHOWN, draw_words, name_words, word_lists
from metricbook.model.dimensions import UNLISTED, Dimension, Member

ID, EXPORTS, CLOSED, GROUP, TWICE, PLACE = 1, 3, 4, 5, 7, 8
KEYS_ROW, BODY = 4, 5
KEYS = {SHOWN: "shown", EXPORTS: "exports", CLOSED: "closed", GROUP: "group"}
CLOSED_SAYS = "The last period in which this member was used; later blanks count as 0."


def place(book: Book) -> dict[str, int]:
    """Give every list its place; gives the first row of each, by name. Other sheets read the spots and areas."""
    rows: dict[str, int] = {}
    row = BODY
    sheet = Canvas(LISTS, "fill")
    for dimension in _roots(book):
        rows[dimension.id] = row
        for number, member in enumerate(dimension.members):
            at = row + 2 + number
            book.spots[f"member.{dimension.id}.{member.id}"] = sheet.at(at, SHOWN)
            book.spots[f"closed.{dimension.id}.{member.id}"] = sheet.at(at, CLOSED)
            book.spots[f"number.{dimension.id}.{member.id}"] = sheet.at(at, PLACE)
        first, last = row + 2, row + 1 + len(dimension.members)
        book.areas[f"members.{dimension.id}"] = sheet.area(first, SHOWN, last, SHOWN)
        book.areas[f"groups.{dimension.id}"] = sheet.area(first, NUMBER, last, NUMBER)
        row = last + 1
        for id, _ in dimension.groups:
            book.spots[f"group.{dimension.id}.{id}"] = sheet.at(row, NUMBER)
            book.spots[f"group_name.{dimension.id}.{id}"] = sheet.at(row, SHOWN)
            book.spots[f"needed.{dimension.id}.{id}"] = sheet.at(row, TWICE)
            row += 1
        book.areas[f"group_names.{dimension.id}"] = sheet.area(last + 1, SHOWN, max(row - 1, last + 1), SHOWN)
        book.spots[f"needed.{dimension.id}"] = sheet.at(row, TWICE)
        row += 1
        for part in (each for each in book.model.dimensions.values() if each.of == dimension.id):
            book.spots[f"needed.{part.id}"] = sheet.at(row, TWICE)
            row += 1
        row += 1
    for dimension in _in_records(book):
        book.spots[f"member.{dimension.id}.{UNLISTED}"] = sheet.at(row, SHOWN)
        book.spots[f"number.{dimension.id}.{UNLISTED}"] = sheet.at(row, PLACE)
        rows[f"other.{dimension.id}"] = row
        row += 1
        rows[f"spellings.{dimension.id}"] = row
        count = len(_spelt(dimension)) * len(dimension.members)
        book.areas[f"spellings.{dimension.id}"] = sheet.area(row + 1, SHOWN, row + count, SHOWN)
        book.spots[f"count.{dimension.id}"] = sheet.at(row, NUMBER)
        row += count + 2
    book.words = word_lists(book)
    for name, items in book.words.items():
        rows[name] = row
        book.areas[name] = sheet.area(row + 1, SHOWN, row + len(items), SHOWN)
        for number, (id, _, _) in enumerate(items):
            book.spots[f"{name}.{id}"] = sheet.at(row + 1 + number, SHOWN)
            book.spots[f"{name}.{id}.number"] = sheet.at(row + 1 + number, NUMBER)
        book.areas[f"{name}.numbers"] = sheet.area(row + 1, NUMBER, row + len(items), NUMBER)
        row += len(items) + 2
    name_words(book)
    return rows


def _in_records(book: Book) -> list[Dimension]:
    """The dimensions of which record tables hold members."""
    pasted = [column for table in book.model.tables.values() for column in table.pasted.values()]
    names = {column.of or "" for column in pasted if column.type == "member"}
    roots = {book.model.dimensions[name].root for name in names if name in book.model.dimensions}
    return [dimension for id, dimension in book.model.dimensions.items() if id in roots]


def _roots(book: Book) -> list[Dimension]:
    used = {dimension.id for dimension in _in_records(book)}
    columns = (column for table in book.model.tables.values() for column in table.columns.values())
    used |= {name for metric in (*book.model.metrics.values(), *columns) for axis in metric.axes for name in axis}
    used |= {metric.input.of for metric in book.model.metrics.values() if metric.input and metric.input.of}
    roots = {book.model.dimensions[name].root for name in used if name in book.model.dimensions}
    return [dimension for id, dimension in book.model.dimensions.items() if id in roots]


def draw(book: Book, rows: dict[str, int]) -> None:
    """Draw the sheet."""
    canvas = book.canvas(LISTS, "fill")
    canvas.put(1, SHOWN, "Lists", "title")
    canvas.put(2, SHOWN, "Rename a member here and every sheet follows. A spare row counts once it has a name; one "
               "without a name is left out.", "question")  # fmt: skip
    canvas.put(3, SHOWN, book.spots["master_words"], "quiet")
    canvas.link_to_start(1, EXPORTS)
    key_row(canvas, KEYS_ROW, KEYS)
    for dimension in _roots(book):
        _dimension(book, canvas, dimension, rows[dimension.id])
    for dimension in _in_records(book):
        at = rows[f"other.{dimension.id}"]
        canvas.put(at, ID, UNLISTED, "id")
        others = Asked(f"list.{dimension.id}", UNLISTED, f"{dimension.label}: not on the list", "text")
        ask(book, canvas, others, (at, SHOWN), keys=("shown",), issued=(dimension.other,))
        canvas.anchor(f"blk_unlisted_{dimension.id}", canvas.area(at, ID, at, SHOWN))
        canvas.put(at, EXPORTS, f"{dimension.label}: records that match no member", "quiet")
        canvas.put(at, PLACE, 0.0, "constant", "0")
        _spellings(book, canvas, dimension, rows[dimension.id], rows[f"spellings.{dimension.id}"])
    for name, items in book.words.items():
        draw_words(book, canvas, name, items, rows[name])
    canvas.widths |= {ID: 18, SHOWN: 34, EXPORTS: 24, CLOSED: 14, GROUP: 18, NUMBER: 10, TWICE: 10, PLACE: 8}
    canvas.freeze = Cell(4, 1, fixed=True)
    canvas.print = Print(landscape=False)


HEADS = ("", "Shown as", "In your exports", "Closed after", "Group", "Group no.", "Named twice", "No.")
SPELLINGS = {"shown": SHOWN, "in your exports": EXPORTS, "as issued": None}
"""The names by which pasted rows may call a member, and where they stand. Those of the first issue stay for ever."""


MORE = len(SPELLINGS) - 1


def _spelt(dimension: Dimension) -> list[tuple[str, int | None]]:
    """The lists of names: the usual ones, and one for every further name that a member has in exports."""
    most = max((len(member.exports) for member in dimension.members), default=0)
    return [*SPELLINGS.items(), *((f"in your exports, {number}", None) for number in range(2, most + 1))]


def _spellings(book: Book, canvas: Canvas, dimension: Dimension, members: int, row: int) -> None:
    """Every name of every member, one list after the other; a name's place tells which member it is."""
    canvas.put(row, SHOWN, f"{dimension.label}: names in pasted rows", "subheading")
    count = len(dimension.members)
    canvas.put(row, NUMBER, call("COUNTA", Area(fixed(members + 2, ID), fixed(members + 1 + count, ID))), "calc", "0")
    for part, (says, column) in enumerate(_spelt(dimension)):
        for number, member in enumerate(dimension.members):
            at = row + 1 + part * count + number
            name = (
                (member.exports[part - MORE : part - MORE + 1] or (None,))[0] if part > MORE else member.label or None
            )
            named = text_or_empty(fixed(members + 2 + number, column)) if column else None
            canvas.put(at, ID, member.id, "id")
            canvas.put(at, SHOWN, named if column else name, "text")
            canvas.put(at, EXPORTS, says, "quiet")


def _dimension(book: Book, canvas: Canvas, dimension: Dimension, row: int) -> None:
    canvas.put(row, SHOWN, dimension.label, "heading")
    for column, heading in enumerate(HEADS, 1):
        canvas.put(row + 1, column, heading, "header")
    canvas.heights[row + 1] = 30
    first, last = row + 2, row + 1 + len(dimension.members)
    for number in range(len(dimension.members)):
        _member(book, canvas, dimension, number, first)
    _needed(book, canvas, dimension, last + 1)
    _member_validations(book, canvas, dimension, first, last)
    canvas.anchor(f"blk_list_{dimension.id}", canvas.area(first, ID, last, GROUP))


def _member(book: Book, canvas: Canvas, dimension: Dimension, number: int, first: int) -> None:
    """One member: its names, when it closed, its group, and whether another one has its name."""
    member, at = dimension.members[number], first + number
    canvas.put(at, ID, member.id, "id")
    asked = Asked(f"list.{dimension.id}", member.id, f"{dimension.label}: {member.label or member.id}", "text")
    ask(book, canvas, asked, (at, SHOWN), keys=("shown",), issued=(member.label or None,))
    ask(
        book, canvas, asked, (at, EXPORTS), keys=("exports",), issued=(member.exports[0] if member.exports else None,)
    )
    closed = serial(member.closed) if member.closed else None
    look: tuple[Role, str] = ("input", DATE[book.model.periods.grain])
    ask(book, canvas, replace(asked, kind="date"), (at, CLOSED), look, ("closed",), (closed,))
    if dimension.groups:
        group = dict(dimension.groups).get(member.group)
        if is_spare(member):
            choice = replace(asked, kind="option", options=dimension.groups)
            ask(book, canvas, choice, (at, GROUP), keys=("group",), issued=(group,))
        else:
            canvas.put(at, GROUP, group, "text")
        found = call("MATCH", beside(GROUP), book.areas[f"group_names.{dimension.id}"], ZERO)
        # COUNTA of one cell is 1 where the member has a name, so an unnamed one is in no group
        grouped = times(when(call("ISNUMBER", found), found, ZERO), call("COUNTA", beside(SHOWN)))
        canvas.put(at, NUMBER, grouped, "calc", "0")
    first_of_name = call("MATCH", beside(SHOWN), book.areas[f"members.{dimension.id}"], ZERO)
    again = when(equals(first_of_name, _count(number + 1, first)), ZERO, ONE)
    unnamed = equals(call("COUNTA", beside(SHOWN)), ZERO)
    canvas.put(at, TWICE, when(unnamed, ZERO, again), "calc", "0")
    canvas.put(at, PLACE, float(number + 1), "constant", "0")


def is_spare(member: Member) -> bool:
    """Is it a row for a member that the reader names?"""
    return member.id.startswith("spare_")


def _needed(book: Book, canvas: Canvas, dimension: Dimension, row: int) -> None:
    """How many members have a name: in each group, in all, and in each part of the dimension."""
    for number, (id, label) in enumerate(dimension.groups):
        canvas.put(row, ID, id, "id")
        canvas.put(row, SHOWN, label, "text")
        canvas.put(row, EXPORTS, "group; members named", "quiet")
        canvas.put(row, NUMBER, float(number + 1), "constant", "0")
        named = call("COUNTIFS", book.areas[f"groups.{dimension.id}"], beside(NUMBER))
        canvas.put(row, TWICE, call("MAX", ONE, named), "calc", "0")
        row += 1
    canvas.put(row, SHOWN, "Members named", "quiet")
    canvas.put(row, TWICE, call("MAX", ONE, call("COUNTA", book.areas[f"members.{dimension.id}"])), "calc", "0")
    for part in (each for each in book.model.dimensions.values() if each.of == dimension.id):
        row += 1
        canvas.put(row, SHOWN, f"Members named in {part.label}", "quiet")
        cells = [book.spots[f"member.{dimension.id}.{member.id}"] for member in part.members]
        canvas.put(row, TWICE, call("MAX", ONE, call("COUNTA", *cells)), "calc", "0")


def _member_validations(book: Book, canvas: Canvas, dimension: Dimension, first: int, last: int) -> None:
    closed = _local(canvas.area(first, CLOSED, last, CLOSED))
    canvas.validations.append(Validation(closed, "date", "Closed after", CLOSED_SAYS, "Type a date.", low=1.0))
    spares = [first + number for number, member in enumerate(dimension.members) if is_spare(member)]
    if dimension.groups and spares:
        choice = _local(canvas.area(spares[0], GROUP, spares[-1], GROUP))
        source, says = book.areas[f"group_names.{dimension.id}"], "The group this member is added to."
        canvas.validations.append(Validation(choice, "list", "Group", says, "Choose one.", source=source))
    names = _local(canvas.area(first, SHOWN, last, SHOWN))
    says = "The name used on every sheet. Without * ? ~."
    canvas.validations.append(Validation(names, "text", "Shown as", says, "At most 80 characters.", high=80))


def _count(number: int, first: int) -> Tree:
    """A position in the list, counted by the ids above it rather than written as a number."""
    return call("COUNTA", Area(Cell(first, ID, fixed=True, lock_row=True), Cell(first + number - 1, ID, fixed=True)))


def _local(area: Area) -> Area:
    return Area(replace(area.first, sheet=""), replace(area.last, sheet=""))
