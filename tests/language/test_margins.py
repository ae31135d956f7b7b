"""A list inside `by`: by one of these dimensions at a time, never crossed."""

from __future__ import annotations

from worked import refused, worked

MARGINS = """
dimensions:
  period: {grain: month, count: 2, first: 2026-01}
  source: {label: Source, members: {inbound: Inbound, outbound: Outbound}}
  channel: {label: Channel, members: {search: Search, events: Events}}
  asset: {label: Asset, members: {ebook: E-book}}
metrics:
  spend: {label: Spend, unit: currency, by: [[source, channel, asset], period], rollup: sum, input: {}}
  leads: {label: Leads, unit: count, by: [[source, channel], period], rollup: sum, input: {}}
  cost: {label: Cost per lead, unit: currency, formula: spend / leads}
"""
TYPED = {
    "spend[inbound]": [60, 10], "spend[outbound]": [40, 10], "spend[search]": [70, 15], "spend[events]": [30, 5],
    "spend[ebook]": [100, 20], "leads[inbound]": [6, 5], "leads[outbound]": [2, 5], "leads[search]": [7, 3],
    "leads[events]": [1, 7],
}  # fmt: skip


def test_a_formula_inherits_the_margins_that_all_its_operands_share() -> None:
    book = worked(MARGINS, TYPED)
    assert book.model.metrics["cost"].axes == (("source", "channel"),)
    assert book("cost[inbound]") == [10, 2]
    assert book("cost[events]") == [30, round(5 / 7, 9)]
    assert book("cost") == [12.5, 2]


def test_the_first_margin_gives_the_total_and_each_other_is_held_against_it() -> None:
    assert worked(MARGINS, TYPED)("spend") == [100, 20]
    checks = worked(MARGINS, TYPED).checks()
    assert checks["same_total_spend_channel"].startswith("●")
    wrong = worked(MARGINS, {**TYPED, "spend[events]": [30, 6]}).checks()
    assert wrong["same_total_spend_channel"].startswith("■")
    assert wrong["same_total_spend_asset"].startswith("●")


def test_a_hidden_dimension_falls_out_of_the_margins() -> None:
    book = worked(
        MARGINS + "hide: [source, asset]\n", {k: v for k, v in TYPED.items() if "search" in k or "even" in k}
    )
    assert book.model.metrics["spend"].axes == (("channel",),)
    assert book("spend") == [100, 20]
    assert "spend[inbound]" not in book.rows


def test_a_metric_of_hidden_dimensions_only_is_typed_once() -> None:
    book = worked(MARGINS + "hide: [source, asset, channel]\n", {"spend": [100, 20], "leads": [8, 10]})
    assert book("cost") == [12.5, 2]


def test_a_dimension_is_there_once() -> None:
    text = MARGINS + "  odd: {label: Odd, unit: count, by: [[source, channel], channel], rollup: sum, input: {}}\n"
    assert refused(text) == ["same-dimension: odd is by channel twice. A metric has each dimension once."]


def test_a_margin_with_a_section_of_its_own_is_an_addition() -> None:
    text = MARGINS.replace("sum, input: {}}", "sum, section: {asset: assets}, input: {need: essential}}", 1)
    text += "sections: {assets: {title: By asset, used: false}}\n"
    book = worked(text, {line: value for line, value in TYPED.items() if "ebook" not in line})
    needs = dict(zip(book.column("Inputs", 1), book.column("Inputs", 6), strict=False))
    assert [needs[f"spend[{id}]"] for id in ("inbound", "events", "ebook")] == ["essential", "essential", "useful"]
    assert book("through", "one") == 2
    assert book("spend", "current") == 20


def test_sections_of_margins_must_be_there() -> None:
    text = MARGINS.replace("rollup: sum, input: {}}", "rollup: sum, section: {asset: assets, ad: x}, input: {}}", 1)
    assert refused(text + "sections: {x: {title: X}}\n") == [
        "unknown-section: assets is not a section. Declare it under `sections:`.",
        "unknown-dimension: ad is not a dimension. Name one of the dimensions in its `by:`.",
    ]
