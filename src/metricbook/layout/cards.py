"""Cards and scorecards: each metric with its value, target, variance, change and status."""

from __future__ import annotations

from metricbook.formula.tree import Area, Cell, Tree
from metricbook.layout.page_grid import (
    FIRST,
    LAST,
    NAME,
    Page,
    coloured_by,
    heading_height,
    heading_role,
    in_columns,
    name_that_fits,
    room_of,
)
from metricbook.layout.page_views import DEFAULT, View, content, heading, role_of, view_of
from metricbook.layout.plan import Role, Sparkline
from metricbook.layout.shown import metrics_of
from metricbook.layout.tables import find, label_of
from metricbook.model.metric import Metric
from metricbook.source.schema import Choice, Items, Scorecard

CARDS = 7
NAMES = 3  # narrow columns that are as wide as the column of names
LABEL, TREND = "", "Trend line"
# what stands in a card from top to bottom: its column on Results, its look, its height
LINES: tuple[tuple[str, Role, float], ...] = (
    (LABEL, "card_label", 15.0),
    ("In short", "card_value", 28.0),
    ("Target in words", "card_note", 13.0),
    ("Variance in words", "card_note", 13.0),
    ("Change in words", "card_note", 13.0),
    ("Beside", "card_note", 13.0),
    (TREND, "card_spark", 18.0),
    ("Status", "card_status", 15.0),
)


def draw_cards(page: Page, items: Items) -> None:
    """Cards side by side, the north star first with the heavier edge."""
    star = page.book.model.north_star
    metrics = sorted(metrics_of(page.book, items)[:CARDS], key=lambda metric: metric.id != star)
    for metric, (first, last) in zip(metrics, spans_of_cards(len(metrics)), strict=True):
        _card(page, metric, first, last, metric.id == star)
    page.canvas.heights |= {page.row + number: height for number, (_, _, height) in enumerate(LINES)}
    page.canvas.heights[page.row + len(LINES)] = 8
    page.row += len(LINES) + 1


def spans_of_cards(count: int) -> list[tuple[int, int]]:
    """First and last column of each card, so that together they are as wide as the page.

    The others are of one width, as wide as they can be without the first, the north star, being narrower.
    """
    others, columns = count - 1, LAST - FIRST + 1
    if not others:
        return [(NAME, LAST)]
    width = (NAMES + columns) // (others + 1)
    first = LAST + 1 - others * width
    return [(NAME, first - 1), *((at, at + width - 1) for at in range(first, LAST, width))]


def _card(page: Page, metric: Metric, first: int, last: int, star: bool) -> None:
    """One card. All of it is words, because a number cannot run over into the next cell."""
    book, where, canvas = page.book, page.book.total(metric.id), page.canvas
    for row, (line, look, _) in enumerate(LINES, page.row):
        look = "card_star" if star and line == LABEL else look
        canvas.put(row, first, _said(page, metric, line), look)
        canvas.across(row, first + 1, last, None, look)
        if line == "Status" and last > first + 1:  # further than a page's rules look
            ends = (Cell(row, column, fixed=True) for column in (first + 2, last))
            coloured_by(canvas, Area(*ends), Cell(row, first, fixed=True, lock_row=True))
        if line == "In short":
            canvas.link(row, first, page.value(metric, where), "Go to its calculation")
        if line == TREND and f"chart.{metric.id}" in book.areas:
            canvas.sparklines.append(Sparkline(canvas.at(row, first), book.areas[f"chart.{metric.id}"]))


def _said(page: Page, metric: Metric, line: str) -> Tree | str | None:
    """What stands in a line of a card. A choice is words, which are neither judged nor compared."""
    name = metric.short or metric.label
    if line == LABEL:
        return f"NORTH STAR · {name}" if metric.id == page.book.model.north_star else name
    if line == TREND or (metric.is_choice and line != "In short"):
        return None
    return page.result(metric, page.book.total(metric.id), line)


def draw_scorecard(page: Page, card: Scorecard) -> None:
    """One metric a row, its views across."""
    book, canvas = page.book, page.canvas
    page.heading(card.title)
    columns = {name: view_of(book, name) for name in card.columns or DEFAULT}
    spans = _spans(list(columns.values()))
    canvas.put(page.row, NAME, card.headers.get("rows", "Metric"), "header")
    for (name, view), (first, last) in zip(columns.items(), spans, strict=True):
        label = heading(book, name, card.headers)
        role = heading_role(label, view.role != "cell")
        canvas.put(page.row, first, label, role)
        canvas.across(page.row, first + 1, last, None, role)
    heads = [(heading(book, name, card.headers), view.width) for name, view in columns.items()]
    canvas.heights[page.row] = heading_height(heads)
    page.row += 1
    for item in card.rows or ():
        if isinstance(item, Choice):
            canvas.put(page.row, NAME, item.heading or "", "subheading")
        else:
            _scorecard_row(page, item, columns, spans)
        page.row += 1
    page.row += 1


def _scorecard_row(page: Page, item: str, columns: dict[str, View], spans: list[tuple[int, int]]) -> None:
    book, canvas = page.book, page.canvas
    metric, _ = find(book.model, item)
    where = book.total(metric.id)
    canvas.put(page.row, NAME, name_that_fits(label_of(book.model, item), metric, room_of(NAME, NAME)), "cell_label")
    page.define(metric)
    page.explain(metric, where, FIRST, spans[-1][1])
    for (name, view), (first, last) in zip(columns.items(), spans, strict=True):
        role, said = role_of(view, metric), content(page, name, metric, where)
        if name == "status" and "note" not in columns and not metric.is_choice:  # nothing else names the basis
            said = page.result(metric, where, "Status told")
        if isinstance(said, str) and role == "cell_text":
            said = in_columns(said, last - first + 1)
        canvas.put(page.row, first, said, role, view.format(book, metric))
        canvas.across(page.row, first + 1, last, None, role)
        if name == "trend" and metric.timed:
            canvas.sparklines.append(Sparkline(canvas.at(page.row, first), book.areas[f"chart.{metric.id}"]))


def _spans(columns: list[View]) -> list[tuple[int, int]]:
    """First and last grid column of each view; a last one in words takes what is left."""
    spans: list[tuple[int, int]] = []
    at = FIRST
    for view in columns:
        spans.append((at, min(at + view.width - 1, LAST)))
        at = spans[-1][1] + 1
    if columns[-1].role == "cell_text":
        spans[-1] = (spans[-1][0], LAST)
    return spans
