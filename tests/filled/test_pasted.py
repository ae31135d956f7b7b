"""Rows that were pasted into record tables are carried over column by column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from filled.edited import edited
from metricbook.api import Built, build_workbook
from metricbook.filled.filled import Filled
from metricbook.filled.read import read_filled

SALES = """\
framework: sales
title: Sales
version: 1.0.0
dimensions:
  period: {grain: month, count: 3, first: 2026-01}
  channel: {label: Channel, members: {paid: Paid search, events: Events}}
records:
  deals:
    label: Deals
    capacity: 20
    columns:
      deal: {label: Deal, type: key}
      channel: {label: Channel, type: member, of: channel}
      closed_on: {label: Closed, type: date}
      outcome: {label: Outcome, type: choice, options: {won: Won, lost: Lost}}
      amount: {label: Amount, type: currency, required: false}
      sales_led: {label: Found by sales, type: flag}
      remark: {label: Remark, type: text, required: false}
metrics:
  revenue:
    label: Revenue
    unit: currency
    formula: 'SUMIFS(deals.amount, deals.outcome, "won", deals.channel, channel, deals.closed_on, period)'
sheets:
  - {sheet: main, title: Main, blocks: [{table: {rows: channel, columns: [revenue], total: true}}]}
"""
HEADER = 2
DAY = 46_037.0  # 2026-01-15
ROWS: Sequence[Sequence[Any]] = (
    ("D-1", "Paid search", DAY, "Won", 1200.0, 1.0, "=SUM(1) said Ann"),
    ("D-2", "Events", DAY + 31, "Lost", None, None, None),
    ("D-3", "TV", DAY + 32, "Won", 99.5, None, "+49 40 1234"),
)


def sales(folder: Path, *changes: tuple[str, str]) -> Path:
    text = SALES
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "sales.yaml").write_text(text, encoding="utf-8")
    return folder / "sales.yaml"


def pasted(folder: Path, rows: Sequence[Sequence[Any]] = ROWS, change: Any = None) -> Path:
    """The workbook with rows pasted below the headings."""

    def paste(book: Workbook) -> None:
        for number, row in enumerate(rows, HEADER + 1):
            for column, value in enumerate(row, 1):
                cell = book["Deals"].cell(number, column)
                cell.value = value
                if isinstance(value, str) and not value.startswith("#"):
                    cell.data_type = "s"
        if change is not None:
            change(book)

    return edited(build_workbook(sales(folder)).content, folder / "pasted.xlsx", paste)


def opened(built: Built, folder: Path) -> Filled:
    (folder / "after.xlsx").write_bytes(built.content)
    return read_filled(folder / "after.xlsx")


def rows(filled: Filled) -> list[tuple[Any, ...]]:
    return [tuple(cell.value if cell else None for cell in row) for row in filled.records["deals"].rows]


def test_every_row_is_there_again(tmp_path: Path) -> None:
    built = build_workbook(sales(tmp_path), filled_in=pasted(tmp_path))
    assert rows(opened(built, tmp_path)) == list(map(tuple, ROWS))
    assert built.report is not None and built.report.records == (("Deals", 3),)
    assert (built.report.dropped, built.report.unreadable) == ((), ())


def test_rows_between_blank_ones_and_more_than_the_table_was_made_for(tmp_path: Path) -> None:
    blank = [()] * 4
    many = [*blank, *ROWS, *blank, *[(f"E-{n}", "Events", DAY, "Won", 1.0) for n in range(30)]]
    built = build_workbook(sales(tmp_path), filled_in=pasted(tmp_path, many))
    after = rows(opened(built, tmp_path))
    assert [row[0] for row in after] == ["D-1", "D-2", "D-3", *(f"E-{n}" for n in range(30))]


def test_dates_numbers_and_flags_in_words(tmp_path: Path) -> None:
    spelt = [
        ("D-1", "Events", "15/01/2026", "won", "1,200.50", "yes", 7.0),
        ("D-2", "Events", dt.date(2026, 1, 15), "won", "€ 80", True, None),
        (10023.0, "Events", "soon", "perhaps", "#N/A", "no", None),
    ]
    built = build_workbook(sales(tmp_path), filled_in=pasted(tmp_path, spelt))
    assert rows(opened(built, tmp_path)) == [
        ("D-1", "Events", DAY, "won", 1200.5, 1.0, 7.0),
        ("D-2", "Events", DAY, "won", 80.0, 1.0, None),
        (10023.0, "Events", "soon", "perhaps", None, None, None),
    ]
    assert built.report is not None
    assert [(each.place, each.text) for each in built.report.unreadable] == [
        ("Deals!C5", "soon"),
        ("Deals!E5", "#N/A"),
    ]
    assert [each.value for each in built.report.dropped] == ["#N/A"]


def test_columns_follow_their_ids_and_one_that_is_gone_is_kept_beside(tmp_path: Path) -> None:
    moved = (
        ("      remark: {label: Remark, type: text, required: false}\n", ""),
        ("      deal: {label: Deal,", "      size: {label: Size, type: count}\n      deal: {label: Deal,"),
    )
    before = pasted(tmp_path)
    built = build_workbook(sales(tmp_path, *moved), filled_in=before)
    after = rows(opened(built, tmp_path))
    assert after == [(None, *row[:6]) for row in ROWS]
    assert built.report is not None
    assert [(each.value, each.place) for each in built.report.dropped] == [
        ("=SUM(1) said Ann", "Deals!G3"), ("+49 40 1234", "Deals!G5"),
    ]  # fmt: skip
    assert read_filled(tmp_path / "after.xlsx").left.keys() == {
        ("records", "deals.remark", "1"), ("records", "deals.remark", "3"),
    }  # fmt: skip


def test_a_table_that_is_gone_is_kept_beside_row_by_row(tmp_path: Path) -> None:
    before = pasted(tmp_path)
    (tmp_path / "none.yaml").write_text(
        "framework: sales\ntitle: Sales\nmetrics: {a: {label: A, unit: count, rollup: sum, input: {}}}\n"
        "dimensions: {period: {grain: month, count: 3, first: 2026-01}}\n"
        "sheets: [{sheet: main, title: Main, blocks: [{scorecard: [a]}]}]\n"
    )
    built = build_workbook(tmp_path / "none.yaml", filled_in=before)
    assert built.report is not None
    count = sum(cell is not None for row in ROWS for cell in row)
    assert len(built.report.dropped) == count
    assert len(opened(built, tmp_path).left) == count
    again = build_workbook(tmp_path / "none.yaml", filled_in=tmp_path / "after.xlsx")
    assert again.content == built.content


def test_words_of_options_follow_their_ids(tmp_path: Path) -> None:
    before = pasted(tmp_path)
    built = build_workbook(
        sales(tmp_path, ("{won: Won, lost: Lost}", "{won: Gewonnen, lost: Verloren}")), filled_in=before
    )
    assert [row[3] for row in rows(opened(built, tmp_path))] == ["Gewonnen", "Verloren", "Gewonnen"]


def test_rows_are_still_counted_when_a_member_gets_another_name(tmp_path: Path) -> None:
    before = pasted(tmp_path)
    built = build_workbook(sales(tmp_path, ("paid: Paid search", "paid: SEA")), filled_in=before)
    after = opened(built, tmp_path)
    assert after.held["list.channel", "paid", "exports"].value == "Paid search"
    assert built.report is not None
    assert [each.typed for each in built.report.kept] == ["Paid search"]


def test_columns_beside_the_table_are_kept(tmp_path: Path) -> None:
    def beside(book: Workbook) -> None:
        book["Deals"]["J2"].value = "Mine"
        book["Deals"]["J4"].value = "call again"

    built = build_workbook(sales(tmp_path), filled_in=pasted(tmp_path, change=beside))
    assert built.report is not None
    assert [(each.label, each.value, each.why) for each in built.report.dropped] == [
        ("Mine", "call again", "the table has no such column")
    ]


@pytest.mark.parametrize("edit", ["sorted", "rows deleted", "sheet renamed"])
def test_what_people_do_to_a_table(edit: str, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["Deals"]
        if edit == "rows deleted":
            sheet.delete_rows(4)
        elif edit == "sheet renamed":
            sheet.title = "Geschäfte 2026"
            for name in book.defined_names.values():
                name.attr_text = name.attr_text.replace("'Deals'", "'Geschäfte 2026'")
        else:
            for number, row in enumerate(reversed(ROWS), HEADER + 1):
                for column, value in enumerate(row, 1):
                    sheet.cell(number, column).value = value
                    if isinstance(value, str):
                        sheet.cell(number, column).data_type = "s"

    built = build_workbook(sales(tmp_path), filled_in=pasted(tmp_path, change=change))
    expected = {"sorted": ROWS[::-1], "rows deleted": [ROWS[0], ROWS[2]], "sheet renamed": ROWS}[edit]
    assert rows(opened(built, tmp_path)) == list(map(tuple, expected))
