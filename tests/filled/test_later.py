"""A later first period, an earlier one, and longer: what falls away is kept beside, and balances begin anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from filled.edited import Cells, typed
from metricbook.api import Built, build_workbook
from metricbook.filled.filled import Filled
from metricbook.filled.read import read_filled

STOCK = """\
framework: stock
title: Stock
version: 1.0.0
dimensions:
  period: {grain: month, count: 4, first: 2026-01}
metrics:
  opening: {label: Opening, unit: count, by: [], input: {}}
  start: {label: At the start, unit: count, formula: "PREVIOUS(closing, opening)", rollup: first}
  added: {label: Added, unit: count, rollup: sum, signed: true, input: {}}
  closing: {label: At the end, unit: count, formula: start + added, rollup: last}
  score: {label: Score, unit: count, rollup: last, input: {blank: carry}}
sheets:
  - {sheet: main, title: Main, blocks: [{scorecard: [closing, score]}]}
"""
TYPED: Cells = {
    ("inputs", "opening", "value"): 100.0,
    ("inputs", "added", "2026-01"): 5.0,
    ("inputs", "added", "2026-02"): 7.0,
    ("inputs", "added", "2026-03"): -2.0,
    ("inputs", "score", "2026-01"): 40.0,
    ("notes", "closing", "2026-02"): "A good month",
    ("picked", "period", "value"): 46_054.0,  # 2026-02-01
}


def stock(folder: Path, first: str = "2026-01", count: int = 4) -> Path:
    path = folder / "stock.yaml"
    path.write_text(STOCK.replace("count: 4, first: 2026-01", f"count: {count}, first: {first}"), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("later")
    return typed(build_workbook(stock(folder)).content, folder / "before.xlsx", TYPED)


def read_back(built: Built, path: Path) -> Filled:
    path.write_bytes(built.content)
    return read_filled(path)


def test_a_balance_begins_with_what_the_last_period_before_closed_with(before: Path, tmp_path: Path) -> None:
    built = build_workbook(stock(tmp_path, "2026-03"), filled_in=before)
    filled = read_back(built, tmp_path / "after.xlsx")
    values = {address: held.value for address in filled.held if (held := filled.typed(address))}
    assert values == {
        ("inputs", "opening", "value"): 112.0,  # 100 + 5 + 7
        ("inputs", "added", "2026-03"): -2.0,
        ("inputs", "score", "2026-03"): 40.0,
    }
    assert built.report is not None
    assert [(each.label, each.old, each.new) for each in built.report.forward] == [
        ("Score", None, 40.0),
        ("Opening", 100.0, 112.0),
    ]
    left = {(each.address[1], each.address[2]): (each.value, each.why) for each in built.report.dropped}
    before_first = "before the first period here"
    assert left == {
        ("added", "2026-01"): (5.0, before_first),
        ("added", "2026-02"): (7.0, before_first),
        ("score", "2026-01"): (40.0, before_first),
        ("closing", "2026-02"): ("A good month", before_first),
        ("period", "value"): (46_054.0, "this workbook has no such period"),
        ("opening", "from 2026-01"): (100.0, "was for 2026-01"),
    }


def test_a_balance_that_is_not_known_is_blank_rather_than_wrong(before: Path, tmp_path: Path) -> None:
    built = build_workbook(stock(tmp_path, "2026-05"), filled_in=before)  # nothing was typed for April
    assert built.report is not None
    assert [(each.label, each.old, each.new) for each in built.report.forward][1:] == [("Opening", 100.0, None)]
    path = tmp_path / "after.xlsx"
    assert ("inputs", "opening", "value") not in read_back(built, path).held
    assert ("inputs", "opening", "value") not in read_back(
        build_workbook(stock(tmp_path, "2026-05"), filled_in=path), tmp_path / "again.xlsx"
    ).held


def test_what_fell_away_comes_back_with_its_periods(before: Path, tmp_path: Path) -> None:
    path = tmp_path / "after.xlsx"
    path.write_bytes(build_workbook(stock(tmp_path, "2026-03"), filled_in=before).content)
    back = read_back(build_workbook(stock(tmp_path), filled_in=path), tmp_path / "back.xlsx")
    assert {address: back.held[address].value for address in TYPED} == TYPED
    assert {address: left.held.value for address, left in back.left.items()} == {
        ("inputs", "opening", "from 2026-03"): 112.0
    }


def test_more_periods_and_earlier_ones_move_nothing(before: Path, tmp_path: Path) -> None:
    built = build_workbook(stock(tmp_path, "2025-10", 12), filled_in=before)
    filled = read_back(built, tmp_path / "longer.xlsx")
    assert {address: held.value for address in filled.held if (held := filled.typed(address))} == TYPED
    assert built.report is not None and built.report.dropped == ()
    assert [problem.sentence for problem in built.report.findings] == [
        "Opening, 100.0, was typed for 2026-01; the first period is 2025-10 now."
    ]


MONTH_BEFORE = """\
framework: leads
title: Leads
version: 1.0.0
dimensions:
  period: {grain: month, count: 4, first: 2026-01}
  channel: {label: Channel, members: {web: Web, fair: Fair}}
metrics:
  opening_leads: {label: Leads of the month before, unit: count, by: [channel], rollup: sum, input: {}}
  leads: {label: Leads, unit: count, by: [channel, period], rollup: sum, input: {}}
  leads_before: {label: Leads before, unit: count, formula: "PREVIOUS(leads, opening_leads)", rollup: first}
sheets:
  - {sheet: main, title: Main, blocks: [{scorecard: [leads, leads_before]}]}
"""


def test_a_month_before_that_was_not_typed_is_known_all_the_same(tmp_path: Path) -> None:
    """Web has a number for February, Fair one for January alone."""
    path = tmp_path / "leads.yaml"
    path.write_text(MONTH_BEFORE, encoding="utf-8")
    cells: Cells = {
        ("inputs", "leads[web]", "2026-01"): 11.0,
        ("inputs", "leads[web]", "2026-02"): 13.0,
        ("inputs", "leads[fair]", "2026-01"): 17.0,
    }
    before = typed(build_workbook(path).content, tmp_path / "before.xlsx", cells)
    path.write_text(MONTH_BEFORE.replace("first: 2026-01", "first: 2026-03"), encoding="utf-8")
    built = build_workbook(path, filled_in=before)
    assert built.report is not None
    assert [(each.label, each.old, each.new, each.why) for each in built.report.forward] == [
        ("Leads of the month before, Web", None, 13.0, "“Leads” at the end of 2026-02"),
        ("Leads of the month before, Fair", None, None, "“Leads” of 2026-02 is not known"),
    ]
    held = read_back(built, tmp_path / "after.xlsx").held
    assert {address: each.value for address, each in held.items() if address[1].startswith("opening")} == {
        ("inputs", "opening_leads[web]", "value"): 13.0
    }


def test_a_section_that_is_not_used_is_no_line(tmp_path: Path) -> None:
    """What the workbook says in the column of ids, by a formula, is no id."""
    path = tmp_path / "sections.yaml"
    unused = "sections: {a: {title: A, used: false}, b: {title: B, used: false}}\nmetrics:"
    text = STOCK.replace("metrics:", unused).replace("signed: true, input: {}", "signed: true, section: a, input: {}")
    path.write_text(text.replace("input: {blank: carry}", "section: b, input: {blank: carry}"), encoding="utf-8")
    before = tmp_path / "before.xlsx"
    before.write_bytes(build_workbook(path).content)
    assert read_filled(before).findings == ()
    assert ("inputs", "not used") not in read_filled(before).lines
