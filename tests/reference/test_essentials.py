"""The published examples, typed into the workbook of seven essentials, and what any first page must keep to."""

from __future__ import annotations

import doctest

import pytest

from metricbook.build import model_of, sample_of, values_of
from metricbook.layout.lay_out import lay_out
from metricbook.layout.settings import Settings
from metricbook.model.metric import Point
from metricbook.model.model import Model
from metricbook.reference import trends
from worked import Typed, Worked

SEARCH, OUTBOUND = (Point("channel", "paid_search"),), (Point("channel", "outbound"),)
CREATED = (Point("sourcing_rule", "created"),)


def test_examples_in_docstrings() -> None:
    assert doctest.testmod(trends).attempted == 4
    assert doctest.testmod(trends).failed == 0


def filled(model: Model) -> dict[tuple[str, tuple[Point, ...], int | None], Typed]:
    """Two months: 80 and then 100 MQLs; 100 customers won, 40 of them by marketing, for 50,000 at 80% margin."""
    months = {
        "sm_spend": (40_000, 50_000), "new_customers": (100, 100), "lost_customers": (0, 10), "customers": (500, 590),
        "mrr": (50_000, 59_000), "gross_margin": (0.8, 0.8),
    }  # fmt: skip
    lines: dict[tuple[str, tuple[Point, ...]], tuple[float, float]] = {
        ("mqls", SEARCH): (60, 70),
        ("mqls", OUTBOUND): (20, 30),
        ("wins", SEARCH): (60, 60),
        ("wins", OUTBOUND): (40, 40),
        ("days_to_win", SEARCH): (840, 840),
        ("days_to_win", OUTBOUND): (3_600, 3_600),
        ("sourced_wins", CREATED): (40, 40),
        **{(id, ()): values for id, values in months.items()},
    }
    # the other channels stand for nothing here
    for id in ("mqls", "wins", "days_to_win"):
        for member in ("paid_social", "organic", "events", "referral"):
            lines[id, (Point("channel", member),)] = (0, 0)
    return {(id, where, month): value for (id, where), values in lines.items() for month, value in enumerate(values)}


@pytest.fixture(scope="module")
def book() -> Worked:
    model = model_of("b2b_essentials")
    return Worked(model, values_of(lay_out(model, Settings(inputs=filled(model)))))


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("cac_payback", 6.25),  # getmichaelai.com: 50k, 100 customers, 100 a month, 80% margin
        ("lvr", 0.25),  # by hand: 100 after 80
        ("moc_pct", 0.4),  # getmichaelai.com: 40 of 100 deals
        ("sales_cycle[paid_search]", 14),  # getmichaelai.com: search 14 days, outbound 90
        ("sales_cycle[outbound]", 90),
        ("sales_cycle", 44.4),  # by hand: (60 × 14 + 40 × 90) ÷ 100
        ("ltv_cac", 8),  # by hand: 10 of 500 leave, so 100 × 80% ÷ 2% = 4,000, and that ÷ 500
    ],
)
def test_the_published_numbers_come_out_of_the_workbook(book: Worked, line: str, value: float) -> None:
    assert book(line, "current") == pytest.approx(value)


@pytest.mark.parametrize("name", ["growth", "funnel", "trends", "b2b_essentials", "cmo_dashboard"])
def test_a_workbook_opens_with_at_most_seven_numbers(name: str) -> None:
    metrics = model_of(name).metrics.values()
    assert len([each.id for each in metrics if each.input and each.input.need == "essential"]) <= 7


@pytest.mark.parametrize("name", ["funnel", "trends", "b2b_essentials", "cmo_dashboard"])
def test_every_number_of_the_first_page_is_there_in_the_sample(name: str) -> None:
    model = model_of(name)
    book = Worked(model, values_of(lay_out(model, Settings(inputs=sample_of(model)))))
    for id in (str(item) for block in model.pages[0].blocks for item in block.headline or ()):
        assert isinstance(book(id if id != "north_star" else model.north_star, "current"), float)


def test_the_samples_of_what_is_used_come_along() -> None:
    model = model_of("b2b_essentials")
    found = sample_of(model)
    growth = sample_of(model_of("growth"))
    assert found["mrr", (), 19] == growth["mrr", (), 19] == 627_830
    assert found["wins", SEARCH, 19] == 4
    assert not any(point.dimension == "source" for _, where, _ in found for point in where if point)
