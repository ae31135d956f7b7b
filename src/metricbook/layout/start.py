"""Start: what this workbook is, how to fill it in, what to fill next, its settings and the colour key."""

from __future__ import annotations

from typing import Literal

from metricbook.formula.tree import Area, Cell, Number, Tree
from metricbook.layout import logo, page_head
from metricbook.layout.book import Book
from metricbook.layout.fields import Asked, ask_one
from metricbook.layout.formats import DATE, symbol
from metricbook.layout.frame import FRAMEWORK, INPUTS, START
from metricbook.layout.inputs import Block, adds
from metricbook.layout.pages import sheet_names, sheet_order
from metricbook.layout.plan import Print, Role, Validation
from metricbook.layout.records import rows_there, sheet_name
from metricbook.layout.sections import CHOICES, ESSENTIAL, PHASED, WORDS
from metricbook.layout.settings import Prepared
from metricbook.layout.shapes import EMPTY, ONE, ZERO, any_of, call, equals, index, join, when
from metricbook.model.profile import options as options_of

NAME, VALUE, SAYS = 2, 3, 4
NEXT, STATE, SETTINGS = 9, 15, 21
PAPER = 62  # rows that A4 upright holds where these columns are as wide as the paper
STEPS = (
    "Type your numbers in the yellow cells of Inputs, this period's first. Leave blank what you do not know yet.",
    "Look at Checks: OK, Look, or Not run while numbers are missing.",
    "Choose period, view and comparison at the top of the first page, then print it or save it as PDF.",
)
# name, label, number format, what it does, least and most
SETTING_ROWS = (
    ("fiscal_start", "Fiscal year begins in month", "0", "1 is January. It moves quarters and years to date.", 1, 12),
    (
        "at_risk",
        "At risk within",
        "0%",
        "How far a metric may miss its target and still be At risk, not Off track.",
        0,
        1,
    ),
    ("tolerance", "Tolerance of checks", "0.0%", "How far two amounts may differ and still count as equal.", 0, 1),
)
LEGEND: tuple[tuple[Role, float, str], ...] = (
    ("legend_input", 210_000.0, "a cell to fill in"),
    ("legend_calc", 210_000.0, "calculated, locked"),
    ("legend_link", 210_000.0, "a link to another sheet"),
)
PREPARED = "Prepared by"
LOADED: tuple[Role, float, str] = ("legend_loaded", 210_000.0, "filled in from a file; type over it to correct it")
ROWS_TO_PASTE = "rows to paste in"
PURPOSE = {
    "Your own numbers": "KPIs of your own, judged like the others",
    "Inputs": "every number that is typed", "Notes": "commentary, events, actions",
    "Lists": "names of members, words", "Targets": "what each metric is judged by",
    "Calculations": "every formula, once", "Results": "every shown metric, judged",
    "Checks": "does it add up, what is missing", "Dictionary": "what every number means",
    "Row calculations": "every record, worked out row by row",
    "Chart data": "what charts draw",
    "Not carried over": "what was typed before and has no cell here",
    "Framework": "the definition behind this workbook",
}  # fmt: skip


def place(book: Book, blocks: tuple[Block, ...]) -> None:
    """Say where the settings and the sentence about what to fill next stand."""

    def at(row: int, column: int = VALUE) -> Cell:
        return Cell(row, column, fixed=True, sheet=START, lock_row=True)

    book.spots["next_sentence"] = at(NEXT + 1, NAME)
    for number, (name, *_) in enumerate(SETTING_ROWS):
        book.spots[name] = at(SETTINGS + 1 + number)
    book.spots["symbol"] = at(SETTINGS + 4)
    for number, block in enumerate(_switchable(blocks)):
        book.spots[f"used.{block.section.id}"] = at(SETTINGS + 7 + number)


def _switchable(blocks: tuple[Block, ...]) -> list[Block]:
    return [block for block in blocks if block.section.id not in (ESSENTIAL, CHOICES, PHASED, WORDS)]


def draw(book: Book, blocks: tuple[Block, ...]) -> None:
    """Draw the sheet."""
    canvas = book.canvas(START, "start")
    framework = book.model.framework
    title = book.settings.client or framework.title
    canvas.put(1, NAME, title, "title")
    canvas.put(2, NAME, framework.summary, "question")
    canvas.put(3, NAME, book.spots["master_words"], "quiet")
    canvas.put(4, NAME, "Three steps", "heading")
    for number, step in enumerate(_steps(book)):
        canvas.put(5 + number, NAME, f"{number + 1}.  {step}", "text")
    canvas.put(8, NAME, prepared_by(book.settings.prepared) or None, "quiet")
    _next(book)
    _state(book)
    _settings(book, blocks)
    row = SETTINGS + 8 + len(_switchable(blocks))
    row = _profile(book, row)
    row = _legend(book, row)
    last = _links(book, row)
    canvas.widths |= {1: 1.5, NAME: 34, VALUE: 16, SAYS: 70}
    canvas.print = Print(landscape=False, break_above=(row,) if last > PAPER else ())
    logo.draw(book, canvas, SAYS, title, NAME)


def prepared_by(prepared: Prepared) -> str:
    """Whom to ask, and what they want to be known: "Prepared by Dana Roy · dana@roy.example · Send it by the 5th"."""
    name = f"{PREPARED} {prepared.name}" if prepared.name else ""
    return " · ".join(part for part in (name, prepared.contact, prepared.note) if part)


def _steps(book: Book) -> tuple[str, ...]:
    """What to do, in three steps; record tables are filled first."""
    labels = [table.label for table in book.model.tables.values()]
    if not labels:
        return STEPS
    first, *others = STEPS
    return f"Paste your rows into {' and '.join(labels)}, under the headings as they are. {first}", *others


def _next(book: Book) -> None:
    canvas = book.sheets[START]
    canvas.put(NEXT, NAME, "What to fill next", "heading")
    to_fill = book.mark("to_fill", here=False)
    key = index(book.frame.periods(6, "Calculations", lock_row=True), to_fill)
    labels, ranks = book.areas["fill_labels"], book.areas["fill_ranks"]

    def nth(number: Tree) -> Tree:
        return when(
            equals(call("COUNTIFS", ranks, number), ZERO), EMPTY, index(labels, call("MATCH", number, ranks, ZERO))
        )

    missing = call("COUNT", ranks)
    say = book.say
    begin = (say("begin"), Cell(NEXT + 2, NAME, fixed=True), say("stop"))
    sentence = join(say("next"), key, say("missing"), missing, *begin)
    canvas.put(NEXT + 1, NAME, when(equals(missing, ZERO), say("all_filled"), sentence), "text")
    for number in range(3):
        at = NEXT + 2 + number
        canvas.put(at, NAME, nth(Number(number + 1)), "text")
    canvas.link(NEXT + 2, NAME, Cell(8, 10, fixed=True, sheet=INPUTS), "Go to Inputs")
    _tables(book)


def _tables(book: Book) -> None:
    """Beside the inputs: the record tables that have no rows yet."""
    canvas = book.sheets[START]
    for row, table in zip(range(NEXT + 2, STATE), book.model.tables.values(), strict=False):
        none = equals(call("COUNT", rows_there(book, table)), ZERO)
        canvas.put(row, SAYS, when(none, join(book.spots[f"tables.{table.id}"], book.say("no_rows")), EMPTY), "text")
        name = sheet_name(table)
        canvas.link(row, SAYS, Cell(1, 1, fixed=True, sheet=name), f"Go to {name}")


def _state(book: Book) -> None:
    canvas, date = book.sheets[START], DATE[book.model.periods.grain]
    canvas.put(STATE, NAME, "How it stands", "heading")
    through = book.mark("through", here=False)
    starts = book.frame.periods(book.marks["start"], "Calculations", lock_row=True)
    latest = when(equals(through, ZERO), book.say("no_data"), index(starts, call("MAX", ONE, through)))
    canvas.put(STATE + 1, NAME, "Data through", "label")
    canvas.put(STATE + 1, VALUE, latest, "result", date)
    canvas.anchor("out_data_through", canvas.area(STATE + 1, VALUE, STATE + 1, VALUE))
    required = book.marks["required"]
    to_fill = book.mark("to_fill", here=False)
    filled = index(book.frame.periods(required, "Calculations", lock_row=True), to_fill)
    needed = book.mark("required", here=False)
    key = index(book.frame.periods(6, "Calculations", lock_row=True), to_fill)
    words = join(key, book.say("colon"), filled, book.say("of"), needed, book.say("essential_filled"))
    none = any_of([equals(filled, ZERO), equals(needed, ZERO)])
    canvas.put(STATE + 1, SAYS, when(none, EMPTY, words), "quiet")
    canvas.put(STATE + 2, NAME, "Inputs filled", "label")
    canvas.put(STATE + 2, VALUE, join(*page_head.filled_of_needed(book)), "result")
    canvas.put(STATE + 2, SAYS, "up to the reporting period", "quiet")
    canvas.put(STATE + 3, NAME, "Checks", "label")
    canvas.put(STATE + 3, VALUE, book.spots["master_words"], "text")


def _settings(book: Book, blocks: tuple[Block, ...]) -> None:
    canvas = book.sheets[START]
    canvas.put(SETTINGS, NAME, "Settings", "heading")
    values = (float(book.model.periods.fiscal_start), book.settings.at_risk, book.settings.tolerance)
    for (name, label, format, says, low, high), value in zip(SETTING_ROWS, values, strict=True):
        at = book.spots[name].row
        canvas.put(at, NAME, label, "label")
        ask_one(book, canvas, Asked("setting", name, label), (at, VALUE), ("setting", format), value)
        canvas.put(at, SAYS, says, "quiet")
        kind: Literal["whole", "decimal"] = "whole" if high > 1 else "decimal"
        error = f"Between {low:g} and {high:g}."
        canvas.validations.append(Validation(_value_at(at), kind, label[:32], says, error, low=low, high=high))
    canvas.put(SETTINGS + 4, NAME, "Currency", "label")
    canvas.put(SETTINGS + 4, VALUE, symbol(book.settings.currency), "text")
    canvas.put(SETTINGS + 4, SAYS, f"{book.settings.currency}; numbers are not converted", "quiet")
    if _switchable(blocks):
        canvas.put(SETTINGS + 6, NAME, "Sections of Inputs: used?", "heading")
    for block in _switchable(blocks):
        _switch(book, block)


def _switch(book: Book, block: Block) -> None:
    """Whether a section of Inputs is used."""
    canvas, section = book.sheets[START], block.section
    at = book.spots[f"used.{section.id}"].row
    canvas.put(at, NAME, section.title, "label")
    options = tuple((id, word) for id, word, _ in book.words["used"])
    asked = Asked("used", section.id, section.title, "option", options, "used")
    ask_one(book, canvas, asked, (at, VALUE), ("setting", "General"), options[0 if section.used else 1][1])
    canvas.put(at, SAYS, adds(book, block), "quiet")
    says, source = "A section that is not used is not asked for.", book.areas["used"]
    canvas.validations.append(
        Validation(_value_at(at), "list", section.title[:32], says, "yes or no.", source=source)
    )


def _value_at(row: int) -> Area:
    """The one cell of a setting."""
    return Area(*(Cell(row, VALUE, fixed=True),) * 2)


def _profile(book: Book, row: int) -> int:
    canvas = book.sheets[START]
    for key, value in book.model.profile.items():
        option = book.model.framework.profile[key]
        canvas.put(row, NAME, option.label or key, "label")
        canvas.put(row, VALUE, options_of(option)[value], "text")
        row += 1
    return row + 1


def _legend(book: Book, row: int) -> int:
    canvas = book.sheets[START]
    canvas.put(row, NAME, "Colours", "heading")
    legend = (*LEGEND[:1], *[LOADED] * bool(book.settings.loaded), *LEGEND[1:])
    for number, (role, sample, says) in enumerate(legend):
        canvas.put(row + 1 + number, NAME, says, "label")
        canvas.put(row + 1 + number, VALUE, sample, role, "#,##0")
    return row + len(legend) + 2


def _links(book: Book, row: int) -> int:
    """Every sheet with what it is for; says the last row."""
    canvas = book.sheets[START]
    canvas.put(row, NAME, "Where everything is", "heading")
    says_of = PURPOSE | {name: spec.question for name, spec in zip(sheet_names(book), book.model.pages, strict=True)}
    says_of |= {sheet_name(table): table.definition or ROWS_TO_PASTE for table in book.model.tables.values()}
    others = sheet_order(book)[1:]
    for number, name in enumerate(others):
        canvas.put(row + 1 + number, NAME, name, "hyperlink")
        canvas.put(row + 1 + number, SAYS, says_of[name], "quiet")
        canvas.link(row + 1 + number, NAME, Cell(1, 1, fixed=True, sheet=name), f"Go to {name}")
    end = row + 3 + len(others)
    framework = book.model.framework
    canvas.put(
        end,
        NAME,
        f"{framework.title} {framework.version} · fingerprint {book.model.fingerprint} · see {FRAMEWORK}",
        "quiet",
    )
    return end
