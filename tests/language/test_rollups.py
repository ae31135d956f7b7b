"""How members and periods add up: sum, last, first, average with a weight, none, by dimension."""

from __future__ import annotations

import pytest

from metricbook.layout.words import VIEWS
from worked import refused, worked

QUARTER = {"picked_view": VIEWS["month"][1]}
ONE = """
dimensions:
  period: {grain: month, count: 3, first: 2026-01}
metrics:
  x: {label: X, unit: %s, rollup: %s, input: {}}
"""


@pytest.mark.parametrize(
    ("unit", "rollup", "expected"),
    [
        ("count", "sum", 60),
        ("count", "last", 30),
        ("count", "first", 10),
        ("score", "average", 20),
        ("count", "none", "n/a"),
    ],
)
def test_a_quarter_of_an_input(unit: str, rollup: str, expected: float) -> None:
    text = ONE % (unit, rollup) + f"  y: {{label: Y, unit: {unit}, formula: x}}\n"
    book = worked(text, {"x": [10, 20, 30], **QUARTER})
    assert book("x", "current") == expected
    assert book("y", "current") == ("" if expected == "n/a" else expected)


CHURN = """
dimensions:
  period: {grain: month, count: 3, first: 2026-01}
  segment: {label: Segment, members: {small: Small, large: Large}}
metrics:
  customers: {label: Opening customers, unit: count, by: [segment, period], rollup: first, input: {}}
  churn:
    label: Churn
    unit: percent/month
    by: [segment, period]
    rollup: average
    weight: customers
    input: {}
  read: {label: Read, unit: percent/month, formula: churn, rollup: average, weight: customers}
"""
LOST = {
    "customers[small]": [100, 90, 80],
    "customers[large]": [10, 10, 20],
    "churn[small]": [0.1, 0.1, 0.2],
    "churn[large]": [0, 0, 0.1],
}


def test_an_average_is_weighted_over_members_and_over_periods() -> None:
    book = worked(CHURN, {**LOST, **QUARTER})
    assert book("churn") == [round(10 / 110, 9), 0.09, 0.18]
    assert book("churn[small]", "current") == round((10 + 9 + 16) / 270, 9)
    assert book("churn", "current") == round((10 + 9 + 16 + 2) / 310, 9)


def test_a_steady_rate_is_the_same_in_every_view() -> None:
    steady = {**LOST, "churn[small]": 0.02, "churn[large]": 0.02}
    assert worked(CHURN, steady)("churn", "current") == 0.02
    assert worked(CHURN, {**steady, **QUARTER})("churn", "current") == 0.02


def test_members_may_be_weighted_while_the_last_period_counts() -> None:
    text = CHURN.replace("rollup: average\n", "rollup: {period: last, segment: average}\n")
    book = worked(
        text.replace("  read:", "  other: {label: O, unit: percent/month, formula: churn}\n  read:"),
        {**LOST, **QUARTER},
    )
    assert book("churn", "current") == 0.18


def test_members_of_one_value_are_weighted_too() -> None:
    text = """
dimensions:
  product: {label: Product, members: {a: A, b: B}}
metrics:
  revenue: {label: Revenue, unit: currency, by: [product], input: {}}
  margin: {label: Margin, unit: percent, by: [product], rollup: {product: average}, weight: revenue, input: {}}
  profit: {label: Profit, unit: currency, rollup: sum, formula: revenue * margin}
  read: {label: Read, unit: percent, formula: "margin[total]"}
"""
    book = worked(text, {"revenue[a]": 300, "revenue[b]": 100, "margin[a]": 0.5, "margin[b]": 0.9})
    assert book("read", "one") == 0.6
    assert book("profit", "one") == 240


def test_members_add_up_where_periods_do_not() -> None:
    text = """
dimensions:
  period: {grain: month, count: 3, first: 2026-01}
  segment: {label: Segment, members: {small: Small, large: Large}}
metrics:
  reach: {label: Reach, unit: count, by: [segment, period], rollup: {period: none, segment: sum}, input: {}}
  read: {label: Read, unit: count, formula: "reach[total]"}
"""
    typed = {"reach[small]": [1, 2, 3], "reach[large]": [10, 20, 30]}
    assert worked(text, typed)("reach", "current") == 33
    assert worked(text, {**typed, **QUARTER})("reach", "current") == "n/a"
    assert worked(text, {**typed, **QUARTER})("read", "current") == ""
    assert "no-total" in refused(text.replace("segment: sum", "segment: none"))[0]


PRODUCT = """
dimensions:
  period: {grain: month, count: 2, first: 2026-01}
metrics:
  customers: {label: Customers, unit: count, rollup: last, input: {}}
  price: {label: Price, unit: currency/month, rollup: last, input: {}}
  revenue: {label: Revenue, unit: currency/month, formula: customers * price%s}
"""


def test_a_product_that_makes_an_amount_says_how_it_adds_up() -> None:
    assert refused(PRODUCT % "")[0].startswith("product-rollup: revenue multiplies two metrics that vary together")
    typed = {"customers": [10, 20], "price": [5, 6], **QUARTER}
    assert worked(PRODUCT % ", rollup: sum", typed)("revenue", "current") == 170
    assert worked(PRODUCT % ", rollup: recompute", typed)("revenue", "current") == 120


def test_a_product_along_members_says_so_too() -> None:
    text = """
dimensions:
  product: {label: Product, members: {a: A, b: B}}
metrics:
  units: {label: Units, unit: count, by: [product], input: {}}
  price: {label: Price, unit: currency, by: [product], input: {}}
  revenue: {label: Revenue, unit: currency, formula: units * price}
"""
    assert refused(text)[0].startswith("product-rollup")


def test_a_ratio_is_made_of_sums() -> None:
    text = """
dimensions:
  period: {grain: month, count: 3, first: 2026-01}
  channel: {label: Channel, members: {a: A, b: B}}
metrics:
  spend: {label: Spend, unit: currency, by: [channel, period], rollup: sum, input: {}}
  wins: {label: Wins, unit: count, by: [channel, period], rollup: sum, input: {}}
  cac: {label: CAC, unit: currency, formula: spend / wins}
"""
    typed = {"spend[a]": [10, 20, 30], "spend[b]": [100, 0, 0], "wins[a]": [1, 0, 2], "wins[b]": [1, 1, 1], **QUARTER}
    book = worked(text, typed)
    assert book("cac[a]") == [10, "n/a", 15]
    assert book("cac[a]", "current") == 20
    assert book("cac", "current") == round(160 / 6, 9)
