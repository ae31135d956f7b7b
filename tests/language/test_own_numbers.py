"""Your own numbers: free lines that are typed into the finished workbook, judged like every metric."""

from __future__ import annotations

import pytest

from metricbook.layout.frame import OWN
from worked import Typed, Worked, worked

TEXT = """
dimensions: {period: {grain: month, count: 14, first: 2025-01}}
metrics:
  visits: {label: Visits, unit: count, rollup: sum, input: {need: essential}}
"""
# of the fourteen months the last is February 2026; the numbers are 10, 20, … 140
NUMBERS = [10.0 * number for number in range(1, 15)]
LINE = {"own_1.name": "Downloads", "own_1.unit": "number", "own_1.rollup": "sum", "own_1.good": "higher",
        "own_1.target": 100.0}  # fmt: skip


def opened(view: str = "Month", compare: str = "Previous", **typed: Typed | list[Typed]) -> Worked:
    """The workbook with a line; `typed` says what stands in its parts, `values` in its periods."""
    values = typed.pop("values", NUMBERS)
    line = LINE | {f"own_1.{part}": value for part, value in typed.items()}
    assert isinstance(values, list)
    cells = {key: value for key, value in line.items() if value is not None}
    return worked(TEXT, {"visits": 1, "picked_view": view, "picked_comparison": compare, **cells}, own={1: values})


def shown(book: Worked) -> list[object]:
    """What stands in the line on its page: actual, target, variance, status, change, arrow, note."""
    return book.page(OWN).get("Downloads", [])


# January and February 2026 hold 130 and 140, the same months of 2025 10 and 20, November and December 110 and 120
@pytest.mark.parametrize(
    ("rollup", "view", "compare", "expected"),
    [
        ("sum", "Month", "Previous", ["140", "100", "40 ahead", "● On track", "↑ 7.7%", "↑"]),
        ("sum", "Month", "Last year", ["140", "100", "40 ahead", "● On track", "↑ 600.0%", "↑"]),
        ("sum", "Qtr to date", "Previous", ["270", "200", "70 ahead", "● On track", "↑ 28.6%", "↑"]),
        ("sum", "Year to date", "Last year", ["270", "200", "70 ahead", "● On track", "↑ 800.0%", "↑"]),
        ("last", "Qtr to date", "Previous", ["140", "100", "40 ahead", "● On track", "↑ 27.3%", "↑"]),
        ("average", "Qtr to date", "Previous", ["135", "100", "35 ahead", "● On track", "↑ 28.6%", "↑"]),
        ("average", "Year to date", "Last year", ["135", "100", "35 ahead", "● On track", "↑ 800.0%", "↑"]),
    ],
)
def test_a_window_is_made_as_it_was_chosen(rollup: str, view: str, compare: str, expected: list[str]) -> None:
    assert shown(opened(view, compare, rollup=rollup)) == expected
