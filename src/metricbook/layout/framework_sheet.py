"""Framework: the resolved definition this workbook was compiled from, line by line, with version and fingerprint.

Beneath it stands what was in the yellow cells when the workbook was issued, so that what people typed can be told
from what was there before them. The sheet goes down, because it is two long columns.
"""

from __future__ import annotations

import json

from metricbook.formula.tree import Cell
from metricbook.layout.book import Book
from metricbook.layout.canvas import Canvas
from metricbook.layout.frame import FRAMEWORK, START
from metricbook.layout.kept_settings import lines_of
from metricbook.layout.pages import sheet_order
from metricbook.layout.plan import Constant, Field, Print

BODY = 6
NUMBER, TEXT = 1, 2  # columns


def draw(book: Book) -> None:
    """Draw the sheet."""
    canvas = book.canvas(FRAMEWORK, "check")
    model = book.model
    canvas.down = True
    canvas.put(TEXT, 1, "Framework", "title")
    says = "The definition this workbook was compiled from, resolved. The program reads it back from here."
    canvas.put(TEXT, 2, says, "question")
    name, version = model.framework.framework, model.framework.version
    canvas.put(TEXT, 3, f"{name} {version} · fingerprint {model.fingerprint}", "quiet")
    canvas.put(TEXT, 4, book.spots["master_words"], "quiet")
    canvas.put(TEXT, 5, "← Start", "hyperlink")
    canvas.link(5, TEXT, Cell(1, 1, fixed=True, sheet=START))
    lines = model.text.splitlines()
    last = BODY + len(lines) - 1
    canvas.across(NUMBER, BODY, last, tuple(float(number + 1) for number in range(len(lines))), "constant", "0")
    canvas.across(TEXT, BODY, last, tuple(lines), "code")
    canvas.anchor("blk_framework", canvas.area(BODY, TEXT, last, TEXT))
    row = _client(book, canvas, BODY + len(lines) + 1)
    _issued(book, canvas, row)
    canvas.widths |= {NUMBER: 6, TEXT: 120}
    canvas.freeze = Cell(BODY, 1, fixed=True)
    canvas.print = Print(title_rows=(1, 4))


def _client(book: Book, canvas: Canvas, row: int) -> int:
    """The client's looks and words, which with the framework give the same workbook again; the row after them."""
    lines = lines_of(book.settings)
    if not lines:
        return row
    canvas.put(TEXT, row, "Looks and words", "subheading")
    canvas.across(TEXT, row + 1, row + len(lines), tuple(lines), "code")
    canvas.anchor("blk_client", canvas.area(row + 1, TEXT, row + len(lines), TEXT))
    return row + len(lines) + 2


def _choice(field: Field, content: Constant) -> tuple[str, ...]:
    """The list of words that a choice is made from, and the id of the word, which may be said otherwise."""
    ids = [id for id, word in field.options if word == content]
    return (field.words, ids[0]) if field.words and ids else ()


def _issued(book: Book, canvas: Canvas, row: int) -> None:
    """What stands in cells to type in before anybody types, as JSON: block, row, column and content of each.

    A choice has the list and the id of its word too.
    """
    titles = [json.dumps(["sheets", str(number), "title", name], ensure_ascii=False)
              for number, name in enumerate(sheet_order(book), 1)]  # fmt: skip
    found = titles + [
        json.dumps([*address, content, *_choice(field, content)], ensure_ascii=False)
        for sheet in book.sheets.values()
        for field in sheet.fields
        for address, content in zip(field.addresses(), field.issued, strict=True)
        if content is not None
    ]
    after = _listed(canvas, row, "Issued with: block, row, column, content", found, "blk_issued")
    loaded = [
        json.dumps([*address, content], ensure_ascii=False)
        for sheet in book.sheets.values()
        for field in sheet.fields
        for address, content in zip(field.addresses(), field.loaded, strict=False)
        if content is not None
    ]
    if loaded:
        _listed(canvas, after, "Loaded from files: block, row, column, content", loaded, "blk_loaded")


def _listed(canvas: Canvas, row: int, title: str, lines: list[str], name: str) -> int:
    """A block of lines under its title; the row after it."""
    canvas.put(TEXT, row, title, "subheading")
    canvas.across(TEXT, row + 1, row + len(lines), tuple(lines), "code")
    canvas.anchor(name, canvas.area(row, TEXT, row + len(lines), TEXT))
    return row + len(lines) + 2
