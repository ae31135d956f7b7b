"""From the model to the plan: first every sheet gives out its places, then every sheet is drawn."""

from __future__ import annotations

from metricbook.layout import (
    calculations,
    chart_data,
    checks,
    dictionary,
    framework_sheet,
    inputs,
    lists,
    not_carried,
    notes,
    own_inputs,
    own_page,
    pages,
    records,
    results,
    row_calculations,
    start,
    targets,
)
from metricbook.layout.book import Book
from metricbook.layout.formats import Formats, prices
from metricbook.layout.frame import Frame
from metricbook.layout.needs import Needs
from metricbook.layout.plan import Plan
from metricbook.layout.settings import Settings
from metricbook.layout.shown import aimed, charted, judged
from metricbook.layout.wording import Wording, redated, reworded
from metricbook.model.model import Model


def lay_out(model: Model, settings: Settings | None = None) -> Plan:
    """The plan of a workbook: every sheet, every cell, with the client's settings and the numbers already typed."""
    book = drawn(model, settings)
    plan = reworded(plan_of(book), book.settings.words)
    return redated(plan, book.formats.dates(model.periods.grain))


def drawn(model: Model, settings: Settings | None = None) -> Book:
    """The workbook with all its sheets drawn; it still knows which metric stands in which row."""
    settings = settings or Settings()
    formats = Formats(settings.currency, settings.show_in, settings.formats, prices(model))
    book = Book(model, settings, Frame(model.periods.count), formats, Wording(settings.words).phrase)

    blocks = inputs.place(book)
    own_inputs.place(book, blocks)
    pages.place(book)
    start.place(book, blocks)
    words = lists.place(book)
    target_rows = targets.place(book, aimed(book))
    row_calculations.place(book)
    headings = calculations.place(book, blocks)
    shown = judged(book)
    by_period, own_charts = charted(book)
    commented = list({each.metric.id: each.metric for each in shown if not any(each.where)}.values())
    notes.place(book, commented)
    chart_data.place(book, by_period, own_charts)
    count, completeness = checks.place(book, blocks)
    results.place(book, shown)
    dictionary.place(book)

    start.draw(book, blocks)
    pages.draw(book)
    own_page.draw(book)
    inputs.draw(book, blocks)
    own_inputs.draw(book)
    notes.draw(book, commented)
    not_carried.draw(book)
    lists.draw(book, words)
    targets.draw(book, target_rows)
    records.draw(book)
    row_calculations.draw(book)
    calculations.draw(book, blocks, headings)
    needs = Needs(book)
    results.draw(book, shown, needs)
    checks.draw(book, blocks, count, completeness, needs)
    dictionary.draw(book)
    chart_data.draw(book, by_period, own_charts)
    framework_sheet.draw(book)
    return book


def plan_of(book: Book) -> Plan:
    """The plan of a drawn workbook."""
    framework, model = book.model.framework, book.model
    order = pages.sheet_order(book)
    stamp = (
        ("metricbook.framework", framework.framework),
        ("metricbook.version", framework.version),
        ("metricbook.fingerprint", model.fingerprint),
        ("metricbook.profile", ", ".join(f"{key}={value}" for key, value in model.profile.items())),
        ("metricbook.client", book.settings.client),
        ("metricbook.currency", book.settings.currency),
    )
    who = book.settings.client or framework.title
    return Plan(
        title=f"{who}: {framework.title}" if who != framework.title else framework.title,
        subject=framework.summary,
        header=who,
        footer=f"{framework.framework} {framework.version}",
        sheets=tuple(book.sheets[name].sheet() for name in order),
        anchors=tuple(anchor for name in order for anchor in book.sheets[name].anchors),
        properties=tuple((name, text) for name, text in stamp if text),
        accent=book.settings.accent,
    )
