"""Cards and scorecards: each metric with its value, target, variance, change and status."""

from __future__ import annotations

from metricbook.layout.page_grid import FIRST, LAST, NAME, Page, heading_height, heading_role
from metricbook.layout.page_views import DEFAULT, VIEWS, View, content, role_of, view_of
from metricbook.layout.plan import Role, Sparkline
from metricbook.layout.result_row import signed
from metricbook.layout.shown import metrics_of
from metricbook.layout.tables import find, label_of
from metricbook.model.metric import Metric
from metricbook.source.schema import Choice, Items, Scorecard

CARD_ROWS, CARDS = 6, 7


def draw_cards(page: Page, items: Items) -> None:
    """Cards side by side, the north star first with the heavier edge."""
    star = page.book.model.north_star
    metrics = sorted(metrics_of(page.book, items)[:CARDS], key=lambda metric: metric.id != star)
    spots = [(NAME, NAME), *((first, first + 1) for first in range(FIRST, LAST, 2))]
    for metric, (first, last) in zip(metrics, spots, strict=False):
        _card(page, metric, first, last, metric.id == star)
    page.canvas.heights[page.row + 1] = 30
    page.row += CARD_ROWS + 1


def _card(page: Page, metric: Metric, first: int, last: int, star: bool) -> None:
    """One card. A number never runs over into the next cell, so of two cells the left one holds words."""
    book, where, canvas = page.book, page.book.total(metric.id), page.canvas
    own = book.formats.of(metric)
    name = metric.short or metric.label
    words: list[tuple[int, Role, object]] = [
        (0, "card_star" if star else "card_label", f"NORTH STAR · {name}" if star else name),
        (1, "card_value", page.result(metric, where, "In short")),
        (5, "card_status", page.result(metric, where, "Status")),
    ]
    numbers = (
        ("Target", page.result(metric, where, "Target shown"), own),
        ("Variance", page.result(metric, where, "Variance"), signed(own)),
        ("Change", content(page, "change", metric, where), VIEWS["change"].format(book, metric)),
    )
    for offset, role, said in words:
        canvas.put(page.row + offset, first, said, role)  # type: ignore[arg-type]
        canvas.across(page.row + offset, first + 1, last, None, "card_label" if role == "card_star" else role)
    for offset, (word, tree, format) in enumerate(numbers, 2):
        if last == first:
            canvas.put(page.row + offset, first, tree, "card_note", _prefixed(f"{word} ", format))
        else:
            canvas.put(page.row + offset, first, word, "card_note")
            canvas.put(page.row + offset, last, tree, "card_note_right", format)


def _prefixed(word: str, format: str) -> str:
    """A number format that says a word first."""
    return ";".join(f'"{word}"{part}' for part in format.split(";"))


def draw_scorecard(page: Page, card: Scorecard) -> None:
    """One metric a row, its views across."""
    book, canvas = page.book, page.canvas
    page.heading(card.title)
    columns = {name: view_of(book, name) for name in card.columns or DEFAULT}
    spans = _spans(list(columns.values()))
    canvas.put(page.row, NAME, card.headers.get("rows", "Metric"), "header")
    for (name, view), (first, last) in zip(columns.items(), spans, strict=True):
        label = card.headers.get(name, view.heading)
        role = heading_role(label, view.role != "cell")
        canvas.put(page.row, first, label, role)
        canvas.across(page.row, first + 1, last, None, role)
    heads = [(card.headers.get(name, view.heading), view.width) for name, view in columns.items()]
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
    canvas.put(page.row, NAME, label_of(book.model, item), "cell_label")
    canvas.link(page.row, NAME, book.value(metric.id, NAME, where), "Go to its calculation")
    for (name, view), (first, last) in zip(columns.items(), spans, strict=True):
        role = role_of(view, metric)
        canvas.put(page.row, first, content(page, name, metric, where), role, view.format(book, metric))
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
