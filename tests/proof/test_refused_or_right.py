"""Formulas that are hard to get right: either the framework is refused with a reason, or the value is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from metricbook.build import model_of
from metricbook.formula.evaluate import Error, Value
from metricbook.model.metric import Point
from metricbook.problems import Refused
from proof.opened import FIRST, lines
from proof.scenarios import Inputs, Scenario

HEAD = """
framework: hard
title: Hard
version: 1.0.0
dimensions:
  period: {grain: GRAIN, count: 3}
  region: {label: Region, members: {east: East, west: West, south: South}}
  coast: {of: region, members: [south, east]}
metrics:
  a: {label: A, unit: count, by: [period], rollup: last, input: {}}
  b: {label: B, unit: count, by: [period], rollup: last, input: {}}
  flow: {label: Flow, unit: count, by: [period], rollup: sum, input: {}}
  visits: {label: Visits, unit: count, by: [region, period], rollup: sum, input: {}}
  answers: {label: Answers, unit: count, by: [coast, period], rollup: sum, input: {}}
"""
PAGE = """
sheets:
  - {sheet: page, title: Page, blocks: [{table: {title: T, rows: [SHOWN], columns: value}}]}
"""
REFUSED = "refused: division-in-condition"
ANSWERS: Inputs = {("answers", (Point("coast", "south"),), 0): 3.0, ("answers", (Point("coast", "east"),), 0): 5.0}
VISITS: Inputs = {
    ("visits", (Point("region", member),), 0): 4.0 * n for n, member in enumerate(("east", "west", "south"), 1)
}


def _first(tmp_path: Path, metrics: str, shown: str, inputs: Inputs, grain: str = "month", page: str = PAGE) -> Value:
    """The value of a metric at Total in the first period; the codes of its faults where the framework is refused."""
    path = tmp_path / "hard.yaml"
    path.write_text(HEAD.replace("GRAIN", grain) + metrics + page.replace("SHOWN", shown))
    try:
        model = model_of(path)
    except Refused as refused:
        return "refused: " + ", ".join(sorted({problem.code for problem in refused.problems}))
    plan, grid = Scenario("hard", model, inputs).values()
    value = grid.value("Calculations", lines(plan)[shown], FIRST)
    return value.code if isinstance(value, Error) else value


@pytest.mark.parametrize(
    ("formula", "inputs"),
    [
        ("(a / b) ^ (1 / 12)", {("a", (), 0): 4.0, ("b", (), 0): 0.0}),
        ("a / (1 - a / b)", {("a", (), 0): 4.0, ("b", (), 0): 0.0}),
        ("a / (1 - a / b)", {("a", (), 0): 4.0, ("b", (), 0): 4.0}),
        ("(1 + a / b) ^ (1 / 12)", {("a", (), 0): 4.0, ("b", (), 0): 0.0}),
        ("a / (a / b)", {("a", (), 0): 0.0, ("b", (), 0): 4.0}),
        ("a / (a / b)", {("a", (), 0): 4.0, ("b", (), 0): 0.0}),
    ],
)  # fmt: skip
def test_a_division_by_zero_anywhere_is_undefined(formula: str, inputs: Inputs, tmp_path: Path) -> None:
    metrics = f'  x: {{label: X, unit: ratio, formula: "{formula}"}}\n'
    assert _first(tmp_path, metrics, "x", inputs) in ("n/a", REFUSED)


def test_a_division_in_a_condition_is_undefined_where_it_divides_by_zero(tmp_path: Path) -> None:
    metrics = '  x: {label: X, unit: count, formula: a + b, undefined_if: "a / b > 1"}\n'
    zero: Inputs = {("a", (), 0): 4.0, ("b", (), 0): 0.0}
    assert _first(tmp_path, metrics, "x", zero) in ("n/a", REFUSED)


def test_a_division_in_a_check_leaves_it_unanswered_where_it_divides_by_zero(tmp_path: Path) -> None:
    page = "checks:\n  - {id: ok, formula: a / b <= 1, message: No.}\n" + PAGE
    path = tmp_path / "hard.yaml"
    path.write_text(HEAD.replace("GRAIN", "month") + page.replace("SHOWN", "a"))
    try:
        model = model_of(path)
    except Refused:
        return
    plan, grid = Scenario("hard", model, {("a", (), 0): 4.0, ("b", (), 0): 0.0}).values()
    assert grid.value("Calculations", lines(plan)["ok"], FIRST) == ""


def test_an_average_over_a_part_weighs_with_that_part_alone(tmp_path: Path) -> None:
    """(3 × 12 + 5 × 4) ÷ (12 + 4); West has visits and no rating."""
    metrics = "  mean: {label: Mean, unit: score, by: [coast, period], rollup: average, weight: visits, input: {}}\n"
    rated: Inputs = {**VISITS, **{("mean", where, when): value for (_, where, when), value in ANSWERS.items()}}
    assert _first(tmp_path, metrics, "mean", rated) in (3.5, "refused: no-total")


def test_a_formula_over_a_part_divides_totals_of_the_same_members(tmp_path: Path) -> None:
    """(3 + 5) ÷ (12 + 4)."""
    metrics = "  x: {label: X, unit: ratio, formula: answers / visits}\n"
    assert _first(tmp_path, metrics, "x", {**VISITS, **ANSWERS}) in (0.5, "refused: no-total")


def test_a_selector_of_a_part_is_refused(tmp_path: Path) -> None:
    metrics = """
  which: {label: Which, unit: member, by: [], input: {of: coast}}
  x: {label: X, unit: count, formula: "answers[which]"}
"""
    assert _first(tmp_path, metrics, "x", {**ANSWERS, ("which", (), None): "east"}) == "refused: choice-of-part"


def test_a_year_has_no_quarters(tmp_path: Path) -> None:
    metrics = '  x: {label: X, unit: count, formula: "TODATE(flow, quarter)", rollup: last}\n'
    assert _first(tmp_path, metrics, "x", {("flow", (), 0): 4.0}, grain="year") == "refused: no-quarters"


def test_an_average_by_member_with_one_weight_for_all_is_refused(tmp_path: Path) -> None:
    """Two coasts rated 3 and 5 with one weight for both would make 8."""
    metrics = "  mean: {label: Mean, unit: score, by: [coast, period], rollup: average, weight: b, input: {}}\n"
    rated = {("mean", where, when): value for (_, where, when), value in ANSWERS.items()}
    assert _first(tmp_path, metrics, "mean", {**rated, ("b", (), 0): 2.0}) == "refused: weight"
