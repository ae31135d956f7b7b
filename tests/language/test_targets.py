"""Targets: a number, one per period, a path, a range, formulas; and which of four reference points is in force."""

from __future__ import annotations

import pytest

from worked import refused, worked

TEXT = """
dimensions:
  period: {grain: month, count: 4, first: 2026-01}
constants: {goal: {label: Goal, unit: count, value: 24}}
metrics:
  base: {label: Base, unit: count, by: [], input: {}}
  wins: {label: Wins, unit: count, good: higher, rollup: %s, input: {}, target: %s}
sheets: [{sheet: main, title: Main, blocks: [{scorecard: [wins]}]}]
"""
TYPED = {"wins": [1, 2, 3, 4], "base": 100}


@pytest.mark.parametrize(
    ("rollup", "target", "by_period", "quarter"),
    [
        ("last", "{value: 12}", [12, 12, 12, 12], 12),
        ("sum", "{value: 12}", [12, 12, 12, 12], 36),
        ("sum", "{value: 12, per: quarter}", [4, 4, 4, 4], 12),
        ("sum", "{value: 12, per: year}", [1, 1, 1, 1], 3),
        ("sum", "{value: [1, 2, 3, 4]}", [1, 2, 3, 4], 6),
        ("last", "{path: 200, opening: base}", [125, 150, 175, 200], 175),
        ("last", "{value: goal + base}", [124, 124, 124, 124], 124),
        ("sum", "{value: goal, per: year}", [2, 2, 2, 2], 6),
        ("sum", "{value: goal}", [24, 24, 24, 24], 72),
        ("last", "{history: 7, use: history}", [7, 7, 7, 7], 7),
        ("last", "{history: goal + 1, value: 3, use: history}", [25, 25, 25, 25], 25),
        ("last", "{model: goal + base, value: 3, use: model}", [124, 124, 124, 124], 124),
        ("last", "{model: 9, value: 3, use: model}", [9, 9, 9, 9], 9),
        ("last", "{from: 5}", [5, 5, 5, 5], 5),
    ],
)
def test_a_target_rolls_up_as_its_metric_does(
    rollup: str, target: str, by_period: list[float], quarter: float
) -> None:
    typed = {**TYPED, "wins": [1, 2, 3, None], "picked_view": "Qtr to date"}
    book = worked(TEXT % (rollup, target), typed)
    line = "wins.from" if "from" in target else "wins.target"
    assert book(line) == by_period
    assert book(line, "current") == quarter


def test_a_target_is_a_metric_that_formulas_may_name() -> None:
    text = (TEXT % ("last", "{value: 8}")).replace(
        "sheets:", "  part: {label: P, unit: percent, formula: wins / wins.target}\nsheets:"
    )
    assert worked(text, TYPED)("part") == [0.125, 0.25, 0.375, 0.5]


def test_a_range_has_two_lines() -> None:
    text = (TEXT % ("last", "{from: 3, to: goal / 4}")).replace("good: higher", "good: range")
    book = worked(text, TYPED)
    assert (book("wins.from", "current"), book("wins.to", "current")) == (3, 6)
    text = (TEXT % ("last", "{value: 3}")).replace("good: higher", "good: range")
    assert refused(text)[0].startswith(
        "target-kind: wins is good inside a range, so its target needs `from` and `to`."
    )


def test_the_industry_may_be_the_target() -> None:
    target = "{use: benchmark}, benchmark: [{id: usual, from: 5, to: 9}, {id: best, from: 10}]"
    assert worked(TEXT % ("last", target), TYPED)("wins.target", "current") == 5
    chosen = TEXT % ("last", target) + "choose: {wins.benchmark: best}\n"
    assert worked(chosen, TYPED)("wins.target", "current") == 10


@pytest.mark.parametrize(
    ("rollup", "target", "code"),
    [
        ("last", "{value: 3, per: year}", "target-per"),
        ("sum", "{value: [1, 2], per: year}", "target-per"),
        ("last", "{path: 200}", "target-path"),
        ("last", "{path: 200, opening: bas}", "unknown-metric"),
        ("last", "{path: 200, opening: wins}", "target-path"),
        ("last", "{value: 2, path: 200, opening: base}", "target-kind"),
        ("last", "{from: [1, 2]}", "target-kind"),
        ("last", "{from: 3, to: 2}", "target-kind"),
        ("last", "{value: 3, use: model}", "target-use"),
        ("last", "{value: 3, use: benchmark}", "target-use"),
        ("last", "{value: 3, by: [period]}", "target-by"),
        ("last", "{value: gaol}", "unknown-metric"),
        ("last", "{value: 3 * goal}", "literal"),
    ],
)
def test_targets_that_make_no_sense_are_refused(rollup: str, target: str, code: str) -> None:
    assert [each.partition(":")[0] for each in refused(TEXT % (rollup, target))] == [code]


def test_beside_each_target_stand_last_year_and_what_the_plan_is_made_of() -> None:
    text = """
dimensions: {period: {grain: month, count: 13, first: 2025-01}}
defaults: {by: [period]}
metrics:
  need: {label: Need, unit: count, rollup: sum, input: {}}
  leads: {label: Leads, unit: count, good: higher, rollup: sum, input: {}, target: {value: 5, model: need}}
sheets: [{sheet: main, title: Main, blocks: [{scorecard: [leads]}]}]
"""
    book = worked(text, {"need": [4] * 13, "leads": [10, *[20] * 12]})
    row = book.column("Targets", 1).index("leads.target")
    heads, cells = book.grid.row("Targets", 6), book.grid.row("Targets", row)
    beside = {str(head): cells[number] for number, head in enumerate(heads) if head}
    assert (beside["Last year"], beside["Own target"], beside["The plan needs"]) == (10, 5, 4)
    assert beside["What the plan needs is"] == "Need"


def test_last_year_beside_a_target_for_a_year_is_the_whole_fiscal_year_before() -> None:
    text = """
dimensions: {period: {grain: month, count: 16, first: 2025-01}}
defaults: {by: [period]}
metrics:
  opening: {label: Opening, unit: count, by: [], input: {}}
  leads: {label: Leads, unit: count, good: higher, rollup: sum, input: {}, target: {value: 500, per: year}}
  twice: {label: Twice, unit: count, good: higher, formula: leads + leads, target: {value: 900, per: year}}
  base: {label: Base, unit: count, good: higher, rollup: last, input: {}, target: {path: 300, opening: opening}}
  share: {label: Share, unit: percent, good: higher, formula: leads / (leads + leads), target: {value: 20%}}
sheets: [{sheet: main, title: Main, blocks: [{scorecard: [leads, twice, base, share]}]}]
"""
    leads, base = [*range(1, 13), 20, 21, 22, 23], [100 + month for month in range(16)]
    book = worked(text, {"leads": leads, "base": base, "opening": 90})
    ids = book.column("Targets", 1)
    last_year = {id: book.grid.value("Targets", ids.index(f"{id}.target"), 5) for id in ("leads", "twice", "base")}
    # 1 + 2 + … + 12; twice that; December's base. April 2026 is the latest month, so 2025 is the fiscal year before.
    assert last_year == {"leads": 78, "twice": 156, "base": 111}
    assert book.grid.value("Targets", ids.index("share.target"), 5) == 0.5  # April a year before


def test_targets_by_which_no_page_judges_stand_apart() -> None:
    text = """
dimensions: {period: {grain: month, count: 2, first: 2026-01}}
defaults: {by: [period]}
metrics:
  unseen: {label: Unseen, unit: count, good: higher, rollup: sum, input: {}, target: {value: 1}}
  seen: {label: Seen, unit: count, good: higher, rollup: sum, input: {}, target: {value: 2}}
  drawn: {label: Drawn, unit: count, good: higher, rollup: sum, input: {}, target: {value: 3}}
  listed: {label: Listed, unit: count, good: higher, rollup: sum, input: {}, target: {value: 4}}
  read: {label: Read, unit: count, good: higher, rollup: sum, input: {}, target: {value: 5}}
  reader: {label: Reader, unit: count, formula: read.target + 0}
sheets:
  - sheet: main
    title: Main
    blocks:
      - scorecard: [seen]
      - chart: {kind: line, title: Drawn, metrics: [drawn], target: true}
      - table: {rows: [listed], columns: [value, target]}
      - table: {rows: [unseen, reader], columns: period}
"""
    names = [name for name in worked(text).column("Targets", 2)[7:] if name]
    assert names == [
        "Seen, target", "Drawn, target", "Listed, target", "Read, target", "Not judged on a page of this workbook",
        "Unseen, target",
    ]  # fmt: skip
