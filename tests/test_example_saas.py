"""The sales-led SaaS company: its workbook says what plain arithmetic on its exports says."""

from __future__ import annotations

from collections import defaultdict

import pytest

from example_clients import EXAMPLES, example, number, rows
from worked import Worked

FOLDER = EXAMPLES / "saas_sales_led"
CHANNELS = {
    "4110 Search advertising": "paid_search",
    "4120 LinkedIn": "paid_social",
    "4130 Content and SEO": "organic",
    "4140 Trade shows": "events",
    "4150 Partner programme": "referral",
    "4200 Outbound sales": "outbound",
}


@pytest.fixture(scope="module")
def workbook() -> Worked:
    return example(FOLDER / "client.yaml", view="Year to date")


def billing(column: str) -> list[float]:
    return [number(row[column]) for row in rows(FOLDER / "exports" / "billing_mrr_movements.csv", above=2)]


def crm(column: str, source: str = "") -> list[float]:
    """A column of the CRM's report by month, all sources together unless one is named."""
    months: dict[str, float] = defaultdict(float)
    for row in rows(FOLDER / "exports" / "crm_funnel.csv"):
        months[row["Month"]] += number(row[column]) if row["Original source"] == source or not source else 0
    return list(months.values())


def ledger(since: str) -> dict[str, float]:
    """Postings by channel from a month on; what they are spelt in German is read by hand here."""
    spent: dict[str, float] = defaultdict(float)
    for row in rows(FOLDER / "exports" / "ledger_cost_centres.csv", 1, ";", "cp1252"):
        _, month, year = row["Datum"].split(".") if row["Datum"][0].isdigit() else ("", "", "")
        if f"{year}-{month}" >= since and row["Kostenstelle"] in CHANNELS:
            spent[CHANNELS[row["Kostenstelle"]]] += float(row["Betrag"].replace(".", "").replace(",", "."))
    return spent


def test_recurring_revenue_is_twelve_times_the_last_month_and_the_sum_of_what_moved_it(workbook: Worked) -> None:
    movements = sum(billing("New")) + sum(billing("Expansion")) - sum(billing("Contraction")) - sum(billing("Churn"))
    assert workbook("arr", "current") == billing("MRR")[-1] * 12 == (243_800 + movements) * 12
    assert workbook("arr.bridge", "current") == workbook("arr", "current")


def test_retention_looks_at_the_customers_of_a_year_ago(workbook: Worked) -> None:
    year_ago = billing("MRR")[-13]
    kept = year_ago - sum(billing("Contraction")[-12:]) - sum(billing("Churn")[-12:])
    assert workbook("grr", "current") == pytest.approx(kept / year_ago)
    assert workbook("nrr", "current") == pytest.approx((kept + sum(billing("Expansion")[-12:])) / year_ago)


def test_the_year_to_date_begins_in_april(workbook: Worked) -> None:
    won = sum(billing("Customers won")[-7:])  # April to October 2026
    spent = ledger("2026-04")
    assert workbook("new_customers", "current") == workbook("wins", "current") == won
    assert workbook("cac_blended", "current") == pytest.approx(sum(spent.values()) / won)
    assert workbook("channel_cac[paid_social]", "current") == pytest.approx(
        spent["paid_social"] / sum(crm("Deals won", "LinkedIn Ads")[-7:])
    )
    paid = spent["paid_search"] + spent["paid_social"]
    customers = sum(crm("Deals won", "LinkedIn Ads")[-7:]) + sum(crm("Deals won", "Paid Search")[-7:])
    assert workbook("cac_paid", "current") == pytest.approx(paid / customers)


def test_the_pipeline_covers_what_the_fiscal_quarter_still_asks_for(workbook: Worked) -> None:
    plan = [number(row["Bookings plan"]) for row in rows(FOLDER / "exports" / "finance_plan.csv")]
    last = rows(FOLDER / "exports" / "crm_pipeline.csv")[-1]
    still = sum(plan[18:21]) - crm("Amount won")[-1]  # October to December; October is over
    assert workbook("pipeline_coverage", "current") == pytest.approx(number(last["Open pipeline"]) / still)


def test_both_routes_to_a_number_meet_and_what_was_left_out_leaves_no_trace(workbook: Worked) -> None:
    looks = [check for check, result in workbook.checks().items() if "Look" in result]
    assert looks == ["paid_above_blended"]  # the months that the README points at
    assert not {"source", "campaign", "asset"} & workbook.model.dimensions.keys()
