"""Exports as programs write them → cells of Inputs; the numbers are added up by hand."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from exporting import SAMPLES, cells, subject, taken
from openpyxl import load_workbook

from metricbook.api import build_workbook

ADS = """\
  - file: google_ads.csv
    dated: Day
    columns: {Cost: spend, Conversions: wins, Campaign type: channel}
    members: {channel: {Search: paid_search, "Performance*": paid_search, Video: ignore}}
    where: {Campaign status: Enabled}
"""
TRAFFIC = """\
  - file: ga4_traffic.csv
    dated: Date
    columns: {Sessions: visits, Session default channel group: channel}
    members: {channel: {(not set): ignore}}
"""
CUSTOMERS = """\
  - file: salesforce_customers.csv
    dated: Snapshot Date
    columns: {Customers: customers, MRR: mrr}
"""
DEALS = """\
  - file: hubspot_deals.csv
    records: deals
    columns:
      Record ID: deal
      Create Date: opened_on
      Close Date: closed_on
      Deal Stage: stage
      Amount in company currency: amount
      Original Source: channel
    members:
      channel: {Email Marketing: email}
      stage: {Closed won: won, Closed lost: lost, "*": open}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SAMPLES, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_google_ads_is_added_up_by_month_and_channel(folder: Path) -> None:
    assert cells(folder, ADS) == {
        "spend[paid_search]": {"2026-01": 3394.75, "2026-02": 2055.75, "2026-03": 1098.25},
        "spend[display]": {"2026-02": 212.4},
        "wins[paid_search]": {"2026-01": 35.5, "2026-02": 21, "2026-03": 10.5},
    }
    (use,) = taken(folder, ADS).uses
    assert (use.rows, use.used, use.first, use.last) == (9, 7, "2026-01-05", "2026-03-02")
    assert use.passed == {"total": 2, "above the headings": 2}
    assert use.ignored == {"Campaign status is another": 1, 'Campaign type "Video"': 1}
    assert use.refused == {}
    assert use.missing == (
        "2026-03 goes only up to 2026-03-16",  # the day of a row that is ignored
        "no rows for Paid social, Email, Organic search",
        "no Spend for Display in 2026-01, 2026-03",
    )


def test_ga4_has_comments_above_and_the_total_first(folder: Path) -> None:
    assert cells(folder, TRAFFIC) == {
        "visits[organic]": {"2026-01": 2210, "2026-02": 2405, "2026-03": 1890},
        "visits[paid_search]": {"2026-01": 1015, "2026-02": 960, "2026-03": 260},
        "visits[paid_social]": {"2026-01": 400},
        "visits[email]": {"2026-01": 305},
    }
    (use,) = taken(folder, TRAFFIC).uses
    assert use.passed == {"above the headings": 6, "total": 1}
    assert (use.rows, use.used, use.ignored) == (9, 8, {'Session default channel group "(not set)"': 1})


def test_a_snapshot_is_its_last_day_and_the_parts_of_that_day_add_up(folder: Path) -> None:
    # semicolons, decimal commas, days first, Windows-1252, a total and legal words beneath
    assert cells(folder, CUSTOMERS) == {
        "customers": {"2026-01": 160, "2026-02": 169, "2026-03": 176},
        "mrr": {"2026-01": 14000, "2026-02": 15050.5, "2026-03": 15550.25},
    }
    (use,) = taken(folder, CUSTOMERS).uses
    assert use.passed == {"above the headings": 2, "below the table": 2, "total": 1}
    assert use.notes == ("salesforce_customers.csv: read as Windows-1252",)


def test_rows_of_a_crm_go_into_a_record_table(folder: Path) -> None:
    found = taken(folder, DEALS)
    day = {"2026-01-07": 46029.0, "2026-02-20": 46073.0, "2026-01-15": 46037.0, "2026-03-02": 46083.0}
    assert found.records["deals"] == (
        ("10231", "Paid search", day["2026-01-07"], day["2026-02-20"], "Won", 12500.0),
        ("10244", "Email", day["2026-01-15"], day["2026-03-02"], "Lost", 8000.0),
        ("10260", "Organic search", 46064.0, None, "Open", 20000.0),
        ("10277", "Offline Sources", 46078.0, 46111.0, "Won", 6250.5),
    )
    (use,) = found.uses
    assert (use.into, use.rows, use.used, use.first, use.last) == (("deals",), 4, 4, "2026-01-07", "2026-02-25")
    assert use.notes == (
        "Deals, Channel: not on the list: Offline Sources",
        "Deals: columns left aside: Deal Name",
    )


def test_all_of_them_stand_on_inputs_in_a_shade_of_their_own_with_where_they_come_from(folder: Path) -> None:
    path, _ = subject(folder, ADS + TRAFFIC + CUSTOMERS + DEALS)
    built = build_workbook(client=path)
    assert [use.name for use in built.data] == [
        "google_ads.csv",
        "ga4_traffic.csv",
        "salesforce_customers.csv",
        "hubspot_deals.csv",
    ]
    book = load_workbook(io.BytesIO(built.content))
    lines = {row[0].value: row for row in book["Inputs"].iter_rows() if row[0].value}
    spend = lines["spend[paid_search]"]
    months = [cell for cell in spend if cell.value in (3394.75, 2055.75, 1098.25)]
    assert [cell.fill.fgColor.rgb for cell in months] == ["FFEDE3F7"] * 3
    assert not any(cell.protection.locked for cell in months)
    april = spend[months[-1].column]
    assert (april.value, april.fill.fgColor.rgb) == (None, "FFFFF2CC")
    assert spend[-1].value == "google_ads.csv, 2026-01-05 – 2026-03-02"
    assert lines["spend[display]"][-1].value == "google_ads.csv, 2026-02-16"
    assert lines["customers"][-1].value == "salesforce_customers.csv, 2026-01-31 – 2026-03-31"
    assert lines["budget"][-1].value is None
    legend = [cell for row in book["Start"].iter_rows() for cell in row if "from a file" in str(cell.value)]
    assert len(legend) == 1
    assert [cell.value for cell in book["Deals"][3]][:2] == ["10231", "Paid search"]


def test_a_sample_is_not_mixed_with_the_exports(folder: Path) -> None:
    path, _ = subject(folder, ADS)
    assert build_workbook(client=path, sample=True).data == ()
