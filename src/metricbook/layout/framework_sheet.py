"""Framework: the resolved definition this workbook was compiled from, line by line, with version and fingerprint."""

from __future__ import annotations

from metricbook.formula.tree import Cell
from metricbook.layout.book import Book
from metricbook.layout.frame import FRAMEWORK
from metricbook.layout.plan import Print

BODY = 6


def draw(book: Book) -> None:
    """Draw the sheet."""
    canvas = book.canvas(FRAMEWORK, "check")
    model = book.model
    canvas.put(1, 2, "Framework", "title")
    canvas.put(
        2,
        2,
        "The definition this workbook was compiled from, resolved. The program reads it back from here.",
        "question",
    )
    canvas.put(
        3, 2, f"{model.framework.framework} {model.framework.version} · fingerprint {model.fingerprint}", "quiet"
    )
    canvas.put(4, 2, book.spots["master_words"], "quiet")
    lines = model.text.splitlines()
    for number, line in enumerate(lines):
        canvas.put(BODY + number, 1, float(number + 1), "constant", "0")
        canvas.put(BODY + number, 2, line, "code")
    canvas.anchor("blk_framework", canvas.area(BODY, 2, BODY + len(lines) - 1, 2))
    canvas.widths |= {1: 6, 2: 120}
    canvas.freeze = Cell(BODY, 1, fixed=True)
    canvas.print = Print(title_rows=(1, 4))
