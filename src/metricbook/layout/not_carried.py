"""Not carried over: what was typed into an earlier workbook and has no cell here. Nothing reads this sheet."""

from __future__ import annotations

from metricbook.formula.tree import Cell
from metricbook.layout.book import Book
from metricbook.layout.formats import DAY
from metricbook.layout.frame import NOT_CARRIED
from metricbook.layout.plan import Address, Print

BODY = 6
WHAT, VALUE, PLACE, WHY, ADDRESS = 2, 3, 4, 5, 6
HEADS = {WHAT: "What", VALUE: "Value", PLACE: "Where it stood", WHY: "Why it is here"}
DAYS = ("due", "done", "closed")
"""Keys under which dates stand."""


def is_day(address: Address) -> bool:
    """Is this a cell in which a number is a date?"""
    return address[2] in DAYS or address[:2] == ("picked", "period")


def draw(book: Book) -> None:
    """Draw the sheet; there is none where nothing is left over."""
    left = book.settings.left
    if not left:
        return
    canvas = book.canvas(NOT_CARRIED, "check")
    canvas.put(1, WHAT, "Not carried over", "title")
    says = (
        "Typed into the earlier workbook and without a cell here. Type it where it belongs; then delete this sheet."
    )
    canvas.put(2, WHAT, says, "question")
    canvas.put(3, WHAT, book.spots["master_words"], "quiet")
    canvas.link_to_start(4, WHAT)
    for column in range(1, ADDRESS + 3):
        canvas.put(BODY - 1, column, HEADS.get(column), "header")
    for number, each in enumerate(left):
        row = BODY + number
        day = isinstance(each.value, float) and is_day(each.address)
        canvas.put(row, WHAT, each.label, "label")
        canvas.put(row, VALUE, each.value, "constant", DAY if day else "General")
        canvas.put(row, PLACE, each.place, "quiet")
        canvas.put(row, WHY, each.why, "quiet")
        for beside, part in enumerate(each.address):
            canvas.put(row, ADDRESS + beside, part, "id")
    canvas.anchor("blk_left", canvas.area(BODY, WHAT, BODY + len(left) - 1, ADDRESS + 2))
    canvas.widths |= {1: 2, WHAT: 44, VALUE: 24, PLACE: 22, WHY: 40, ADDRESS: 12, ADDRESS + 1: 24, ADDRESS + 2: 12}
    canvas.freeze = Cell(BODY, 1, fixed=True)
    canvas.print = Print(title_rows=(1, BODY - 1))
