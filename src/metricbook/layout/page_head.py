"""The head of a page: title, question, what is shown; on the first page also the reader's selectors."""

from __future__ import annotations

from metricbook.formula.tree import Area, Cell, Tree
from metricbook.layout import logo
from metricbook.layout.book import Book
from metricbook.layout.fields import Asked, ask_one
from metricbook.layout.formats import DATE
from metricbook.layout.frame import CALCULATIONS, CURRENT
from metricbook.layout.page_grid import LAST, NAME, Page
from metricbook.layout.plan import Role, Validation
from metricbook.layout.shapes import EMPTY, ONE, ZERO, binary, blank, call, equals, fixed, index, join, times, when
from metricbook.source.schema import Page as PageSpec

LABELS_ROW, SELECTOR_ROW = 2, 3
# name of the selector, its label, its column, what its prompt says
SELECTORS = (
    ("picked_period", "Reporting period", 9, "Empty means the latest complete period."),
    ("picked_view", "View", 11, "One period, or so far this quarter or year."),
    ("picked_comparison", "Compare with", 13, "What the change is measured against."),
)


def place(book: Book, sheet: str) -> None:
    """Say where the selectors stand."""
    for name, _, column, _ in SELECTORS:
        book.spots[name] = Cell(SELECTOR_ROW, column, fixed=True, sheet=sheet, lock_row=True)


def draw(page: Page, spec: PageSpec, first: bool) -> None:
    """Draw the rows above the first block."""
    book, canvas = page.book, page.canvas
    title, whole = spec.title or spec.sheet or "", book.settings.client or book.model.framework.title
    canvas.put(1, NAME, whole if first else title, "title")
    canvas.put(2, NAME, f"{title} · {spec.question}" if first and title != whole else spec.question, "question")
    filled = (*filled_of_needed(book), book.say("inputs_filled"))
    canvas.put(3, NAME, join(book.spots["master_words"], book.say("wide_dot"), *filled), "quiet")
    canvas.put(4, NAME, book.spots["next_sentence"], "quiet")
    canvas.link_to_start(4, LAST)
    canvas.across(5, NAME, LAST, None, "rule_line")
    canvas.heights[5] = 6
    if first:
        _selectors(page)
        logo.draw(book, canvas, LAST)
    else:
        for row, word in ((2, "from"), (3, "to")):
            day = book.mark_at(word, CURRENT)
            canvas.put(row, LAST - 1, when(blank(day), EMPTY, book.say(word)), "selector_label")
            canvas.put(row, LAST, day, "selector_label", DATE[book.model.periods.grain])


def filled_of_needed(book: Book) -> tuple[Tree, ...]:
    """ "1,209 of 1,241": how many inputs are filled, of those that are asked for.

    None while nobody has typed anything, whatever is prefilled.
    """
    begun = binary(">", book.mark("any", here=False), ZERO)
    filled = call("FIXED", times(book.spots["inputs_filled"], begun), ZERO)
    return filled, book.say("of"), call("FIXED", book.spots["inputs_needed"], ZERO)


def _selectors(page: Page) -> None:
    book, canvas, date = page.book, page.canvas, DATE[page.book.model.periods.grain]
    starts = book.frame.periods(book.marks["start"], CALCULATIONS, lock_row=True)
    sources = {
        "picked_period": starts,
        "picked_view": book.areas["views"],
        "picked_comparison": book.areas["comparisons"],
    }
    options = {"picked_view": book.words["views"], "picked_comparison": book.words["comparisons"]}
    for name, label, column, prompt in SELECTORS:
        given = book.settings.inputs.get((name, (), None))
        known = tuple((id, word) for id, word, _ in options.get(name, ()))
        listed = {"picked_view": "views", "picked_comparison": "comparisons"}.get(name, "")
        asked = Asked("picked", name.removeprefix("picked_"), label, "option" if known else "date", known, listed)
        look: tuple[Role, str] = ("selector", "General" if known else date)
        words: Tree | str = label
        if name == "picked_period":
            nothing = equals(call("COUNT", fixed(SELECTOR_ROW, column)), ZERO)
            words = when(nothing, book.say("latest_period"), book.say("reporting_period"))
        canvas.put(LABELS_ROW, column, words, "selector_label")
        ask_one(book, canvas, asked, (SELECTOR_ROW, column), look, known[0][1] if known else None, given)
        cell = Cell(SELECTOR_ROW, column, fixed=True)
        error = "Choose from the list, or leave it empty."
        canvas.validations.append(Validation(Area(cell, cell), "list", label, prompt, error, source=sources[name]))
    through = book.mark("through", here=False)
    none = equals(through, ZERO)
    canvas.put(1, SELECTORS[0][2], when(none, book.say("no_data_yet"), book.say("through")), "selector_label")
    latest = index(starts, call("MAX", ONE, through))
    canvas.put(1, SELECTORS[1][2], when(none, EMPTY, latest), "selector_label", date)
