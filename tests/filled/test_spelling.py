"""Numbers and dates typed as text: read where they can be one thing only; else they stay, and it is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from filled.edited import Cells, typed
from metricbook.api import build_workbook
from metricbook.filled.read import read_filled
from metricbook.filled.report import Report
from metricbook.filled.spelling import Spelling, Unreadable
from small import small

CELL = ("inputs", "spend[paid]", "2026-01")
OTHER = ("inputs", "spend[paid]", "2026-02")

READ: dict[str, float] = {
    "1200": 1200.0,
    " 1200.5 ": 1200.5,
    "1,234.50": 1234.5,
    "1.234,50": 1234.5,
    "1,234,567": 1234567.0,
    "1 200": 1200.0,
    "1'200": 1200.0,
    "12 %": 0.12,
    "12%": 0.12,
    "(35)": -35.0,
    "−35": -35.0,
    "$1200": 1200.0,
    "1200 EUR": 1200.0,
    "0,5": 0.5,
    "1e3": 1000.0,
}
UNREADABLE = {
    "1,200": '"1,200" is 1.2 or 1200, depending on where it was typed.',
    "1.200": '"1.200" is 1.2 or 1200, depending on where it was typed.',
    "about 40": '"about 40" is no number.',
    "n/a": '"n/a" is no number.',
    "-": '"-" is no number.',
}


@pytest.mark.parametrize("text", READ)
def test_a_number_that_can_be_one_thing_only(text: str) -> None:
    assert Spelling([text]).number(text) == pytest.approx(READ[text], rel=1e-15)


@pytest.mark.parametrize("text", UNREADABLE)
def test_a_text_that_can_be_two_numbers_or_none(text: str) -> None:
    assert Spelling([text]).number(text) == Unreadable(UNREADABLE[text])


@pytest.mark.parametrize(("beside", "value"), [("0,5", 1200.0), ("0.5", 1.2)])
def test_another_text_settles_what_one_leaves_open(beside: str, value: float) -> None:
    assert Spelling(["1.200", beside]).number("1.200") == value


def test_points_and_commas_in_one_workbook_and_words_beside_settle_nothing() -> None:
    spelling = Spelling(["0,5", "0.5", "12 %", "rose by 3,5", "1.200"])
    assert [spelling.number(text) for text in ("0,5", "0.5", "12 %")] == [0.5, 0.5, 0.12]
    assert isinstance(spelling.number("1.200"), Unreadable)
    assert Spelling(["rose by 3,5", "1.200"]).number("1.200") == Unreadable(UNREADABLE["1.200"])


@pytest.mark.parametrize(
    ("text", "beside", "day"),
    [
        ("2026-03-31", "", 46_112.0),
        ("31.03.2026", "", 46_112.0),
        ("31 Mar 2026", "", 46_112.0),
        ("03/04/2026", "17/04/2026", 46_115.0),
        ("03/04/2026", "04/17/2026", 46_085.0),
    ],
)
def test_dates(text: str, beside: str, day: float) -> None:
    assert Spelling([text, beside]).date(text) == day


def carried(folder: Path, cells: Cells) -> tuple[dict[Any, Any], Report]:
    path = typed(build_workbook(small(folder)).content, folder / "typed.xlsx", cells)
    built = build_workbook(small(folder), filled_in=path)
    (folder / "after.xlsx").write_bytes(built.content)
    after = read_filled(folder / "after.xlsx")
    assert built.report is not None
    return {address: held.value for address in after.held if (held := after.typed(address))}, built.report


def test_what_is_read_is_a_number_and_what_is_not_stays_as_it_was(tmp_path: Path) -> None:
    due = ("actions", "1", "due")
    after, report = carried(
        tmp_path, {CELL: "12 %", OTHER: "about 40", due: "31 Mar 2026", ("setting", "at_risk", "value"): "7%"}
    )
    assert after == {CELL: 0.12, OTHER: "about 40", due: 46_112.0, ("setting", "at_risk", "value"): 0.07}
    assert [(each.text, each.value) for each in report.read] == [
        ("7%", 0.07),
        ("12 %", 0.12),
        ("31 Mar 2026", 46_112.0),
    ]
    assert [(each.place, each.why) for each in report.unreadable] == [("Inputs!K9", '"about 40" is no number.')]


def test_errors_truths_and_words_of_no_list_are_kept_beside(tmp_path: Path) -> None:
    after, report = carried(tmp_path, {CELL: "#REF!", OTHER: True, ("picked", "view", "value"): "Fortnight"})
    assert after == {}
    assert [(each.value, each.why) for each in report.dropped] == [
        ("Fortnight", '"Fortnight" is none of Month, Qtr to date, Year to date.'),
        ("#REF!", "#REF! is an error, not a value."),
        ("TRUE", "TRUE and FALSE are no numbers."),
    ]
    assert len(report.unreadable) == 3


def test_blanks_typed_as_spaces_are_blank(tmp_path: Path) -> None:
    after, report = carried(tmp_path, {CELL: "  "})
    assert (after, report.carried, report.unreadable) == ({}, 0, ())


def test_options_are_read_in_any_case_and_by_their_ids(tmp_path: Path) -> None:
    cells = {("picked", "view", "value"): "year to date", ("picked", "comparison", "value"): "last_year"}
    after, _ = carried(tmp_path, cells)
    assert after == {("picked", "view", "value"): "Year to date", ("picked", "comparison", "value"): "Last year"}
