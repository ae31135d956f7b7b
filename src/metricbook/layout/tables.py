"""Tables of pages: which metric at which coordinate stands in which cell, for every kind of axis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from metricbook.formula.tree import Tree
from metricbook.layout.book import Book
from metricbook.layout.formats import DATE
from metricbook.layout.frame import CALCULATIONS
from metricbook.layout.inputs import member_words
from metricbook.layout.page_grid import (
    EDGE,
    FIRST,
    LABEL_SIZE,
    LAST,
    NAME,
    WIDTHS,
    Page,
    heading_height,
    heading_role,
    in_columns,
    name_that_fits,
    where_at,
)
from metricbook.layout.page_views import VIEWS, content, needs_result, role_of
from metricbook.layout.plan import PADDING, Constant, Role
from metricbook.layout.result_row import Shown
from metricbook.layout.results import slot, slots
from metricbook.layout.shapes import index
from metricbook.layout.text_width import INDENT, column_pixels, text_width
from metricbook.model.dimensions import UNLISTED
from metricbook.model.metric import Metric, Point
from metricbook.model.model import Model
from metricbook.model.names import table_items
from metricbook.model.pages import NORTH_STAR, axis_member
from metricbook.source.schema import Choice, Items, Table


@dataclass(frozen=True)
class RowHead:
    """A row of a table: what it is called, and the metric or the member that it fixes."""

    label: Tree | str
    metric: Metric | None = None
    point: Point | None = None
    look: str = "plain"  # plain, heading, group, total


@dataclass(frozen=True)
class ColumnHead:
    """A column: its heading, the view of it, and the metric, member or period slot that it fixes."""

    label: Tree | str
    width: int
    view: str = "value"
    metric: Metric | None = None
    point: Point | None = None
    slot: int = -1
    total: bool = False


def find(model: Model, name: str) -> tuple[Metric, str]:
    """A listed name as a metric and a view: "arr.target" is the target's line, "cost.verdict" a view."""
    id, _, view = name.partition(".")
    id = model.north_star if id == NORTH_STAR else id
    if view == "target" and f"{id}.target" in model.metrics:
        return model.metrics[f"{id}.target"], "value"
    for rival in model.rivals.get(id, ()):
        if model.metrics[rival].variant == view:
            return model.metrics[rival], "value"
    return model.metrics[id], view or "value"


def label_of(model: Model, name: str) -> str:
    """What a listed name is called; one that names a definition says which."""
    metric, _ = find(model, name)
    named = metric.variant_label and name.partition(".")[2] == metric.variant
    return f"{metric.label}: {metric.variant_label}" if named else metric.label


def row_heads(book: Book, table: Table) -> list[RowHead]:
    """The rows of a table."""
    if isinstance(table.rows, str) and table.rows in book.model.dimensions:
        return _member_rows(book, table)
    items: Items = [table.rows] if isinstance(table.rows, str) else table.rows
    return [head for item in items for head in _listed(book, item)]


def _listed(book: Book, item: str | Choice) -> Iterator[RowHead]:
    if isinstance(item, Choice):
        yield RowHead(item.heading or "", look="heading")
        return
    if item.endswith(".variants"):
        for id in book.model.rivals[item.removesuffix(".variants")]:
            metric = book.model.metrics[id]
            yield RowHead(metric.variant_label or metric.label, metric)
        return
    metric, _ = find(book.model, item)
    yield RowHead(label_of(book.model, item), metric)


def _member_rows(book: Book, table: Table) -> list[RowHead]:
    dimension = book.model.dimensions[str(table.rows)]
    rows: list[RowHead] = []
    group = ""
    for member in dimension.members:
        if table.groups and member.group and member.group != group:
            group = member.group
            label = dict(dimension.groups)[group]
            subtotal = Point(dimension.id, group, group=True) if table.groups == "subtotals" else None
            rows.append(RowHead(label, point=subtotal, look="group" if subtotal else "heading"))
        point = Point(dimension.id, member.id)
        rows.append(RowHead(member_words(book, (point,)), point=point))
    if table.total and _has_unlisted(book, table, dimension.id):
        other = Point(dimension.id, UNLISTED)
        rows.append(RowHead(member_words(book, (other,)), point=other))
    if table.total:
        rows.append(RowHead(dimension.total or "Total", look="total"))
    return rows


def _has_unlisted(book: Book, table: Table, dimension: str) -> bool:
    """Has any metric of the table a value for records that match no member?"""
    found = (metric for name in table_items(table) for metric, _ in [find(book.model, name)])
    wanted = Point(dimension, UNLISTED)
    return any(wanted in book.model.points(metric, n) for metric in found for n in range(len(metric.axes)))


def column_heads(book: Book, table: Table) -> list[ColumnHead]:
    """The columns of a table."""
    columns = table.columns
    if columns == "period":
        dates = book.frame.periods(book.marks["start"], CALCULATIONS, lock_row=True)
        return [ColumnHead(index(dates, slot(number)), 1, slot=number) for number in range(slots(book))]
    if isinstance(columns, str) and columns in book.model.dimensions:
        dimension = book.model.dimensions[columns]
        heads = [
            ColumnHead(member_words(book, (Point(columns, m.id),)), 1, point=Point(columns, m.id))
            for m in dimension.members
        ]
        if table.total and dimension.total:
            heads.append(ColumnHead(dimension.total, 1, total=True))
        return heads
    names = [columns] if isinstance(columns, str) else [item for item in columns if isinstance(item, str)]
    return [_column(book, table, name) for name in names]


def _column(book: Book, table: Table, name: str) -> ColumnHead:
    if name in VIEWS:
        return ColumnHead(table.headers.get(name, VIEWS[name].heading), VIEWS[name].width, name)
    metric, view = find(book.model, name)
    usual = label_of(book.model, name) if view == "value" else VIEWS[view].heading
    return ColumnHead(table.headers.get(name, usual), VIEWS[view].width, view, metric)


def cells(book: Book, table: Table, row: RowHead, column: ColumnHead) -> Shown | None:
    """The metric and coordinate in a cell; None where the row is a heading or the metric has no value there."""
    metric = column.metric or row.metric or (find(book.model, table.metric)[0] if table.metric else None)
    if metric is None or row.look == "heading":
        return None
    pins: dict[str, Point] = {}
    for point in (row.point, column.point):
        if point is not None:
            axis = next(
                (n for n in range(len(metric.axes)) if axis_member(book.model, metric, n, point.dimension)), None
            )
            if axis is None:
                return None
            name = axis_member(book.model, metric, axis, point.dimension)
            pins[name] = Point(name, point.member, point.group)
    where = where_at(metric, pins)
    return Shown(metric, where) if book.has(metric.id, where) else None


def shown_in(book: Book, table: Table) -> Iterator[Shown]:
    """The metrics whose results a table needs."""
    for row in row_heads(book, table):
        for column in column_heads(book, table):
            placed = cells(book, table, row, column)
            if placed is not None and needs_result(column.view, placed.metric):
                yield placed


def draw(page: Page, table: Table) -> None:
    """Draw a table."""
    book, canvas = page.book, page.canvas
    page.heading(table.title)
    page.pinned(table.at)
    columns = column_heads(book, table)
    grain = DATE[book.model.periods.grain]
    canvas.put(page.row, NAME, table.headers.get("rows", ""), "header")
    heads = row_heads(book, table)
    at = FIRST + _extra_width(heads, columns)
    canvas.across(page.row, FIRST, at - 1, None, "header")
    starts: list[int] = []
    for column in columns:
        starts.append(at)
        role = heading_role(column.label, VIEWS[column.view].role in ("status", "cell_text"))
        canvas.put(
            page.row,
            at,
            column.label,
            "date_header" if column.slot >= 0 else role,
            grain if column.slot >= 0 else "General",
        )
        if column.width > 1:
            canvas.across(page.row, at + 1, min(at + column.width - 1, LAST), None, role)
        at += column.width
    canvas.heights[page.row] = heading_height((column.label, column.width) for column in columns)
    page.row += 1
    for row in heads:
        _draw_row(page, table, row, columns, starts)
        page.row += 1
    if table.note:
        canvas.put(page.row, NAME, table.note, "quiet")
        page.row += 1
    page.row += 1


def _extra_width(rows: list[RowHead], columns: list[ColumnHead]) -> int:
    """How many number columns the longest row label runs over, as far as the table leaves them free."""
    longest = max(
        (text_width(row.label, LABEL_SIZE, bold=True) for row in rows if isinstance(row.label, str)), default=0
    )
    wanted = max(
        0, ceil((longest + PADDING + INDENT - EDGE - column_pixels(WIDTHS[NAME])) / column_pixels(WIDTHS[FIRST]))
    )
    return min(wanted, LAST - FIRST + 1 - sum(column.width for column in columns))


def _draw_row(page: Page, table: Table, row: RowHead, columns: list[ColumnHead], starts: list[int]) -> None:
    strong = row.look in ("total", "group")
    label_role: Role = "cell_total_label" if strong else "subheading" if row.look == "heading" else "cell_label"
    label = row.label
    if row.metric is not None and isinstance(label, str):
        label = name_that_fits(label, row.metric, starts[0] - FIRST)
    page.canvas.put(page.row, NAME, label, label_role)
    if row.metric is not None:
        page.define(row.metric)
    page.canvas.across(page.row, FIRST, starts[0] - 1, None, "blank" if row.look == "heading" else label_role)
    for column, start in zip(columns, starts, strict=True):
        placed = cells(page.book, table, row, column)
        role: Role = role_of(VIEWS[column.view], placed.metric) if placed else VIEWS[column.view].role
        if role == "cell" and strong:
            role = "cell_total"
        if placed is None:
            page.canvas.across(
                page.row, start, min(start + column.width - 1, LAST), None, "blank" if row.look == "heading" else role
            )
            continue
        if placed.metric.is_number and column.slot <= 0:
            last = starts[-1] if column.slot == 0 else 0
            page.explain(placed.metric, placed.where, start, last)
        view = VIEWS[column.view].format if column.slot < 0 else _by_period
        format = view(page.book, placed.metric)
        said = _content(page, column, placed)
        if isinstance(said, str) and role == "cell_text":
            said = in_columns(said, column.width)
        page.canvas.put(page.row, start, said, role, format)
        if column.width > 1:
            page.canvas.across(page.row, start + 1, min(start + column.width - 1, LAST), None, role)


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
