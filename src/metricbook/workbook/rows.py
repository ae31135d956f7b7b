"""The rows of a sheet as XML, straight from the plan: one string a row, no cell objects in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Protocol

from openpyxl.utils import get_column_letter

from metricbook.formula.excel import template
from metricbook.layout.plan import Constant, Run, Sheet, Style
from metricbook.workbook.styles import Styles
from metricbook.workbook.text import escaped, looks_active, plain_text, xml_text


class Coded(Protocol):
    """An error value: `code` is what the cell shows, such as "#N/A"."""

    @property
    def code(self) -> str: ...


Value = float | str | bool | Coded | None


class Values(Protocol):
    """Gives the value of every formula, so that a file shows numbers before anything recalculates it."""

    def row(self, sheet: str, row: int, /) -> Sequence[Value]:
        """The row's values by column number; index 0 is unused."""
        ...


letters = cache(get_column_letter)


def sheet_rows(sheet: Sheet, values: Values, styles: Styles) -> Iterator[str]:
    """Each row of the sheet as XML, from the top."""
    heights = dict(sheet.heights)
    cells = {row: list(runs) for row, runs in groupby(sorted(sheet.runs, key=_place), attrgetter("row"))}
    for row in sorted(cells.keys() | heights.keys()):
        cached = values.row(sheet.name, row)
        parts = [cell for run in cells.get(row, ()) for cell in run_cells(run, cached, styles)]
        yield f"{_row_start(row, heights.get(row))}{''.join(parts)}</row>"


def _place(run: Run) -> tuple[int, int]:
    return run.row, run.first


def _row_start(row: int, height: float | None) -> str:
    return f'<row r="{row}">' if height is None else f'<row r="{row}" ht="{height:g}" customHeight="1">'


def run_cells(run: Run, cached: Sequence[Value], styles: Styles) -> list[str]:
    """The cells of one run."""
    match run.content:
        case None:
            return _blank_cells(run, styles)
        case tuple():
            return [_constant(run, run.first + i, value, styles) for i, value in enumerate(run.content)]
        case float() | int() | str():
            return [_constant(run, column, run.content, styles) for column in range(run.first, run.last + 1)]
        case _ as tree:
            return _formula_cells(run, template(tree).at, cached, styles)


def _blank_cells(run: Run, styles: Styles) -> list[str]:
    end = f'{run.row}" s="{styles.number(run.style)}"/>'
    return [f'<c r="{letters(column)}{end}' for column in range(run.first, run.last + 1)]


def _formula_cells(run: Run, text: Callable[[int], str], cached: Sequence[Value], styles: Styles) -> list[str]:
    """Formulas with their values. Numbers are the common case and take the short way."""
    style, row, cells = styles.number(run.style), run.row, []
    for column in range(run.first, run.last + 1):
        formula, value = escaped(text(column)), cached[column]
        if type(value) is float:
            kind, shown = "", f"<v>{value!r}</v>"
        else:
            kind, shown = _cached(value)
        cells.append(f'<c r="{letters(column)}{row}" s="{style}"{kind}><f>{formula}</f>{shown}</c>')
    return cells


def _cached(value: Value) -> tuple[str, str]:
    """The type attribute and the `<v>` of a formula's value."""
    match value:
        case bool():
            return ' t="b"', f"<v>{value:d}</v>"
        case float() | int():
            return "", f"<v>{value!r}</v>"
        case str():
            return ' t="str"', f"<v>{xml_text(plain_text(value))}</v>"
        case None:
            return ' t="str"', "<v></v>"
        case _ as error:
            return ' t="e"', f"<v>{error.code}</v>"


def _constant(run: Run, column: int, value: Constant, styles: Styles) -> str:
    place = f'<c r="{letters(column)}{run.row}" s="'
    if value is None:
        return f'{place}{styles.number(run.style)}"/>'
    if isinstance(value, str):
        return f"{place}{_text_cell(plain_text(value), run.style, styles)}"
    return f'{place}{styles.number(run.style)}"><v>{value!r}</v></c>'


def _text_cell(text: str, style: Style, styles: Styles) -> str:
    """The rest of a text cell. Inline, as openpyxl itself writes texts: the sheet needs no second part."""
    if not text:
        return f'{styles.number(style)}"/>'
    space = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    number = styles.number(style, looks_active(text))
    return f'{number}" t="inlineStr"><is><t{space}>{xml_text(text)}</t></is></c>'
