"""Your own numbers: free lines that are typed into the finished workbook, judged like every metric."""

from __future__ import annotations

from pathlib import Path

import pytest

from metricbook.api import load
from metricbook.data_in import from_file
from metricbook.layout.frame import OWN
from metricbook.problems import Refused
from small import small
from worked import Typed, Worked, worked

TEXT = """
dimensions: {period: {grain: month, count: 14, first: 2025-01}}
metrics:
  visits: {label: Visits, unit: count, rollup: sum, input: {need: essential}}
checks: [{id: some, formula: visits >= 0, message: None}]
"""
# of the fourteen months the last is February 2026; the numbers are 10, 20, … 140
NUMBERS = [10.0 * number for number in range(1, 15)]
LINE = {"own_1.name": "Downloads", "own_1.unit": "number", "own_1.rollup": "sum", "own_1.good": "higher",
        "own_1.target": 100.0}  # fmt: skip


def opened(view: str = "Month", compare: str = "Previous", **typed: Typed | list[Typed]) -> Worked:
    """The workbook with a line; `typed` says what stands in its parts, `values` in its periods."""
    values = typed.pop("values", NUMBERS)
    line = LINE | {f"own_1.{part}": value for part, value in typed.items()}
    assert isinstance(values, list)
    cells = {key: value for key, value in line.items() if value is not None}
    chosen = {"visits": 1, "picked_view": view, "picked_comparison": compare}
    return worked(TEXT, {**chosen, **cells, "own_1": values})


def shown(book: Worked) -> list[object]:
    """What stands in the line on its page: actual, target, variance, status, change, arrow, note."""
    return book.page(OWN).get("Downloads", [])


# January and February 2026 hold 130 and 140, the same months of 2025 10 and 20, November and December 110 and 120
@pytest.mark.parametrize(
    ("rollup", "view", "compare", "expected"),
    [
        ("sum", "Month", "Previous", ["140", "100", "40 ahead", "● On track", "↑ 7.7%", "↑"]),
        ("sum", "Month", "Last year", ["140", "100", "40 ahead", "● On track", "↑ 600.0%", "↑"]),
        ("sum", "Qtr to date", "Previous", ["270", "200", "70 ahead", "● On track", "↑ 28.6%", "↑"]),
        ("sum", "Year to date", "Last year", ["270", "200", "70 ahead", "● On track", "↑ 800.0%", "↑"]),
        ("last", "Qtr to date", "Previous", ["140", "100", "40 ahead", "● On track", "↑ 27.3%", "↑"]),
        ("average", "Qtr to date", "Previous", ["135", "100", "35 ahead", "● On track", "↑ 28.6%", "↑"]),
        ("average", "Year to date", "Last year", ["135", "100", "35 ahead", "● On track", "↑ 800.0%", "↑"]),
    ],
)
def test_a_window_is_made_as_it_was_chosen(rollup: str, view: str, compare: str, expected: list[str]) -> None:
    assert shown(opened(view, compare, rollup=rollup)) == expected


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("number", ["140", "100", "40 ahead", "● On track", "↑ 7.7%", "↑"]),
        ("currency", ["$140", "$100", "$40 ahead", "● On track", "↑ 7.7%", "↑"]),
        ("percent", ["14,000.0%", "10,000.0%", "4,000.0 pp ahead", "● On track", "↑ 1,000.0 pp", "↑"]),
        ("times", ["140.0×", "100.0×", "40.0× ahead", "● On track", "↑ 10.0×", "↑"]),
        ("days", ["140 d", "100 d", "40 d ahead", "● On track", "↑ 7.7%", "↑"]),
        ("months", ["140.0 mo", "100.0 mo", "40.0 mo ahead", "● On track", "↑ 7.7%", "↑"]),
        (None, ["140", "100", "40 ahead", "● On track", "↑ 7.7%", "↑"]),
    ],
)
def test_a_number_is_told_in_its_unit(unit: str | None, expected: list[str]) -> None:
    assert shown(opened(unit=unit)) == expected


@pytest.mark.parametrize(
    ("unit", "value", "expected"),
    [
        ("number", 0.0, "0"),
        ("number", 4.55, "4.6"),
        ("number", -99.96, "−100.0"),
        ("number", 123.4, "123"),
        ("number", 999_999.0, "999,999"),
        ("number", 12_345_678.0, "12.35M"),
        ("currency", -1_500.0, "−$1,500"),
        ("currency", 1.355, "$1.36"),
        ("currency", 2_000_000.0, "$2.00M"),
        ("percent", 0.2249, "22.5%"),
        ("days", 2.5, "2.5 d"),
    ],
)
def test_large_and_small_numbers_are_told_short(unit: str, value: float, expected: str) -> None:
    assert shown(opened(unit=unit, target=None, good=None, values=[value] * 14))[0] == expected


@pytest.mark.parametrize(
    ("good", "target", "expected"),
    [
        ("higher", 140.0, ["140", "On target", "● On track"]),
        ("higher", 147.0, ["147", "7 short", "▲ At risk"]),  # 5% under the target are 139.65
        ("higher", 148.0, ["148", "8 short", "■ Off track"]),
        ("lower", 134.0, ["134", "6 over", "▲ At risk"]),  # 5% over it are 140.7
        ("lower", 133.0, ["133", "7 over", "■ Off track"]),
        ("lower", 150.0, ["150", "10 under", "● On track"]),
        ("higher", -100.0, ["−100", "240 ahead", "● On track"]),
        ("none", 150.0, ["150", "10 under", "○ Not judged"]),
        (None, 150.0, ["150", "10 under", "○ Not judged"]),
        (None, None, ["○ No target"]),
        ("higher", None, ["20", "120 ahead", "● On track"]),  # a year ago
        ("lower", None, ["20", "120 over", "■ Off track"]),
    ],
)
def test_it_is_judged_by_its_target_else_by_last_year(
    good: str | None, target: float | None, expected: list[str]
) -> None:
    found = shown(opened(good=good, target=target))
    assert found[1 : 1 + len(expected)] == expected
    notes = {"○ Not judged": "say on Inputs: higher or lower?"}
    note = "vs last year" if good in ("higher", "lower") and target is None else notes.get(expected[-1])
    assert found[-1] == (note or "↑")


def missing(*months: int) -> list[float | None]:
    """The numbers without those of some months, counted from 1."""
    return [None if number in months else 10.0 * number for number in range(1, 15)]


@pytest.mark.parametrize(
    ("view", "rollup", "values", "expected"),
    [
        ("Month", "sum", missing(14), ["needs 2026-02"]),
        ("Qtr to date", "sum", missing(13), ["1 of 2 months: needs 2026-01"]),
        ("Qtr to date", "average", missing(14), ["1 of 2 months: needs 2026-02"]),
        ("Qtr to date", "sum", missing(13, 14), ["needs 2026-01"]),
        ("Qtr to date", "last", missing(14), ["needs 2026-02"]),
        ("Qtr to date", None, missing(), ["say on Inputs: sum, last or average?"]),
        ("Month", "sum", ["12", *missing()[:12], "n.a."], ["needs 2026-02"]),
    ],
)
def test_a_window_with_a_missing_part_is_blank_and_says_so(
    view: str, rollup: str | None, values: list[Typed], expected: list[str]
) -> None:
    found = shown(opened(view, rollup=rollup, good=None, target=None, values=values))
    assert found == ["○ No data", *expected]


def test_only_the_last_value_is_needed_where_it_alone_counts_and_one_period_needs_no_choice() -> None:
    assert shown(opened("Qtr to date", rollup="last", values=missing(13)))[0] == "140"
    assert shown(opened("Month", rollup=None))[0] == "140"


def test_before_there_is_any_number_nothing_stands_there_but_how_to_begin() -> None:
    book = worked(TEXT, {"visits": [1] * 14})
    says = [each for each in book.column(OWN, 2)[6:] if each]
    assert len(says) == 1 and str(says[0]).startswith("Nothing here yet. Type a name")
    rows = range(6, len(book.column(OWN, 1)))
    assert {cell for row in rows for cell in book.grid.row(OWN, row)[3:]} <= {None, ""}
    ids = [f"own_{number}" for number in range(1, 9)]
    results = [book.grid.row("Results", book.column("Results", 1).index(id)) for id in ids]
    assert {value for row in results for value in row[2:] if isinstance(value, float)} <= {0.0, 1.0}
    assert book.checks()["text_in_own"] == "● OK"


def test_a_line_counts_neither_as_asked_for_nor_as_data() -> None:
    book = worked(TEXT, {**LINE, "own_1": NUMBERS})
    assert shown(book) == ["○ No data", "No data yet"]
    filled_in, empty = worked(TEXT, {"visits": [1] * 5, **LINE, "own_1": NUMBERS}), worked(TEXT, {"visits": [1] * 5})
    for sheet, column in (("Start", 2), ("Start", 3), ("Start", 4)):
        assert filled_in.column(sheet, column) == empty.column(sheet, column)
    assert shown(filled_in)[0] == "50"  # what the essential numbers reach says which period is shown


@pytest.mark.parametrize(
    "name", ['=HYPERLINK("http://x","y")', "+1", "@SUM(A1)", "-2+3", "<b>", "● On track", "2026"]
)
def test_a_name_is_only_text(name: str) -> None:
    found = opened(name=name).page(OWN)
    assert found[name][:2] == ["140", "100"]


def test_a_line_without_a_name_is_called_by_its_number() -> None:
    assert opened(name=None).page(OWN)["Own number 1"][0] == "140"


def test_what_is_off_track_stands_among_the_worst() -> None:
    text = f"{TEXT}\nsheets: [{{sheet: main, title: Main, blocks: [{{worst: {{rows: 2}}}}]}}]"
    book = worked(text, {"visits": 1, **LINE, "own_1.target": 200.0, "own_1": NUMBERS})
    assert book.page("Main")["Downloads"] == ["140", "200", "60 short", "■ Off track"]


def test_text_where_a_number_belongs_is_said() -> None:
    assert opened(values=[*NUMBERS[:13], "140 "]).checks()["text_in_own"] == "■ Look"


DATA = """metric,period,value
own_2.name,,Podcast downloads
own_2.unit,,number
own_2.rollup,,last value
own_2.good,,Higher
own_2.target,,5000
own_2,2026-01,4200
own_2,2026-03,-3
"""


def test_data_files_name_the_lines_by_their_ids(tmp_path: Path) -> None:
    model = load(small(tmp_path))
    data = tmp_path / "data.csv"
    data.write_text(DATA, encoding="utf-8")
    assert from_file(model, data).inputs == {
        ("own_2.name", (), None): "Podcast downloads", ("own_2.unit", (), None): "number",
        ("own_2.rollup", (), None): "last", ("own_2.good", (), None): "higher", ("own_2.target", (), None): 5000.0,
        ("own_2", (), 0): 4200.0, ("own_2", (), 2): -3.0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("own_2.unit,,miles", 'unknown-option: "miles" is not an option of own_2.unit'),
        ("own_2.target,,many", "not-a-number: own_2.target needs a number"),
        ("own_2,2027-01,5", "unknown-period"),
        ("own_9,2026-01,5", "unknown-metric"),
    ],
)
def test_what_a_data_file_says_wrongly_of_a_line_is_refused(tmp_path: Path, row: str, said: str) -> None:
    data = tmp_path / "data.csv"
    data.write_text(f"metric,period,value\n{row}\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        from_file(load(small(tmp_path)), data)
    assert [f"{each.code}: {each.sentence}".startswith(said) for each in refused.value.problems] == [True]
