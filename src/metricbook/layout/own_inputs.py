"""The free lines on Inputs: a block of eight at its end, each with a name, a unit and a number for every period."""

from __future__ import annotations

from typing import Literal

from metricbook.formula.tree import Area, Cell, Text
from metricbook.layout.book import Book
from metricbook.layout.canvas import Canvas
from metricbook.layout.fields import WHERE_FROM, Asked, ask, key_row
from metricbook.layout.frame import FIRST, FIXED, ID, INPUTS, LABEL, LINE, MEMBER
from metricbook.layout.frame import UNIT as UNIT_COLUMN
from metricbook.layout.inputs import BLANK, BODY, Block
from metricbook.layout.own_words import own_format
from metricbook.layout.plan import Constant, Role, Rule, Validation
from metricbook.layout.shapes import ZERO, beside, call, equals, fixed, index
from metricbook.model.own import GOOD, NAME, ROLLUP, TARGET, UNIT, own_id
from metricbook.source.ids import OWN_LINES

TITLE = "Your own numbers"
SAYS = (
    "A KPI of your own in each line; it is judged on the page “Your own numbers”. Of a sum, the target is for one {}."
)
COLUMNS = {NAME: LABEL, GOOD: MEMBER, UNIT: UNIT_COLUMN, ROLLUP: BLANK, TARGET: FIXED}
HEADS = {NAME: "Name", GOOD: "Better", UNIT: "Unit", ROLLUP: "Over periods", TARGET: "Target"}
LISTS = {UNIT: "own_units", ROLLUP: "own_rollups", GOOD: "own_good"}
ASKS = {
    NAME: "What you call it, in your own words.",
    UNIT: "How its numbers are shown.",
    ROLLUP: "What a longer view shows: the sum of its periods, their average, or the last one.",
    GOOD: "Whether higher or lower is better; — where neither is.",
    TARGET: "A number; of a sum the target of one period. Percent: 80%.",
}
LONGEST_NAME = 80


def place(book: Book, blocks: tuple[Block, ...]) -> None:
    """Give the block its rows, below all others: title, headings, keys, lines."""
    above = blocks[-1] if blocks else None
    top = above.bottom + 1 + len(above.previews) + 1 if above else BODY
    canvas, keys = Canvas(INPUTS, "fill"), top + 2
    book.areas["own.inputs"] = canvas.area(keys, ID, keys + 1 + OWN_LINES, book.frame.last)
    for number in range(1, OWN_LINES + 1):
        book.spots[f"own.line.{number}"] = canvas.at(keys + number, LABEL)


def column(book: Book, at: int) -> Area:
    """A column of the block between its locked rows, from any sheet; column 0 is the formula's own."""
    block = book.areas["own.inputs"]
    ends = (block.first.row, block.last.row)
    return Area(*(Cell(row, at, fixed=at > 0, sheet=INPUTS, lock_row=True) for row in ends))


def numbers(book: Book) -> Area:
    """Where only numbers belong: targets and periods."""
    block = book.areas["own.inputs"]
    ends = ((block.first.row + 1, FIXED), (block.last.row, book.frame.last))
    return Area(*(Cell(row, at, fixed=True, sheet=INPUTS, lock_row=True) for row, at in ends))


def unit_rules(
    book: Book, canvas: Canvas, first: int, last: int, spans: tuple[tuple[int, int], ...], unit: int
) -> None:
    """Show the numbers of these rows in the unit whose word stands in the column `unit` of their row."""
    for left, right in spans:
        area = Area(Cell(first, left, fixed=True), Cell(last, right, fixed=True))
        for id, word, _ in book.words["own_units"]:
            chosen = equals(fixed(first, unit), Text(word))
            canvas.rules.append(Rule(area, chosen, "number", own_format(book.formats, id)))


def draw(book: Book) -> None:
    """Draw the block on Inputs, which is drawn already."""
    canvas, block, last = book.sheets[INPUTS], book.areas["own.inputs"], book.frame.last
    keys, bottom, where_from = block.first.row, block.last.row, last + 1
    canvas.put(keys - 2, LABEL, TITLE, "heading")
    canvas.put(keys - 2, UNIT_COLUMN, SAYS.format(book.model.periods.grain), "quiet")
    heads: dict[int, str] = {COLUMNS[part]: word for part, word in HEADS.items()} | {LINE: "Filled"}
    for at in range(LABEL, FIRST):
        canvas.put(keys - 1, at, heads.get(at), "header")
    key_row(canvas, keys, {at: part for part, at in COLUMNS.items()} | {where_from: WHERE_FROM})
    canvas.across(keys, FIRST, last, tuple(book.model.periods.keys()), "key", "@")
    canvas.across(bottom, ID, where_from, None, "rule_line")
    canvas.heights[bottom] = 5
    for number in range(1, OWN_LINES + 1):
        _line(book, canvas, number)
    _validations(book, canvas, keys + 1, bottom - 1)
    text = Rule(_local(keys + 1, FIXED, bottom - 1, last), call("ISTEXT", Cell(keys + 1)), "wrong")
    canvas.rules.append(text)
    unit_rules(book, canvas, keys + 1, bottom - 1, ((FIXED, last),), UNIT_COLUMN)
    canvas.anchor("blk_own", canvas.area(keys, ID, bottom, where_from))


def _line(book: Book, canvas: Canvas, number: int) -> None:
    """One line: what it is called, its choices, its numbers, and where they come from."""
    id, row, last = own_id(number), book.spots[f"own.line.{number}"].row, book.frame.last
    canvas.put(row, ID, id, "id")
    for part, at in COLUMNS.items():
        _part(book, canvas, id, part, (row, at))
    place = call("MATCH", beside(ID), _column(book, ID), ZERO)
    block = book.areas["own.inputs"]
    held = index(_local(block.first.row, FIRST, block.last.row, last, lock=True), place, ZERO)
    canvas.put(row, LINE, call("COUNT", held), "calc", f'0" of {book.frame.count}"')
    given = tuple(book.settings.inputs.get((id, (), period)) for period in range(book.frame.count))
    asked, keys = Asked("own", id, f"{TITLE}, {number}"), book.model.periods.keys()
    ask(book, canvas, asked, (row, FIRST), ("input", "General"), tuple(keys), (None,) * len(keys), given)
    source = Asked("own", id, f"{TITLE}, {number}: where from", "text")
    ask(book, canvas, source, (row, last + 1), ("where_from", "General"), (WHERE_FROM,))
    canvas.anchor(f"in_{id}", canvas.area(row, FIRST, row, last))


def _part(book: Book, canvas: Canvas, id: str, part: str, at: tuple[int, int]) -> None:
    """What is said of a line: a name is a text whatever it looks like, a target has the format of the unit."""
    options = {id: word for id, word, _ in book.words[LISTS[part]]} if part in LISTS else {}
    kind: Literal["number", "text", "option"] = "option" if options else "text" if part == NAME else "number"
    label = f"{TITLE}, {id.rpartition('_')[2]}: {HEADS[part].lower()}"
    asked = Asked("own", id, label, kind, tuple(options.items()), LISTS.get(part, ""))
    value = book.settings.inputs.get((f"{id}.{part}", (), None))
    given: Constant = options.get(str(value), value) if options and value is not None else value
    role: Role = "input" if part == TARGET else "input_text"
    look = (role, "@" if part == NAME else "General")
    ask(book, canvas, asked, at, look, keys=(part,), given=(given,))


def _column(book: Book, at: int) -> Area:
    block = book.areas["own.inputs"]
    return _local(block.first.row, at, block.last.row, at, lock=True)


def _local(top: int, first: int, bottom: int, last: int, lock: bool = False) -> Area:
    return Area(Cell(top, first, fixed=True, lock_row=lock), Cell(bottom, last, fixed=True, lock_row=lock))


def _validations(book: Book, canvas: Canvas, first: int, last: int) -> None:
    for part, at in COLUMNS.items():
        area, title = _local(first, at, last, at), f"Your own: {HEADS[part].lower()}"
        if part in LISTS:
            error, source = "Choose one from the list.", book.areas[LISTS[part]]
            canvas.validations.append(Validation(area, "list", title, ASKS[part], error, source=source))
        elif part == NAME:
            error = f"At most {LONGEST_NAME} characters."
            canvas.validations.append(Validation(area, "text", title, ASKS[part], error, high=LONGEST_NAME))
        else:
            canvas.validations.append(Validation(area, "decimal", title, ASKS[part], "A number."))
    area, says = _local(first, FIRST, last, book.frame.last), "A number; blank while it is not known. Percent: 80%."
    canvas.validations.append(Validation(area, "decimal", TITLE, says, "A number."))
