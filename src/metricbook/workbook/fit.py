"""Columns as wide as what stands in them, where a sheet's columns are not a page's grid.

A number that does not fit is shown as ####, a text is cut off where its neighbour is filled. Widths grow, never
shrink, and to a limit; texts in wrapped cells get the height they need instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from metricbook.layout.plan import PADDING, Plan, Run, Sheet, Style
from metricbook.layout.text_width import INDENT, characters, column_pixels, lines_height, lines_of, text_width
from metricbook.workbook.number_text import number_text
from metricbook.workbook.rows import Value, Values
from metricbook.workbook.styles import LOOKS, Look

FIT = ("fill", "records", "check")
WIDEST = 520  # pixels of a column
LONGEST_WORD = 260  # pixels; a longer one, as a formula is, goes on in the next line
TALLEST = 300.0  # points of a row
USUAL = 64  # pixels of a column that says nothing


def fitted(plan: Plan, values: Values) -> Plan:
    """The plan with columns and rows in which everything can be read."""
    return replace(plan, sheets=tuple(_fitted(each, values) if each.kind in FIT else each for each in plan.sheets))


def _fitted(sheet: Sheet, values: Values) -> Sheet:
    widths = {column: column_pixels(width) for column, width in sheet.widths}
    usual = dict(widths)
    if sheet.down:
        for run in sheet.runs:
            if widths.get(run.row, USUAL) < WIDEST:
                different = set(_values(sheet, run, values))
                _widen(widths, run.row, max((_needed(value, run.style) for value in different), default=0))
    else:
        _fit_numbers(sheet, values, widths)
        for row, found in groupby(sorted(sheet.runs, key=_place), attrgetter("row")):
            _fit_texts(list(found), values.row(sheet.name, row), widths)
    wider = tuple(
        (column, characters(widths[column]) if widths[column] > usual[column] else width)
        for column, width in sheet.widths
    )
    return replace(sheet, widths=wider, heights=_heights(sheet, values, widths))


_place = attrgetter("row", "first")


def _fit_numbers(sheet: Sheet, values: Values, widths: dict[int, int]) -> None:
    """One measure for all cells of a line, so that its columns stay alike."""
    lines: dict[tuple[int, int, str, str], tuple[Style, list[float]]] = {}
    for run in sheet.runs:
        if run.content is not None and not isinstance(run.content, str):
            found = [value for value in _values(sheet, run, values) if type(value) is float]
            if found:
                style = run.style
                lines.setdefault((run.first, run.last, style.role, style.format), (style, []))[1].extend(found)
    for (first, last, _, _), (style, numbers) in lines.items():
        needed = max(_needed(number, style) for number in (min(numbers), max(numbers)))
        for column in range(first, last + 1):
            _widen(widths, column, needed)


def _fit_texts(runs: list[Run], row: Sequence[Value], widths: dict[int, int]) -> None:
    """Texts run into empty cells, up to the next one that is filled. Those by period are of any length."""
    end = 0
    for run in reversed(runs):
        if run.content is None or (isinstance(run.content, str) and not run.content):
            continue
        text = row[run.first] if run.first == run.last else None
        if isinstance(text, str) and text:
            _fit_text(run, text, end, widths)
        end = run.first


def _fit_text(run: Run, text: str, end: int, widths: dict[int, int]) -> None:
    """Widen a text's column where it does not fit: into the cells before `end`, the next one that is filled."""
    if LOOKS[run.style.role].wrap:
        words = text.split() or [""]
        _widen(widths, run.first, min(LONGEST_WORD, max(_needed(word, run.style) for word in words)))
    elif end:
        needed, free = _needed(text, run.style), _free(widths, run, end)
        if needed > widths.get(run.first, USUAL) + free:
            _widen(widths, run.first, needed - free)


def _heights(sheet: Sheet, values: Values, widths: dict[int, int]) -> tuple[tuple[int, float], ...]:
    """Rows whose height is said, and that do not hold all lines of a wrapped text, grow."""
    heights = dict(sheet.heights)
    for run in () if sheet.down else sheet.runs:
        if run.row in heights and LOOKS[run.style.role].wrap:
            text = _values(sheet, run, values)[0]
            if isinstance(text, str) and text:
                height = _height(text, LOOKS[run.style.role], widths.get(run.first, USUAL))
                heights[run.row] = max(heights[run.row], height)
    return tuple(heights.items())


def _free(widths: dict[int, int], run: Run, end: int) -> int:
    """The empty cells into which a text runs before the next one begins."""
    if LOOKS[run.style.role].across not in (None, "left"):
        return 0
    return sum(widths.get(column, USUAL) for column in range(run.first + 1, end))


def _values(sheet: Sheet, run: Run, values: Values) -> Sequence[Value]:
    return values.row(sheet.name, run.row)[run.first : run.last + 1]


def _needed(value: Value, style: Style) -> int:
    """The pixels that a value takes, with what stands around it in a cell."""
    look = LOOKS[style.role]
    if value is None or value == "" or isinstance(value, bool):
        return 0
    text = number_text(value, style.format) if isinstance(value, float | int) else str(value)
    return text_width(text, look.size, look.bold) + PADDING + INDENT * look.indent


def _widen(widths: dict[int, int], column: int, needed: int) -> None:
    widths[column] = max(widths.get(column, USUAL), min(needed, WIDEST))


def _height(text: str, look: Look, width: int) -> float:
    lines = lines_of(text, look.size, width - PADDING - INDENT * look.indent, look.bold)
    return min(TALLEST, lines_height(lines, look.size))
