"""The framework's own pages: cards, scorecards, tables and charts; only links to Calculations and Results."""

from __future__ import annotations

import re
from metricbook.formula.tree import Area, Cell, Text, Tree
from metricbook.layout import tables
from metricbook.layout.book import Book
from metricbook.layout.formats import DATE
from metricbook.layout.frame import CURRENT, RESERVED
from metricbook.layout.page_grid import FIRST, LAST, NAME, WIDTHS, Page, status_rules
from metricbook.layout.page_views import DEFAULT, VIEWS, content
from metricbook.layout.plan import Chart, Print, Role, Series, Validation
from metricbook.layout.results import Shown, signed
from metricbook.layout.shapes import EMPTY, ONE, ZERO, call, equals, join, when
from metricbook.layout.words import PREVIOUS
from metricbook.layout.words import VIEWS as VIEW_WORDS
from metricbook.model.metric import Metric
from metricbook.source.schema import Block, ChartBlock, Items, Scorecard, TextTable
from metricbook.source.schema import Page as PageSpec

SELECTORS = (("picked_period", "Reporting period", 9), ("picked_view", "View", 11), ("picked_comparison", "Compare with", 13))
SELECTOR_ROW, BODY = 3, 6
CARD_ROWS = 6
CHART_ROWS = 15
TITLE_ROWS = (1, 4)


def sheet_names(book: Book) -> list[str]:
    """The name of each page's worksheet: its title, kept apart from the technical sheets and from each other."""
    names: list[str] = []
    taken = {name.lower() for name in RESERVED}
    for page in book.model.pages:
        title = "".join(c for c in (page.title or page.sheet or "Page") if c not in "[]:*?/\\").strip("' ")[:31] or "Page"
        name, number = title, 2
        while name.lower() in taken:
            name, number = f"{title[:27]} ({number})", number + 1
        taken.add(name.lower())
        names.append(name)
    return names


def place(book: Book) -> None:
    """Say where the selectors stand: on the first page."""
    first = sheet_names(book)[0]
    for key, _, column in SELECTORS:
        book.spots[key] = Cell(SELECTOR_ROW, column, fixed=True, sheet=first, lock_row=True)


def metrics_of(book: Book, items: Items | None) -> list[Metric]:
    """The metrics of a list, the north star by its name too."""
    return [tables.find(book.model, item)[0] for item in items or () if isinstance(item, str)]


def scorecard(block: Block) -> Scorecard | None:
    """A scorecard's long form, whichever way it was written."""
    return Scorecard(rows=block.scorecard) if isinstance(block.scorecard, list) else block.scorecard


def scorecard_metrics(book: Book, card: Scorecard) -> list[Metric]:
    """The rows of a scorecard: listed, or picked by tags among the metrics that have a direction."""
    if card.rows is not None:
        return metrics_of(book, card.rows)
    wanted = card.where or {}
    picked = [
        metric
        for metric in book.model.metrics.values()
        if metric.good and not metric.base and not metric.target_of and all(metric.tags.get(k) == v for k, v in wanted.items())
    ]
    order = list(book.model.framework.tags.get(card.order or "", {}))
    return sorted(picked, key=lambda each: order.index(each.tags[card.order]) if card.order and each.tags.get(card.order) in order else len(order))


def shown(book: Book) -> list[Shown]:
    """Every metric that some page judges, once, in the order of the pages."""
    found: list[Shown] = []
    for page in book.model.pages:
        for block in page.blocks:
            listed = metrics_of(book, block.headline)
            card = scorecard(block)
            listed += scorecard_metrics(book, card) if card else []
            found += [Shown(metric, book.total(metric.id)) for metric in listed]
            found += list(tables.shown_in(book, block.table)) if block.table else []
    unique: dict[tuple[str, object], Shown] = {}
    for each in found:
        unique.setdefault((each.metric.id, each.where), each)
    return list(unique.values())


def charted(book: Book) -> tuple[list[str], list[tuple[str, str]]]:
    """The metrics that charts and sparklines draw by period, and those drawn over a dimension."""
    by_period: list[str] = []
    over: list[tuple[str, str]] = []
    for page in book.model.pages:
        for block in page.blocks:
            card = scorecard(block)
            by_period += [metric.id for metric in metrics_of(book, block.headline)]
            by_period += [metric.id for metric in scorecard_metrics(book, card)] if card else []
            if block.chart is not None:
                ids = [metric.id for metric in metrics_of(book, block.chart.metrics)]
                if block.chart.over:
                    over += [(id, block.chart.over) for id in ids]
                else:
                    by_period += [*ids, *(line for id in ids for line in _plan_lines(book, block.chart, id))]
    return list(dict.fromkeys(by_period)), list(dict.fromkeys(over))


def _plan_lines(book: Book, chart: ChartBlock, id: str) -> list[str]:
    return [line for line in (f"{id}.target",) if chart.target and line in book.model.metrics]


def draw(book: Book) -> None:
    """Draw every page."""
    for number, (spec, name) in enumerate(zip(book.model.pages, sheet_names(book), strict=True)):
        canvas = book.canvas(name, "page")
        canvas.widths |= WIDTHS
        page = Page(book, canvas, BODY)
        _head(page, spec, first=number == 0)
        _blocks(page, spec)
        status_rules(canvas, page.row)
        canvas.freeze = Cell(BODY - 1, 1, fixed=True)
        canvas.print = Print(pages_wide=0, title_rows=TITLE_ROWS, break_above=page.breaks(TITLE_ROWS))


def _head(page: Page, spec: PageSpec, first: bool) -> None:
    book, canvas = page.book, page.canvas
    title = spec.title or spec.sheet or ""
    canvas.put(1, NAME, book.settings.client or book.model.framework.title if first else title, "title")
    canvas.heights[1] = 28
    question = f"{title} · {spec.question}" if first and title != book.model.framework.title else spec.question
    canvas.put(2, NAME, question, "question")
    if first:
        _selectors(book, page)
    else:
        canvas.put(2, LAST - 1, "from", "quiet")
        canvas.put(3, LAST - 1, "to", "quiet")
        date = DATE[book.model.periods.grain]
        canvas.put(2, LAST, book.mark_at("from", CURRENT), "cell_label", date)
        canvas.put(3, LAST, book.mark_at("to", CURRENT), "cell_label", date)
    filled = join(Text("   ·   "), book.spots["inputs_filled"], Text(" of "), book.spots["inputs_needed"], Text(" inputs filled"))
    canvas.put(3, NAME, join(book.spots["master_words"], filled), "quiet")
    canvas.put(4, NAME, book.spots["next_sentence"], "quiet")
    canvas.across(5, NAME, LAST, None, "rule_line")
    canvas.heights[5] = 6


def _selectors(book: Book, page: Page) -> None:
    canvas, date = page.canvas, DATE[book.model.periods.grain]
    sources = {
        "picked_period": book.frame.periods(book.marks["start"], "Calculations", lock_row=True),
        "picked_view": book.areas["views"],
        "picked_comparison": book.areas["comparisons"],
    }
    prompts = {"picked_period": "Empty means the latest complete period.", "picked_view": "One period, or so far this quarter or year.",
               "picked_comparison": "What the change is measured against."}  # fmt: skip
    prefilled = {"picked_view": VIEW_WORDS[book.model.periods.grain][0], "picked_comparison": PREVIOUS}
    for key, label, column in SELECTORS:
        typed = book.settings.inputs.get((key, (), None), prefilled.get(key))
        canvas.put(SELECTOR_ROW - 1, column, label, "selector_label")
        canvas.put(SELECTOR_ROW, column, typed, "selector", date if key == "picked_period" else "General")
        area = Area(*(Cell(SELECTOR_ROW, column, fixed=True),) * 2)
        canvas.validations.append(Validation(area, "list", label, prompts[key], "Choose from the list, or leave it empty.", source=sources[key]))
        canvas.anchor(f"in_{key}", canvas.area(SELECTOR_ROW, column, SELECTOR_ROW, column))
    words = when(equals(book.mark("through", here=False), ZERO), Text("No data yet"), Text("Data through:"))
    canvas.put(1, SELECTORS[0][2], words, "selector_label")
    through = when(equals(book.mark("through", here=False), ZERO), EMPTY,
                   call("INDEX", book.frame.periods(book.marks["start"], "Calculations", lock_row=True), call("MAX", ONE, book.mark("through", here=False))))  # fmt: skip
    canvas.put(1, SELECTORS[1][2], through, "selector_label", date)


def _blocks(page: Page, spec: PageSpec) -> None:
    waiting: ChartBlock | None = None
    for block in spec.blocks:
        if block.chart is not None:
            if waiting is None:
                waiting = block.chart
                continue
            _charts(page, [waiting, block.chart])
            waiting = None
            continue
        if waiting is not None:
            _charts(page, [waiting])
            waiting = None
        _block(page, block)
    if waiting is not None:
        _charts(page, [waiting])


def _block(page: Page, block: Block) -> None:
    page.begin_block()
    card = scorecard(block)
    if block.headline is not None:
        _cards(page, block.headline)
    elif card is not None:
        _scorecard(page, card)
    elif block.table is not None:
        tables.draw(page, block.table)
    elif block.reference is not None:
        _text_table(page, block.reference)
    elif block.heading is not None:
        page.heading(block.heading)


def _cards(page: Page, items: Items) -> None:
    """Cards side by side, the north star first with the heavier edge: name, value, target, variance, change, status."""
    star = page.book.model.north_star
    metrics = sorted(metrics_of(page.book, items)[:7], key=lambda metric: metric.id != star)
    spots = [(NAME, NAME), *((first, first + 1) for first in range(FIRST, LAST, 2))]
    for metric, (first, last) in zip(metrics, spots, strict=False):
        _card(page, metric, first, last, metric.id == star)
    page.canvas.heights[page.row + 1] = 30
    page.row += CARD_ROWS + 1


def _card(page: Page, metric: Metric, first: int, last: int, star: bool) -> None:
    """One card. A number never runs over into the next cell, so in a card of two cells words stand left of numbers."""
    book, where, canvas = page.book, page.book.total(metric.id), page.canvas
    own = book.formats.of(metric)
    name = metric.short or metric.label
    label = f"NORTH STAR · {name}" if star else name
    canvas.put(page.row, first, label, "card_star" if star else "card_label")
    canvas.put(page.row + 1, first, page.result(metric, where, "In short"), "card_value")
    numbers: list[tuple[str, Tree, str]] = [
        ("Target", page.result(metric, where, "Target shown"), own),
        ("Variance", page.result(metric, where, "Variance"), signed(own)),
        ("Change", content(page, "change", metric, where), VIEWS["change"].format(book, metric)),  # type: ignore[list-item]
    ]
    for offset, (word, tree, format) in enumerate(numbers, 2):
        if last == first:
            canvas.put(page.row + offset, first, tree, "card_note", _prefixed(f"{word} ", format))
        else:
            canvas.put(page.row + offset, first, word, "card_note")
            canvas.put(page.row + offset, last, tree, "card_note_right", format)
    canvas.put(page.row + 5, first, page.result(metric, where, "Status"), "card_status")
    if last > first:
        for offset, role in ((0, "card_label"), (1, "card_value"), (5, "card_status")):
            canvas.put(page.row + offset, last, None, role)  # type: ignore[arg-type]


def _prefixed(word: str, format: str) -> str:
    return ";".join(f'"{word}"{part}' for part in format.split(";"))


def _scorecard(page: Page, card: Scorecard) -> None:
    book, canvas = page.book, page.canvas
    page.heading(card.title)
    columns = tuple(card.columns or DEFAULT)
    canvas.put(page.row, NAME, card.headers.get("rows", "Metric"), "header")
    starts = _starts(columns)
    for view, (first, last) in zip(columns, starts, strict=True):
        role: Role = "header" if VIEWS[view].role != "cell" else "header_right"
        canvas.put(page.row, first, card.headers.get(view, VIEWS[view].heading), role)
        canvas.across(page.row, first + 1, last, None, role)
    canvas.heights[page.row] = 18
    page.row += 1
    for metric in scorecard_metrics(book, card):
        where = book.total(metric.id)
        canvas.put(page.row, NAME, metric.label, "cell_label")
        canvas.link(page.row, NAME, book.value(metric.id, NAME, where), "Go to its calculation")
        for view, (first, last) in zip(columns, starts, strict=True):
            role = VIEWS[view].role
            canvas.put(page.row, first, content(page, view, metric, where), role, VIEWS[view].format(book, metric))
            canvas.across(page.row, first + 1, last, None, role)
        page.row += 1
    page.row += 1


def _starts(columns: tuple[str, ...]) -> list[tuple[int, int]]:
    """First and last grid column of each view; the last one takes what is left."""
    spans: list[tuple[int, int]] = []
    at = FIRST
    for number, view in enumerate(columns):
        last = LAST if number == len(columns) - 1 and VIEWS[view].role == "cell_text" else min(at + VIEWS[view].width - 1, LAST)
        spans.append((at, last))
        at = last + 1
    return spans


def _text_table(page: Page, table: TextTable) -> None:
    page.heading(table.title)
    starts = [NAME, *range(FIRST + 3, LAST + 1, 3)][: len(table.columns)]
    headings = dict(zip(starts, table.columns, strict=False))
    for column in range(NAME, LAST + 1):
        page.canvas.put(page.row, column, headings.get(column), "header")
    page.row += 1
    for row in table.rows:
        for words, column in zip(row, starts, strict=False):
            page.canvas.put(page.row, column, words, "cell_text")
        page.row += 1
    page.row += 1


def _charts(page: Page, charts: list[ChartBlock]) -> None:
    """One chart over the whole width, or two side by side."""
    page.begin_block()
    halves = [(NAME, LAST)] if len(charts) == 1 else [(NAME, 7), (8, LAST)]
    for chart, (first, last) in zip(charts, halves, strict=True):
        top = Cell(page.row, first, fixed=True)
        page.canvas.charts.append(_chart(page.book, chart, top, Cell(page.row + CHART_ROWS - 1, last, fixed=True)))
    page.row += CHART_ROWS + 1


def _chart(book: Book, chart: ChartBlock, first: Cell, last: Cell) -> Chart:
    metrics = metrics_of(book, chart.metrics)
    lead = metrics[0]
    parts = ("main", "second", "third", "fourth", "fifth")
    series: list[Series] = []
    if chart.over:
        for metric, part in zip(metrics, parts, strict=False):
            key = f"chart.{metric.id}.{chart.over}"
            series.append(Series(book.spots[key], book.areas[key], part))  # type: ignore[arg-type]
        categories = book.areas[f"chart.names.{lead.id}.{chart.over}"]
    else:
        for metric, part in zip(metrics, parts, strict=False):
            series.append(Series(book.spots[f"chart.{metric.id}"], book.areas[f"chart.{metric.id}"], part))  # type: ignore[arg-type]
        plans = [line for metric in metrics for line in _plan_lines(book, chart, metric.id)]
        series += [Series(book.spots[f"chart.{line}"], book.areas[f"chart.{line}"], "plan") for line in plans]
        categories = book.areas["chart.periods"]
    words = " and ".join(metric.label for metric in metrics)
    across = book.model.dimensions[chart.over].label.lower() if chart.over else book.model.periods.grain
    alt = f"{chart.title}: {chart.kind} chart of {words} by {across}{', with the target' if chart.target else ''}."
    return Chart(chart.kind, chart.title, alt, first, last, categories, tuple(series[:5]), book.formats.card(lead),
                 book.formats.word(lead.unit), "General" if chart.over else DATE[book.model.periods.grain])  # fmt: skip

