"""What a client file does to pages and members: hide, show, several frameworks, members and their other names."""

from __future__ import annotations

import datetime as dt

import pytest
from tailored import refused, tailored, worked

from metricbook.api import load
from metricbook.layout.formats import Formats, prices
from metricbook.layout.lay_out import lay_out
from metricbook.layout.lists import CLOSED, EXPORTS, SHOWN
from metricbook.layout.plan import Plan
from metricbook.layout.timeline import serial
from metricbook.model.names import block_id, block_title
from small import SMALL

PLAIN = "client: Acme\nframework: small\n"
DEMOS = """
metrics:
  demos: {label: Demos held, unit: count, rollup: sum, input: {prompt: From the calendar}}
  demo_rate: {label: Demo rate, unit: percent, formula: wins / demos}
"""
OTHER = """
framework: other
title: Other
dimensions:
  period: {grain: month, count: 3, first: 2026-01}
metrics:
  calls: {label: Calls, unit: count, rollup: sum, by: [period], input: {}}
checks: [{id: fits, formula: calls >= 0, message: Calls are fewer than none.}]
sheets:
  - {sheet: main, title: Calls, blocks: [{scorecard: [calls]}]}
"""


def texts(plan: Plan, sheet: str = "") -> set[str]:
    """Every constant text of a plan, or of one of its sheets."""
    runs = (run for each in plan.sheets if sheet in ("", each.name) for run in each.runs)
    parts = (part for run in runs for part in (run.content if isinstance(run.content, tuple) else (run.content,)))
    return {part for part in parts if isinstance(part, str)}


def test_an_added_metric_is_on_every_sheet_that_has_metrics() -> None:
    subject = tailored(PLAIN + DEMOS + "show: {demo_rate: main.scorecard}")
    plan = lay_out(subject.model, subject.settings)
    for sheet, line in (("Inputs", "demos"), ("Calculations", "demo_rate"), ("Dictionary", "demo_rate")):
        assert line in texts(plan, sheet), sheet
    assert "Demo rate" in worked(subject).page("Main")
    assert subject.model.notes == ("Changed from small 1.0.0: 2 metrics added (Main › Scorecard).",)


@pytest.mark.parametrize("place", ["main", "main.scorecard", "[main.scorecard]", "[main.table, main.scorecard]"])
def test_a_place_is_a_sheet_or_one_of_its_blocks(place: str) -> None:
    page = tailored(PLAIN + DEMOS + f"show: {{demo_rate: {place}}}").model.pages[0]
    assert page.blocks[0].scorecard == ["cac", "demo_rate"]
    table = page.blocks[1].table
    assert table is not None and table.rows == ["budget", "margin", *(["demo_rate"] if "table" in place else [])]


def test_what_a_shown_metric_does_to_its_block_is_said_where_it_is_shown() -> None:
    chart = "{kind: bullet, title: T, metrics: [wins], over: channel}"
    charted = f"sheets: [{{sheet: own, title: Own, blocks: [{{chart: {chart}}}]}}]\n"
    found = refused(PLAIN + DEMOS + charted + "show: {demo_rate: own.t}")
    assert [each.split(": ")[:2] for each in found] == [["client.yaml:8", "chart-units"]]


def test_hidden_things_leave_no_trace() -> None:
    plan = lay_out(tailored(PLAIN + "hide: [margin, budget]").model)
    every = texts(plan) - texts(plan, "Framework")
    assert not {"margin", "Margin", "budget", "Budget"} & every
    assert not [anchor.name for anchor in plan.anchors if "margin" in anchor.name or "budget" in anchor.name]
    names = {sheet.name for sheet in plan.sheets}
    assert {link.target.sheet for sheet in plan.sheets for link in sheet.links} <= names


def test_a_hidden_dimension_takes_its_lines_along() -> None:
    model = tailored(PLAIN + "hide: [channel]").model
    assert model.dimensions == {} and model.metrics["cac"].axes == ()


def test_a_list_of_members_keeps_the_ids_that_the_framework_knows() -> None:
    members = (
        tailored(PLAIN + "dimensions: {channel: {members: [events, Paid Search, Partner]}}")
        .model.dimensions["channel"]
        .members
    )
    assert [(each.id, each.label) for each in members] == [
        ("events", "Events"), ("paid", "Paid Search"), ("partner", "Partner"), ("spare_1", ""),
    ]  # fmt: skip


def test_sample_data_of_members_that_are_gone_goes_to_one_that_is_there() -> None:
    model = tailored(PLAIN + "dimensions: {channel: {members: [events]}}").model
    given = model.metrics["spend"].input
    assert given is not None and given.example == {"events": 500 + 700}
    assert model.notes == ("Changed from small 1.0.0: members of channel.",)  # prompts stay as they are


def test_brand_and_words_are_named_among_what_is_changed() -> None:
    house = {"house.yaml": "words: {inputs: Eingaben, on_track: Im Plan}\n"}
    said = PLAIN + 'extends: house.yaml\nbrand: {color: "#0B5FFF"}\nwords: {inputs: Zahlen}\n'
    assert tailored(said, house).model.notes == ("Changed from small 1.0.0: brand, 2 words.",)


def test_titles_of_pages_and_blocks_are_said_otherwise() -> None:
    page = """
sheets:
  - sheet: own
    title: Own
    blocks:
      - chart: {kind: line, title: Cost by month, metrics: [spend]}
      - table: {title: Wins by channel, rows: channel, columns: [wins]}
"""
    framework = SMALL.replace("sheets:\n", page.lstrip())
    titles = "titles: {own: Ours, own.cost_by_month: What we paid, own.table: Deals, main.scorecard: Headline}\n"
    subject = tailored(PLAIN.replace("small", "two") + titles, {"two.yaml": framework.replace("small", "two")})
    own, main = subject.model.pages
    assert (own.title, main.title) == ("Ours", "Main")
    assert [block_title(block) for block in (*own.blocks, *main.blocks)] == ["What we paid", "Deals", "Headline", ""]
    assert [block_id(block) for block in own.blocks] == ["cost_by_month", "wins_by_channel"]  # found as before
    plan = lay_out(subject.model)
    assert [sheet.name for sheet in plan.sheets][1:3] == ["Ours", "Main"]
    assert {"Deals", "Headline"} <= texts(plan, "Ours") | texts(plan, "Main")
    assert subject.model.notes == ("Changed from two 1.0.0: 4 titles.",)


def test_what_has_another_title_is_hidden_by_its_id() -> None:
    titles = "titles: {main.by_channel: Where it comes from}\nhide: [main.by_channel]\n"
    table = "{table: {title: By channel, rows: channel, columns: [wins]}}"
    framework = SMALL.replace("[{scorecard: [cac]}", f"[{{scorecard: [cac]}}, {table}")
    model = tailored(PLAIN.replace("small", "two") + titles, {"two.yaml": framework.replace("small", "two")}).model
    assert [block_title(block) for block in model.pages[0].blocks] == ["", ""]


def test_a_house_may_title_what_not_every_client_has() -> None:
    house = {"house.yaml": "titles: {main: Overview, other.table: Elsewhere, main.chart: A line}\n"}
    model = tailored(PLAIN + "extends: house.yaml\n", house).model
    assert model.pages[0].title == "Overview"
    assert [note.split(": ", 1)[1] for note in model.notes[:2]] == [
        "a title for other.table is passed over; There is no sheet other.",
        "a title for main.chart is passed over; main has no block chart.",
    ]


def test_names_in_exports_and_the_last_period_stand_on_lists() -> None:
    text = "{paid: {label: Ads, exports: [cpc, PPC], closed_after: 2026-02}, events: Events}"
    subject = tailored(PLAIN + f"dimensions: {{channel: {{members: {text}}}}}")
    paid = subject.model.dimensions["channel"].members[0]
    assert (paid.exports, paid.closed) == (("cpc", "PPC"), dt.date(2026, 2, 28))
    grid = worked(subject).grid
    row = next(row for row in range(1, 60) if grid.value("Lists", row, 1) == "paid")
    cells = [grid.value("Lists", row, column) for column in (SHOWN, EXPORTS, CLOSED)]
    assert cells == ["Ads", "cpc", serial(dt.date(2026, 2, 28))]


def test_several_frameworks_share_one_workbook() -> None:
    model = tailored("client: Acme\nframework: [small, other]", {"other.yaml": OTHER}).model
    assert (model.framework.framework, model.framework.title) == ("small_other", "Small and Other")
    assert [page.sheet for page in model.pages] == ["main", "other_main"]
    assert [check.id for check in model.checks] == ["fits"]
    plan = lay_out(model)
    assert [sheet.name for sheet in plan.sheets][:3] == ["Start", "Main", "Calls"]


def test_pages_are_chosen_and_put_in_order_with_from() -> None:
    own = "sheets: [{from: other}, {sheet: own, title: Own, blocks: [{scorecard: [cac]}]}]"
    model = tailored(f"client: Acme\nframework: [small, other]\n{own}", {"other.yaml": OTHER}).model
    assert [page.title for page in model.pages] == ["Calls", "Own"]


def test_whom_to_ask_stands_on_start_and_checks() -> None:
    subject = tailored(PLAIN + "prepared_by: {name: Dana Roy, contact: d@roy.example, note: By the 5th}")
    plan = lay_out(subject.model, subject.settings)
    words = "Prepared by Dana Roy · d@roy.example · By the 5th"
    assert words in texts(plan, "Start") & texts(plan, "Checks")


def test_money_is_shown_in_thousands_and_prices_in_full() -> None:
    model = tailored(PLAIN + "show_in: thousands").model
    metrics, formats = model.metrics, Formats("EUR", "thousands", prices=prices(model))
    assert formats.page(metrics["budget"]) == '[>=1000]"€"#,##0,"k";[<=-1000]-"€"#,##0,"k";"€"#,##0'
    assert formats.page(metrics["cac"]) == formats.of(metrics["cac"]) == '"€"#,##0'
    assert Formats("EUR", "millions").page(metrics["budget"], signed=True) == (
        '+"€"#,##0.0,,"M";-"€"#,##0.0,,"M";"€"0'
    )


def test_a_price_is_one_by_all_of_its_definitions() -> None:
    model = load("growth")
    assert len(model.rivals["ltv"]) == 3 and {*model.rivals["ltv"], *model.rivals["acv"]} <= prices(model)
    assert not {*model.rivals["arr"], "sm_spend"} & prices(model)


def test_numbers_and_dates_have_the_clients_formats() -> None:
    formats = "formats: {currency: '#,##0\" €\"', percent: 0%, date: dd.mm.yyyy, period: mm/yyyy}"
    subject = tailored(PLAIN + formats)
    plan = lay_out(subject.model, subject.settings)
    codes = {run.style.format for sheet in plan.sheets for run in sheet.runs}
    assert {'#,##0" €"', "0%", "mm/yyyy", "dd.mm.yyyy"} <= codes
    assert not {'"$"#,##0', "mmm yy", "d mmm yyyy"} & codes


def test_a_hidden_metric_takes_its_column_head_along() -> None:
    table = "{rows: channel, columns: [spend, wins], headers: {spend: Money, wins: Deals}}"
    pages = f"sheets: [{{sheet: own, title: Own, blocks: [{{table: {table}}}]}}]\n"
    files = {"house.yaml": f"framework: small\n{pages}"}
    blocks = tailored("client: Acme\nextends: house.yaml\nhide: [spend, cac]", files).model.pages[-1].blocks
    found = blocks[0].table
    assert found is not None and (found.columns, found.headers) == (["wins"], {"wins": "Deals"})
