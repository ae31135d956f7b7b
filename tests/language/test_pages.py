"""Pages: what tables hold, `at:`, scorecards that choose by attribute, tiers."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from metricbook.layout.canvas import Canvas
from metricbook.layout.cards import spans_of_cards
from metricbook.layout.lay_out import drawn, lay_out
from metricbook.layout.page_grid import Page
from metricbook.workbook.number_text import number_text
from worked import Typed, read, refused, worked

TEXT = """
tags: {stage: {aware: Awareness, act: Action}, role: {lead: Leading, lag: Lagging}}
tiers: {company: {label: Company, cadence: monthly}, team: {label: Team, cadence: weekly}}
defaults: {tier: company}
dimensions:
  period: {grain: month, count: 2, first: 2026-01}
  channel:
    label: Channel
    groups:
      paid: {label: Paid, members: {search: Search, social: Social}}
      free: {label: Free, members: {events: Events}}
  kind: {label: Kind, members: {new: New, old: Old}}
metrics:
  shown: {label: Shown, unit: member, by: [], input: {of: channel}}
  spend:
    label: Spend
    unit: currency
    good: lower
    by: [channel, period]
    rollup: sum
    input: {}
    tags: {stage: aware, role: lag}
  wins:
    label: Wins
    unit: count
    good: higher
    by: [channel, kind, period]
    rollup: sum
    input: {}
    tags: {stage: aware, role: lead}
    tier: team
  cac: {label: CAC, unit: currency, good: lower, formula: spend / wins, tags: {stage: act}, cadence: daily}
sheets:
  - sheet: main
    title: Main
    blocks:
%s
"""
TYPED = {
    "spend[search]": [10, 100], "spend[social]": [20, 200], "spend[events]": [30, 300],
    "wins[search, new]": [1, 1], "wins[search, old]": [1, 3], "wins[social, new]": [2, 5],
    "wins[social, old]": [3, 5], "wins[events, new]": [4, 6], "wins[events, old]": [1, 4],
}  # fmt: skip


def page(*blocks: str, at: str = "", typed: dict[str, object] | None = None) -> dict[str, list[object]]:
    text = TEXT % "\n".join(f"      - {block}" for block in blocks)
    text = text.replace("title: Main", f"title: Main\n    at: {at}") if at else text
    return worked(text, {**TYPED, **(typed or {})}).page("Main")  # type: ignore[dict-item, return-value]


def test_a_dimension_down_and_metrics_across() -> None:
    rows = page("table: {rows: channel, columns: [spend, cac], groups: subtotals, total: true}")
    assert rows["Search"] == [100, 25]
    assert rows["Paid"] == [300, round(300 / 14, 9)]
    assert rows["Total"] == [600, 25]


def test_two_dimensions_with_a_metric_in_the_cells() -> None:
    rows = page("table: {rows: channel, columns: kind, metric: wins, total: true}")
    assert rows["Social"] == [5, 5, 10]
    assert rows["Total"] == [12, 12, 24]


def test_metrics_down_and_periods_across() -> None:
    rows = page("table: {rows: [{heading: Money}, spend, cac], columns: period}")
    assert rows["Spend"] == [60, 600]
    assert rows["Money"] == []


def test_a_table_at_a_member_and_at_a_selector() -> None:
    for at, typed in (("{channel: social}", {}), ("{channel: shown}", {"shown": "social"})):
        rows = page(f"table: {{rows: kind, columns: [wins], total: true, at: {at}}}", typed=typed)
        assert (rows["New"], rows["Total"]) == ([5], [10])
        assert rows["Channel"] == ["Social"]
    assert page("table: {rows: kind, columns: [wins], at: {channel: paid}}")["Channel"] == ["Paid"]


def test_a_whole_page_at_a_selector() -> None:
    blocks = (
        "headline: [spend, cac]",
        "scorecard: {rows: [spend, cac], columns: [actual, previous]}",
        "table: {title: By kind, rows: kind, columns: [wins]}",
        "table: {title: All channels, rows: channel, columns: [spend]}",
        "chart: {kind: line, title: CAC over time, metrics: [cac]}",
    )
    rows = page(*blocks, at="{channel: shown}", typed={"shown": "search"})
    assert rows["Spend"] == [100, 10]
    assert rows["CAC"] == [25, 5]
    assert rows["New"] == [1, "Search", 100]  # two small tables share the width
    assert rows["Old"] == [3, "Social", 200]  # the one by channel shows them all
    assert rows["Channel"] == ["Search"]
    other = page(*blocks, at="{channel: shown}", typed={"shown": "events"})
    assert other["Spend"] == [300, 30]
    assert other["Channel"] == ["Events"]


def heads(*blocks: str) -> list[tuple[int, int, object]]:
    """Row (from the topmost), column and words of each table's title."""
    text = TEXT % "\n".join(f"      - {block}" for block in blocks)
    sheet = next(each for each in lay_out(read(text)).sheets if each.name == "Main")
    found = sorted((run.row, run.first, run.content) for run in sheet.runs if run.style.role == "heading")
    return [(row - found[0][0], column, words) for row, column, words in found]


@pytest.mark.parametrize(
    ("rows", "scale", "breaks"),
    [(3, 80, ()), (6, 75, ()), (10, 70, ()), (11, 80, (40,)), (30, 80, (40,))],
)
def test_a_page_prints_smaller_where_that_saves_paper(rows: int, scale: int, breaks: tuple[int, ...]) -> None:
    # Rows of 15 points: 5 of head, 34 of a first block, then a second one whose last row is free.
    # A4 across holds 507 points: 633 at 80 %, 676 at 75 %, 724 at 70 %; 38 + rows of them count.
    page = Page(drawn(read(TEXT % f"      - {KIND}")), Canvas("Main", "page"), 40 + rows, starts=[6, 40])
    assert page.printed((1, 4)) == (scale, breaks)


KIND = "table: {title: By kind, rows: kind, columns: [wins]}"
CHANNEL = "table: {title: By channel, rows: channel, columns: [spend], total: true}"


def test_lines_stand_under_what_is_listed_only() -> None:
    text = TEXT % "      - worst: {rows: 2}\n      - actions: {rows: 2}"
    sheet = next(each for each in lay_out(read(text)).sheets if each.name == "Main")
    assert sum(rule.look == "row" for rule in sheet.rules) == 4


def test_two_small_tables_stand_beside_each_other() -> None:
    # By channel: a title, a heading, three members, a total and a free row
    assert heads(CHANNEL, KIND, KIND) == [(0, 2, "By channel"), (0, 8, "By kind"), (7, 2, "By kind")]


def test_tables_whose_words_need_the_width_stand_below_each_other() -> None:
    long = " ".join(["Every channel counts once"] * 5)
    wide = "table: {title: Wide, rows: kind, columns: [wins, wins, wins, wins, wins, wins, wins, wins]}"
    titled, noted = KIND.replace("By kind", long), KIND.replace("}", f", note: {long}}}")
    untitled = "table: {rows: kind, columns: [wins]}"
    pinned = KIND.replace("}", ", at: {channel: search}}")
    for one, other in ((titled, CHANNEL), (noted, CHANNEL), (wide, KIND), (untitled, KIND), (pinned, CHANNEL)):
        assert all(column == 2 for _, column, _ in heads(one, other)), (one, other)


def test_a_spare_row_is_ruled_once_its_member_has_a_name() -> None:
    text = TEXT.replace("members: {new: New, old: Old}", "members: {new: New}, spare: 1") % f"      - {KIND}"
    assert "spare: 1" in text
    sheet = next(each for each in lay_out(read(text)).sheets if each.name == "Main")
    roles = {(run.row, run.first): run.style.role for run in sheet.runs}
    (rule,) = [rule for rule in sheet.rules if rule.look == "row"]
    spare = rule.area.first.row
    assert [roles[spare - 1, column] for column in (2, 3)] == ["cell_label", "cell"]
    assert [roles[spare, column] for column in (2, 3)] == ["item_label", "item"]


def test_the_heading_of_a_comparison_says_with_what() -> None:
    card = "scorecard: {rows: [cac], columns: [actual, previous]}"
    text = TEXT % f"      - {card}"
    for chosen, said in ((None, "Previous"), ("Previous", "Previous"), ("Last year", "Last year")):
        typed = {**TYPED} if chosen is None else {**TYPED, "picked_comparison": chosen}
        assert worked(text, typed).page("Main")["Metric"] == ["Actual", said]  # type: ignore[arg-type]


def test_a_scorecard_chooses_its_rows_by_attribute() -> None:
    model = read(TEXT % "      - scorecard: {title: Awareness, where: {stage: aware}, order: role}")
    block = model.pages[0].blocks[0]
    assert block.scorecard is not None and not isinstance(block.scorecard, list)
    assert block.scorecard.rows == ["wins", "spend"]  # leading before lagging
    model = read(TEXT % "      - scorecard: {where: {tier: team}}")
    assert [block.scorecard.rows for block in model.pages[0].blocks] == [["wins"]]  # type: ignore[union-attr]


def test_a_metric_has_the_cadence_of_its_tier_unless_it_says_otherwise() -> None:
    model = read(TEXT % "      - scorecard: [spend, wins, cac]")
    assert [model.metrics[id].cadence for id in ("spend", "wins", "cac")] == ["monthly", "weekly", "daily"]


CHOICES = """
dimensions:
  period: {grain: month, count: 2, first: 2026-01}
  model: {label: Model, total: false, members: {first: First touch, linear: Linear}}
metrics:
  wins: {label: Wins, unit: count, good: higher, rollup: sum, input: {}}
  in_force: {label: Model in force, unit: member, by: [], input: {of: model, initial: linear}}
  pace: {label: Pace, unit: choice, by: [], input: {options: {slow: One step a day, fast: Very fast}}}
sheets:
  - sheet: main
    title: Main
    blocks:
      - %s
"""


def test_a_choice_stands_on_pages_by_its_words() -> None:
    for block in (
        "table: {rows: [wins, in_force, pace], columns: value}",
        "table: {rows: [wins, in_force, pace], columns: period}",
        "scorecard: {rows: [wins, in_force, pace], columns: [actual, status]}",
    ):
        rows = worked(CHOICES % block, {"wins": [1, 2], "pace": "fast"}).page("Main")
        assert rows["Model in force"] == ["Linear"]
        assert rows["Pace"] == ["Very fast"]
    assert (
        worked(CHOICES % "table: {rows: [wins, pace], columns: value}", {"wins": [1, 2]}).page("Main")["Pace"] == []
    )


def test_a_choice_on_a_card() -> None:
    book = worked(CHOICES % "headline: [wins, in_force]", {"wins": [1, 2]})
    assert "Linear" in [value for column in range(2, 15) for value in book.column("Main", column)]


def test_a_tag_and_the_tier_as_columns_of_a_scorecard() -> None:
    rows = page("scorecard: {where: {stage: aware}, order: role, columns: [role, tier, actual]}")
    assert list(rows)[-2:] == ["Wins", "Spend"]
    assert rows["Wins"] == ["Leading", "Team", 24]
    assert rows["Spend"] == ["Lagging", "Company", 600]
    assert page("scorecard: {rows: [cac], columns: [role, actual]}")["CAC"] == [25]  # it has no such tag


def test_a_column_that_is_neither_view_nor_tag() -> None:
    text = TEXT % "      - scorecard: {rows: [cac], columns: [roll]}"
    assert refused(text) == ['unknown-view: roll is no view. Did you mean "role"?']


REFERENCE_POINTS = """
dimensions: {period: {grain: month, count: 4, first: 2026-01}}
metrics:
  wins:
    label: Wins
    unit: count
    good: higher
    rollup: sum
    input: {}
    target: {value: 30, history: 24, model: needed * 1, per: quarter}
    benchmark: {from: 9}
  needed: {label: Needed, unit: count, rollup: sum, input: {}}
  rate:
    label: Rate
    unit: percent
    good: higher
    rollup: last
    input: {}
    target: {history: 18%%, value: 22%%}
sheets:
  - sheet: main
    title: Main
    blocks:
      - %s
"""


def test_history_and_what_the_plan_needs_beside_the_target() -> None:
    typed: dict[str, Typed | Sequence[Typed]] = {}
    typed |= {"wins": [7, 9, 10, 8], "needed": [33, 36, 39, 42], "rate": [0.2, 0.2, 0.2, 0.2]}
    for block in (
        "scorecard: {rows: [wins, rate], columns: [COLUMNS]}",
        "table: {rows: [wins, rate], columns: [COLUMNS]}",
    ):
        text = REFERENCE_POINTS % block.replace("COLUMNS", "history, model, target, actual")
        rows = worked(text, typed).page("Main")
        assert rows["Wins"] == [8, 14, 10, 8]  # a month: a third of the quarter's 24, 42 and 30
        assert rows["Rate"] == [0.18, 0.22, 0.2]
        so_far = worked(text, {**typed, "picked_view": "Year to date"}).page("Main")
        assert so_far["Wins"] == [32, 50, 40, 34]  # four months: 4 × 8, 11 + 12 + 13 + 14, 4 × 10
        assert so_far["Rate"] == [0.18, 0.22, 0.2]
        assert worked(text, {}).page("Main")["Wins"] == []


def test_headings_in_scorecards() -> None:
    rows = page("scorecard: {rows: [{heading: Money}, spend, {heading: Deals}, wins], columns: [actual]}")
    assert list(rows.items())[-4:] == [("Money", []), ("Spend", [600]), ("Deals", []), ("Wins", [24])]


RIVALS = """
dimensions: {period: {grain: month, count: 2, first: 2026-01}}
metrics:
  wins: {label: Wins, unit: count, rollup: sum, input: {}}
  spend: {label: Spend, unit: currency, rollup: sum, input: {}}
  cac:
    label: CAC
    unit: currency
    good: lower
    variants:
      all: {label: all costs, formula: spend / wins}
      half: {label: half of them, formula: spend / (wins + wins)}
sheets:
  - sheet: main
    title: Main
    blocks:
      - %s
"""


def test_a_definition_that_is_named_says_which_it_is() -> None:
    for block in (
        "scorecard: {rows: [cac, cac.all, cac.half], columns: [actual]}",
        "table: {rows: [cac, cac.all, cac.half], columns: value}",
    ):
        rows = worked(RIVALS % block, {"wins": [1, 2], "spend": [10, 40]}).page("Main")
        assert (rows["CAC"], rows["CAC: all costs"], rows["CAC: half of them"]) == ([20], [20], [10])


def test_a_table_of_words_breaks_its_texts_into_lines() -> None:
    long = "Half as much for every seven days before the day on which the deal was signed by both"
    table = (
        "reference: {title: Rules, columns: [Model, Rule, Use], rows: [[Decay, %s, Long sales], [Last, All, Short]]}"
    )
    book = worked(CHOICES % (table % long), {})
    assert [book.grid.row("Main", row)[2:15:6] for row in range(7, 11)] == [
        ["Model", None, None], ["Decay", None, None], [None, None, None], ["Last", None, None],
    ]  # fmt: skip
    lines = [book.grid.row("Main", row)[3] for row in (8, 9, 10)]
    assert " ".join(map(str, lines[:2])) == long
    assert lines[2] == "All"


def test_cards_are_together_as_wide_as_the_page() -> None:
    for count, firsts in (
        (7, [2, 3, 5, 7, 9, 11, 13]),
        (6, [2, 5, 7, 9, 11, 13]),
        (5, [2, 3, 6, 9, 12]),
        (4, [2, 6, 9, 12]),
    ):
        assert [first for first, _ in spans_of_cards(count)] == firsts
        assert spans_of_cards(count)[-1][1] == 14


RATES = """
dimensions:
  period: {grain: month, count: 2, first: 2026-01}
metrics:
  margin: {label: Margin, unit: percent, good: higher, rollup: last, input: {}, target: {value: 20%, use: value}}
  cycle: {label: Cycle, unit: days, good: lower, rollup: last, input: {}, target: {value: 30, use: value}}
sheets:
  - {sheet: main, title: Main, blocks: [{scorecard: {rows: [margin, cycle], columns: [actual, variance, change]}}]}
"""


def test_differences_of_percents_are_told_in_points_and_those_of_days_with_a_decimal() -> None:
    book = worked(RATES, {"margin": [0.22, 0.175], "cycle": [30, 29.8]})
    assert book.page("Main")["Margin"] == [0.175, -2.5, -4.5]
    (main,) = (sheet for sheet in lay_out(book.model).sheets if sheet.name == "Main")
    format = {(run.row, run.first): run.style.format for run in main.runs}
    assert [number_text(value, format[7, column]) for column, value in ((4, -2.5), (5, -4.5))] == [
        "-2.5 pp",
        "↓ 4.5 pp",
    ]
    assert number_text(-0.2, format[8, 4]) == "-0.2"
