"""Completeness: one row per input line, with the periods in which it is missing and what it unlocks.

Its number in this list is what a blank result points at; its cells by period say where the gap is. It stands in the
frame of Inputs, so a gap has the same column as the cell to fill.
"""

from __future__ import annotations

from dataclasses import dataclass

from metricbook.formula.tree import OWN_ROW, Area, Binary, Cell, Tree
from metricbook.layout import spares
from metricbook.layout.book import Book, Line
from metricbook.layout.canvas import Canvas
from metricbook.layout.formats import DATE
from metricbook.layout.frame import CALCULATIONS, CHECKS, CURRENT, FIRST, FIXED, ID, INPUTS, LABEL, LINE
from metricbook.layout.inputs import Block, member_words
from metricbook.layout.needs import Choice, Needs, always_asked, choosers
from metricbook.layout.sections import PHASED, is_prefilled, need_of
from metricbook.layout.shapes import (
    EMPTY,
    ONE,
    ZERO,
    any_of,
    beside,
    binary,
    blank,
    call,
    equals,
    fixed,
    here,
    index,
    join,
    minus,
    plus,
    span,
    times,
    when,
)
from metricbook.layout.text_width import shortened
from metricbook.model.data import bounds
from metricbook.model.metric import Metric

LEFT = ("No.", "Line in its section", "Filled", "Missing now", "Missing ever", "Least", "Most")
RIGHT = (
    "Missing in the window", "Missing since the start", "Input", "First gap now", "First gap ever", "Weight",
    "To fill", "Rank", "Filled so far", "Asked so far", "Out of bounds", "No member",
    "In short",
)  # fmt: skip
CHOSEN = ("Chosen", "Missing now, chosen", "Missing ever, chosen")
"""Columns of a workbook in which choices pick lines: whether a line is picked, and where it is missing then."""
WIDE = RIGHT[:3]
NOTE_SIZE, CARD_WIDTH = (
    9,
    125,
)  # points of a card's small letters, and the pixels that the narrowest card has for them
# what is asked for first: all essential numbers, then useful ones, each by how many results it unlocks
WEIGHTS = {"essential": 2000.0, "useful": 1000.0, "optional": 0.0}


@dataclass(frozen=True)
class Entry:
    """An input line, its section on Inputs, and its row in the list."""

    line: Line
    block: Block
    row: int

    @property
    def in_words(self) -> bool:
        """Is it typed as text, so that a filled cell is one that holds anything?"""
        return self.line.metric.unit in ("text", "choice", "member")


@dataclass(frozen=True)
class Completeness:
    """The list: its heading's row, its entries, and the column of each thing it says."""

    top: int
    entries: tuple[Entry, ...]
    columns: dict[str, int]

    @classmethod
    def placed(cls, book: Book, blocks: tuple[Block, ...], top: int) -> Completeness:
        """Give the list its rows, and other sheets the areas that they read."""
        lines = [(line, block) for block in blocks if block.section.id != PHASED for line, _ in block.rows]
        asked = [(line, block) for line, block in lines if line.metric.input and line.metric.input.required]
        entries = tuple(Entry(line, block, top + 2 + number) for number, (line, block) in enumerate(asked))
        columns = {name: 3 + number for number, name in enumerate(LEFT)}
        right = RIGHT + CHOSEN if choosers(book) else RIGHT
        columns |= {name: book.frame.last + 1 + number for number, name in enumerate(right)}
        made = cls(top, entries, columns)
        for name, key in (("Missing in the window", "gap_words"), ("Missing since the start", "gap_words_ever"),
                          ("Input", "fill_labels"), ("In short", "fill_short"),
                          ("Rank", "fill_ranks"), ("Weight", "fill_weights")):  # fmt: skip
            book.areas[key] = made.column(name, sheet=CHECKS)
        for since, flag in (("", "Missing now"), ("_ever", "Missing ever")):
            book.areas[f"gaps{since}"] = made.column(flag, CHECKS)
            if f"{flag}, chosen" in columns:
                book.areas[f"gaps{since}_chosen"] = made.column(f"{flag}, chosen", CHECKS)
        book.gap_rows |= {read_row(book, entry): entry.row for entry in entries}
        return made

    def column(self, name: str, sheet: str = "", first: int = 0, last: int = 0) -> Area:
        """A column of the list, all rows or some."""
        number = self.columns[name]
        first, last = first or self.top + 2, last or self.top + 1 + max(1, len(self.entries))
        return Area(*(Cell(row, number, fixed=True, sheet=sheet, lock_row=True) for row in (first, last)))

    def draw(self, book: Book, canvas: Canvas, needs: Needs) -> None:
        """Draw the list."""
        canvas.put(self.top, LABEL, "Completeness: in which periods each input is missing", "heading")
        canvas.put(self.top + 1, ID, "id", "header")
        canvas.put(self.top + 1, LABEL, "Input", "header")
        canvas.heights[self.top + 1] = 30
        for name, column in self.columns.items():
            canvas.put(self.top + 1, column, name, "header")
            canvas.widths[column] = 34 if name in WIDE else 12
        starts = Cell(book.marks["start"], sheet=CALCULATIONS, lock_row=True)
        canvas.across(self.top + 1, FIRST, book.frame.last, starts, "date_header", DATE[book.model.periods.grain])
        choices, gaps = needs.choices(), self._gaps(book)
        always = needs.of(always_asked(book)).always if choices else ()
        for number, entry in enumerate(self.entries, 1):
            row = read_row(book, entry)
            picked = tuple(sorted(choices.get(row, ())))
            _EntryRow(book, canvas, self, gaps, entry, picked, row not in always).draw(number)

    def _gaps(self, book: Book) -> dict[str, tuple[Tree, str]]:
        """Where an input by period is missing, the same formulas in all rows: columns with their number formats."""
        line = book.frame.periods(OWN_ROW)
        last = book.mark_at("last", CURRENT)  # the reporting period, or 1 while there is none
        now, ever = span(line, book.mark_at("first", CURRENT), last), Binary(":", line.first, index(line, last))
        keys = book.frame.periods(6, CALCULATIONS, lock_row=True)
        starts = book.frame.periods(book.marks["start"], CALCULATIONS, lock_row=True)
        date = DATE[book.model.periods.grain]
        found: dict[str, tuple[Tree, str]] = {}
        for first, part, flag, words in (("First gap now", now, "Missing now", WIDE[0]),
                                         ("First gap ever", ever, "Missing ever", WIDE[1])):  # fmt: skip
            gap = self.cell(first)
            found[first] = when(equals(call("COUNT", part), ZERO), EMPTY, call("MIN", part)), date
            found[flag] = when(blank(gap), EMPTY, self.cell("No.")), "0"
            named = join(self.cell("Input"), book.say("dot"), index(keys, call("MATCH", gap, starts, ZERO)))
            found[words] = when(blank(gap), EMPTY, named), "General"
        rest = minus(self.cell("Asked so far"), call("COUNT", ever))
        found["Filled so far"] = call("MAX", ZERO, rest), "0"
        return found

    def cell(self, name: str) -> Cell:
        """A column of the list in the formula's own row."""
        return beside(self.columns[name])


@dataclass(frozen=True)
class _EntryRow:
    """Draws one row of the list."""

    book: Book
    canvas: Canvas
    list: Completeness
    gaps: dict[str, tuple[Tree, str]]
    entry: Entry
    choices: tuple[Choice, ...]  # that can pick it
    if_chosen: bool  # it is asked for only while one of them does

    @property
    def metric(self) -> Metric:
        return self.entry.line.metric

    def cell(self, name: str) -> Cell:
        return self.list.cell(name)

    def put(self, name: str, tree: Tree | float | str | None, format: str = "0", constant: bool = False) -> None:
        role = "constant" if constant else "calc"
        self.canvas.put(self.entry.row, self.list.columns[name], tree, role, format)  # type: ignore[arg-type]

    def draw(self, number: int) -> None:
        line, row = self.entry.line, self.entry.row
        self.canvas.put(row, ID, self.book.line_id(line), "id")
        self.canvas.put(row, LABEL, self.cell("Input"), "label")
        self.put("No.", float(number), constant=True)
        ids = self._section(ID, ID)
        self.put("Line in its section", call("MATCH", beside(ID), ids, ZERO))
        typed = self._typed()
        self.put("Filled", call("COUNTA" if self.entry.in_words else "COUNT", typed))
        if self.metric.timed and not self.entry.in_words:
            self._by_period()
        else:
            self._once(typed)
        self.put("Input", self._label(), "General")
        self.put("In short", shortened(self.metric.short or self.metric.label, NOTE_SIZE, CARD_WIDTH), "General")
        weight = WEIGHTS[need_of(self.entry.line)]
        self.put("Weight", weight + unlocks(self.book, self.metric.id), constant=True)
        self._rank()
        self._bounds()
        self._chosen()
        lost = when(binary(">", self._position(), ONE), ZERO, self.cell("Filled"))
        self.put("No member", lost if line.where else ZERO)

    def _label(self) -> Tree:
        """The input's name, with its member."""
        label = Cell(read_row(self.book, self.entry), LABEL, fixed=True, sheet=CALCULATIONS)
        member = member_words(self.book, self.entry.line.where)
        return label if isinstance(member, str) else join(label, self.book.say("dot"), member)

    def _section(self, first: int, last: int) -> Area:
        top, bottom = self.entry.block.top, self.entry.block.bottom
        return Area(
            Cell(top, first, fixed=True, sheet=INPUTS, lock_row=True),
            Cell(bottom, last, fixed=True, sheet=INPUTS, lock_row=True),
        )

    def _typed(self) -> Tree:
        """What was typed in the line, found by its id."""
        if self.metric.timed:
            return index(self._section(FIRST, self.book.frame.last), self.cell("Line in its section"), ZERO)
        return index(self._section(FIXED, FIXED), self.cell("Line in its section"))

    def _position(self) -> Cell:
        """Where the line stands as Calculations sees it: 1 while its member has no name."""
        return Cell(read_row(self.book, self.entry), LINE, fixed=True, sheet=CALCULATIONS)

    def _by_period(self) -> None:
        frame, book = self.book.frame, self.book
        date = DATE[book.model.periods.grain]
        value = here(read_row(self.book, self.entry), CALCULATIONS)
        start = Cell(book.marks["start"], sheet=CALCULATIONS, lock_row=True)
        values = [value, *spares.nothing_at(book, self.entry.line)]
        present: list[Tree] = [binary(">", call("COUNT", *values), ZERO), equals(self._position(), ONE)]
        if is_prefilled(self.metric):  # it stands on Inputs, though it is read only once something is typed
            present.append(equals(book.mark("any", here=False), ZERO))
        there = any_of(present)
        self.canvas.across(self.entry.row, FIRST, frame.last, when(there, EMPTY, start), "calc", date)
        for name, (tree, format) in self.gaps.items():
            self.put(name, tree, format)
        to_fill = call("COUNT", index(frame.periods(OWN_ROW), book.mark("to_fill", here=False)))
        self.put("To fill", self._asked(times(to_fill, self.cell("Weight"))))
        self.put("Asked so far", self._asked(book.mark_at("last", CURRENT)))

    def _once(self, typed: Tree) -> None:
        """An input with one value, or words by period, of which one filled cell is enough."""
        there = any_of(
            [
                binary(">", self.cell("Filled"), ZERO),
                equals(self._position(), ONE),
                *spares.never_begun(self.book, self.entry.line),
            ]
        )
        absent = when(there, EMPTY, self.cell("No."))
        self.put("Missing now", absent)
        self.put("Missing ever", absent)
        for words in WIDE[:2]:
            self.put(words, when(blank(self.cell("Missing now")), EMPTY, self.cell("Input")), "General")
        self.put("To fill", self._asked(times(call("COUNT", self.cell("Missing now")), self.cell("Weight"))))
        self.put("Asked so far", self._asked(ONE))
        rest = minus(self.cell("Asked so far"), call("COUNT", self.cell("Missing now")))
        self.put("Filled so far", call("MAX", ZERO, rest))

    def _asked(self, amount: Tree) -> Tree:
        """The amount, or 0 where nothing is asked: the member has no name, the section is not used, or a choice
        picks another line."""
        unused: list[Tree] = [equals(self._position(), ONE)] if self.entry.line.where else []
        switch = self.book.spots.get(f"used.{self.entry.block.section.id}")
        unused += [equals(switch, self.book.spots["used.no_word"])] if switch else []
        unused += spares.never_begun(self.book, self.entry.line)
        if self.choices and self.if_chosen:
            unused.append(equals(self.cell("Chosen"), ZERO))
        return when(any_of(unused), ZERO, amount) if unused else amount

    def _chosen(self) -> None:
        """Whether a choice picks the line, and where it is missing then."""
        if not self.choices:
            return
        chosen = [self._picks(choice) for choice in self.choices]
        self.put("Chosen", when(any_of(chosen), ONE, ZERO))
        for flag in ("Missing now", "Missing ever"):
            self.put(f"{flag}, chosen", when(equals(self.cell("Chosen"), ZERO), EMPTY, self.cell(flag)))

    def _picks(self, choice: Choice) -> Tree:
        book = self.book
        given = book.model.metrics[choice.chooser].input
        assert given is not None and given.of is not None  # a chooser is an input among members
        named = book.spots[f"member.{book.model.dimensions[given.of].root}.{choice.member}"]
        return equals(fixed(book.row(choice.chooser, kind="typed"), FIXED, CALCULATIONS), named)

    def _rank(self) -> None:
        score, column = self.cell("To fill"), self.list.column("To fill")
        above = Area(column.first, score)
        rank = minus(plus(call("RANK", score, column), call("COUNTIFS", above, score)), ONE)
        self.put("Rank", when(equals(score, ZERO), EMPTY, rank))

    def _bounds(self) -> None:
        low, high = (None, None) if self.entry.in_words else bounds(self.metric)
        format = self.book.formats.of(self.metric)
        self.put("Least", low, format, constant=True)
        self.put("Most", high, format, constant=True)
        row = read_row(self.book, self.entry)
        first, last = (FIRST, self.book.frame.last) if self.metric.timed else (FIXED, FIXED)
        values = Area(*(Cell(row, column, fixed=True, sheet=CALCULATIONS) for column in (first, last)))
        beyond = [
            call("COUNTIFS", values, join(self.book.say(sign), self.cell(name)))
            for sign, name, bound in (("below", "Least", low), ("above", "Most", high))
            if bound is not None
        ]
        self.put("Out of bounds", plus(*beyond) if beyond else ZERO)


def read_row(book: Book, entry: Entry) -> int:
    """The row of Calculations in which an input line is read."""
    typed = entry.line.metric.unit in ("choice", "member")
    return book.row(entry.line.metric.id, entry.line.where, "typed" if typed else "value")


def unlocks(book: Book, id: str) -> int:
    """How many results are made of an input."""
    return sum(
        1
        for metric in book.model.metrics.values()
        if not metric.is_input and not metric.target_of and metric.good and id in book.inputs_of(metric.id)
    )
