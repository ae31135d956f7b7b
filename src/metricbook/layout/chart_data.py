"""Chart data: what charts and sparklines draw, the only place where a blank is #N/A and never a zero.

By period stand the last twelve periods up to the reporting period, in the order of the pages' columns (where there
are fewer, the first twelve, those after the reporting period without values but for targets); below them
each chart over members, and each funnel or bridge, has a block of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from metricbook.formula.tree import Cell, Tree
from metricbook.layout import chart_events, own_lines
from metricbook.layout.book import Book
from metricbook.layout.canvas import Canvas
from metricbook.layout.chart_bars import ALONG_METRICS, Bars, bars_of, series_of
from metricbook.layout.chart_columns import NOTHING as NO_POINT
from metricbook.layout.chart_columns import fed
from metricbook.layout.chart_kinds import Kind, kind_of
from metricbook.layout.chart_periods import NUMBERS, REACHED, PeriodLines, reached
from metricbook.layout.formats import DATE
from metricbook.layout.frame import CALCULATIONS, CHARTS, CURRENT, FIRST, FIXED, ID, LABEL, MEMBER, UNIT
from metricbook.layout.plan import Print
from metricbook.layout.results import SLOTS, slot, slots
from metricbook.layout.shapes import EMPTY, ONE, binary, equals, fixed, index, when
from metricbook.layout.shown import ended
from metricbook.model.metric import Metric
from metricbook.model.own import is_own, own_id
from metricbook.source.ids import OWN_LINES
from metricbook.source.schema import ChartBlock

HEADER, NOTHING, BODY = 5, 7, 8
WIDEST = 20  # columns of the widest block


def place(book: Book, by_period: list[str], own: list[ChartBlock]) -> None:
    """Give each line and each block its rows."""
    canvas, row, last = Canvas(CHARTS, "check"), BODY, FIRST + slots(book) - 1
    for key in _lines(book, by_period):
        book.spots[f"chart.{key}"] = canvas.at(row, LABEL)
        book.areas[f"chart.{key}"] = canvas.area(row, FIRST, row, last)
        row += 1
    book.areas["chart.nothing"] = canvas.area(NOTHING, FIRST, NOTHING, FIRST)
    book.areas["chart.periods"] = canvas.area(HEADER, FIRST, HEADER, last)
    row = chart_events.place(book, row)
    for block in _blocks(book, row + 1, own):
        if isinstance(block, PeriodLines):
            block.place()
        else:
            _, drawn, names = _kind(block)
            block.place(drawn, names)


def draw(book: Book, by_period: list[str], own: list[ChartBlock]) -> None:
    """Draw the sheet."""
    canvas = book.canvas(CHARTS, "check")
    _head(book, canvas)
    row = BODY
    for key in _lines(book, by_period):
        _line(book, canvas, row, key)
        row += 1
    row = chart_events.draw(book, canvas, row, NUMBERS, REACHED)
    for block in _blocks(book, row + 1, own):
        if isinstance(block, PeriodLines):
            block.draw()
        else:
            block.draw(_kind(block)[0](block))
    canvas.widths |= {ID: 22, LABEL: 34, MEMBER: 20, UNIT: 9, **dict.fromkeys(range(CURRENT, CURRENT + WIDEST), 12)}
    canvas.freeze = Cell(NUMBERS, CURRENT, fixed=True)
    canvas.print = Print(pages_wide=0, title_rows=(1, NUMBERS), title_columns=(ID, UNIT),
                         break_before=(FIRST + SLOTS,))  # fmt: skip


def _lines(book: Book, by_period: list[str]) -> Iterator[str]:
    """The lines by period, and after those with a label at their end the one that holds it."""
    labelled = ended(book)
    for id in by_period:
        yield id
        if id in labelled:
            yield f"{id}.end"
    yield from (own_id(number) for number in range(1, OWN_LINES + 1))


def _blocks(book: Book, row: int, own: list[ChartBlock]) -> Iterator[Bars | PeriodLines]:
    """The blocks below the lines, from top to bottom."""
    for number, chart in enumerate(own):
        key = f"chart.{number}"
        block: Bars | PeriodLines
        if chart.over or chart.kind in ALONG_METRICS:
            block = Bars(book, chart, key, row, series_of(book, chart), tuple(bars_of(book, chart)))
            block = replace(block, keys=tuple(_kind(block)[0](block)))
        else:
            block = PeriodLines(book, chart, key, row)
        yield block
        row = block.following


def _kind(bars: Bars) -> Kind:
    return kind_of(bars.chart.kind, bars.chart.sort, len(bars.series), bars.metric.signed)


def _head(book: Book, canvas: Canvas) -> None:
    canvas.put(1, LABEL, "Chart data", "title")
    canvas.link_to_start(1, MEMBER)
    canvas.put(
        2, LABEL, "What the charts draw. #N/A is a blank: charts draw nothing there, never a zero.", "question"
    )
    canvas.put(3, LABEL, book.spots["master_words"], "quiet")
    canvas.heights[HEADER] = 15.0
    heads = {ID: "id", LABEL: "Series", MEMBER: "Of which", UNIT: "Unit"}
    for column in range(ID, FIRST):
        canvas.put(HEADER, column, heads.get(column), "header")
    last = FIRST + slots(book) - 1
    starts = index(book.frame.periods(book.marks["start"], CALCULATIONS, lock_row=True), Cell(NUMBERS, lock_row=True))
    canvas.across(HEADER, FIRST, last, starts, "date_header", DATE[book.model.periods.grain])
    canvas.put(REACHED, LABEL, "Up to the reporting period: 1", "quiet")
    is_later = binary(">", Cell(NUMBERS, lock_row=True), book.mark("reporting", here=False))
    canvas.across(REACHED, FIRST, last, when(is_later, EMPTY, ONE), "key", "0")
    canvas.put(NUMBERS, LABEL, "The periods on the pages (number)", "quiet")
    first = slot(0)
    numbers = Cell(first.row, first.column - FIRST, sheet=first.sheet, lock_row=True)
    canvas.across(NUMBERS, FIRST, last, numbers, "key", "0")
    canvas.put(NOTHING, LABEL, "Empty on purpose: every line chart names one empty cell, for LibreOffice", "quiet")


def _line(book: Book, canvas: Canvas, row: int, key: str) -> None:
    """A metric by period; or its value in the reporting period alone, where its label stands."""
    if is_own(key):
        _own_line(book, canvas, row, int(key.rpartition("_")[2]))
        return
    id = key.removesuffix(".end") if key.endswith(".end") and key not in book.model.metrics else key
    metric = book.model.metrics[id]
    canvas.put(row, ID, key, "id")
    canvas.put(row, LABEL, metric.label, "label")
    canvas.put(row, MEMBER, "", "member")
    canvas.put(row, UNIT, book.formats.word(metric.unit), "unit")
    content = fed(_in_slot(book, metric)) if metric.target_of else reached(_in_slot(book, metric))
    if id != key:
        is_now = equals(Cell(NUMBERS, lock_row=True), book.mark("reporting", here=False))
        content = when(is_now, Cell(row - 1), NO_POINT)
    canvas.across(row, FIRST, FIRST + slots(book) - 1, content, "calc", book.formats.of(metric))


def _own_line(book: Book, canvas: Canvas, row: int, number: int) -> None:
    canvas.put(row, ID, own_id(number), "id")
    canvas.put(row, LABEL, own_lines.cell(book, number, at=MEMBER), "label")
    canvas.put(row, MEMBER, "", "member")
    canvas.put(row, UNIT, own_lines.cell(book, number, at=UNIT), "unit")
    values = book.frame.periods(own_lines.cell(book, number).row, CALCULATIONS)
    content = reached(index(values, Cell(NUMBERS, lock_row=True)))
    canvas.across(row, FIRST, FIRST + slots(book) - 1, content, "calc")


def _in_slot(book: Book, metric: Metric) -> Tree:
    row = book.row(metric.id)
    if not metric.timed:
        return fixed(row, FIXED, CALCULATIONS)
    return index(book.frame.periods(row, CALCULATIONS), Cell(NUMBERS, lock_row=True))
