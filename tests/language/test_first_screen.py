"""The first page on a screen: what is on track, what is off, what is to be done, without scrolling; tabs in order."""

from __future__ import annotations

from base64 import b64decode

import pytest

from metricbook.build import model_of
from metricbook.layout.lay_out import lay_out
from metricbook.layout.plan import Sheet
from metricbook.layout.settings import Settings
from metricbook.source.load import shipped

WIDE, HIGH = 1280, 540  # pixels at 100 %
POINT, CHARACTER, EDGE, USUAL = 96 / 72, 7, 5, 15.0
LOGO = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAIAAAABAQAAAADcWUInAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")
"""A picture of 2 × 1 pixels; logos are all shown equally high."""
ORDER = ("start", "page", "fill", "check")


def pixels_down(sheet: Sheet, rows: range) -> float:
    heights = dict(sheet.heights)
    return sum(heights.get(row, USUAL) for row in rows) * POINT


def pixels_across(sheet: Sheet) -> float:
    return sum(width * CHARACTER + EDGE for _, width in sheet.widths)


@pytest.mark.parametrize("name", sorted(shipped()))
def test_everything_above_the_charts_is_on_the_first_screen(name: str) -> None:
    page = lay_out(model_of(name), Settings(client="Acme", logo=LOGO)).sheets[1]
    assert page.pictures
    ends = min((chart.first.row for chart in page.charts), default=0)
    assert ends > 0
    said = {run.content for run in page.runs if run.row < ends and isinstance(run.content, str)}
    assert {"Off track or at risk, worst first", "Open actions", "Compare with"} <= said
    assert pixels_down(page, range(1, ends)) <= HIGH
    assert pixels_across(page) <= WIDE


@pytest.mark.parametrize("name", ["growth", "funnel"])
def test_sheets_are_read_then_filled_then_checked(name: str) -> None:
    kinds = [sheet.kind.replace("records", "fill") for sheet in lay_out(model_of(name)).sheets]
    assert kinds == sorted(kinds, key=ORDER.index)
