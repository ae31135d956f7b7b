"""What stands in a table of a page: which metric at which coordinate in which cell, for every kind of axis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from metricbook.formula.tree import Tree
from metricbook.layout.book import Book
from metricbook.layout.frame import CALCULATIONS
from metricbook.layout.inputs import member_words
from metricbook.layout.page_grid import where_at
from metricbook.layout.page_views import VIEWS, heading, needs_result
from metricbook.layout.result_row import Shown
from metricbook.layout.results import slot, slots
from metricbook.layout.shapes import index
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
        return ColumnHead(heading(book, name, table.headers), VIEWS[name].width, name)
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
