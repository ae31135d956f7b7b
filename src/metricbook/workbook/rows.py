"""The rows of a sheet as XML, straight from the plan: one string a row, no cell objects in between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Protocol

from metricbook.formula.excel import Template, letters, template
from metricbook.formula.tree import Tree
from metricbook.layout.plan import Constant, Run, Sheet, Style
from metricbook.workbook.rules import Differences
from metricbook.workbook.strings import Strings
from metricbook.workbook.styles import Styles
from metricbook.workbook.text import escaped, plain_text, xml_text


class Coded(Protocol):
    """An error value: `code` is what the cell shows, such as "#N/A"."""

    @property
    def code(self) -> str:
        """What the cell shows."""
        ...


Value = float | str | bool | Coded | None


class Values(Protocol):
    """Gives the value of every formula, so that a file shows numbers before anything recalculates it."""

    def row(self, sheet: str, row: int, /) -> Sequence[Value]:
        """The row's values by column number; index 0 is unused."""
        ...


@dataclass(frozen=True, slots=True)
class Tables:
    """The numbered things that cells refer to, shared by all sheets of a workbook, and the sheets that go down."""

    styles: Styles
    strings: Strings
    differences: Differences
    down: frozenset[str] = frozenset()
    templates: dict[tuple[int, str], Template] = field(default_factory=dict)

    def template(self, tree: Tree, home: str) -> Template:
        """The text of a formula on a sheet, spelled once for all runs that share the tree."""
        found = self.templates.get((id(tree), home))  # trees live as long as the plan that is written
        if found is None:
            plain = template(tree, home, self.down)
            found = Template(
                escaped(plain.pattern), plain.distances, plain.down
            )  # what is filled in needs no escaping
            self.templates[id(tree), home] = found
        return found


def sheet_rows(sheet: Sheet, values: Values, tables: Tables) -> Iterator[str]:
    """Each row of the sheet as XML, from the top."""
    heights = dict(sheet.heights)
    rows = _rows_down(sheet, values, tables) if sheet.down else _rows_across(sheet, values, tables)
    for row, cells in rows:
        yield f"{_row_start(row, heights.get(row))}{''.join(cells)}</row>"


_place = attrgetter("row", "first")

Rows = Iterator[tuple[int, list[str]]]
"""The number of each row, from the top, with its cells from left to right."""


def _rows_across(sheet: Sheet, values: Values, tables: Tables) -> Rows:
    runs = {row: list(found) for row, found in groupby(sorted(sheet.runs, key=_place), attrgetter("row"))}
    for row in sorted(runs.keys() | dict(sheet.heights).keys()):
        cached = values.row(sheet.name, row) if row in runs else ()
        yield row, [cell for run in runs.get(row, []) for cell in run_cells(run, cached, tables, sheet.name)]


def _rows_down(sheet: Sheet, values: Values, tables: Tables) -> Rows:
    """Runs are columns here: their cells are dealt out to the rows, one column after the other."""
    rows: dict[int, list[str]] = {}
    for run in sorted(sheet.runs, key=_place):
        cells = run_cells(run, values.row(sheet.name, run.row), tables, sheet.name, down=True)
        for row, cell in enumerate(cells, run.first):
            rows.setdefault(row, []).append(cell)
    yield from sorted(rows.items())


def _row_start(row: int, height: float | None) -> str:
    return f'<row r="{row}">' if height is None else f'<row r="{row}" ht="{height:g}" customHeight="1">'


def run_cells(run: Run, cached: Sequence[Value], tables: Tables, home: str = "", down: bool = False) -> list[str]:
    """The cells of one run, which goes across its row or `down` its column."""
    content = run.content
    if down:
        column = letters(run.row)
        addresses = [f"{column}{row}" for row in range(run.first, run.last + 1)]
    else:
        addresses = [f"{letters(column)}{run.row}" for column in range(run.first, run.last + 1)]
    if isinstance(content, tuple):
        rests = [_constant(value, run.style, tables) for value in content]
        return [f'<c r="{address}" {rest}' for address, rest in zip(addresses, rests, strict=True)]
    if content is None or isinstance(content, (float, int, str)):
        rest = _constant(content, run.style, tables)
        return [f'<c r="{address}" {rest}' for address in addresses]
    return _formulas(run, content, addresses, cached, tables, home)


def _constant(value: Constant, style: Style, tables: Tables) -> str:
    """The rest of a cell that follows its address. A cell that is empty has only a style.

    A text is one by its type; `quotePrefix` keeps it one when somebody edits it.
    """
    text = tables.strings.find(value) if isinstance(value, str) else None
    number = tables.styles.number(style, quoted=text is not None and text.active)
    if text:
        return f's="{number}" t="s"><v>{text.number}</v></c>'
    return f's="{number}"/>' if value is None or isinstance(value, str) else f's="{number}"><v>{value!r}</v></c>'


def _formulas(
    run: Run, tree: Tree, addresses: list[str], cached: Sequence[Value], tables: Tables, home: str
) -> list[str]:
    """Formulas with their values. Numbers are the common case and take the short way."""
    text, number, cells = tables.template(tree, home).at, tables.styles.number(run.style), []
    for position, address in enumerate(addresses, run.first):
        value = cached[position]
        kind, shown = ("", repr(value)) if type(value) is float else _cached(value)
        cells.append(f'<c r="{address}" s="{number}"{kind}><f>{text(position, run.row)}</f><v>{shown}</v></c>')
    return cells


def _cached(value: Value) -> tuple[str, str]:
    """The type attribute and the text of a formula's value. A value that is not known yet shows as an empty text."""
    match value:
        case None:
            return ' t="str"', ""
        case bool():
            return ' t="b"', f"{value:d}"
        case float() | int():
            return "", repr(value)
        case str():
            return ' t="str"', xml_text(plain_text(value))
    return ' t="e"', value.code
