"""What a workbook asks for: a blank result names one of its own inputs, and of a choice only the chosen one's."""

from __future__ import annotations

import pytest

from worked import Worked, worked

ASKED = """
dimensions:
  period: {grain: month, count: 3, first: 2026-01}
  rule: {label: Rule, total: false, members: {created: Created, touched: Touched}}
  channel: {label: Channel, members: {web: Web, fair: Fair}}
metrics:
  wins: {label: Wins, unit: count, by: [channel, period], rollup: sum, input: {need: essential}}
  goal: {label: Goal, unit: count, rollup: sum, input: {}}
  days: {label: Days, unit: count, by: [channel, period], rollup: sum, input: {}}
  rule_in_force: {label: Rule in force, unit: member, by: [], input: {of: rule, initial: created}}
  by_rule: {label: Pipeline by rule, unit: currency, by: [rule, period], rollup: sum, input: {}}
  cycle: {label: Cycle, unit: ratio, formula: days / wins, good: lower}
  sourced: {label: Sourced, unit: currency, formula: "by_rule[rule_in_force]", rollup: sum, good: higher}
  reach: {label: Reach, unit: percent, formula: wins / goal, good: higher}
sheets:
  - sheet: main
    title: Main
    blocks:
      - scorecard: [cycle, sourced, reach]
      - table: {metric: by_rule, rows: rule, columns: period}
"""
WINS = {"wins[web]": [1, 2], "wins[fair]": [3, 4]}


def column(book: Worked, sheet: str, heading: str, heads: int) -> dict[str, object]:
    """A column of a sheet by the ids in its first, from the row of its headings on."""
    headings = book.grid.row(sheet, heads)
    at = next(number for number, each in enumerate(headings) if each == heading)
    return {
        str(id): book.grid.value(sheet, row, at) for row, id in enumerate(book.column(sheet, 1)) if id and row > heads
    }


def missing(book: Worked) -> dict[str, object]:
    return {
        id: words for id, words in column(book, "Results", "What is missing", 6).items() if not id.startswith("own_")
    }


def asked(book: Worked) -> dict[str, object]:
    top = next(row for row, words in enumerate(book.column("Checks", 1)) if words == "id" and row > 8)
    return column(book, "Checks", "Asked so far", top)


def test_a_blank_result_names_an_input_of_its_own() -> None:
    assert missing(worked(ASKED, WINS)) == {
        "cycle": "Days · Web · 2026-02",
        "sourced": "Pipeline by rule · Created · 2026-02",
        "reach": "Goal · 2026-02",
    }


@pytest.mark.parametrize(
    ("rule", "lines"),
    [
        ("Created", {"by_rule[created]": 2, "by_rule[touched]": 0}),
        ("Touched", {"by_rule[created]": 0, "by_rule[touched]": 2}),
    ],
)
def test_of_what_a_choice_picks_only_the_chosen_line_is_asked_for(rule: str, lines: dict[str, float]) -> None:
    book = worked(ASKED, {**WINS, "rule_in_force": rule.lower(), "by_rule[touched]": None})
    assert missing(book)["sourced"] == f"Pipeline by rule · {rule} · 2026-02"
    assert {id: each for id, each in asked(book).items() if id in lines} == lines


def test_what_is_filled_is_no_gap() -> None:
    """Beside a gap stands its period; an input with one value that is there names nothing."""
    book = worked(ASKED, {**WINS, "goal": [5, None]})
    top = next(row for row, words in enumerate(book.column("Checks", 1)) if words == "id" and row > 8)
    words = column(book, "Checks", "Missing since the start", top)
    assert {id: words[id] for id in ("wins[web]", "goal", "rule_in_force")} == {
        "wins[web]": "",
        "goal": "Goal · 2026-02",
        "rule_in_force": "",
    }
