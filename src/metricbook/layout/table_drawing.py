"""How the tables of a page are drawn: one over the whole width, or two small ones beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from metricbook.formula.tree import Area, Cell, Tree
from metricbook.layout.book import Book
from metricbook.layout.formats import DATE
from metricbook.layout.page_grid import (
    FIRST,
    HEADING_SIZE,
    LABEL_SIZE,
    LAST,
    MIDDLE,
    NAME,
    WIDTHS,
    Page,
    heading_height,
    heading_role,
    in_columns,
    name_that_fits,
    room_of,
)
from metricbook.layout.page_views import VIEWS, content, role_of
from metricbook.layout.plan import Constant, Role, Rule
from metricbook.layout.result_row import Shown
from metricbook.layout.shapes import EMPTY, binary, equals, when
from metricbook.layout.tables import ColumnHead, RowHead, cells, column_heads, row_heads
from metricbook.layout.text_width import column_pixels, text_width
from metricbook.model.metric import Metric
from metricbook.source.schema import Table

NAMES = 3  # narrow columns that are as wide as the one for names
UNRULED: dict[Role, Role] = {
    "cell_label": "item_label", "cell": "item", "cell_text": "item_text", "status": "item_status",
}  # fmt: skip
"""How the cells of a spare row look: the line under them is drawn when its member has a name."""


@dataclass(frozen=True)
class Laid:
    """A table on the grid: its heads, the column in which its names begin, and that in which each column begins."""

    table: Table
    rows: list[RowHead]
    columns: list[ColumnHead]
    name: int
    starts: list[int]

    @property
    def last(self) -> int:
        """The last column of the grid that it takes."""
        return self.starts[-1] + self.columns[-1].width - 1

    @property
    def names_end(self) -> int:
        """The last column of the grid that its names run over."""
        return self.starts[0] - 1


def beside(book: Book, left: Table, right: Table) -> bool:
    """Do two tables stand beside each other, each with all its words?"""
    if left.at or right.at or bool(left.title) != bool(right.title):
        return False
    first = _laid(book, left, NAME)
    if _right_of(first) + NAMES > LAST:
        return False
    second = _laid(book, right, _right_of(first))
    return second.last <= LAST and _words_fit(first, second.name - 1) and _words_fit(second, LAST)


def _right_of(left: Laid) -> int:
    """Where a table beside another begins: where the right one of two charts does, or with a column between."""
    return max(MIDDLE + 1, left.last + 2)


def _words_fit(laid: Laid, last: int) -> bool:
    """Do title, names and note fit into the columns up to `last`, where the names leave off before their numbers?"""
    room, table = room_of(laid.name, last), laid.table
    names = max((_width(row) for row in laid.rows), default=0)
    return (
        text_width(table.title, HEADING_SIZE, bold=True) <= room
        and text_width(table.note, LABEL_SIZE) <= room
        and names <= room_of(laid.name, laid.names_end)
    )


def draw(page: Page, tables: list[Table]) -> None:
    """Draw a table, or two beside each other."""
    top, name, ends = page.row, NAME, []
    for table in tables:
        page.row = top
        laid = _laid(page.book, table, name)
        _draw(page, laid)
        ends.append(page.row)
        name = _right_of(laid)
    page.row = max(ends)


def _laid(book: Book, table: Table, name: int) -> Laid:
    """A table whose names begin in a column of the grid."""
    rows, columns = row_heads(book, table), column_heads(book, table)
    first = _first_number(name) + _extra_width(rows, columns, name)
    starts = [first + sum(column.width for column in columns[:number]) for number in range(len(columns))]
    return Laid(table, rows, columns, name, starts)


def _first_number(name: int) -> int:
    """The column of the first number where names begin in a column and none is long."""
    return FIRST if name == NAME else name + NAMES


def _extra_width(rows: list[RowHead], columns: list[ColumnHead], name: int) -> int:
    """How many number columns the longest row label runs over, as far as the table leaves them free."""
    first = _first_number(name)
    usual = room_of(name, first - 1)
    wanted = max(0, ceil((max(map(_width, rows), default=0) - usual) / column_pixels(WIDTHS[FIRST])))
    return min(wanted, max(0, LAST - first + 1 - sum(column.width for column in columns)))


def _width(row: RowHead) -> int:
    """Pixels of a row's name; a member's name is live and may be of any length."""
    return text_width(row.label, LABEL_SIZE, bold=True) if isinstance(row.label, str) else 0


def _draw(page: Page, laid: Laid) -> None:
    table = laid.table
    page.heading(table.title, laid.name)
    page.pinned(table.at)
    _draw_heads(page, laid)
    for row in laid.rows:
        _draw_row(page, laid, row)
        if _is_spare(page.book, row):
            _rule_when_named(page, laid)
        page.row += 1
    if table.note:
        page.canvas.put(page.row, laid.name, table.note, "quiet")
        page.row += 1
    page.row += 1


def _is_spare(book: Book, row: RowHead) -> bool:
    """Is it the row of a member that a client may name?"""
    point = row.point
    return point is not None and not point.group and book.model.dimensions[point.dimension].is_spare(point.member)


def _rule_when_named(page: Page, laid: Laid) -> None:
    """A line under this row, once its member has a name."""
    name = Cell(page.row, laid.name, fixed=True)
    area = Area(name, Cell(page.row, laid.last, fixed=True))
    page.canvas.rules.append(Rule(area, binary("<>", name, EMPTY), "row"))


def _draw_heads(page: Page, laid: Laid) -> None:
    canvas, row = page.canvas, page.row
    canvas.put(row, laid.name, laid.table.headers.get("rows", ""), "header")
    canvas.across(row, laid.name + 1, laid.names_end, None, "header")
    for column, start in zip(laid.columns, laid.starts, strict=True):
        if column.slot >= 0:
            canvas.put(row, start, column.label, "date_header", DATE[page.book.model.periods.grain])
        else:
            role = heading_role(column.label, VIEWS[column.view].role in ("status", "cell_text"))
            canvas.put(row, start, column.label, role)
            canvas.across(row, start + 1, min(start + column.width - 1, LAST), None, role)
    height = heading_height((column.label, column.width) for column in laid.columns)
    canvas.heights[row] = max(height, canvas.heights.get(row, 0))
    page.row += 1


def _draw_row(page: Page, laid: Laid, row: RowHead) -> None:
    strong, heading = row.look in ("total", "group"), row.look == "heading"
    label_role: Role = "cell_total_label" if strong else "subheading" if heading else "cell_label"
    if _is_spare(page.book, row):
        label_role = UNRULED[label_role]
    label = row.label
    if row.metric is not None and isinstance(label, str):
        label = name_that_fits(label, row.metric, room_of(laid.name, laid.names_end))
    page.canvas.put(page.row, laid.name, label, label_role)
    if row.metric is not None:
        page.define(row.metric, laid.name)
    page.canvas.across(page.row, laid.name + 1, laid.names_end, None, "blank" if heading else label_role)
    for column, start in zip(laid.columns, laid.starts, strict=True):
        _draw_cell(page, laid, row, column, start)


def _draw_cell(page: Page, laid: Laid, row: RowHead, column: ColumnHead, start: int) -> None:
    """What stands in a column of a row, and the empty cells that it may run over."""
    canvas, last = page.canvas, min(start + column.width - 1, LAST)
    placed = cells(page.book, laid.table, row, column)
    role: Role = role_of(VIEWS[column.view], placed.metric) if placed else VIEWS[column.view].role
    if role == "cell" and row.look in ("total", "group"):
        role = "cell_total"
    if _is_spare(page.book, row):
        role = UNRULED[role]
    if placed is None:
        canvas.across(page.row, start, last, None, "blank" if row.look == "heading" else role)
        return
    if placed.metric.is_number and column.slot <= 0:
        page.explain(placed.metric, placed.where, start, laid.starts[-1] if column.slot == 0 else 0)
    format = VIEWS[column.view].format if column.slot < 0 else _by_period
    said = _content(page, column, placed)
    if isinstance(said, str) and role == "cell_text":
        said = in_columns(said, column.width)
    if _is_spare(page.book, row) and not isinstance(said, str | float | None):
        said = when(equals(Cell(page.row, laid.name, fixed=True), EMPTY), EMPTY, said)  # no n/a of nobody
    canvas.put(page.row, start, said, role, format(page.book, placed.metric))
    canvas.across(page.row, start + 1, last, None, role)


def _by_period(book: Book, metric: Metric) -> str:
    """The form in a period's column, which is read from Calculations as it stands there."""
    return book.formats.page(metric)


def _content(page: Page, column: ColumnHead, placed: Shown) -> Tree | Constant:
    """The link in a cell: to a period that the page shows, or to a view of the metric. One choice holds for all."""
    if placed.metric.is_choice and column.slot > 0:
        return None
    if column.slot >= 0 and not placed.metric.is_choice:
        return page.in_slot(placed.metric, placed.where, column.slot)
    return content(page, column.view, placed.metric, placed.where)
