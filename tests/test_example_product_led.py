"""The product-led company: what its pasted rows count to is what somebody would count in the file."""

from __future__ import annotations

import datetime as dt

import pytest

from example_clients import EXAMPLES, example, number, rows
from worked import Worked

FOLDER = EXAMPLES / "product_led"
LAST = (2026, 9)


@pytest.fixture(scope="module")
def workbook() -> Worked:
    return example(FOLDER / "client.yaml")


def day(text: str) -> dt.date:
    month, day, year = map(int, text.split("/"))
    return dt.date(year, month, day)


def reached(column: str, source: str = "") -> list[dict[str, str]]:
    """The rows that reached a step in the latest month."""
    there = [row for row in rows(FOLDER / "exports" / "workspaces.csv") if row[column]]
    dated = [row for row in there if (day(row[column]).year, day(row[column]).month) == LAST]
    return [row for row in dated if row["First source"] == source or not source]


def won() -> list[dict[str, str]]:
    return [row for row in reached("Deal closed") if row["Deal stage"] == "Closed won"]


@pytest.mark.parametrize(
    ("metric", "column"),
    [
        ("leads", "Signed up"),
        ("mqls", "Product qualified"),
        ("sqls", "Sales accepted"),
        ("opportunities", "Deal opened"),
    ],
)
def test_a_step_is_the_rows_with_a_day_in_the_month(workbook: Worked, metric: str, column: str) -> None:
    assert workbook(metric, "current") == len(reached(column))
    assert workbook(f"{metric}[invite]", "current") == len(reached(column, "Invitation"))


def test_deals_won_what_they_brought_and_how_long_they_took(workbook: Worked) -> None:
    assert workbook("wins", "current") == len(won())
    assert workbook("revenue_won", "current") == sum(number(row["Deal amount"]) for row in won())
    days = [(day(row["Deal closed"]) - day(row["Deal opened"])).days for row in won()]
    assert workbook("sales_cycle", "current") == pytest.approx(sum(days) / len(days))


def test_the_open_pipeline_is_every_deal_opened_and_not_yet_closed(workbook: Worked) -> None:
    opened = [row for row in rows(FOLDER / "exports" / "workspaces.csv") if row["Deal opened"]]
    still = [number(row["Deal amount"]) for row in opened if not row["Deal closed"]]
    assert workbook("open_pipeline", "current") == sum(still)


def test_the_north_star_is_counted_in_the_product_by_the_week(workbook: Worked) -> None:
    weeks = [row for row in rows(FOLDER / "exports" / "activations.csv") if row["Day"].startswith("2026-09")]
    assert workbook("qualified_activations", "current") == sum(number(row["Activated workspaces"]) for row in weeks)
    assert [result for result in workbook.checks().values() if "Look" in result] == []


def test_sourced_by_marketing_is_what_its_first_touch_opened(workbook: Worked) -> None:
    first = [number(row["Deal amount"]) for row in reached("Deal opened") if row["First touch"] == "Marketing"]
    assert workbook("sourced_pipeline[first_touch]", "current") == sum(first)
