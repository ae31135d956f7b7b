"""The funnel references against published examples and arithmetic done by hand, and the sample against its story."""

from __future__ import annotations

import csv
import doctest
from collections import defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from metricbook import reference
from metricbook.reference import Undefined, deals, find, funnel, pipeline, sourcing

FRAMEWORKS = Path(__file__).parents[2] / "frameworks"
STAGES = ("visitors", "leads", "mqls", "sqls", "opportunities", "wins")
MARGINS = ("channel", "source", "campaign", "asset")
Series = dict[str, float]


@pytest.mark.parametrize("module", [deals, funnel, pipeline, sourcing])
def test_examples_in_docstrings(module) -> None:
    assert doctest.testmod(module).failed == 0


# --- published examples -----------------------------------------------------------------------------------------


def test_forty_of_a_hundred_deals() -> None:
    # getmichaelai.com, 7 key B2B metrics: 100 deals closed, 40 of them from marketing
    assert sourcing.moc_pct(40, 100) == 0.4


def test_two_channels_of_the_published_example() -> None:
    # the same article: a search lead closes in 14 days, a LinkedIn lead in 90
    assert (funnel.sales_cycle(14, 1), funnel.sales_cycle(90, 1), funnel.sales_cycle(104, 2)) == (14, 90, 52)


def test_velocity_of_ten_opportunities_by_hand() -> None:
    # 10 open opportunities × 20,000 × 30% ÷ 60 days = 1,000 a day
    assert pipeline.pipeline_velocity(10 * 20_000, 0.3, 60) == pytest.approx(1_000)


def test_three_times_is_enough_at_one_win_in_three() -> None:
    assert pipeline.coverage_needed(30, 10) == 3
    assert pipeline.coverage_needed(30, 6) == 5


def test_the_target_of_the_quarter_walks_back_to_sqls() -> None:
    # 600,000 ÷ 50,000 a deal = 12 wins; at 30% 40 opportunities; at 50% 80 SQLs; of 400 MQLs that is 20%
    sqls = funnel.needed_sqls(600_000, 50_000, 0.5, 0.3)
    assert sqls == pytest.approx(80)
    assert funnel.mql_to_sql_model(sqls, 400) == pytest.approx(0.2)


def test_sourced_and_influenced_pipeline_do_not_overlap_and_revenue_does() -> None:
    # of 1,000 created marketing touched 700 and sourced 400; of 100 won it touched 60 and sourced 45
    parts = (400, sourcing.mi_pipeline(700, 400), sourcing.untouched_pipeline(1_000, 700))
    assert parts == (400, 300, 300) and sum(parts) == 1_000
    assert sourcing.mi_revenue_only(60, 45) == 15


# --- undefined results ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("visitor_to_lead", (3, 0)),
        ("lead_to_mql", (3, 0)),
        ("mql_to_sql", (3, 0)),
        ("sql_to_opp", (3, 0)),
        ("opp_to_win", (3, 0)),
        ("sales_cycle", (0, 0)),
        ("moc_pct", (0, 0)),
        ("ms_pipeline_pct", (0, 0)),
        ("avg_deal_size_ms", (0, 0)),
        ("coverage_of_quarter", (900_000, 0)),
        ("coverage_needed", (12, 0)),
        ("pipeline_velocity", (400_000, 0.25, 0)),
    ],
)
def test_zero_divisor_is_undefined(name: str, values: tuple[float, ...]) -> None:
    with pytest.raises(ZeroDivisionError):
        find(name)(*values)


@pytest.mark.parametrize("mqls", [0, 20])
def test_lead_velocity_after_a_month_without_leads_is_undefined(mqls: float) -> None:
    # the article's code gives 100% here, also for 0 after 0
    with pytest.raises(ZeroDivisionError):
        funnel.lvr(mqls, 0)


@pytest.mark.parametrize("left", [0, -5_000])
def test_a_target_that_is_reached_needs_no_coverage(left: float) -> None:
    with pytest.raises(Undefined):
        pipeline.coverage_of_rest(900_000, left)


# --- the sample -------------------------------------------------------------------------------------------------


def read(name: str) -> dict[tuple[str, str, str], Series]:
    """The numbers of a sample by metric, dimension ("" for none) and member."""
    values: dict[tuple[str, str, str], Series] = defaultdict(dict)
    with (FRAMEWORKS / f"{name}.sample.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            given = {key: row[key] for key in row if key not in ("metric", "period", "value") and row[key]}
            dimension, member = next(iter(given.items()), ("", ""))
            if row["value"].lstrip("-").replace(".", "").isdigit():
                values[row["metric"], dimension, member][row["period"]] = float(row["value"])
    return values


@cache
def sample() -> dict[tuple[str, str, str], Series]:
    return read("funnel")


def total(metric: str, dimension: str, month: str) -> float:
    """A metric added up over the members of one dimension."""
    return sum(series[month] for (id, by, _), series in sample().items() if (id, by) == (metric, dimension))


MONTHS = sorted(read("growth")["mrr", "", ""])


def test_it_is_the_company_of_the_growth_sample() -> None:
    growth = read("growth")
    for (metric, dimension, member), series in growth.items():
        if metric == "channel_customers":
            assert sample()["wins", dimension, member] == series
    for month in MONTHS:
        assert sample()["revenue_won", "", ""][month] == 12 * growth["new_mrr", "", ""][month]


@pytest.mark.parametrize("dimension", MARGINS)
def test_each_stage_is_within_the_one_before_and_adds_up_by_every_dimension(dimension: str) -> None:
    stages = STAGES if dimension in ("channel", "source") else STAGES[1:]
    for month in MONTHS:
        assert [total(id, dimension, month) for id in stages] == [total(id, "channel", month) for id in stages]
        for _, by, member in sample():
            if by == dimension:
                reached = [sample()[id, by, member].get(month) for id in stages if (id, by, member) in sample()]
                assert all(before >= after for before, after in pairwise(reached)), (member, month)


def test_rates_lie_where_others_lie() -> None:
    for month in MONTHS:
        visits, leads, mqls, sqls, opportunities, wins = (total(id, "channel", month) for id in STAGES)
        assert 0.01 <= funnel.visitor_to_lead(leads, visits) <= 0.03
        assert 0.15 <= funnel.mql_to_sql(sqls, mqls) <= 0.30
        assert 0.40 <= funnel.sql_to_opp(opportunities, sqls) <= 0.60
        assert 0.20 <= funnel.opp_to_win(wins, opportunities) <= 0.35


def test_what_marketing_sourced_is_part_of_what_it_touched_and_that_of_all() -> None:
    def of(metric: str, month: str, rule: str = "") -> float:
        return sample()[metric, "sourcing_rule" if rule else "", rule][month]

    for month in MONTHS:
        assert of("touched_pipeline", month) <= of("pipeline_created", month)
        assert of("mi_revenue", month) <= of("revenue_won", month)
        assert of("sourced_pipeline", month, "alone") <= of("sourced_pipeline", month, "first_touch")
        for rule in ("alone", "first_touch", "created"):
            assert of("sourced_pipeline", month, rule) <= of("touched_pipeline", month)
            assert of("sourced_revenue", month, rule) <= of("mi_revenue", month)
            assert of("sourced_wins", month, rule) <= total("wins", "channel", month)


def test_every_function_is_found_by_name() -> None:
    assert {"lvr", "pipeline_velocity", "moc_pct", "mql_to_sql_model"} <= reference.registry().keys()
