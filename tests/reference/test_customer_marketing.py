"""The customer marketing functions against arithmetic done by hand, and the sample against a sensible story."""

import csv
import doctest
import inspect
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from metricbook.reference import advocacy, find
from metricbook.reference import customer_marketing as reference
from metricbook.source.schema import Framework

FRAMEWORKS = Path(__file__).parents[2] / "frameworks"
GROWTH = {"customers"}  # defined there, used here


@cache
def framework() -> Framework:
    """The framework over the one it uses, with the metrics of both."""
    used, own = (
        Framework.model_validate(yaml.safe_load((FRAMEWORKS / f"{name}.yaml").read_text(encoding="utf-8")))
        for name in ("advocacy", "customer_marketing_roi")
    )
    defined = {id: metric for id, metric in own.metrics.items() if id not in used.metrics}
    constants = {**used.constants, **own.constants}
    return own.model_copy(update={"metrics": {**used.metrics, **defined}, "constants": constants})


def formulas() -> Iterator[tuple[str, Callable[..., float | None]]]:
    """Each formula metric, and each variant with a formula, with its function."""
    for id, metric in framework().metrics.items():
        for part in metric.variants.values() if metric.variants else [metric]:
            if part.formula is not None:
                yield id, find(part.python or id)


def sample(year: str) -> dict[str, float]:
    """The sample of a year; a metric by members is summed, and each member stands beside it as metric[member]."""
    values: dict[str, float] = {}
    with (FRAMEWORKS / "customer_marketing_roi.sample.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["period"] != year:
                continue
            member = next((row[key] for key in row if key not in ("metric", "period", "value") and row[key]), "")
            if member:
                values[f"{row['metric']}[{member}]"] = float(row["value"])
            values[row["metric"]] = values.get(row["metric"], 0) + float(row["value"])
    return values


def test_worked_examples() -> None:
    for module, functions in ((reference, 25), (advocacy, 15)):
        found = doctest.testmod(module)
        assert found.attempted > functions
        assert found.failed == 0


def test_every_formula_has_a_function_of_metrics() -> None:
    known = {*framework().metrics, *framework().dimensions, *framework().constants, *GROWTH, "series", "opening"}
    named = list(formulas())
    assert len(named) > 35
    for _, function in named:
        plain = [
            name for name, it in inspect.signature(function).parameters.items() if "At(" not in str(it.annotation)
        ]
        assert set(plain) <= known, function.__name__


def test_retention_value_is_lift_in_points_times_arr_times_customers() -> None:
    lift = reference.retention_lift(0.93, 0.88)
    assert lift == pytest.approx(0.05)
    assert reference.retention_value(lift, 24_000, 420) == pytest.approx(504_000)


def test_negative_lift_costs_value() -> None:
    lift = reference.retention_lift(0.84, 0.88)
    assert reference.retention_value(lift, 10_000, 50) == pytest.approx(-20_000)
    assert reference.retention_relative_lift(0.66, 0.88) == pytest.approx(-0.25)
    assert advocacy.reference_revenue(10, advocacy.reference_lift(0.2, 0.3), 5_000) == pytest.approx(-5_000)


def test_eight_months_of_a_year() -> None:
    share = reference.year_share(8)
    assert reference.retention_to_date(300_000, share) == pytest.approx(200_000)
    assert reference.budget_to_date(24_000, share) == pytest.approx(16_000)
    assert reference.cost_variance(15_600, 16_000) == -400


@pytest.mark.parametrize(
    ("benefits", "costs", "roi"), [(300_000, 100_000, 2), (100_000, 100_000, 0), (50_000, 200_000, -0.75), (0, 9, -1)]
)
def test_roi(benefits: float, costs: float, roi: float) -> None:
    assert reference.cm_roi(benefits, costs) == roi
    assert reference.cm_roi(benefits, costs) * costs == reference.net_value(benefits, costs)


def test_referrals() -> None:
    assert advocacy.referral_cpa(18_000, 9) == 2_000
    assert advocacy.referral_roi(180_000, 18_000) == 9


@pytest.mark.parametrize(
    ("function", "values"),
    [
        (reference.cm_roi, (100, 0)),
        (reference.program_roi, (100, 0)),
        (advocacy.referral_cpa, (100, 0)),
        (advocacy.referral_roi, (100, 0)),
        (reference.expansion_rate, (0, 0)),
        (reference.retention_relative_lift, (0.9, 0)),
        (reference.retained_participants, (0, 0)),
        (reference.retained_non, (0, 0)),
        (reference.average_arr, (0, 0)),
        (advocacy.customer_nrr, (5, 0)),
        (advocacy.advocate_share, (5, 0)),
        (advocacy.reference_fulfilment, (5, 0)),
        (advocacy.event_attendance, (5, 0)),
        (advocacy.community_active, (5, 0)),
        (advocacy.nps, (5, 1, 0)),
    ],
)
def test_nothing_to_divide_by_is_undefined(function: Callable[..., float], values: tuple[float, ...]) -> None:
    with pytest.raises(ZeroDivisionError):
        function(*values)


@pytest.mark.parametrize(("promoters", "detractors", "score"), [(10, 0, 100), (0, 10, -100), (5, 5, 0), (4, 1, 30)])
def test_nps_is_a_score(promoters: float, detractors: float, score: float) -> None:
    assert advocacy.nps(promoters, detractors, 10) == pytest.approx(score)


# worked out on paper: 2025 is 0.08 × 11,900 × 210 = 199,920 for the whole year, 2026 0.09 × 13,800 × 240 × 8/12
@pytest.mark.parametrize(
    ("year", "retention", "advocates", "costs", "roi"),
    [("2025", 199_920, 100_560, 226_200, 229_280 / 226_200), ("2026", 198_720, 94_500, 169_000, 246_220 / 169_000)],
)
def test_the_sample_tells_one_story(year: str, retention: float, advocates: float, costs: float, roi: float) -> None:
    x = sample(year)
    lift = reference.retention_lift(x["program_retention"], x["other_retention"])
    value = reference.retention_value(lift, x["average_arr"], x["customers_in_programs"])
    to_date = reference.retention_to_date(value, reference.year_share(x["months_covered"]))
    wins = advocacy.reference_lift(x["win_rate_with"], x["win_rate_without"])
    references = advocacy.reference_revenue(x["references_provided"], wins, x["reference_deal_size"])
    earned = advocacy.advocacy_value(references, x["referral_revenue"])
    total = reference.total_benefits(to_date, x["attributed_expansion"], earned, 1)
    assert to_date == pytest.approx(retention)
    assert earned == pytest.approx(advocates)
    assert x["cost_actual"] == costs
    assert reference.cm_roi(total, x["cost_actual"]) == pytest.approx(roi)
    assert x["program_return"] < total
    assert x["program_investment"] < x["cost_actual"]


@pytest.mark.parametrize("year", ["2025", "2026"])
@pytest.mark.parametrize(
    ("small", "large"),
    [
        ("touch_expanded", "touch_customers"),
        ("attributed_expansion", "influenced_expansion"),
        ("referrals_closed", "referrals_qualified"),
        ("referrals_qualified", "referrals_submitted"),
    ],
)
def test_the_sample_is_in_order(year: str, small: str, large: str) -> None:
    x = sample(year)
    pairs = [(x[key], x[key.replace(small, large)]) for key in x if key.partition("[")[0] == small]
    assert pairs
    assert all(part <= whole for part, whole in pairs)
