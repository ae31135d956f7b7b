"""What is worst and what is still to do: both lists fill themselves from Results and Notes."""

from __future__ import annotations

from metricbook.formula.tree import Area, Cell, Tree
from metricbook.layout.book import Book
from metricbook.layout.page_grid import FIRST, LAST, NAME, Page
from metricbook.layout.plan import Role, Rule
from metricbook.layout.ranking import ACTIONS, SAID, WORST
from metricbook.layout.shapes import (
    EMPTY,
    binary,
    blank,
    index,
    join,
    when,
)
from metricbook.source.pages import Block, Listing

MIDDLE = 9  # the first column of the right half: actions
LOWER, NOTE = 14.0, 13.5


def is_listing(block: Block) -> bool:
    """Is it one of the lists that fill themselves?"""
    return block.worst is not None or block.actions is not None


def is_same(one: Block, other: Block) -> bool:
    """Do both show the same list?"""
    return bool(one.worst and other.worst) or bool(one.actions and other.actions)


def draw(page: Page, blocks: list[Block]) -> None:
    """Draw one list, or both beside each other: what is worst at the left, open actions at the right."""
    worst = next((block.worst for block in blocks if block.worst is not None), None)
    actions = next((block.actions for block in blocks if block.actions is not None), None)
    first = MIDDLE + 1 if worst is not None else NAME
    top = page.row
    page.canvas.heights |= {top: 18, top + 1: 17}
    if worst is not None:
        _worst(page, worst, LAST if actions is None else MIDDLE - 1)
    if actions is not None:
        _open_actions(page, actions, first)
    lines = max(each.rows for each in (worst, actions) if each is not None)
    for number in range(lines):
        page.canvas.heights |= {top + 2 + 2 * number: LOWER, top + 3 + 2 * number: NOTE}
    page.row = top + 2 + 2 * lines + 1


def _worst(page: Page, listing: Listing, last: int) -> None:
    """Each with two lines: its numbers, and beneath them who owns it and what was noted."""
    book, canvas, top = page.book, page.canvas, page.row
    canvas.put(top, NAME, listing.title or WORST, "heading")
    _of_all(page, top, FIRST + 4, "worst", listing.rows)
    heads = {NAME: "Metric", FIRST: "Actual", FIRST + 1: "Target", FIRST + 2: "Variance", FIRST + 4: "Status"}
    for column in range(NAME, last + 1):
        role: Role = "header_right" if column in (FIRST, FIRST + 1) else "header"
        canvas.put(top + 1, column, heads.get(column), role)
    for number in range(listing.rows):
        row, place = top + 2 + 2 * number, book.spots[f"worst.{number}"]
        cells: dict[int, tuple[str, Role]] = {
            NAME: ("Metric", "item_label"), FIRST: ("In short", "item"), FIRST + 1: ("Target short", "item"),
            FIRST + 2: ("Variance in words", "item_text"), FIRST + 4: ("Status", "item_status"),
        }  # fmt: skip
        for column, (name, look) in cells.items():
            otherwise: Tree = book.spots["worst.none"] if column == NAME and number == 0 else EMPTY
            canvas.put(row, column, when(blank(place), otherwise, _of(book, name, place)), look)
        canvas.link(row, NAME, place, "Go to where the results stand", FIRST + 4)
        canvas.put(row + 1, NAME, when(blank(place), EMPTY, _of(book, "Owner and note", place)), "remark")
        canvas.across(row + 1, FIRST, last, None, "remark")
        _rule_when_filled(page, row, NAME, last)


def _of_all(page: Page, row: int, column: int, name: str, shown: int) -> None:
    """ "4 of 12", where there are more than the list shows."""
    there, count = page.book.spots[f"{name}.number.{shown - 1}"], page.book.spots[f"{name}.count"]
    page.canvas.put(
        row, column, when(binary(">", count, there), join(there, page.book.say("of"), count), EMPTY), "quiet"
    )


def _of(book: Book, name: str, place: Cell) -> Tree:
    return index(book.areas[f"results.{name}"], place)


def _open_actions(page: Page, listing: Listing, first: int) -> None:
    book, canvas, top = page.book, page.canvas, page.row
    canvas.put(top, first, listing.title or ACTIONS, "heading")
    _of_all(page, top, LAST - 1, "action", listing.rows)
    for column in range(first, LAST + 1):
        words = {first: "What", LAST: "Due"}.get(column)
        canvas.put(top + 1, column, words, "header_right" if column == LAST else "header")
    for number in range(listing.rows):
        row, place = top + 2 + 2 * number, book.spots[f"action.{number}"]
        otherwise: Tree = book.spots["action.none"] if number == 0 else EMPTY
        what, who, due = (when(blank(place), EMPTY, index(book.areas[f"open.{name}"], place)) for name in SAID)
        canvas.put(row, first, when(blank(place), otherwise, what.args[2]), "item_text")
        canvas.put(row, LAST, due, "item", "d mmm")
        canvas.put(row + 1, first, who, "remark")
        canvas.across(row + 1, first + 1, LAST, None, "remark")
        _rule_when_filled(page, row, first, LAST)


def _rule_when_filled(page: Page, row: int, first: int, last: int) -> None:
    """A line under the two lines of an entry, where there is one."""
    area = Area(Cell(row + 1, first, fixed=True), Cell(row + 1, last, fixed=True))
    page.canvas.rules.append(Rule(area, binary("<>", Cell(row, first, fixed=True), EMPTY), "row"))
