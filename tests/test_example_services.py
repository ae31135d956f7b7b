"""The services firm: its own metrics and the framework's say what plain arithmetic on its exports says."""

from __future__ import annotations

from collections import defaultdict

import pytest

from example_clients import EXAMPLES, example, number, rows
from worked import Worked

FOLDER = EXAMPLES / "services_firm"
LINES = {"Audits": "audits", "Retrofit design": "design", "Site supervision": "supervision"}


@pytest.fixture(scope="module")
def workbook() -> Worked:
    return example(FOLDER / "client.yaml", view="Year to date")


def this_year(file: str, column: str, by: str) -> dict[str, float]:
    """A column of a file with a line for each month and word, added up by word for 2026."""
    found: dict[str, float] = defaultdict(float)
    for row in rows(FOLDER / "exports" / file):
        found[row[by]] += number(row[column]) if row["Month"].startswith("2026") else 0
    return found


def fees() -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for row in rows(FOLDER / "exports" / "invoices.csv"):
        if row["Date"].endswith("2026") and row["Status"] != "Void":
            found[row["Service line"]] += number(row["Net amount (GBP)"])
    return found


def test_utilisation_and_fee_per_hour_are_of_the_sums(workbook: Worked) -> None:
    billed = this_year("timesheets.csv", "Hours billed", "Service line")
    available = this_year("timesheets.csv", "Hours available", "Service line")
    for line, id in LINES.items():
        assert workbook(f"utilisation[{id}]", "current") == pytest.approx(billed[line] / available[line])
        assert workbook(f"fee_per_hour[{id}]", "current") == pytest.approx(fees()[line] / billed[line])
    assert workbook("utilisation", "current") == pytest.approx(sum(billed.values()) / sum(available.values()))
    assert workbook("fee_per_hour", "current") == pytest.approx(sum(fees().values()) / sum(billed.values()))


def test_what_a_client_costs_and_a_project_brings(workbook: Worked) -> None:
    cost = this_year("marketing_costs.csv", "Cost", "Channel")
    new = this_year("marketing_costs.csv", "New clients", "Channel")
    report = [row for row in rows(FOLDER / "exports" / "partner_report.csv") if row["Month"].endswith("2026")]
    assert sum(new.values()) == sum(number(row["New clients"]) for row in report)
    assert workbook("cac_blended", "current") == pytest.approx(sum(cost.values()) / sum(new.values()))
    assert workbook("channel_cac[tenders]", "current") == pytest.approx(
        cost["Tender portals"] / new["Tender portals"]
    )
    assert workbook("channel_cac[referral]", "current") == pytest.approx(cost["Referrals"] / new["Referrals"])
    projects = sum(number(row["Projects started"]) for row in report)
    assert workbook("order_value", "current") == pytest.approx(sum(fees().values()) / projects)


def test_every_check_passes_the_firms_own_too(workbook: Worked) -> None:
    results = {
        check: result for check, result in workbook.checks().items() if "Look" in result or "Not run" in result
    }
    assert results == {}
    assert {"fees_are_revenue", "billed_within_available"} <= workbook.checks().keys()
