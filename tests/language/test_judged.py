"""Benchmarks and bands: bounds that count or do not, the range that is chosen, steps in their own words."""

from __future__ import annotations

import pytest

from worked import worked

TEXT = """
dimensions:
  period: {grain: month, count: 1, first: 2026-01}
metrics:
  ratio: {label: The ratio, unit: ratio, good: higher, rollup: last, input: {}, %s}
sheets: [{sheet: main, title: Main, blocks: [{scorecard: {rows: [ratio], columns: [%s]}}]}]
"""
BANDS = (
    "bands: [{below: 1, word: Losing, status: bad}, {below: 3, word: Thin, status: fair}, "
    "{to: 6, word: Healthy, status: good}, {word: Too much, status: fair}]"
)


@pytest.mark.parametrize(
    ("value", "word"), [(0.9, "Losing"), (1, "Thin"), (3, "Healthy"), (6, "Healthy"), (6.1, "Too much")]
)
def test_bands(value: float, word: str) -> None:
    book = worked(TEXT % (BANDS, "status"), {"ratio": [value]})
    assert str(book.page("Main")["The ratio"][0]).endswith(word)


@pytest.mark.parametrize(
    ("benchmark", "met", "not_met"),
    [("{from: 2}", [2, 3], [1.9]), ("{above: 2}", [2.1], [2, 1])],
)
def test_from_includes_its_bound_and_above_does_not(benchmark: str, met: list[float], not_met: list[float]) -> None:
    text = TEXT % (f"benchmark: {benchmark}", "against_benchmark")
    said = {value: str(worked(text, {"ratio": [value]}).page("Main")["The ratio"]) for value in [*met, *not_met]}
    assert len({said[value] for value in met}) == 1
    assert not {said[value] for value in met} & {said[value] for value in not_met}


def test_one_of_several_ranges_is_chosen() -> None:
    text = TEXT % ("benchmark: [{id: low, from: 1}, {id: top, from: 9}]", "against_benchmark")
    assert worked(text).model.metrics["ratio"].benchmarks[0].id == "low"
    chosen = worked(text + "choose: {ratio.benchmark: top}\n")
    assert [each.id for each in chosen.model.metrics["ratio"].benchmarks] == ["top", "low"]


@pytest.mark.parametrize(
    ("wins", "said"),
    [
        (2, "✓ 6 of 6 checks pass"),
        (None, "✓ 5 of 6 checks pass; the rest: notes, or numbers still missing"),
        (9, "■ 1 of 6 checks ask for a look: see Checks"),
    ],
)
def test_the_state_of_the_checks_in_a_sentence(wins: float | None, said: str) -> None:
    text = """
dimensions: {period: {grain: month, count: 2, first: 2026-01}}
metrics:
  leads: {label: Leads, unit: count, rollup: sum, input: {}}
  wins: {label: Wins, unit: count, rollup: sum, input: {}}
checks: [{id: within, formula: wins <= leads, message: More wins than leads}]
"""
    book = worked(text, {"leads": [5, 5], "wins": [wins, wins]})
    assert said in book.column("Checks", 2)


def test_a_range_of_amounts_is_short_enough_for_its_column() -> None:
    text = """
dimensions: {period: {grain: month, count: 1, first: 2026-01}}
defaults: {by: [period]}
metrics:
  cash: {label: Cash, unit: currency, good: range, rollup: last, input: {}, target: {from: 1_200_000, to: 1_500_000}}
  stock: {label: Stock, unit: count, good: range, rollup: last, input: {}, target: {from: 900, to: 12_000}}
  seats: {label: Seats, unit: count, good: range, rollup: last, input: {}, target: {from: 3, to: 6}}
sheets: [{sheet: main, title: Main, blocks: [{scorecard: {rows: [cash, stock, seats], columns: [target]}}]}]
"""
    rows = worked(text, {"cash": 1_300_000, "stock": 5, "seats": 4}).page("Main")
    assert (rows["Cash"], rows["Stock"], rows["Seats"]) == (["$1.20–1.50M"], ["0.9–12.0k"], ["3–6"])


def test_a_check_for_information_is_a_note_and_no_failure() -> None:
    text = """
dimensions: {period: {grain: month, count: 1, first: 2026-01}}
constants: {goal: {label: Goal, unit: count, value: 5}}
metrics: {wins: {label: Wins, unit: count, by: [period], rollup: sum, input: {}}}
checks:
  - {id: strict, formula: wins >= goal, message: There are few.}
  - {id: told, formula: wins >= goal, message: There are few., severity: note}
sheets: [{sheet: main, title: Main, blocks: [{scorecard: [wins]}]}]
"""
    for wins, strict, told in ((9, "● OK", "● OK"), (2, "■ Look", "▲ Note"), (None, "○ Not run", "○ Not run")):
        results = worked(text, {"wins": [wins]}).checks()
        assert (results["strict"], results["told"]) == (strict, told)
