"""The front page: cards in words, what is worst, open actions, and why a number is not there."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from metricbook.build import values_of, workbook_of
from metricbook.layout.lay_out import lay_out
from metricbook.layout.notes import BODY
from metricbook.layout.plan import Plan, Run
from metricbook.layout.settings import Settings
from metricbook.layout.timeline import serial
from metricbook.workbook.write import write
from recalculate import differences, formualizer, libreoffice
from recalculate import read as stored
from worked import Worked, read, worked

TEXT = """
north_star: mqls
dimensions:
  period: {grain: month, count: 6, first: 2026-01}
defaults: {by: [period]}
metrics:
  mqls:
    label: MQLs
    unit: count
    good: higher
    owner: CMO
    rollup: sum
    input: {}
    target: {value: 4_800, per: year}
  sqls: {label: SQLs, unit: count, good: higher, owner: Sales, rollup: sum, input: {}, target: {value: 100}}
  spend: {label: Spend, unit: currency, good: lower, rollup: sum, input: {}, target: {value: 12_000, per: year}}
  customers: {label: New customers, unit: count, good: higher, rollup: sum, input: {}}
  rate: {label: MQL to SQL, unit: percent, good: higher, formula: sqls / mqls, target: {value: 22%}}
  cac: {label: CAC, unit: currency, good: lower, formula: spend / customers, target: {value: 80}}
  payback: {label: Payback, unit: months, good: lower, formula: cac / price, target: {value: 12}}
  price: {label: Price, unit: currency/month, by: [], input: {}}
  ratio: {label: The ratio, unit: ratio, good: range, rollup: last, input: {}, target: {from: 3, to: 6}}
sheets:
  - sheet: main
    title: Main
    blocks:
      - headline: [mqls, rate, cac, payback, spend, ratio]
      - worst: {rows: 3}
      - actions: {rows: 2}
      - scorecard: {rows: [mqls, sqls, rate, cac, payback, spend, ratio], columns: [actual, status, note]}
"""
TYPED = {"mqls": [390, 302], "sqls": [100, 60], "spend": [1_000, 960], "customers": [10, 12], "price": 8,
         "ratio": [3, 7]}  # fmt: skip
Action = tuple[str, str, float | None, float | None]
CARDS = {"mqls": 2, "rate": 5, "cac": 7, "payback": 9, "spend": 11, "ratio": 13}
STAR, VALUE, TARGET, VARIANCE, CHANGE, BESIDE, STATUS = 6, 7, 8, 9, 10, 11, 13


def card(book: Worked, id: str) -> list[object]:
    """A card from top to bottom, without its empty line for the trend."""
    lines = (STAR, VALUE, TARGET, VARIANCE, CHANGE, BESIDE, STATUS)
    return [book.grid.value("Main", line, CARDS[id]) for line in lines]


def test_a_card_says_target_variance_and_change_in_words() -> None:
    book = worked(TEXT, TYPED)
    # 302 of 400 a month; 390 the month before: 88 ÷ 390; 4,800 less 692 so far
    assert card(book, "mqls") == [
        "NORTH STAR · MQLs", "302", "Target 400", "98 short", "↓ 22.6% vs previous", "to go: 4,108 by Dec",
        "■ Off track",
    ]  # fmt: skip
    assert card(book, "rate")[1:5] == ["19.9%", "Target 22.0%", "2.1 pp short", "↓ 5.8 pp vs previous"]
    assert card(book, "cac")[1:5] == ["$80", "Target $80", "On target", "↓ 20.0% vs previous"]
    assert card(book, "payback")[1:4] == ["10.0 mo", "Target 12.0 mo", "2.0 mo under"]
    assert card(book, "spend")[5] == "left: $10.0k until Dec"
    assert card(book, "ratio")[1:5] == ["7.0×", "Target 3–6", "1.0× above range", "↑ 4.0× vs previous"]


def test_a_change_says_what_it_is_compared_with() -> None:
    twelve = TEXT.replace("count: 6", "count: 14")
    typed = {**TYPED, "mqls": [100, *[300] * 11, 150, 150], "sqls": [1] * 14, "spend": [1] * 14}
    book = worked(twelve, {**typed, "customers": [1] * 14, "picked_comparison": "Last year"})
    assert card(book, "mqls")[4] == "↓ 50.0% vs last year"


def test_what_is_worst_stands_first() -> None:
    rows = worked(TEXT, TYPED).page("Main")
    # missed by 40 of 160, by 98 of 702, by 1 of 13
    assert list(rows)[list(rows).index("Metric") + 1 :][:6:2] == ["SQLs", "MQLs", "The ratio"]
    assert rows["SQLs"][:0] == []


def test_the_worst_with_its_numbers_and_its_owner() -> None:
    book = worked(TEXT, TYPED)
    row = book.column("Main", 2).index("Off track or at risk, worst first") + 2
    assert [book.grid.value("Main", row, column) for column in (2, 3, 4, 5, 7)] == [
        "SQLs", "60", "100", "40 short", "■ Off track",
    ]  # fmt: skip
    assert book.grid.value("Main", row + 1, 2) == "Sales"


def test_lists_with_nothing_in_them_say_so() -> None:
    good = {**TYPED, "mqls": [400] * 2, "sqls": [100, 100], "ratio": [3, 4]}
    for typed, words in ((good, "Nothing is off track"), ({}, "No data yet")):
        book = worked(TEXT, typed)
        row = book.column("Main", 2).index("Off track or at risk, worst first") + 2
        assert [book.grid.value("Main", row + line, 2) for line in range(3)] == [words, "", ""]
        assert book.grid.value("Main", row, 10) == "No open action"


def test_open_actions_stand_in_the_order_in_which_they_are_due() -> None:
    october, september = serial_of(2026, 10, 3), serial_of(2026, 9, 1)
    typed: dict[int, Action] = {
        1: ("Later", "Ann", october, None),
        2: ("Done", "Bo", september, september),
        4: ("First", "", september, None),
        5: ("No date", "Cy", None, None),
    }
    book = Worked(read(TEXT), values_of(with_actions(lay_out(read(TEXT), Settings()), typed)))
    row = book.column("Main", 2).index("Off track or at risk, worst first") + 2
    said = [[book.grid.value("Main", row + line, column) for column in (10, 14)] for line in range(4)]
    assert said == [["First", september], ["", None], ["Later", october], ["Ann", None]]


def serial_of(year: int, month: int, day: int) -> float:
    return serial(dt.date(year, month, day))


def with_actions(plan: Plan, actions: dict[int, Action]) -> Plan:
    """The plan with these actions typed on Notes, by their number."""
    notes = next(sheet for sheet in plan.sheets if sheet.name == "Notes")
    top = next(run.row for run in notes.runs if run.content == "Actions") + 1
    assert top > BODY
    cells = {
        (top + number, column): said
        for number, given in actions.items()
        for column, said in zip((2, 10, 11, 12), given, strict=True)
    }
    runs: list[Run] = []
    for run in notes.runs:
        for column in range(run.first, run.last + 1) if (run.row, run.first) in cells else ():
            runs.append(replace(run, first=column, last=column, content=cells.get((run.row, column)) or None))
        if (run.row, run.first) not in cells:
            runs.append(run)
    sheets = (replace(sheet, runs=tuple(runs)) if sheet is notes else sheet for sheet in plan.sheets)
    return replace(plan, sheets=tuple(sheets))


def test_a_card_says_why_there_is_no_number() -> None:
    none = worked(TEXT, {**TYPED, "customers": [10, 0]})
    assert card(none, "cac")[1::4] == ["", "no new customers"]
    assert card(none, "payback")[5] == "no new customers"  # what it is made of has no value
    half = TEXT.replace("formula: cac / price,", 'formula: cac / price, undefined_if: "price <= 0",')
    assert card(worked(half, {**TYPED, "price": -8}), "payback")[5] == "n/a by its definition"
    waits = worked(TEXT, {**TYPED, "customers": [10, None]})
    assert card(waits, "cac")[4:6] == ["needs ", "New customers"]
    quarter = {**TYPED, "mqls": [390, None, 302], "picked_view": "Qtr to date"}
    assert card(worked(TEXT, quarter), "mqls")[5] == "2 of 3 months"
    assert worked(TEXT, quarter).page("Main")["MQLs"][-1] == "2 of 3 months: MQLs · 2026-02"


def test_other_engines_agree(tmp_path: Path) -> None:
    model = read(TEXT)
    for typed in (TYPED, {}, {**TYPED, "customers": [10, 0]}):
        cells = {
            (id, (), n): v for id, given in typed.items() if isinstance(given, list) for n, v in enumerate(given)
        }
        workbook = workbook_of(model, Settings(inputs={**cells, ("price", (), None): typed.get("price")}))
        assert differences(stored(workbook), formualizer(workbook)) == []
    plan = with_actions(lay_out(model), {3: ("Call", "Ann", 46_000.0, None), 4: ("Write", "", 45_000.0, None)})
    workbook = write(plan, values_of(plan))
    assert differences(stored(workbook), formualizer(workbook)) == []
    (tmp_path / "made").mkdir()
    (tmp_path / "actions.xlsx").write_bytes(workbook)
    assert differences(stored(workbook), libreoffice([tmp_path / "actions.xlsx"], tmp_path / "made")[0]) == []


def test_a_list_stands_on_the_first_page_that_has_it() -> None:
    again = "  - {sheet: more, title: More, blocks: [{headline: [mqls]}, {worst: {rows: 2}}, {heading: The rest}]}\n"
    book = worked(TEXT + again, TYPED)
    assert "Off track or at risk, worst first" in book.column("Main", 2)
    assert "Off track or at risk, worst first" not in book.column("More", 2)


def test_a_change_that_rounds_to_nothing_has_no_direction() -> None:
    text = """
dimensions: {period: {grain: month, count: 2, first: 2026-01}}
defaults: {by: [period]}
metrics:
  rate: {label: Rate, unit: percent, good: higher, rollup: last, input: {}}
sheets: [{sheet: main, title: Main, blocks: [{scorecard: {rows: [rate], columns: [actual, change, trend]}}]}]
"""
    for now, points, arrow in ((0.5004, 0.0, "→"), (0.5006, 0.1, "↑"), (0.4994, -0.1, "↓")):
        actual, change, trend = worked(text, {"rate": [0.5, now]}).page("Main")["Rate"]
        assert (actual, change, trend) == (now, pytest.approx(points), arrow)


def test_what_is_prefilled_does_not_count_before_something_is_typed() -> None:
    text = """
dimensions: {period: {grain: month, count: 1, first: 2026-01}}
metrics:
  calls: {label: Calls, unit: count, by: [period], rollup: sum, input: {initial: 12, need: essential}}
  wins: {label: Wins, unit: count, by: [period], rollup: sum, input: {need: essential}}
  rate: {label: Rate, unit: percent, formula: wins / calls}
sheets: [{sheet: main, title: Main, blocks: [{scorecard: [rate]}]}]
"""
    for wins, filled in ((None, "0"), (5, "2")):
        said = str(worked(text, {"wins": [wins]}).grid.value("Main", 3, 2))
        assert said.endswith(f"   ·   {filled} of 2 inputs filled")
