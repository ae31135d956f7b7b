"""Record tables: rows that are pasted in, columns worked out from them, and metrics that count and add them up."""

from __future__ import annotations

import pytest

from metricbook.layout.words import VIEWS
from worked import Row, read, worked

QUARTER = {"picked_view": VIEWS["month"][1]}
DEALS = """
dimensions:
  period: {grain: month, count: 6, first: 2026-01}
  channel:
    label: Channel
    spare: 1
    groups:
      paid: {label: Paid, members: {search: Search, social: Social}}
      free: {label: Free, members: {events: Events}}
  team: {label: Team, members: {north: North, south: South}}
records:
  deals:
    label: Deals
    capacity: 8
    columns:
      deal: {type: key}
      channel: {type: member, of: channel}
      team: {type: member, of: team, required: false}
      lead_on: {type: date}
      closed_on: {type: date, required: false}
      outcome: {type: choice, options: {open: Open, won: Won, lost: Lost}}
      amount: {type: currency, required: false}
      sales_led: {type: flag}
      won_on: {unit: date, formula: 'IF(outcome = "won", closed_on, BLANK)'}
      days: {unit: days, formula: closed_on - lead_on}
metrics:
  least: {label: Least, unit: currency, by: [], input: {}}
"""
ROWS: list[Row] = [
    ("D1", "Search", "North", "2026-01-05", "2026-02-10", "Won", 100.0, 1.0),  # 36 days
    ("D2", "Search", "South", "2026-01-20", "2026-03-02", "Won", 300.0, None),  # 41 days
    ("D3", "Social", "North", "2026-02-28", "2026-03-31", "Lost", 50.0, 1.0),
    ("D4", "Events", None, "2026-02-01", None, "Open", 80.0, None),
    ("D5", None, "North", "2026-03-01", "2026-03-31", "Won", 20.0, None),  # 30 days
    ("D6", "Fairs", "South", "2026-03-31", None, "Open", None, None),
]
LATER = ["", "", ""]  # the records end in March, so nothing is known of April and after


def deals(formula: str, unit: str = "count", more: str = "") -> str:
    """The framework with one metric `x`."""
    return f"{DEALS}  x: {{label: X, unit: {unit}, {more}formula: '{formula}'}}\n"


@pytest.mark.parametrize(
    ("formula", "unit", "expected"),
    [
        ("COUNTIFS(deals.lead_on, period)", "count", [2, 2, 2]),
        ("COUNTIFS(deals.won_on, period)", "count", [0, 1, 2]),
        ("SUMIFS(deals.amount, deals.won_on, period)", "currency", [0, 100, 320]),
        ("AVERAGEIFS(deals.days, deals.won_on, period)", "days", ["n/a", 36, 35.5]),
        ("COUNTIFS(deals.outcome, \"lost\", deals.closed_on, period)", "count", [0, 0, 1]),
        ("COUNTIFS(deals.outcome, \"<>\" & \"won\", deals.lead_on, period)", "count", [0, 2, 1]),
        ("COUNTIFS(deals.sales_led, 1, deals.lead_on, period)", "count", [1, 1, 0]),
        ("COUNTIFS(deals.sales_led, 0, deals.lead_on, period)", "count", [1, 1, 2]),
        # a blank amount is no number, so it is neither above nor other than the least
        ("COUNTIFS(deals.amount, \">=\" & least, deals.lead_on, period)", "count", [2, 1, 0]),
        ("COUNTIFS(deals.amount, \"<>\" & least, deals.lead_on, period)", "count", [2, 1, 1]),
        ("COUNTIFS(deals.amount, least, deals.lead_on, period)", "count", [0, 1, 0]),
        # a level: what had begun by the end of the month, without what had ended
        (
            "SUMIFS(deals.amount, deals.lead_on, \"<=\" & period.end)"
            " - SUMIFS(deals.amount, deals.closed_on, \"<=\" & period.end)",
            "currency",
            [400, 430, 80],
        ),
        ("COUNTIFS(deals.lead_on, \"<\" & period.start)", "count", [0, 2, 4]),
        ("COUNTIFS(deals.lead_on, period.end)", "count", [0, 1, 1]),
    ],
)  # fmt: skip
def test_rows_are_counted_and_added_by_period(formula: str, unit: str, expected: list[float | str]) -> None:
    assert worked(deals(formula, unit), {"least": 80}, records={"deals": ROWS})("x") == [*expected, *LATER]


def test_rows_are_told_apart_by_member_and_all_of_them_are_in_the_total() -> None:
    book = worked(deals("COUNTIFS(deals.channel, channel, deals.lead_on, period)"), records={"deals": ROWS})
    assert book("x[search]") == [2, 0, 0, *LATER]
    assert book("x[social]") == [0, 1, 0, *LATER]
    assert book("x[events]") == [0, 1, 0, *LATER]
    assert book("x[spare_1]") == ["", "", "", *LATER]  # it has no name
    assert book("x[paid]") == [2, 1, 0, *LATER]
    assert book("x[free]") == [0, 1, 0, *LATER]
    assert book("x[unlisted]") == [0, 0, 2, *LATER]  # one without a channel, one with a name that is not on Lists
    assert book("x") == [2, 2, 2, *LATER]


@pytest.mark.parametrize(
    ("formula", "unit", "expected"),
    [
        ("COUNTIFS(deals.lead_on, period)", "count", 6),
        ("SUMIFS(deals.amount, deals.won_on, period)", "currency", 420),
        # rows are averaged, not months: (36 + 41 + 30) / 3
        ("AVERAGEIFS(deals.days, deals.won_on, period)", "days", round(107 / 3, 9)),
        ("SUMIFS(deals.amount, deals.lead_on, \"<=\" & period.end)", "currency", 550),  # a level is that of the last
    ],
)  # fmt: skip
def test_a_quarter_is_made_of_its_rows(formula: str, unit: str, expected: float) -> None:
    assert worked(deals(formula, unit), QUARTER, records={"deals": ROWS})("x", "current") == expected


def test_a_rate_of_two_counts_is_worked_out_again_for_groups_totals_and_quarters() -> None:
    text = deals("COUNTIFS(deals.channel, channel, deals.lead_on, period)")
    text += '  won: {label: Won, unit: count, formula: "COUNTIFS(deals.channel, channel, deals.won_on, period)"}\n'
    text += "  rate: {label: Rate, unit: percent, formula: won / x}\n"
    book = worked(text, QUARTER, records={"deals": ROWS})
    assert book("rate[search]") == [0, "n/a", "n/a", *LATER]
    assert book("rate") == [0, 0.5, 1, *LATER]
    assert (book("rate[paid]", "current"), book("rate", "current")) == (round(2 / 3, 9), 0.5)


def test_a_number_that_rows_are_compared_with_must_be_there() -> None:
    text = deals('COUNTIFS(deals.amount, ">" & least, deals.lead_on, period)')
    assert worked(text, records={"deals": ROWS})("x") == [""] * 6


def test_where_the_author_says_a_count_means_nothing_it_is_not_applicable() -> None:
    text = deals("COUNTIFS(deals.lead_on, period)", more="undefined_if: least = 0, ")
    assert worked(text, {"least": 80}, records={"deals": ROWS})("x") == [2, 2, 2, *LATER]
    assert worked(text, {"least": 0}, records={"deals": ROWS})("x") == ["n/a", "n/a", "n/a", *LATER]


def test_a_table_without_rows_leaves_everything_blank() -> None:
    text = deals("AVERAGEIFS(deals.days, deals.channel, channel, deals.won_on, period)", "days")
    text += '  all: {label: All, unit: count, formula: "COUNTIFS(deals.channel, channel)"}\n'
    book = worked(text)
    lines = ("x", "x.sum", "x.count", "x[search]", "x[paid]")
    assert {line: book(line) for line in lines} == {line: [""] * 6 for line in lines}
    assert book("all", "one") == book("all[search]", "one") == ""
    results = {id: result for id, result in book.checks().items() if id.startswith("deals")}
    assert len(results) == 13 and not any("Look" in result for result in results.values())


def test_a_count_of_all_rows_needs_no_period() -> None:
    book = worked(deals("COUNTIFS(deals.channel, channel)"), records={"deals": ROWS})
    lines = ("x", "x[search]", "x[paid]", "x[unlisted]", "x[spare_1]")
    assert [book(line, "one") for line in lines] == [6, 2, 3, 2, ""]


def test_a_part_of_a_dimension_has_a_total_of_its_own_only_where_it_is_asked_for() -> None:
    text = DEALS.replace("records:", "  bought: {of: channel, members: [search, social]}\nrecords:")
    counted = "  x: {label: X, unit: count, %sformula: 'COUNTIFS(deals.channel, bought, deals.lead_on, period)'}\n"
    book = worked(text + counted % "", records={"deals": ROWS})
    assert book("x[search]") == [2, 0, 0, *LATER]
    assert "x" not in book.rows
    assert worked(text + counted % "rollup: {bought: sum}, ", records={"deals": ROWS})("x") == [2, 1, 0, *LATER]


def test_members_that_are_chosen() -> None:
    text = deals("COUNTIFS(deals.channel, shown, deals.lead_on, period)")
    text += "  shown: {label: Shown, unit: member, by: [], input: {of: channel, initial: search}}\n"
    assert worked(text, records={"deals": ROWS})("x") == [2, 0, 0, *LATER]
    assert worked(text, {"shown": "Events"}, records={"deals": ROWS})("x") == [0, 1, 0, *LATER]


def test_one_dimension_at_a_time() -> None:
    formula = "COUNTIFS(deals.channel, channel, deals.team, team, deals.lead_on, period)"
    book = worked(deals(formula, more="by: [[channel, team], period], "), records={"deals": ROWS})
    assert book("x[search]") == [2, 0, 0, *LATER]
    assert book("x[north]") == [1, 1, 1, *LATER]
    assert book("x[south]") == [1, 0, 1, *LATER]
    assert book("x") == [2, 2, 2, *LATER]


def test_two_dimensions_at_once() -> None:
    text = deals("COUNTIFS(deals.team, team, deals.channel, channel, deals.lead_on, period)")
    book = worked(text, records={"deals": ROWS})
    assert book("x[north, search]") == [1, 0, 0, *LATER]
    assert book("x[north, paid]") == [1, 1, 0, *LATER]
    assert book("x[north, total]") == [1, 1, 1, *LATER]
    assert book("x[total, search]") == [2, 0, 0, *LATER]


def test_a_hidden_dimension_is_gone_from_its_tables_and_from_criteria() -> None:
    text = deals("COUNTIFS(deals.channel, channel, deals.lead_on, period)")
    text += '  all: {label: All, unit: count, formula: "COUNTIFS(deals.channel, channel)"}\n'
    text += '  sold: {label: Sold, unit: currency, formula: "SUMIFS(deals.amount, deals.channel, channel)"}\n'
    book = worked(text + "hide: [channel]\n", records={"deals": ROWS})
    assert book.model.tables["deals"].pasted["channel"].type == "text"  # so that the same export can be pasted
    assert book("x") == [2, 2, 2, *LATER]
    assert (book("all", "one"), book("sold", "one")) == (6, 550)
    assert read(text + "hide: [channel]\n").text == read(book.model.text.partition("title: Test\n")[2]).text


def test_rows_follow_a_renamed_member_and_its_name_in_exports() -> None:
    text = deals("COUNTIFS(deals.channel, channel, deals.lead_on, period)")
    renamed = {"search": ("Search ads", "google / cpc"), "spare_1": ("Trade fairs", "Fairs")}
    rows = [*ROWS, ("D7", "google / cpc", None, "2026-01-01", None, "Open", None, None)]
    rows += [("D8", "search ads", None, "2026-01-01", None, "Open", None, None)]
    book = worked(text, records={"deals": rows}, lists=renamed)
    assert book("x[search]") == [4, 0, 0, *LATER]  # as first issued, as shown, as exported
    assert book("x[spare_1]") == [0, 0, 1, *LATER]
    assert book("x[unlisted]") == [0, 0, 1, *LATER]


COLUMNS = """
      sure: {unit: currency, formula: "COALESCE(amount, 0)"}
      alike: {unit: count, formula: "COUNTIFS(deals.channel, channel)"}
      others: {unit: count, formula: 'COUNTIFS(deals.outcome, "<>" & "open", deals.lead_on, "<" & lead_on)'}
      usual: {unit: currency, formula: "AVERAGEIFS(deals.amount, deals.outcome, outcome)"}
      part: {unit: ratio, formula: amount / all_amounts}
      all_amounts: {unit: currency, formula: "SUMIFS(deals.amount, deals.outcome, outcome)"}
      free: {unit: currency, formula: {north: amount, south: BLANK}}
"""


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("deal", [1, 2, 3, 4, 5, 6]),
        ("won_on", [46063, 46083, "", "", 46112]),
        ("days", [36, 41, 31, "", 30]),
        ("sure", [100, 300, 50, 80, 20, 0]),
        ("alike", [2, 2, 1, 1, 0, 0]),  # no channel, and one that nobody knows, are like no other
        ("others", [0, 1, 2, 2, 3, 4]),
        ("usual", [140, 140, 50, 80, 140, 80]),
        ("all_amounts", [420, 420, 50, 80, 420, 80]),
        ("part", [round(100 / 420, 9), round(300 / 420, 9), 1, 1, round(20 / 420, 9)]),
        ("free[north]", [100, 300, 50, 80, 20]),
    ],
)
def test_columns_are_worked_out_row_by_row(column: str, expected: list[float]) -> None:
    text = DEALS.replace("metrics:", COLUMNS.lstrip("\n") + "metrics:")
    name = column.partition("[")[0]
    if name in ("won_on", "deal"):
        text += "  x: {label: X, unit: count, formula: 'COUNTIFS(deals.won_on, period)'}\n"
    else:
        unit = {"days": "days", "alike": "count", "others": "count", "part": "ratio"}.get(name, "currency")
        text += f"  x: {{label: X, unit: {unit}, formula: 'SUMIFS(deals.{name}, deals.lead_on, period)'}}\n"
    assert worked(text, records={"deals": ROWS}).record(f"deals.{column}") == expected


def test_a_column_may_read_a_number_of_the_workbook() -> None:
    slow = "      slow: {unit: count, formula: 'IF(amount > least, 1, 0)'}\n"
    text = deals("SUMIFS(deals.slow, deals.lead_on, period)").replace("metrics:", f"{slow}metrics:")
    book = worked(text, {"least": 80}, records={"deals": ROWS})
    assert book.record("deals.slow") == [1, 1, 0, 0, 0]
    assert book("x") == [2, 0, 0, *LATER]
    assert worked(text, records={"deals": ROWS}).record("deals.slow") == []


def test_a_row_without_its_key_is_no_record() -> None:
    rows = [*ROWS, (None, "Search", None, "2026-01-08", None, "Open", 9.0, 1.0)]
    book = worked(deals("COUNTIFS(deals.lead_on, period)"), records={"deals": rows})
    assert book("x") == [2, 2, 2, *LATER]
    assert book.record("deals.lead_on")[6:] == []


TOUCHES = """
  touches:
    label: Touches
    capacity: 8
    columns:
      deal: {type: key, of: deals}
      date: {type: date}
      before: {unit: count, formula: 'COUNTIFS(touches.deal, deal, touches.date, "<" & date)'}
      after: {unit: count, formula: 'COUNTIFS(touches.deal, deal, touches.date, ">" & date)'}
      all: {unit: count, formula: "COUNTIFS(touches.deal, deal)"}
      wait: {unit: days, formula: deal.won_on - date}
      paid: {unit: count, formula: 'IF(deal.outcome = "won", 1, 0)'}
      even: {unit: currency, formula: deal.amount / all}
      weight:
        unit: ratio
        formula:
          first: IF(before = 0, 1, 0)
          last: IF(after = 0, 1, 0)
      weights: {unit: ratio, formula: "SUMIFS(touches.weight, touches.deal, deal)"}
      credit: {unit: currency, formula: weight / weights * deal.amount}
      chosen: {unit: ratio, formula: "weight[model_used]"}
      firsts: {unit: ratio, formula: "SUMIFS(touches.weight[first], touches.deal, deal)"}
"""
TOUCHED: list[Row] = [
    ("D1", "2026-01-05"),
    ("D1", "2026-02-01"),
    ("D2", "2026-01-20"),
    ("D9", "2026-02-02"),  # there is no such deal
    (None, "2026-02-03"),
    ("D6", "2026-03-31"),  # a deal without an amount
]


def touches(metric: str) -> str:
    """The framework with touches of deals, and this metric."""
    text = DEALS.replace("metrics:", f"{TOUCHES.lstrip(chr(10))}metrics:")
    text = text.replace("records:", "  model: {label: Model, total: false, members: {first: F, last: L}}\nrecords:")
    text += "  model_used: {label: Model used, unit: member, by: [], input: {of: model, initial: last}}\n"
    return text + metric


@pytest.mark.parametrize(
    ("column", "unit", "expected"),
    [
        ("before", "count", [0, 1, 0, "", "", 0]),
        ("all", "count", [2, 2, 1, "", "", 1]),
        ("wait", "days", [36, 9, 41]),
        ("paid", "count", [1, 1, 1, "", "", 0]),
        ("even", "currency", [50, 50, 300]),
        ("weight[first]", "ratio", [1, 0, 1, "", "", 1]),
        ("weight[last]", "ratio", [0, 1, 1, "", "", 1]),
        ("credit[first]", "currency", [100, 0, 300]),
        ("chosen", "ratio", [0, 1, 1, "", "", 1]),
        ("firsts", "ratio", [1, 1, 1, "", "", 1]),
    ],
)
def test_rows_know_the_row_that_their_key_points_to(column: str, unit: str, expected: list[float]) -> None:
    name = column.partition("[")[0]
    metric = f"  x: {{label: X, unit: {unit}, formula: 'SUMIFS(touches.{name}, touches.date, period)'}}\n"
    assert (
        worked(touches(metric), records={"deals": ROWS, "touches": TOUCHED}).record(f"touches.{column}") == expected
    )


def test_columns_by_member_are_added_up_member_by_member() -> None:
    text = touches("  x: {label: X, unit: currency, formula: 'SUMIFS(touches.credit, touches.date, period)'}\n")
    book = worked(text, records={"deals": ROWS, "touches": TOUCHED})
    assert book("x[first]") == [400, 0, 0, *LATER]
    assert book("x[last]") == [300, 100, 0, *LATER]
    assert "x" not in book.rows  # models are never added
    assert book("x[first]", "current") == 0


def test_a_column_of_a_member_that_adds_up_has_a_total_only_where_it_is_asked_for() -> None:
    free = "      free: {unit: currency, formula: {north: amount, south: sales_led * amount}}\n"
    text = deals("SUMIFS(deals.free, deals.lead_on, period)", "currency").replace("metrics:", f"{free}metrics:")
    book = worked(text, records={"deals": ROWS})
    assert book("x[north]") == [400, 130, 20, *LATER]
    assert book("x[south]") == [100, 50, 0, *LATER]
    assert "x" not in book.rows


def test_another_table_is_counted_in_a_row() -> None:
    column = '      touched: {unit: count, formula: "COUNTIFS(touches.deal, deal)"}\n'
    text = touches("  x: {label: X, unit: count, formula: 'SUMIFS(deals.touched, deals.lead_on, period)'}\n")
    text = text.replace("  touches:\n", f"{column}  touches:\n")
    book = worked(text, records={"deals": ROWS, "touches": TOUCHED})
    assert book.record("deals.touched") == [2, 1, 0, 0, 0, 1]
    assert book("x") == [3, 0, 1, *LATER]


def test_a_table_is_there_where_something_needs_it() -> None:
    unneeded = read(touches("  x: {label: X, unit: count, formula: 'COUNTIFS(deals.lead_on, period)'}\n"))
    assert list(unneeded.tables) == ["deals"]
    pointing = touches("  x: {label: X, unit: count, formula: 'SUMIFS(touches.all, touches.date, period)'}\n")
    assert list(read(pointing).tables) == ["deals", "touches"]  # keys are looked up among the deals


GOOD = {
    "deals": [
        ("D1", "Search", "North", "2026-01-05", None, "Open", 10.0, None),
        ("D2", "Events", "South", "2026-02-05", "2026-02-06", "Won", 20.0, 1.0),
    ],
    "touches": [("D1", "2026-01-05"), ("D2", "2026-02-01")],
}
CHECKED = touches("  x: {label: X, unit: days, formula: 'SUMIFS(touches.wait, touches.date, period)'}\n") + (
    "  y: {label: Y, unit: count, formula: 'COUNTIFS(deals.channel, channel, deals.team, team)'}\n"
    "checks:\n"
    "  - {id: priced, over: deals, formula: amount > 0, message: A deal has no price}\n"
    "  - {id: in_time, over: touches, formula: date <= deal.won_on, severity: warning, message: Late touch}\n"
)


def test_good_rows_pass_every_check() -> None:
    results = worked(CHECKED, records=GOOD).checks()
    of_tables = {id: result for id, result in results.items() if id.partition("_")[0] in ("deals", "touches")}
    assert len(of_tables) == 19 and set(of_tables.values()) == {"● OK"}
    assert (results["priced"], results["in_time"]) == ("● OK", "● OK")


@pytest.mark.parametrize(
    ("table", "column", "value", "looks"),
    [
        ("deals", 0, "D2", {"deals_deal_unique", "touches_deal_found"}),
        ("deals", 0, None, {"deals_keyless", "touches_deal_found"}),
        ("deals", 1, None, {"deals_channel_filled"}),
        ("deals", 1, "Fairs", {"deals_channel_listed"}),
        ("deals", 2, None, set()),  # it may stay blank
        ("deals", 2, "East", {"deals_team_listed"}),
        ("deals", 3, None, {"deals_lead_on_filled"}),
        ("deals", 3, "soon", {"deals_lead_on_filled", "deals_lead_on_text"}),
        ("deals", 4, "never", {"deals_closed_on_text"}),
        ("deals", 5, None, {"deals_outcome_filled"}),
        ("deals", 5, "Maybe", {"deals_outcome_listed"}),
        ("deals", 6, "a lot", {"deals_amount_text"}),
        ("deals", 6, 0.0, {"priced"}),
        ("deals", 7, "yes", {"deals_sales_led_text"}),
        ("touches", 0, None, {"touches_deal_filled"}),
        ("touches", 0, "D9", {"touches_deal_found"}),
        ("touches", 1, None, {"touches_date_filled"}),
        ("touches", 1, "2027-01-01", {"touches_outside"}),
    ],
)
def test_a_check_finds_what_is_wrong_with_a_row(
    table: str, column: int, value: float | str | None, looks: set[str]
) -> None:
    first = list(GOOD[table][0])
    first[column] = value
    rows = {**GOOD, table: [tuple(first), *GOOD[table][1:]]}
    results = worked(CHECKED, records=rows).checks()
    found = {id for id, result in results.items() if "Look" in result or "Note" in result}
    assert found == looks


def test_a_check_of_rows_says_how_many_fail_and_names_the_first() -> None:
    rows = [*GOOD["deals"], ("D3", "Search", None, "2026-02-01", None, "Open", 0.0, None)]
    rows += [("D4", "Search", None, "2026-02-01", None, "Open", 0.0, None)]
    book = worked(CHECKED, records={**GOOD, "deals": rows})
    ids = book.column("Checks", 1)
    line = book.grid.row("Checks", ids.index("priced"))
    assert 2.0 in line and "D3" in line


def test_start_says_where_rows_are_pasted() -> None:
    text = f"{DEALS}  x: {{label: X, unit: count, formula: 'COUNTIFS(deals.channel, channel)'}}\n"
    steps = [str(cell) for cell in worked(text).column("Start", 2)[5:8]]
    assert steps[0].startswith("1.  Paste your rows into Deals, under the headings as they are.")
    assert [step[:3] for step in steps] == ["1. ", "2. ", "3. "]
