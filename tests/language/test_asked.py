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


SPARE = """
dimensions:
  period: {grain: month, count: 4, first: 2026-01}
  channel: {label: Channel, members: {web: Web}, spare: 2}
metrics:
  spend: {label: Spend, unit: currency, by: [channel, period], rollup: sum, input: {need: essential}}
  wins: {label: Wins, unit: count, by: [channel, period], rollup: sum, input: {need: essential}}
  score: {label: Score, unit: score, by: [channel, period], rollup: average, weight: wins, input: {}}
  cac: {label: CAC, unit: currency, formula: spend / wins, good: lower}
sheets: [{sheet: main, title: Main, blocks: [{scorecard: [cac, score]}]}]
"""
WEB = {"spend[web]": [100, 200, 300, None], "wins[web]": [10, 10, 10, None], "score[web]": [4, 4, 4, None]}
PODCAST = {"spare_1": ("Podcast", ""), "spare_2": ("Fairs", "")}


def test_a_named_spare_row_without_any_number_changes_nothing() -> None:
    named, plain = worked(SPARE, WEB, lists=PODCAST), worked(SPARE, WEB)
    for line in ("spend", "wins", "cac", "score"):
        assert named(line) == plain(line)
        assert named(line, "current") == plain(line, "current")
    assert missing(named) == missing(plain) == {"cac": "", "score": ""}
    assert {id: each for id, each in asked(named).items() if "spare" in id and each != 0} == {}


def test_a_spare_row_counts_as_nothing_before_its_first_number_and_is_asked_for_after_it() -> None:
    """Podcasts begin in March with a spend; how many wins they brought is not said yet."""
    typed = {**WEB, "spend[spare_1]": [None, None, 50, None]}
    book = worked(SPARE, typed, lists=PODCAST)
    assert book("spend") == [100, 200, 350, ""]
    assert book("wins") == [10, 10, "", ""]
    assert book("score") == [4, 4, "", ""]
    assert book("cac", "current") == 20  # of February: March is not complete
    assert (
        missing(worked(SPARE, {**typed, "picked_period": 46082.0}, lists=PODCAST))["cac"]
        == "Wins · Podcast · 2026-03"
    )
    full = {**typed, "wins[spare_1]": [None, None, 5, None], "score[spare_1]": [None, None, 1, None]}
    assert worked(SPARE, full, lists=PODCAST)("cac", "current") == round(350 / 15, 9)
    assert worked(SPARE, full, lists=PODCAST)("score") == [4, 4, 3, ""]


THROUGH = """
dimensions:
  period: {grain: month, count: 4, first: 2026-01}
metrics:
  a: {label: A, unit: count, rollup: sum, input: {need: essential}}
  b: {label: B, unit: count, by: [], input: {need: essential}}
  goal: {label: Goal, unit: count, rollup: sum, input: {}}
  done: {label: Done, unit: count, formula: a + b, good: higher, rollup: sum}
sheets: [{sheet: main, title: Main, blocks: [{scorecard: [done]}]}]
"""


@pytest.mark.parametrize(
    ("typed", "through"),
    [
        ({"a": [1, 2, None, None], "b": 3, "goal": [9, 9, 9, 9]}, 2),  # goals go on until the end of the year
        ({"a": [1, 2, None, None], "goal": [9, 9, 9, 9]}, 0),  # one essential number with one value is missing
        ({"b": 3, "goal": [None, 9, None, None]}, 0),
        ({"a": [1, None, 3, None], "b": 3}, 3),
    ],
)
def test_data_goes_through_the_latest_period_in_which_all_that_is_essential_is_there(
    typed: dict[str, object], through: int
) -> None:
    assert worked(THROUGH, typed)("through", "one") == through  # type: ignore[arg-type]
