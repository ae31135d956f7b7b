"""Notes: commentary by metric and period, what happened, and who does what until when."""

from __future__ import annotations

from dataclasses import replace

from metricbook.formula.tree import Area, Cell
from metricbook.layout import chart_events
from metricbook.layout.book import Book
from metricbook.layout.canvas import Canvas
from metricbook.layout.fields import Asked, ask, key_row
from metricbook.layout.formats import DATE, DAY
from metricbook.layout.frame import CALCULATIONS, FIRST, FIXED, ID, LABEL, NOTES
from metricbook.layout.plan import Print, Validation
from metricbook.model.metric import Metric

HEADER, KEYS, BODY = 5, 6, 7
ACTIONS = 12
WHO_WHEN = ((FIRST, "Who"), (FIRST + 1, "Due"), (FIRST + 2, "Done on"))
EVENTS = {"events": "What happened in the market or with us", "definitions": "What was redefined"}


def place(book: Book, shown: list[Metric]) -> None:
    """Give each commented metric its row; results read the reporting period's cell of it."""
    for number, metric in enumerate(shown):
        book.spots[f"note_row.{metric.id}"] = Cell(BODY + number, FIRST, fixed=True, sheet=NOTES)
    canvas, row = Canvas(NOTES, "fill"), _actions_row(len(shown)) + 2
    for name, column in (("what", LABEL), ("who", FIRST), ("due", FIRST + 1), ("done", FIRST + 2)):
        book.areas[f"actions.{name}"] = canvas.area(row, column, row + ACTIONS - 1, column)


def _actions_row(shown: int) -> int:
    """The row in which the heading of the actions stands."""
    return BODY + shown + 6


def draw(book: Book, shown: list[Metric]) -> None:
    """Draw the sheet."""
    canvas = book.canvas(NOTES, "fill")
    last = book.frame.last
    canvas.put(1, LABEL, "Notes", "title")
    canvas.put(
        2, LABEL, "What happened, and what now. Pages show the reporting period's note beside its number.", "question"
    )
    canvas.put(3, LABEL, book.spots["master_words"], "quiet")
    canvas.link_to_start(4, LABEL)
    for column in range(ID, FIRST):
        canvas.put(HEADER, column, "Metric" if column == LABEL else None, "header")
    starts = Cell(book.marks["start"], sheet=CALCULATIONS, lock_row=True)
    canvas.across(HEADER, FIRST, last, starts, "date_header", DATE[book.model.periods.grain])
    key_row(canvas, KEYS, {})
    canvas.across(KEYS, FIRST, last, tuple(book.model.periods.keys()), "key", "@")
    for number, metric in enumerate(shown):
        _comments(book, BODY + number, metric.id, metric.label, metric.aliases)
    row = BODY + len(shown) + 1
    canvas.put(row, LABEL, "Events", "heading")
    # what charts tell of is typed on Inputs, and has no second home here
    asked = {id: label for id, label in EVENTS.items() if id != "events" or not chart_events.told(book)}
    for number, (id, label) in enumerate(asked.items(), row + 1):
        _comments(book, number, id, label)
    canvas.anchor("blk_notes", canvas.area(KEYS, ID, row + len(asked), last))
    _actions(book, _actions_row(len(shown)))
    canvas.widths |= {ID: 16, LABEL: 40, **dict.fromkeys(range(LABEL + 1, FIRST), 1.0)}
    canvas.widths |= dict.fromkeys(range(FIRST, last + 1), 26)
    canvas.freeze = Cell(BODY, LABEL + 1, fixed=True)
    canvas.print = Print(
        pages_wide=0,
        title_rows=(1, KEYS),
        title_columns=(ID, FIXED),
        break_before=tuple(range(FIRST + 6, last + 1, 6)),
        areas=(  # apart, so that the actions do not bring empty pages for every further period
            canvas.area(1, 1, row + len(asked), last),
            canvas.area(_actions_row(len(shown)), 1, _actions_row(len(shown)) + 1 + ACTIONS, FIRST + 2),
        ),
    )


def _comments(book: Book, row: int, id: str, label: str, aliases: tuple[str, ...] = ()) -> None:
    canvas, last = book.sheets[NOTES], book.frame.last
    canvas.heights[row] = 40  # three lines
    canvas.put(row, ID, id, "id")
    canvas.put(row, LABEL, label, "label")
    keys = book.model.periods.keys()
    asked = Asked("notes", id, f"Note: {label}", "text", earlier=aliases)
    ask(book, canvas, asked, (row, FIRST), keys=keys, issued=(None,) * len(keys))
    area = Area(Cell(row, FIRST, fixed=True), Cell(row, last, fixed=True))
    canvas.validations.append(
        Validation(
            area,
            "text",
            label[:32],
            "A sentence or two; it stands beside the number.",
            "At most 255 characters.",
            high=255,
        )
    )
    canvas.anchor(f"in_note.{id}", canvas.area(row, FIRST, row, last))


def _actions(book: Book, row: int) -> None:
    canvas = book.sheets[NOTES]
    canvas.put(row, LABEL, "Actions", "heading")
    key_row(canvas, row - 1, {LABEL: "what", FIRST: "who", FIRST + 1: "due", FIRST + 2: "done"})
    for column, words in ((ID, "No."), (LABEL, "What"), *WHO_WHEN):
        canvas.put(row + 1, column, words, "header" if words in ("What", "Who") else "header_right")
    for number in range(ACTIONS):
        at = row + 2 + number
        canvas.put(at, ID, float(number + 1), "constant", "0")
        asked = Asked("actions", str(number + 1), f"Action {number + 1}", "text")
        ask(book, canvas, asked, (at, LABEL), keys=("what",))
        ask(book, canvas, asked, (at, FIRST), keys=("who",))
        days = replace(asked, kind="date")
        ask(book, canvas, days, (at, FIRST + 1), ("input", DAY), ("due", "done"), (None, None))
    dates = Area(Cell(row + 2, FIRST + 1, fixed=True), Cell(row + 1 + ACTIONS, FIRST + 2, fixed=True))
    canvas.validations.append(Validation(dates, "date", "Date", "A date.", "Type a date.", low=1.0))
    canvas.anchor("blk_actions", canvas.area(row + 2, ID, row + 1 + ACTIONS, FIRST + 2))
