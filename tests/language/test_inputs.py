"""What a blank means, what is prefilled, choices, constants, units."""

from __future__ import annotations

import pytest

from metricbook.model.data import examples
from worked import refused, worked

TEXT = """
dimensions:
  period: {grain: month, count: 3, first: 2026-01}
metrics:
  other: {label: Other, unit: count, rollup: sum, input: {need: essential}}
  x: {label: X, unit: count, rollup: sum, input: {%s}}
  y: {label: Y, unit: count, formula: x + other}
"""


@pytest.mark.parametrize(
    ("blank", "typed", "expected"),
    [
        ("", [1, None, 3], [11, "", 13]),
        ("blank: unused", [None, None, None], [10, 10, 10]),
        ("blank: unused", [None, 2, None], ["", 12, ""]),  # once started, its blanks are missing
        ("blank: carry", [5, None, 7], [15, 15, 17]),
        ("blank: carry", [None, 5, None], ["", 15, 15]),
        ("initial: 4", [None, None, None], [14, 14, 14]),
        ("initial: [4, 5]", [None, None, 1], [14, 15, 11]),
    ],
)
def test_what_a_blank_means(blank: str, typed: list[float | None], expected: list[float]) -> None:
    assert worked(TEXT % blank, {"x": typed, "other": 10})("y") == expected


PREFILLED = """
dimensions:
  period: {grain: quarter, count: 3, first: 2026-Q1}
constants:
  goal: {label: Goal, unit: percent, value: 50%%}
metrics:
  other: {label: Other, unit: count, %s}
  x: {label: X, unit: count, rollup: last, input: {initial: 4}}
  one: {label: One, unit: count, by: [], input: {initial: 7}}
  y: {label: Y, unit: count, formula: x + one, rollup: last, good: higher, target: {value: 12}}
  passed: {label: Year passed, unit: percent, formula: period.elapsed}
  mode: {label: Mode, unit: choice, by: [], input: {initial: a, options: {a: A, b: B}}}
  chosen: {label: Chosen, unit: ratio, formula: 'IF(mode = "a", 1, 0)'}
checks:
  - {id: uses, formula: passed + goal + chosen + other <= 100, message: Never}
"""
SHOWN = {
    "x": [4, 4, 4], "y": [11, 11, 11], "y.target": [12, 12, 12], "passed": [0.25, 0.5, 0.75],
    "chosen": [1], "goal": [0.5], "one": [7],
}  # fmt: skip


@pytest.mark.parametrize(
    ("other", "typed", "shows"),
    [
        ("rollup: sum, input: {}", [None, None, None], False),
        ("rollup: sum, input: {}", [None, 0, None], True),
        ("rollup: last, input: {blank: carry}", [None, None, None], False),
        ("rollup: last, input: {blank: carry}", [None, 5, None], True),
        ("rollup: sum, input: {blank: unused}", [None, None, None], False),
        ("rollup: sum, input: {blank: unused}", [None, None, 5], True),
        ("by: [], input: {}", None, False),
        ("by: [], input: {}", 5, True),
        ("by: [], input: {initial: 3}", None, True),  # all is prefilled, so there is nothing to wait for
    ],
)
def test_what_nobody_typed_shows_once_something_is_typed(other: str, typed: list[float | None], shows: bool) -> None:
    book = worked(PREFILLED % other, {"other": typed})
    found = {id: book(id) if len(values) > 1 else [book(id, "one")] for id, values in SHOWN.items()}
    assert found == {id: values if shows else [""] * len(values) for id, values in SHOWN.items()}


def test_losses_and_essential_inputs_are_never_unused() -> None:
    assert refused(TEXT % "blank: unused, need: essential")[0].startswith("unused-loss: x is essential")
    assert refused((TEXT % "blank: unused").replace("label: X,", "label: X, good: lower,"))[0].startswith(
        "unused-loss"
    )


def test_examples_come_in_three_shapes() -> None:
    text = """
dimensions:
  period: {grain: month, count: 2, first: 2026-01}
  channel: {label: Channel, spare: 1, members: {a: A, b: B}}
metrics:
  x: {label: X, unit: count, by: [channel, period], rollup: sum, input: {example: {a: 1, b: [2, 3]}}}
  y: {label: Y, unit: percent, rollup: last, input: {example: 20%}}
  z: {label: Z, unit: count, formula: x, rollup: sum}
checks: [{id: y_fits, formula: y <= 1, message: Y}]
"""
    sample = examples(worked(text).model)
    found = {
        (id, *(point.member for point in where if point), period): value
        for (id, where, period), value in sample.items()
    }
    assert found == {
        ("x", "a", 0): 1, ("x", "a", 1): 1, ("x", "b", 0): 2, ("x", "b", 1): 3, ("y", 0): 0.2, ("y", 1): 0.2,
    }  # fmt: skip


CHOICE = """
dimensions:
  period: {grain: month, count: 2, first: 2026-01}
metrics:
  billing:
    label: Billing
    unit: choice
    by: []
    input: {options: {monthly: Each month, yearly: Once a year}, initial: monthly}
  x: {label: X, unit: currency, rollup: sum, input: {}}
  y: {label: Y, unit: currency, formula: 'IF(billing = "yearly", x, 0)'}
"""


def test_a_choice_is_compared_with_its_options() -> None:
    assert worked(CHOICE, {"x": [5, 6]})("y") == [0, 0]
    assert worked(CHOICE, {"x": [5, 6], "billing": "yearly"})("y") == [5, 6]
    assert refused(CHOICE.replace('"yearly"', '"yearli"')) == [
        'unknown-text: "yearli" is not an option of billing. Did you mean "yearly"?'
    ]
    assert refused(CHOICE.replace('billing = "yearly"', "billing > 1"))[0].startswith(
        "word-in-formula: billing is choice"
    )


def test_constants_stand_among_the_settings() -> None:
    text = """
constants: {half_life: {label: Half-life, unit: days, value: 7}}
metrics:
  age: {label: Age, unit: days, by: [], input: {}}
  lives: {label: Half-lives, unit: ratio, formula: age / half_life}
"""
    book = worked(text, {"age": 21})
    assert (book("lives", "one"), book("half_life", "one")) == (3, 7)
    assert worked(text, {"age": 21, "half_life": 3})("lives", "one") == 7


@pytest.mark.parametrize(
    ("unit", "formula", "right"),
    [
        ("currency", "arpu * margin / churn", True),  # currency/month over 1/month
        ("currency/month", "arpu * margin / churn", False),
        ("months", "cac / arpu", True),
        ("currency", "arpu * 12", True),
        ("points", "churn - churn_goal", True),
        ("percent", "margin - margin_goal", False),
        ("points", "margin - margin_goal", True),
        ("count", "cac + arpu", False),
        ("ratio", "cac / cac", True),
        ("currency", "MAX(cac, 0)", True),
        ("months", "IF(cac > 0, cac, 0)", False),
        ("currency", "IF(cac > arpu, cac, 0)", False),
    ],
)
def test_units_and_clocks_are_reckoned(unit: str, formula: str, right: bool) -> None:
    text = f"""
metrics:
  arpu: {{label: A, unit: currency/month, by: [], input: {{}}}}
  margin: {{label: M, unit: percent, by: [], input: {{}}}}
  margin_goal: {{label: G, unit: percent, by: [], input: {{}}}}
  churn: {{label: C, unit: percent/month, by: [], input: {{}}}}
  churn_goal: {{label: D, unit: percent/month, by: [], input: {{}}}}
  cac: {{label: E, unit: currency, by: [], input: {{}}}}
  read: {{label: R, unit: {unit}, formula: "{formula}"}}
"""
    codes = {each.partition(":")[0] for each in refused(text)}
    if unit == "points" and "churn" in formula:
        assert codes == {"unit-clash"}  # the difference of two rates per month is a rate per month
    else:
        assert codes == (set() if right else {"unit-clash"})
