"""Rows of data → cells of inputs, and every row that has no place."""

from __future__ import annotations

from pathlib import Path

import pytest

from metricbook.api import load
from metricbook.model.data import Typed, examples, match
from metricbook.model.model import Model
from metricbook.source.data import read_data
from small import small

HEAD = "metric,channel,period,value\n"


@pytest.fixture
def model(tmp_path: Path) -> Model:
    return load(small(tmp_path))


def filled(folder: Path, model: Model, text: str, name: str = "data.csv") -> dict[tuple[str, str, str], Typed]:
    """The inputs that a data file fills, by metric, member and period key."""
    (folder / name).write_text(text, encoding="utf-8")
    matched = match(model, read_data(folder / name))
    assert matched.problems == ()
    keys = model.periods.keys()
    return {
        (id, ", ".join(point.member for point in where if point), "" if period is None else keys[period]): value
        for (id, where, period), value in matched.inputs.items()
    }


def refused(folder: Path, model: Model, *rows: str) -> list[str]:
    """What is said about the rows, as line, column and code."""
    (folder / "data.csv").write_text(HEAD + "\n".join(rows), encoding="utf-8")
    problems = match(model, read_data(folder / "data.csv")).problems
    return [
        f"{problem.at.line}:{problem.at.column} {problem.code}: {problem.sentence} {problem.hint}"
        for problem in problems
    ]


def test_a_row_is_found_by_member_and_period(tmp_path: Path, model: Model) -> None:
    rows = "spend,paid,2026-01,100\nspend,events,2026-03,7\nbudget,,,9000\nmargin,,2026-02,80%\n"
    assert filled(tmp_path, model, HEAD + rows) == {
        ("spend", "paid", "2026-01"): 100.0,
        ("spend", "events", "2026-03"): 7.0,
        ("budget", "", ""): 9000.0,
        ("margin", "", "2026-02"): 0.8,
    }


def test_members_are_known_by_their_labels_too_in_any_case(tmp_path: Path, model: Model) -> None:
    assert filled(tmp_path, model, HEAD + "spend,PAID SEARCH,2026-01,1\n") == {("spend", "paid", "2026-01"): 1.0}


def test_a_row_without_a_period_fills_all_and_one_with_a_period_wins(tmp_path: Path, model: Model) -> None:
    rows = "wins,paid,2026-02,9\nwins,paid,,5\n"
    assert filled(tmp_path, model, HEAD + rows) == {
        ("wins", "paid", "2026-01"): 5.0,
        ("wins", "paid", "2026-02"): 9.0,
        ("wins", "paid", "2026-03"): 5.0,
    }


def test_an_earlier_id_of_a_metric_is_understood(tmp_path: Path, model: Model) -> None:
    assert filled(tmp_path, model, HEAD + "gross_margin,,2026-01,0.75\n") == {("margin", "", "2026-01"): 0.75}


def test_yaml_names_members_and_numbers_periods(tmp_path: Path, model: Model) -> None:
    text = "spend:\n  paid: [1, 2]\n  events: {2026-03: 5}\nbudget: 10\n"
    assert filled(tmp_path, model, text, "data.yaml") == {
        ("spend", "paid", "2026-01"): 1.0,
        ("spend", "paid", "2026-02"): 2.0,
        ("spend", "events", "2026-03"): 5.0,
        ("budget", "", ""): 10.0,
    }


WRONG = {
    "a strange metric": (
        "spent,paid,2026-01,1",
        '2:20 unknown-metric: "spent" is not an input of small. Did you mean "spend"?',
    ),
    "a calculated one": (
        "cac,paid,2026-01,1",
        "2:18 not-an-input: cac is calculated, so it cannot be filled in. Give the numbers it is made of.",
    ),
    "a strange member": (
        "spend,padi,2026-01,1",
        '2:20 unknown-member: "padi" is not a member of channel. Did you mean "paid"?',
    ),
    "a row without a name": (
        "spend,spare_1,2026-01,1",
        '2:23 unknown-member: "spare_1" is not a member of channel. There are paid, events, Paid search, Events.',
    ),
    "no member": ("spend,,2026-01,1", "2:16 no-member: spend needs its channel. Fill the column channel."),
    "a member too much": (
        "budget,paid,,1",
        "2:14 extra-member: budget has no values by channel. Leave that column empty in this row.",
    ),
    "a period too much": (
        "budget,,2026-01,1",
        "2:17 extra-period: budget has one value, not one per period. Leave the period empty.",
    ),
    "a strange period": (
        "margin,,Jan 26,0.8",
        '2:16 unknown-period: "Jan 26" is not a period of this workbook, which has 3, from 2026-01 to 2026-03. '
        "Write it like 2026-01.",
    ),
    "words": ("budget,,,plenty", '2:10 not-a-number: budget needs a number, not "plenty". '),
    "a percent above all": (
        "margin,,2026-01,80",
        "2:17 out-of-bounds: 80 is out of bounds for margin. It must be at least 0 and at most 1.",
    ),
    "a negative amount": (
        "budget,,,-5",
        "2:10 out-of-bounds: -5 is out of bounds for budget. It must be at least 0.",
    ),
}


@pytest.mark.parametrize(("row", "said"), WRONG.values(), ids=list(WRONG))
def test_a_row_that_has_no_place(tmp_path: Path, model: Model, row: str, said: str) -> None:
    assert refused(tmp_path, model, row) == [said]


def test_the_same_cell_twice_under_two_names(tmp_path: Path, model: Model) -> None:
    rows = ("spend,paid,2026-01,1", "spend,Paid search,2026-01,2")
    assert refused(tmp_path, model, *rows) == ["3:27 same-row: This value of spend is here twice, first on line 2. "]


def test_a_period_that_only_looks_like_a_number_of_one(tmp_path: Path, model: Model) -> None:
    assert refused(tmp_path, model, "margin,,#x,0.8")[0].startswith('2:12 unknown-period: "#x" is not a period')
    assert refused(tmp_path, model, "margin,,#4,0.8")[0].startswith(
        "2:12 unknown-period: Value number 4 is not a period"
    )


def test_what_does_not_apply_is_refused_in_data_and_left_aside_in_a_sample(tmp_path: Path) -> None:
    model = load("growth", {"business_model": "transactional"})
    (tmp_path / "data.csv").write_text("metric,value\nopening_mrr,5\n")
    rows = read_data(tmp_path / "data.csv")
    (problem,) = match(model, rows).problems
    assert problem.sentence == "opening_mrr has no place in this workbook."
    assert problem.hint == "The profile is business_model=transactional."
    assert (match(model, rows, sample=True).problems, match(model, rows, sample=True).ignored) == ((), 1)


CHOICES = """\
framework: choices
title: Choices
dimensions:
  channel: {label: Channel, members: {paid: Paid search, events: Events}}
metrics:
  shown: {label: Shown channel, unit: member, by: [], input: {of: channel}}
  pace: {label: Pace, unit: choice, by: [], input: {options: {fast: Very fast, slow: Slow}}}
  launch: {label: Launch, unit: date, by: [], input: {}}
  motto: {label: Motto, unit: text, by: [], input: {}}
sheets:
  - {sheet: main, title: Main, blocks: [{table: {rows: [shown, pace, launch, motto], columns: value}}]}
"""


@pytest.fixture
def choices(tmp_path: Path) -> Model:
    path = tmp_path / "choices.yaml"
    path.write_text(CHOICES)
    return load(path)


def test_choices_dates_and_words(tmp_path: Path, choices: Model) -> None:
    rows = "shown,Events\npace,very fast\nlaunch,2026-03-31\nmotto,Go on\n"
    assert filled(tmp_path, choices, f"metric,value\n{rows}") == {
        ("shown", "", ""): "events",
        ("pace", "", ""): "fast",
        ("launch", "", ""): 46112.0,  # days since 1899-12-30
        ("motto", "", ""): "Go on",
    }


def test_choices_dates_and_words_that_are_wrong(tmp_path: Path, choices: Model) -> None:
    (tmp_path / "data.csv").write_text(
        f"metric,value\nshown,Radio\npace,faster\nlaunch,in spring\nmotto,{'x' * 256}\n"
    )
    problems = match(choices, read_data(tmp_path / "data.csv")).problems
    assert [(problem.code, problem.hint) for problem in problems] == [
        ("unknown-option", "There are paid, events."),
        ("unknown-option", 'Did you mean "fast"?'),
        ("not-a-date", "Write 2026-03-31."),
        ("long-text", ""),
    ]


def test_examples_are_spread_over_members_and_periods(model: Model) -> None:
    found = examples(model)
    assert len(found) == 2 * 2 * 3 + 1 + 3  # two by channel and month, one alone, one by month
    assert {value for (id, _, _), value in found.items() if id == "spend"} == {500.0, 700.0}
