"""The rows of a sheet as XML, straight from the plan: one string a row, no cell objects in between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
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

    def constant(self, value: Constant, style: Style) -> str:
        """The rest of a cell that follows its address: its style, and what stands in it.

        A text is one by its type; `quotePrefix` keeps it one when somebody edits it.
        """
        if isinstance(value, str):
            text = self.strings.find(value)
            if text is not None:
                return f'"{self.styles.number(style, text.active)}" t="s"><v>{text.number}</v></c>'
        elif value is not None:
            return f'"{self.styles.number(style)}"><v>{value!r}</v></c>'
        return f'"{self.styles.number(style)}"/>'

    def template(self, tree: Tree, home: str) -> Template:
        """The text of a formula on a sheet, spelled once for all runs that share the tree."""
        found = self.templates.get((id(tree), home))  # trees live as long as the plan that is written
        if found is None:
            plain = template(tree, home, self.down)  # the letters and numbers for its places need no escaping
            found = Template(escaped(plain.pattern), plain.distances, plain.down)
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
    rows: dict[int, list[str]] = {row: [] for row, _ in sheet.heights}
    for run in sorted(sheet.runs, key=_place):
        cells = run_cells(run, values, tables, sheet.name)
        if run.row in rows:
            rows[run.row] += cells
        else:
            rows[run.row] = cells
    yield from sorted(rows.items())


def _rows_down(sheet: Sheet, values: Values, tables: Tables) -> Rows:
    """Runs are columns here: their cells are dealt out to the rows, one column after the other."""
    rows: dict[int, list[str]] = {}
    for run in sorted(sheet.runs, key=_place):
        for row, cell in enumerate(run_cells(run, values, tables, sheet.name, down=True), run.first):
            rows.setdefault(row, []).append(cell)
    yield from sorted(rows.items())


def _row_start(row: int, height: float | None) -> str:
    return f'<row r="{row}">' if height is None else f'<row r="{row}" ht="{height:g}" customHeight="1">'


def run_cells(run: Run, values: Values, tables: Tables, home: str = "", down: bool = False) -> list[str]:
    """The cells of one run, which goes across its row or `down` its column."""
    positions = range(run.first, run.last + 1)
    if down:
        column = letters(run.row)
        starts = [f'<c r="{column}{row}" s=' for row in positions]
    else:
        starts = [f'<c r="{letters(column)}{run.row}" s=' for column in positions]
    content = run.content
    if isinstance(content, tuple):
        return [start + tables.constant(value, run.style) for start, value in zip(starts, content, strict=True)]
    if content is None or isinstance(content, (str, float, int)):
        rest = tables.constant(content, run.style)
        return [start + rest for start in starts]
    return _formulas(run, content, starts, values.row(home, run.row), tables, home)


def _formulas(
    run: Run, tree: Tree, starts: list[str], cached: Sequence[Value], tables: Tables, home: str
) -> list[str]:
    """Formulas with their values. Numbers are the common case and take the short way."""
    text, number, cells = tables.template(tree, home).at, tables.styles.number(run.style), []
    for position, start in enumerate(starts, run.first):
        value = cached[position]
        kind, shown = ("", repr(value)) if type(value) is float else _cached(value)
        cells.append(f'{start}"{number}"{kind}><f>{text(position, run.row)}</f><v>{shown}</v></c>')
    return cells


def _cached(value: Value) -> tuple[str, str]:
    """The type attribute and the text of a formula's value. A value that is not known yet shows as an empty text."""
    match value:
        case None | "":
            return ' t="str"', ""
        case bool():
            return ' t="b"', f"{value:d}"
        case float() | int():
            return "", repr(value)
        case str():
            return ' t="str"', xml_text(plain_text(value))
    return ' t="e"', value.code
