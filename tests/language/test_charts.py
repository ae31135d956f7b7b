"""Charts: what each kind draws from the same numbers, as it stands on Chart data."""

from __future__ import annotations

from typing import Any

import pytest

from metricbook.layout.lay_out import lay_out
from metricbook.layout.plan import Chart
from worked import Worked, read, worked

TEXT = """
dimensions:
  period: {grain: month, count: %s, first: 2026-01}
  channel: {label: Channel, spare: 1, members: {search: Search, social: Social, mail: Mail}}
  model: {label: Model, total: false, members: {first: First touch, last: Last touch}}
  region: {label: Region, members: {north: North, south: South}}
metrics:
  visitors: {label: Visitors, unit: count, rollup: sum, by: [period], input: {}}
  leads: {label: Leads, unit: count, good: higher, rollup: sum, by: [period], input: {}, target: {value: 9}}
  mqls: {label: MQLs, unit: count, rollup: sum, by: [period], input: {}}
  opening: {label: Opening, unit: currency, rollup: first, by: [period], input: {}}
  won: {label: Won, unit: currency, rollup: sum, by: [period], input: {}}
  lost: {label: Lost, unit: currency, rollup: sum, by: [period], input: {}}
  closing: {label: Closing, unit: currency, rollup: last, by: [period], input: {}}
  spend: {label: Spend, unit: currency, rollup: sum, by: [channel, period], input: {}}
  budget: {label: Budget, unit: currency, rollup: sum, by: [channel, period], input: {}}
  credit: {label: Credit, unit: currency, rollup: sum, by: [channel, model, period], input: {}}
  sales: {label: Sales, unit: currency, rollup: sum, by: [region, period], input: {}}
sheets:
  - sheet: main
    title: Main
    blocks:
      - chart: {title: Picture, %s}
"""
SPEND = {"spend[search]": 30, "spend[social]": 50, "spend[mail]": 30}
BRIDGE = "kind: waterfall, metrics: [opening, won, lost, closing], minus: [lost]"
BUDGET = {"budget[search]": 40, "budget[social]": 40, "budget[mail]": 40}


def drawn(chart: str, typed: dict[str, Any], periods: int = 1) -> dict[str, list[object]]:
    """The block of the chart on Chart data: its quantities by their heads, "Of which" the bars' names."""
    return block(worked(TEXT % (periods, chart), typed))


def block(book: Worked) -> dict[str, list[object]]:
    titles = book.column("Chart data", 2)
    top = titles.index("Picture") + 1
    heads = [str(head) for head in book.grid.row("Chart data", top)]
    rows = []
    for row in range(top + 1, len(titles)):
        if book.grid.row("Chart data", row)[1] in (None, ""):
            break
        rows.append([shown(cell) for cell in book.grid.row("Chart data", row)])
    return {head: [row[column] for row in rows] for column, head in enumerate(heads) if head not in ("", "None")}


def shown(value: object) -> object:
    return "#N/A" if getattr(value, "code", "") == "#N/A" else round(value, 6) if isinstance(value, float) else value


def chart_of(chart: str, periods: int = 1) -> Chart:
    plan = lay_out(read(TEXT % (periods, chart)))
    return next(sheet for sheet in plan.sheets if sheet.name == "Main").charts[0]


def test_a_funnel_is_centred_and_says_what_is_left_of_the_stage_before() -> None:
    found = drawn("kind: funnel, metrics: [visitors, leads, mqls]", {"visitors": 41200, "leads": 1980, "mqls": 702})
    assert found["Name"] == ["Visitors  41,200", "Leads  1,980 (4.8%)", "MQLs  702 (35.5%)"]
    assert found["Start"] == [0, 19610, 20249]
    assert found["Picture"] == [41200, 1980, 702]


def test_a_stage_without_a_number_is_not_drawn_and_the_next_has_no_share() -> None:
    found = drawn("kind: funnel, metrics: [visitors, leads, mqls]", {"visitors": 100, "mqls": 0})
    assert found["Name"] == ["Visitors  100", "Leads", "MQLs  0"]
    assert found["Picture"] == [100, "#N/A", 0]


def test_a_funnel_over_members() -> None:
    found = drawn("kind: funnel, metrics: [spend], over: channel", SPEND)
    assert found["Name"][:2] == ["Search  $30", "Social  $50 (166.7%)"]


def test_a_bridge_goes_from_its_first_metric_to_its_last() -> None:
    found = drawn(BRIDGE, {"opening": 100_000, "won": 30_000, "lost": 50_000, "closing": 80_000})
    assert found["Name"] == ["Opening\n$100.0k", "Won\n+$30.0k", "Lost\n−$50.0k", "Closing\n$80.0k"]
    assert found["Base"] == [0, 70_000, 50_000, 0]  # all is cut at 30,000: as much below the lowest as the steps take
    assert found["Total"][0::3] == [70_000, 50_000]
    assert (found["Increase"][1], found["Decrease"][2]) == (30_000, 50_000)
    assert found["Increase"][0] == found["Decrease"][1] == "#N/A"


def test_a_step_through_zero_has_a_part_above_and_a_part_below() -> None:
    found = drawn(BRIDGE, {"opening": 20, "won": 10, "lost": 50, "closing": -20})
    assert found["Base"] == [0, 20, 0, 0]
    assert (found["Decrease"][2], found["Decrease below 0"][2]) == (30, -20)
    assert (found["Total"][0], found["Total"][3]) == (20, -20)
    assert found["Name"][3] == "Closing\n−$20"


def test_a_step_below_zero_stands_on_an_unseen_base_below_zero() -> None:
    found = drawn(BRIDGE, {"opening": -50, "won": 20, "lost": 0, "closing": -30})
    assert found["Base"] == [0, -30, -30, 0]
    assert found["Increase below 0"][1] == -20
    assert found["Increase"][1] == 0


def test_a_bridge_breaks_off_where_a_number_is_missing() -> None:
    found = drawn(BRIDGE, {"opening": 100, "lost": 50, "closing": 80})
    assert found["Base"] == [0, "#N/A", "#N/A", 0]
    assert found["Total"] == [100 - 60, "#N/A", "#N/A", 80 - 60]


def test_sorted_bars_have_the_largest_first_twins_as_they_stand_and_blanks_last() -> None:
    found = drawn("kind: bar, metrics: [spend, budget], over: channel, sort: true", {**SPEND, **BUDGET})
    assert found["Sorted"] == ["Social", "Search", "Mail", ""]
    found = drawn("kind: bar, metrics: [spend], over: channel, sort: true", {"spend[mail]": -5, "spend[social]": 0})
    assert found["Sorted"] == ["Social", "Mail", "Search", ""]
    assert found["Spend"] == [0, -5, "#N/A", "#N/A"]


def test_bars_below_zero_leave_room_for_their_labels() -> None:
    text = TEXT.replace("metrics:\n", "metrics:\n  gain: {label: Gain, unit: currency, signed: true, rollup: sum, "
                        "by: [channel, period], input: {}}\n", 1)  # fmt: skip
    chart = "kind: bar, metrics: [gain], over: channel, sort: true"
    found = block(worked(text % (1, chart), {"gain[search]": 48, "gain[social]": -12}))
    assert found["Gain"] == [48, -12, "#N/A", "#N/A"]
    assert found["Room for labels"] == [-22] * 4  # a sixth of 60 further than -12
    found = block(worked(text % (1, chart), {"gain[search]": 48, "gain[social]": 12}))
    assert found["Room for labels"] == ["#N/A"] * 4


def test_bars_in_their_own_order() -> None:
    found = drawn("kind: bar, metrics: [spend, budget], over: channel", {**SPEND, "budget[mail]": 40})
    assert found["Of which"][:3] == ["Search", "Social", "Mail"]
    assert (found["Spend"], found["Budget"]) == ([30, 50, 30, "#N/A"], ["#N/A", "#N/A", 40, "#N/A"])


def test_members_of_a_second_dimension_side_by_side() -> None:
    typed = {"credit[search, first]": 7, "credit[search, last]": 3, "credit[mail, last]": 2}
    found = drawn("kind: column, metrics: [credit], over: channel, by: model", typed)
    assert found["First touch"] == [7, "#N/A", "#N/A", "#N/A"]
    assert found["Last touch"] == [3, "#N/A", 2, "#N/A"]


def test_parts_of_all_over_members() -> None:
    found = drawn("kind: stacked, metrics: [spend, budget], over: channel", {**SPEND, "budget[search]": 10})
    assert found["All"][:2] == [40, ""]
    assert found["Spend"][:2] == [0.75, "#N/A"]  # the shares stand after the values, under the same heads


@pytest.mark.parametrize(
    ("chart", "typed", "shares"),
    [
        ("metrics: [visitors, leads, mqls]", {"visitors": [60, 0, 1], "leads": [25, 0], "mqls": [15, 0]},
         [[0.6, "#N/A", "#N/A"], [0.25, "#N/A", "#N/A"], [0.15, "#N/A", "#N/A"]]),
        ("metrics: [sales], by: region", {"sales[north]": [30, 0], "sales[south]": [10, 5]},
         [[0.75, 0, "#N/A"], [0.25, 1, "#N/A"]]),
    ],
)  # fmt: skip
def test_parts_of_all_over_time(chart: str, typed: dict[str, Any], shares: list[object]) -> None:
    book = worked(TEXT % (3, f"kind: stacked, {chart}"), typed)
    found = [
        [shown(value) for value in book.grid.row("Chart data", row)[10:13]]
        for row, unit in enumerate(book.column("Chart data", 4))
        if unit == "%"
    ]
    assert found == shares


def test_a_chart_by_period_shows_the_last_twelve_up_to_the_reporting_period() -> None:
    typed = {"leads": [float(number) for number in range(1, 15)]}  # of 20 months, 14 are there
    book = worked(TEXT % (20, "kind: line, metrics: [leads]"), typed)
    assert book.grid.row("Chart data", 6)[10:22] == [float(number) for number in range(3, 15)]
    row = book.column("Chart data", 1).index("leads")
    assert [shown(value) for value in book.grid.row("Chart data", row)[10:22]] == typed["leads"][2:]
    ends = [shown(value) for value in book.grid.row("Chart data", row + 1)[10:22]]
    assert ends == ["#N/A"] * 11 + [14]


def test_before_twelve_are_there_the_first_twelve_are_shown() -> None:
    book = worked(TEXT % (20, "kind: line, metrics: [leads]"), {"leads": [4.0, 5.0]})
    row = book.column("Chart data", 1).index("leads")
    assert book.grid.row("Chart data", 6)[10:22] == [float(number) for number in range(1, 13)]
    assert [shown(value) for value in book.grid.row("Chart data", row)[10:22]] == [4, 5] + ["#N/A"] * 10


@pytest.mark.parametrize(
    ("chart", "words"),
    [
        ("kind: line, metrics: [leads], target: true",
         "Picture: line chart of Leads by month, with the target over the 12 periods up to the reporting period."),
        (BRIDGE, "Picture: bridge from Opening to Closing through Won, minus Lost."),
        ("kind: funnel, metrics: [visitors, leads]",
         "Picture: funnel of Visitors, Leads, each stage with its number and its share of the one before."),
        ("kind: bullet, metrics: [spend, budget], over: channel, sort: true",
         "Picture: bars of Spend, Budget by channel, the first in front of the second, the largest first."),
        ("kind: bar, metrics: [credit], over: channel, by: model",
         "Picture: bar chart of Credit by channel, by model."),
    ],
)  # fmt: skip
def test_a_chart_says_its_kind_and_what_it_shows(chart: str, words: str) -> None:
    assert chart_of(chart, 20).alt == words


@pytest.mark.parametrize("typed", [{}, SPEND])
def test_nothing_of_an_empty_chart_is_an_error_but_what_charts_leave_out(typed: dict[str, Any]) -> None:
    for chart in ("kind: bar, metrics: [spend], over: channel, sort: true", BRIDGE,
                  "kind: stacked, metrics: [spend, budget], over: channel"):  # fmt: skip
        values = [value for column in drawn(chart, typed).values() for value in column]
        assert {getattr(value, "code", "#N/A") for value in values} == {"#N/A"}
