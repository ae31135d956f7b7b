"""What happened, under the charts: its words with their dates, the latest six of what the page shows."""

from __future__ import annotations

import datetime as dt

from metricbook.layout.timeline import serial
from worked import worked

TEXT = """
dimensions: {period: {grain: month, count: %s, first: 2026-01}}
metrics:
  leads: {label: Leads, unit: count, rollup: sum, by: [period], input: {}}
  event: {label: What happened, unit: text, by: [period], rollup: last, input: {required: false}}
sheets:
  - {sheet: main, title: Main, blocks: [{chart: {kind: line, title: Leads, metrics: [leads], events: event}}]}
"""


def told(periods: int, events: list[str | None]) -> list[tuple[object, object]]:
    """Dates as month and year, and words, from left to right and then down."""
    book = worked(TEXT % periods, {"leads": [1] * periods, "event": events})
    rows = [book.grid.row("Main", row) for row in (20, 21)]
    assert rows[0][2] == ("What happened" if any(events) else "")
    return [(row[at], row[at + 1]) for row in rows for at in (3, 7, 11) if row[at] != ""]


def test_events_stand_with_their_dates_without_the_months_in_which_nothing_happened() -> None:
    assert told(4, [None, "Fair", None, "Release"]) == [(day(2), "Fair"), (day(4), "Release")]
    assert told(2, [None, None]) == []


def test_the_latest_six_are_told() -> None:
    assert told(9, [*"abcdefgh", None]) == [(day(month), "abcdefgh"[month - 1]) for month in range(3, 9)]


def day(month: int) -> int:

    return serial(dt.date(2026, month, 1))
