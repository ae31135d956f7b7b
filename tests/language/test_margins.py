"""A list inside `by`: by one of these dimensions at a time, never crossed."""

from __future__ import annotations

from pathlib import Path

import pytest

from metricbook.layout.lay_out import drawn, plan_of
from metricbook.model.data import match
from metricbook.model.model import Model
from metricbook.source.data import read_data
from worked import read, refused, worked

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


@pytest.mark.parametrize(
    ("sections", "says"),
    [
        ("source: sources, asset: assets", ["Adds: Cost per lead", "Adds by asset: Spend", "Adds: Cost per lead"]),
        (
            "channel: sources, asset: assets",
            ["Adds by channel: Cost per lead", "Adds by asset: Spend", "Adds: Cost per lead"],
        ),
        ("channel: sources, asset: sources", ["Adds: Cost per lead"]),
    ],
)
def test_a_section_says_by_what_it_divides_again(sections: str, says: list[str]) -> None:
    text = MARGINS.replace("sum, input: {}}", f"sum, section: {{{sections}}}, input: {{}}}}", 1)
    text = text.replace("unit: currency, formula", "unit: currency, good: lower, formula")
    # the last line is of the numbers that have no section of their own
    book = worked(text + "sections: {sources: {title: Sources}, assets: {title: Assets}}\n", TYPED)
    assert [each for each in book.column("Start", 4) if str(each).startswith("Adds")] == says


def test_sections_of_margins_must_be_there() -> None:
    text = MARGINS.replace("rollup: sum, input: {}}", "rollup: sum, section: {asset: assets, ad: x}, input: {}}", 1)
    assert refused(text + "sections: {x: {title: X}}\n") == [
        "unknown-section: assets is not a section. Declare it under `sections:`.",
        "unknown-dimension: ad is not a dimension. Name one of the dimensions in its `by:`.",
    ]


SHARED = """
dimensions:
  period: {grain: month, count: 2, first: 2026-01}
  source: {label: Source, members: {email: Email, inbound: Inbound}, spare: 1}
  channel: {label: Channel, members: {email: Email, search: Search}, spare: 1}
metrics:
  spend: {label: Spend, unit: currency, by: [[source, channel], period], rollup: sum, input: {}}
  leads: {label: Leads, unit: count, by: [channel, period], rollup: sum, input: {}}
  double: {label: Double, unit: currency, good: lower, formula: spend + spend}
sheets:
  - sheet: main
    title: Main
    blocks:
      - table: {title: By channel, rows: channel, columns: [double, double.previous, leads]}
      - chart: {title: By channel, metrics: [double], over: channel, kind: bar}
"""
OF_BOTH = {
    "spend[source.email]": [1, 2], "spend[inbound]": [50, 60], "spend[channel.email]": [30, 40],
    "spend[search]": [21, 22], "leads[email]": [3, 4],
}  # fmt: skip


def test_a_member_of_two_margins_has_a_line_on_each() -> None:
    book = worked(SHARED, OF_BOTH)
    assert (book("spend[source.email]"), book("spend[channel.email]")) == ([1, 2], [30, 40])
    assert book("double[channel.email]") == [60, 80]
    assert (book("spend"), book("leads[email]")) == ([51, 62], [3, 4])
    assert book.page("Main")["Email"] == [80, 60, 4]
    ids = [id for id in book.column("Chart data", 1) if id and str(id).startswith("double")]
    assert ids == ["double[channel.email]", "double[search]", "double[channel.spare_1]"]


def test_names_of_cells_say_the_margin_only_where_two_share_a_member() -> None:
    listed = [anchor.name for anchor in plan_of(drawn(read(SHARED))).anchors]
    names = set(listed)
    assert len(listed) == len(names)
    assert {"in_spend.source.spare_1", "in_spend.channel.spare_1", "in_spend.search", "in_leads.spare_1"} <= names
    assert {"row_double.channel.email", "row_double.inbound", "row_double", "out_double.channel.email"} <= names


def test_data_says_which_margin_it_means(tmp_path: Path) -> None:
    model = read(SHARED)
    rows = "spend,email,,2026-01,1\nspend,,email,2026-01,30\nspend,,Email,2026-02,40\n"
    assert typed(tmp_path, model, "data.csv", f"metric,source,channel,period,value\n{rows}") == {
        ("source", "email", 0): 1, ("channel", "email", 0): 30, ("channel", "email", 1): 40,
    }  # fmt: skip
    assert typed(tmp_path, model, "data.yaml", "spend: {channel.email: [30], inbound: [50]}\n") == {
        ("channel", "email", 0): 30, ("source", "inbound", 0): 50,
    }  # fmt: skip
    (tmp_path / "data.yaml").write_text("spend: {email: [30]}\n")
    (problem,) = match(model, read_data(tmp_path / "data.yaml")).problems
    assert problem.sentence == '"email" is not a member of source or channel.'
    assert problem.hint == "There are source.email, inbound, channel.email, search, Inbound, Search."


@pytest.mark.parametrize(("of", "chosen", "shown"), [("source", "inbound", 60), ("channel", "events", 30)])
def test_a_selector_chooses_among_the_members_of_its_own_dimension(of: str, chosen: str, shown: int) -> None:
    text = (
        MARGINS
        + f"""
  picked: {{label: Picked, unit: member, by: [], input: {{of: {of}}}}}
  its_spend: {{label: Its spend, unit: currency, formula: "spend[picked]"}}
"""
    )
    assert worked(text, {**TYPED, "picked": chosen})("its_spend")[0] == shown  # type: ignore[index]


def typed(folder: Path, model: Model, name: str, text: str) -> dict[tuple[str, str, int | None], object]:
    """The cells of a metric with one axis that a data file fills: dimension, member and period."""
    (folder / name).write_text(text)
    matched = match(model, read_data(folder / name))
    assert matched.problems == ()
    found = ((where[0], period, value) for (_, where, period), value in matched.inputs.items())
    return {(point.dimension, point.member, period): value for point, period, value in found if point}


def test_records_may_say_what_a_hidden_dimension_holds() -> None:
    text = """
dimensions:
  period: {grain: month, count: 2, first: 2026-01}
  source: {label: Source, members: {inbound: Inbound, outbound: Outbound}}
  channel: {label: Channel, members: {search: Search, events: Events}}
records:
  lines:
    columns:
      date: {type: date}
      source: {type: member, of: source}
      channel: {type: member, of: channel}
      amount: {type: currency}
metrics:
  spend:
    label: Spend
    unit: currency
    by: [[source, channel], period]
    formula: SUMIFS(lines.amount, lines.source, source, lines.channel, channel, lines.date, period)
sheets: [{sheet: main, title: Main, blocks: [{scorecard: [spend]}]}]
"""
    model = read(text + "hide: [source]\n")
    assert model.metrics["spend"].axes == (("channel",),)
    columns = model.tables["lines"].pasted
    assert {id: column.type for id, column in columns.items()} == {
        "date": "date", "source": "text", "channel": "member", "amount": "currency",
    }  # fmt: skip
