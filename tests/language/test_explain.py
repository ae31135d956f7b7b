"""A number explained: its formula with the numbers of the window, as far down as few enough remain."""

from __future__ import annotations

import pytest

from metricbook.build import workbook_of
from metricbook.layout.settings import Settings
from recalculate import differences, formualizer
from recalculate import read as stored
from worked import read, worked

TEXT = """
dimensions: {period: {grain: month, count: 3, first: 2026-01}}
defaults: {by: [period]}
metrics:
  spend: {label: Spend, unit: currency, rollup: sum, input: {}}
  wins: {label: Wins, unit: count, rollup: sum, input: {}}
  price: {label: Price, unit: currency/month, rollup: last, input: {}}
  margin: {label: Margin, unit: percent, rollup: last, input: {}}
  cac: {label: CAC, unit: currency, good: lower, formula: spend / wins}
  payback: {label: Payback, unit: months, good: lower, formula: cac / (price * margin)}
  twice: {label: Twice, unit: currency, good: lower, formula: (spend + spend) / wins}
  before: {label: Before, unit: currency, rollup: last, formula: "PREVIOUS(spend, 0)"}
sheets: [{sheet: main, title: Main, blocks: [{explain: [%s]}]}]
"""
TYPED = {"spend": [50_000, 20_000], "wins": [100, 50], "price": [100, 100], "margin": [0.8, 0.8]}
LINES: dict[str, list[object]] = {
    "cac": [20_000, "÷", 50, "=", 400],
    "payback": [20_000, "÷", 50, "÷ (", 100, "×", 0.8, ") =", 5],
    "twice": ["(", 20_000, "+", 20_000, ") ÷", 50, "=", 800],
    "before": [50_000],  # no plain arithmetic, so only the value
}


@pytest.mark.parametrize("id", LINES)
def test_a_number_is_explained_by_the_numbers_it_is_made_of(id: str) -> None:
    book = worked(TEXT % id, TYPED)
    assert book.page("Main")[book.model.metrics[id].label] == LINES[id]


def test_over_a_window_the_line_holds_the_numbers_of_the_window() -> None:
    rows = worked(TEXT % "cac", {**TYPED, "picked_view": "Qtr to date"}).page("Main")
    assert rows["CAC"] == [70_000, "÷", 150, "=", round(70_000 / 150, 9)]
    assert rows["Spend ÷ Wins"] == []


def test_a_divisor_of_nothing_is_seen() -> None:
    assert worked(TEXT % "cac", {**TYPED, "wins": [100, 0]}).page("Main")["CAC"] == [20_000, "÷", 0, "=", "n/a"]


def test_another_engine_agrees() -> None:
    model = read(TEXT % "cac, payback, twice, before")
    cells = {(id, (), n): value for id, values in TYPED.items() for n, value in enumerate(values)}
    workbook = workbook_of(model, Settings(inputs=cells))  # type: ignore[arg-type]
    assert differences(stored(workbook), formualizer(workbook)) == []


def test_the_words_beneath_are_those_of_the_numbers_above() -> None:
    assert "Spend ÷ Wins ÷ (Price × Margin)" in worked(TEXT % "payback", TYPED).page("Main")
