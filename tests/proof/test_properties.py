"""What must hold whatever the numbers are: clocks, missing parts, names, order, the empty workbook."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from metricbook.build import model_of, workbook_of
from metricbook.formula.evaluate import Error, Value
from metricbook.layout.settings import Settings
from metricbook.model.metric import Point
from metricbook.model.model import Model
from metricbook.source.load import find
from proof.cases import together
from proof.opened import FIRST, WINDOW, Opened, is_error, lines
from proof.scenarios import (
    VIEWS,
    Inputs,
    Key,
    Scenario,
    Typed,
    framework,
    frameworks,
    generated,
    over,
    read_as,
    sample,
    serial,
    until,
    without,
)
from proof.typed import CURRENT
from recalculate import same

MONTHS = 24
SHIPPED = ("growth", "customer_marketing_roi")


def _steady() -> dict[Key, Typed]:
    """2 % of the customers leave each month, ten are won for 5,000; each pays 100 a month."""
    inputs: dict[Key, Typed] = {("opening_mrr", (), None): 40_000.0}
    customers = 400.0
    for month in range(MONTHS):
        lost = customers * 0.02
        customers += 10 - lost
        line = {
            "customers": customers, "new_customers": 10.0, "lost_customers": lost, "active_customers": customers / 2,
            "mrr": 100 * customers, "sm_spend": 5_000.0, "gross_margin": 0.75,
            "new_mrr": 1_000.0, "churn_mrr": 100 * lost, "expansion_mrr": 0.0, "contraction_mrr": 0.0,
        }  # fmt: skip
        inputs |= {(id, (), month): value for id, value in line.items()}
    return inputs


def _opened(inputs: Inputs, model: Model | None = None, pick: int | None = None, view: str | None = None) -> Opened:
    model = model or framework("growth")
    day = None if pick is None else serial(model.periods, pick)
    return Opened.of(Scenario("property", model, read_as(inputs, day, view)))


@pytest.mark.parametrize("month", [4, 14, 23])
def test_a_steady_company_shows_the_same_rates_in_every_view(month: int) -> None:
    for view in VIEWS["month"]:
        book = _opened(_steady(), pick=month, view=view)
        shown = {id: book.value(id) for id in ("churn_rate", "cac_blended", "ltv", "ltv_cac", "cac_payback")}
        expected = {"churn_rate": 0.02, "cac_blended": 500.0, "ltv": 3_750.0, "ltv_cac": 7.5, "cac_payback": 500 / 75}
        assert {id: _same(value, expected[id]) for id, value in shown.items()} == dict.fromkeys(expected, True), view


def test_growth_by_new_customers_alone_keeps_twelve_months_net_retention_below_one() -> None:
    """Without expansion and contraction, twelve months of 2 % leave 0.98 to the power of twelve, chained."""
    book = _opened(_steady(), pick=20)
    assert _same(book.value("nrr.chained"), 0.98**12)


def test_spend_for_four_months_and_customers_for_three_give_no_cost_of_a_customer() -> None:
    inputs = without(_steady(), lambda key: key[2] is not None and key[2] > (3 if key[0] == "sm_spend" else 2))
    book = _opened(inputs, pick=3, view="Year to date")
    assert book.value("sm_spend") == 20_000.0
    assert book.value("cac_blended") == book.result("cac_blended", "Actual") == ""
    missing = book.result("cac_blended", "What is missing")
    assert isinstance(missing, str) and "New customers" in missing and "2025-04" in missing
    assert book.result("cac_blended", "Note") == f"3 of 4 months: {missing}"


def test_without_a_month_of_churn_there_is_no_net_retention() -> None:
    book = _opened(without(_steady(), lambda key: key[0] == "churn_mrr" and key[2] == 15), pick=20)
    assert [book.value(id) for id in ("nrr", "nrr.chained", "grr")] == ["", "", ""]
    missing = book.result("nrr", "What is missing")
    assert isinstance(missing, str) and "Churned MRR" in missing and "2026-04" in missing


def test_too_little_history_is_said_in_months() -> None:
    book = _opened(until(_steady(), 4))
    assert book.value("nrr") == ""
    missing = book.result("nrr", "What is missing")
    assert isinstance(missing, str) and "has 5" in missing


def test_a_half_filled_september_shows_august() -> None:
    late = ("mrr", "customers", "gross_margin", "lost_customers")
    inputs = without(_steady(), lambda key: key[2] is not None and (key[2] > 8 or (key[2] == 8 and key[0] in late)))
    book = _opened(inputs)
    assert book.value("new_customers") == 10.0
    assert book.value("mrr") == inputs["mrr", (), 7] == book.result("arr", "Actual") / 12  # type: ignore[operator]
    assert any("2025-09: 3 of 7 essential" in text for text in book.texts("start")), book.texts("start")


def test_the_total_of_a_ratio_is_the_ratio_of_totals() -> None:
    book = _opened(generated(framework("growth"), 31, zeros=0), view="Year to date")
    for when in (0, 7, CURRENT):
        spend, customers = book.value("channel_spend", when), book.value("channel_customers", when)
        assert isinstance(spend, float) and isinstance(customers, float)
        assert _same(book.value("channel_cac", when), spend / customers)
        paid = (Point("channel", "paid", True),)
        assert _same(
            book.value("channel_cac", when, paid),
            book.value("channel_spend", when, paid) / book.value("channel_customers", when, paid),  # type: ignore[operator]
        )


@pytest.mark.parametrize("name", ["growth", "cm detail", "mechanisms"])
def test_renaming_members_changes_no_number(name: str) -> None:
    model = frameworks()[name]
    renamed = replace(model, dimensions={
        id: replace(each, members=tuple(replace(m, label=f"Ω {m.label}" if m.label else "") for m in each.members))
        for id, each in model.dimensions.items()
    })  # fmt: skip
    one, other = (Opened.of(Scenario("names", each, generated(model, 32))) for each in (model, renamed))
    assert [c for c in one.cells() if isinstance(c[3], float)] == [
        c for c in other.cells() if isinstance(c[3], float)
    ]
    assert "Ω Tea" in other.texts("page") or name != "mechanisms"


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_metrics_changes_nothing(name: str, seed: int, tmp_path: Path) -> None:
    text = yaml.safe_load(find(name).read_text())
    ids = list(text["metrics"])
    random.Random(seed).shuffle(ids)
    text["metrics"] = {id: text["metrics"][id] for id in ids}
    path = tmp_path / f"{name}.yaml"
    path.write_text(yaml.safe_dump(text, sort_keys=False, allow_unicode=True))
    inputs = generated(framework(name), 33)
    one, other = (Opened.of(Scenario("order", each, inputs)) for each in (framework(name), model_of(path)))
    assert _near(one.numbers(), other.numbers())


def _same(one: Value, other: Value) -> bool:
    return not isinstance(one, Error) and not isinstance(other, Error) and same(one, other)


def _near(one: dict[object, float] | object, other: object) -> bool:
    assert isinstance(one, dict) and isinstance(other, dict)
    return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)


@pytest.mark.parametrize("name", SHIPPED)
def test_an_overlay_that_only_relabels_changes_no_value(name: str, tmp_path: Path) -> None:
    there = framework(name).framework.metrics.keys() & framework(name).metrics.keys()
    labels = {id: {"label": f"{id} otherwise"} for id in sorted(there)}
    overlay = {"framework": "mine", "title": "Mine", "uses": [name], "metrics": labels, "sheets": [{"from": name}]}
    path = tmp_path / "mine.yaml"
    path.write_text(yaml.safe_dump(overlay, sort_keys=False))
    inputs = generated(framework(name), 34)
    one, other = (Opened.of(Scenario("labels", each, inputs)) for each in (framework(name), model_of(path)))
    brought = other.numbers()  # what only the used file's checks need stays there
    assert {id for id, _, _ in one.numbers()} - {id for id, _, _ in brought} <= {
        "opening_customers",
        "customers_before",
    }
    assert _near(
        {key: value for key, value in one.numbers().items() if key[0] in other.scenario.model.metrics}, brought
    )
    assert any("otherwise" in text for text in other.texts("page"))


@pytest.fixture(scope="module", params=together(frameworks(), "empty workbook"))
def empty(request: pytest.FixtureRequest) -> Opened:
    """The workbook of a framework into which nothing was typed."""
    return Opened.of(Scenario("empty", frameworks()[request.param], {}))


def test_an_empty_workbook_shows_no_number(empty: Opened) -> None:
    """Nor what is prefilled, targets, an industry's ranges, facts of the calendar. Positions and dates aside."""
    book, model = empty, empty.scenario.model
    assert book.numbers() == {}
    below, results = lines(book.plan)["per_quarter"], lines(book.plan, "Results")
    gaps = _about_gaps(book)
    for _, run, _, value in book.formulas("page"):
        assert not isinstance(value, float) or run.style.role == "date_header", run
    for sheet, run, _, value in book.formulas("check"):
        if (sheet == "Calculations" and run.row > below and run.first in (WINDOW[CURRENT], FIRST)) or (
            sheet == "Results" and run.row in results.values() and run.first not in gaps
        ):
            assert not isinstance(value, float), run
    for id in (each for each in results if each.partition("[")[0] in model.metrics):
        good = model.metrics[id.partition("[")[0]].good
        assert good is None or "No data" in str(book.result(id, "Status"))


ABOUT_GAPS = {
    "First missing",
    "First gap",
    "Periods there",
    "Partial",
    "Zero divisor",
    "Reason",
    "Into year",
    "In use",
    "Unit number",
}


def _about_gaps(book: Opened) -> set[int]:
    """The columns of Results that count what is not there, or say which of a list is meant."""
    return {run.first for sheet, run, _, value in book.cells("check") if sheet == "Results" and value in ABOUT_GAPS}


def test_an_empty_workbook_frightens_nobody(empty: Opened) -> None:
    book, model = empty, empty.scenario.model
    pages = book.texts("page", "start")
    assert [text for text in book.texts("page") if "■" in text] == []
    assert [cell[0] for cell in book.cells() if is_error(cell[3]) and cell[0] != "Chart data"] == []
    essential = [
        m.label for m in model.metrics.values() if m.input and m.input.need == "essential" and m.input.initial is None
    ]
    assert any(text.startswith("Next: ") and any(label in text for label in essential) for text in pages)


FIVE: dict[str, dict[str, float]] = {
    "growth": {"mrr": 36_000, "customers": 360, "new_customers": 12, "lost_customers": 6, "sm_spend": 6_000},
    "customer_marketing_roi": {
        "months_covered": 9, "average_arr": 12_000, "program_retention": 0.875, "other_retention": 0.75,
        "customers_in_programs": 80,
    },
}  # fmt: skip


@pytest.mark.parametrize("name", SHIPPED)
def test_five_numbers_light_four_results(name: str) -> None:
    model = framework(name)
    inputs: Inputs = {(id, (), 0): value for id, value in FIVE[name].items()}
    assert all(model.metrics[id].input.need == "essential" for id in FIVE[name])  # type: ignore[union-attr]
    before, book = (Opened.of(Scenario("five", model, each)) for each in ({}, inputs))
    made = {id for id in model.metrics if not model.metrics[id].is_input and "." not in id}
    labels = set(book.texts("page"))
    lit = [id for id, _, when in book.numbers().keys() - before.numbers().keys() if when == CURRENT and id in made]
    assert len([id for id in lit if model.metrics[id].label in labels]) >= 4, lit


@pytest.mark.parametrize("name", SHIPPED)
def test_the_same_input_gives_the_same_bytes(name: str) -> None:
    """Also in another process, in which sets and hashes have another order."""
    settings = Settings(inputs=sample(framework(name)))
    here = workbook_of(framework(name), settings)
    code = (
        "import sys; from metricbook.build import *; from metricbook.layout.settings import Settings;"
        f"m = model_of({name!r}); sys.stdout.buffer.write(workbook_of(m, Settings(inputs=sample_of(m))))"
    )
    there = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": "7"}, capture_output=True, check=True
    )
    assert here == there.stdout


@pytest.mark.parametrize("count", [1, 60])
def test_one_period_and_sixty_show_the_same_month(count: int) -> None:
    inputs = until(_steady(), 0)
    book = _opened(inputs, over(framework("growth"), "month", count))
    assert (book.value("churn_rate"), book.value("cac_blended")) == (0.02, 500.0)
