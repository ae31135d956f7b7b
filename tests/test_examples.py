"""The examples build, recalculate to the values they hold, and say what plain arithmetic on their data says."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from metricbook.api import build_workbook, load, sampled
from metricbook.layout.settings import Settings
from metricbook.trace import trace_of
from recalculate import Values, differences, formualizer, read

FOLDER = Path(__file__).parents[1] / "examples" / "podcast_network"
FRAMEWORK = FOLDER / "framework.yaml"


def data() -> dict[str, dict[str, float]]:
    """The sample data, added up over shows: by metric, then by month ("" for one value)."""
    found: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    with (FOLDER / "podcast_network.sample.csv").open() as file:
        for row in csv.DictReader(file):
            found[row["metric"]][row["period"]] += float(row["value"])
    return found


@pytest.fixture(scope="module")
def recalculated() -> Values:
    content = build_workbook(FRAMEWORK, sample=True).content
    values = formualizer(content)
    assert differences(read(content), values) == []
    return values


def value(recalculated: Values, id: str, line: str = "", spot: str = "Current") -> float | str | bool | None:
    """What another engine calculates for a metric in the latest month."""
    model = load(FRAMEWORK)
    lines = {each.id: each for each in trace_of(model, id, Settings(inputs=sampled(FRAMEWORK, model))).lines}
    (address,) = [each.address for each in lines[line or id].spots if each.name == spot]
    sheet, cell = address.split("!")
    return recalculated[sheet].get(cell)


def test_subscribers_are_those_before_plus_all_new_less_all_lost(recalculated: Values) -> None:
    given = data()
    months = sorted(given["lost_subscribers"])
    ends = []
    count = given["opening_subscribers"][""]
    for month in months:
        count += given["new_subscribers"][month] - given["lost_subscribers"][month]
        ends.append(count)
    assert months[-1] == "2026-08" and value(recalculated, "subscribers") == ends[-1]
    assert value(recalculated, "starting_subscribers") == ends[-2]
    assert value(recalculated, "churn") == pytest.approx(given["lost_subscribers"]["2026-08"] / ends[-2])
    quarter = sum(given["new_subscribers"][month] for month in months[-3:])
    assert value(recalculated, "new_in_quarter") == quarter


def test_money(recalculated: Values) -> None:
    given = data()
    paying = value(recalculated, "subscribers")
    assert isinstance(paying, float)
    revenue = (
        7 * paying + given["ad_revenue"]["2026-08"]
    )  # the price of July stands until the next; science has no ads
    assert value(recalculated, "revenue") == pytest.approx(revenue)
    assert value(recalculated, "margin") == pytest.approx(1 - given["production_cost"]["2026-08"] / revenue)
    yields = given["ad_revenue"]["2026-08"] / given["downloads"]["2026-08"] * 1000
    assert value(recalculated, "ad_yield") == pytest.approx(yields)


def test_a_rate_by_show_is_of_the_sums(recalculated: Values) -> None:
    given = data()
    whole = given["new_subscribers"]["2026-08"] / given["trials"]["2026-08"]
    assert value(recalculated, "conversion") == pytest.approx(whole)


def test_without_advertising_the_workbook_is_right_too() -> None:
    content = build_workbook(FRAMEWORK, sample=True, profile={"advertising": "no_ads"}).content
    assert differences(read(content), formualizer(content)) == []
    assert "ad_revenue" not in load(FRAMEWORK, {"advertising": "no_ads"}).metrics
