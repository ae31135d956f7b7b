"""Functions along the periods, facts of the period, and the fiscal calendar."""

from __future__ import annotations

import pytest

from worked import refused, worked

MONTHS = """
dimensions:
  period: {grain: month, count: %d, first: 2026-01, fiscal_year_start: 4}
metrics:
  opening: {label: Opening, unit: count, by: [], input: {}}
  x: {label: X, unit: count, rollup: sum, input: {}}
  y: {label: Y, unit: count, rollup: last, formula: "%s"}
"""
SIX = [1, 2, 4, 8, 16, 32]
GAP = [1, 2, None, 8, 16, 32]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("PREVIOUS(x, opening)", [100, 1, 2, 4, 8, 16]),
        ("PREVIOUS(x, 0)", [0, 1, 2, 4, 8, 16]),
        ("PREVIOUS(x, opening, quarter)", [100, 100, 100, 1, 2, 4]),
        ("AGO(x, 2)", ["", "", 1, 2, 4, 8]),
        ("AGO(x, quarter)", ["", "", "", 1, 2, 4]),
        ("CUMULATIVE(x)", [1, 3, 7, 15, 31, 63]),
        ("ROLLING(x, 2)", ["", 3, 6, 12, 24, 48]),
        ("ROLLING(x, quarter)", ["", "", 7, 14, 28, 56]),
        # the fiscal year begins in April
        ("TODATE(x, year)", [1, 3, 7, 8, 24, 56]),
        ("TODATE(x, quarter)", [1, 3, 7, 8, 24, 56]),
        ("WHOLE(x, quarter)", [7, 7, 7, 56, 56, 56]),
        ("WHOLE(x, year)", ["", "", "", "", "", ""]),  # neither fiscal year lies wholly inside
        ("COALESCE(x, 0)", SIX),
    ],
)
def test_along_the_months(formula: str, expected: list[float]) -> None:
    assert worked(MONTHS % (6, formula), {"x": SIX, "opening": 100})("y") == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("PREVIOUS(x, opening)", [100, 1, 2, "", 8, 16]),
        ("CUMULATIVE(x)", [1, 3, "", "", "", ""]),
        ("ROLLING(x, 2)", ["", 3, "", "", 24, 48]),
        ("TODATE(x, quarter)", [1, 3, "", 8, 24, 56]),
        ("WHOLE(x, quarter)", ["", "", "", 56, 56, 56]),
        ("COALESCE(x, 0)", [1, 2, 0, 8, 16, 32]),
        ("COALESCE(x, opening)", [1, 2, 100, 8, 16, 32]),
    ],
)
def test_a_gap_is_never_bridged_but_by_coalesce(formula: str, expected: list[float]) -> None:
    text = (
        MONTHS % (6, formula)
        + "  z: {label: Z, unit: count, rollup: sum, input: {}}\nchecks: [{id: zz, formula: z >= 0, message: Z}]\n"
    )
    assert worked(text, {"x": GAP, "opening": 100, "z": 1})("y") == expected


def test_previous_over_a_year() -> None:
    text = MONTHS % (14, "PREVIOUS(x, opening, year)")
    assert worked(text, {"x": list(range(14)), "opening": 100})("y") == [*[100] * 12, 0, 1]


def test_an_opening_may_be_by_period() -> None:
    text = (
        MONTHS % (3, "PREVIOUS(x, before, quarter)")
        + "  before: {label: Before, unit: count, rollup: last, input: {}}\n"
    )
    assert worked(text, {"x": [1, 2, 3], "before": [7, 8, 9], "opening": 0})("y") == [7, 8, 9]


def test_a_balance_carries_over_in_a_loop_and_rolls_up_first_and_last() -> None:
    text = """
dimensions:
  period: {grain: month, count: 3, first: 2026-01}
  channel: {label: Channel, members: {a: A, b: B}}
metrics:
  opening: {label: Opening, unit: currency, by: [channel], input: {}}
  new: {label: New, unit: currency, by: [channel, period], rollup: sum, input: {}}
  starting: {label: Starting, unit: currency, formula: "PREVIOUS(ending, opening)", rollup: first}
  ending: {label: Ending, unit: currency, formula: starting + new, rollup: last}
"""
    typed = {"opening[a]": 10, "opening[b]": 100, "new[a]": [1, 2, 3], "new[b]": [10, 20, 30]}
    book = worked(text, {**typed, "picked_view": "Qtr to date"})
    assert book.model.metrics["ending"].axes == (("channel",),)
    assert book("ending[a]") == [11, 13, 16]
    assert book("ending") == [121, 143, 176]
    assert (book("starting", "current"), book("ending", "current")) == (110, 176)


@pytest.mark.parametrize(
    ("grain", "first", "formula", "expected"),
    [
        ("quarter", "2026-Q1", "ROLLING(x, year)", ["", "", "", 15, 30]),
        ("quarter", "2026-Q1", "WHOLE(x, year)", [15, 15, 15, 15, ""]),
        ("quarter", "2026-Q1", "TODATE(x, year)", [1, 3, 7, 15, 16]),
        ("quarter", "2026-Q1", "TODATE(x, quarter)", [1, 2, 4, 8, 16]),
        ("quarter", "2026-Q1", "WHOLE(x, quarter)", [1, 2, 4, 8, 16]),
        ("year", "2026", "AGO(x, year)", ["", 1, 2, 4, 8]),
        ("year", "2026", "WHOLE(x, year)", [1, 2, 4, 8, 16]),
        ("week", "2026-W01", "TODATE(x, quarter)", [1, 3, 7, 15, 31]),
    ],
)
def test_other_grains(grain: str, first: str, formula: str, expected: list[float]) -> None:
    text = MONTHS % (5, formula)
    text = (
        text.replace("grain: month", f"grain: {grain}")
        .replace("2026-01", first)
        .replace(", fiscal_year_start: 4", "")
    )
    assert worked(text, {"x": [1, 2, 4, 8, 16], "opening": 0})("y") == expected


def test_quarters_need_periods_that_are_not_years() -> None:
    text = (MONTHS % (5, "TODATE(x, quarter)")).replace("month", "year").replace("2026-01", '"2026"')
    assert refused(text) == [
        "no-quarters: y looks at a quarter, but the periods are years. "
        "Say year, or let the periods be quarters or months."
    ]


def test_a_clock_of_its_own_reads_the_same_in_every_view() -> None:
    text = """
dimensions:
  period: {grain: month, count: 14, first: 2025-01}
metrics:
  won: {label: Won, unit: currency, rollup: sum, input: {}}
  lost: {label: Lost, unit: currency, rollup: sum, input: {}}
  won_12: {label: Won in 12 months, unit: currency, formula: "ROLLING(won, 12)", rollup: last}
  lost_12: {label: Lost in 12 months, unit: currency, formula: "ROLLING(lost, 12)", rollup: last}
  kept: {label: Kept over 12 months, unit: percent, formula: 1 - lost_12 / won_12}
"""
    typed = {"won": 100, "lost": 5}
    assert worked(text, typed)("kept", "current") == 0.95
    assert worked(text, {**typed, "picked_view": "Year to date"})("kept", "current") == 0.95
    assert worked(text, typed)("kept")[:11] == [""] * 11


def test_facts_of_the_period() -> None:
    text = """
dimensions:
  period: {grain: month, count: 3, first: 2026-03, fiscal_year_start: 4}
metrics:
  spent: {label: Spent, unit: currency, rollup: sum, input: {}}
  budget: {label: Budget of the year, unit: currency, by: [], input: {}}
  year_spend: {label: Spent this year, unit: currency, formula: "TODATE(spent, year)", rollup: last}
  pacing: {label: Pacing, unit: percent, formula: year_spend / (budget * period.elapsed)}
  per_month: {label: Per month, unit: currency/month, formula: spent / period.months}
  days: {label: Days, unit: days, rollup: sum, formula: period.end - period.start}
"""
    book = worked(text, {"spent": [120, 20, 5], "budget": 120, "picked_view": "Qtr to date"})
    # March is the last of twelve months, April the first
    assert book("pacing") == [1, 2, 1.25]
    assert book("per_month") == [120, 20, 5]
    assert book("per_month", "current") == 12.5
    assert book("days") == [30, 29, 30]


def test_what_looks_along_the_periods_needs_periods() -> None:
    text = MONTHS % (3, "ROLLING(opening, 2)")
    assert refused(text) == [
        "not-by-period: ROLLING looks along the periods, but opening has one value for all of them. "
        "Name a metric that is by period."
    ]


def test_a_loop_through_the_whole_year_is_one() -> None:
    text = """
dimensions:
  period: {grain: month, count: 3, first: 2026-01}
metrics:
  opening: {label: Opening, unit: count, by: [], input: {}}
  x: {label: X, unit: count, rollup: sum, input: {}}
  before: {label: Before, unit: count, formula: "PREVIOUS(whole, opening)", rollup: first}
  both: {label: Both, unit: count, formula: before + x, rollup: last}
  whole: {label: Whole, unit: count, formula: "WHOLE(both, quarter)", rollup: last}
"""
    assert "circle: whole looks at later periods of what it is itself made of." in refused(text)[0]
