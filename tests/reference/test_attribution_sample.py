"""The sample of attribution belongs to the same company as the other samples: what is in both is the same."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from metricbook.reference.attributed import credited, credited_to_marketing
from proof.journeys import MARGINS, OPTIONAL, UNLISTED, journeys, read

FRAMEWORKS = Path(__file__).parents[2] / "frameworks"
MONTHS = [f"{2025 + month // 12}-{month % 12 + 1:02}" for month in range(20)]
ROWS = read(FRAMEWORKS / "funnel.deals.sample.csv", FRAMEWORKS / "attribution.touches.sample.csv")
JOURNEYS = journeys(ROWS).values()


def sample(framework):
    """Values by metric, then by what they are by: {"wins": {("channel", "events", "2025-01"): 2}}."""
    values = defaultdict(dict)
    with (FRAMEWORKS / f"{framework}.sample.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            where = [(key, row[key]) for key in row if key not in ("metric", "period", "value") and row[key]]
            margin, member = where[0] if where else ("", "")
            values[row["metric"]][margin, member, row["period"]] = row["value"]
    return {
        metric: {at: float(value) for at, value in line.items()} for metric, line in values.items() if _numbers(line)
    }


def _numbers(line):
    return all(value.replace(".", "", 1).lstrip("-").isdigit() for value in line.values())


TYPED, FUNNEL, GROWTH = sample("attribution"), sample("funnel"), sample("growth")


def won_by(column):
    return Counter((row[column], row["closed_on"][:7]) for row in ROWS.deals if row["outcome"] == "won")


def of_month(metric, margin, month):
    return sum(value for (by, _, at), value in TYPED[metric].items() if (by, at) == (margin, month))


# --- the records ------------------------------------------------------------------------------------------------


def test_deals_won_are_the_customers_won_by_channel_and_month():
    won = won_by("channel")
    assert all(won[channel, month] == n for (_, channel, month), n in GROWTH["channel_customers"].items())
    assert sum(won.values()) == sum(GROWTH["new_customers"].values()) == 287


def test_opportunities_opened_are_those_of_the_funnel():
    opened = Counter((row["channel"], row["opened_on"][:7]) for row in ROWS.deals if row["opened_on"])
    funnel = {at: n for at, n in FUNNEL["opportunities"].items() if at[0] == "channel"}
    assert all(opened[channel, month] == n for (_, channel, month), n in funnel.items())


@pytest.mark.parametrize(("metric", "column"), [("revenue_won", "closed_on"), ("pipeline_created", "opened_on")])
def test_amounts_are_those_of_the_funnel(metric, column):
    amounts = Counter()
    for row in ROWS.deals:
        if row["amount"] and (row["outcome"] == "won" or column == "opened_on"):
            amounts[row[column][:7]] += int(row["amount"])
    assert {month: amounts[month] for month in MONTHS} == {at[2]: n for at, n in FUNNEL[metric].items()}


def test_dates_of_a_deal_are_in_order_and_touches_belong_to_deals():
    for row in ROWS.deals:
        dates = [row[key] for key in ("lead_on", "mql_on", "sql_on", "opened_on", "closed_on") if row[key]]
        assert dates == sorted(dates)
        assert max(dates) <= "2026-08-31"
    assert {row["deal"] for row in ROWS.touches} == {row["deal"] for row in ROWS.deals}


def test_the_tables_are_small_and_hold_what_exports_hold():
    assert len(ROWS.deals) <= 1_500
    assert len(ROWS.touches) <= 2_000
    number = Counter(row["deal"] for row in ROWS.touches).values()
    assert {1, 2, 3, 6} <= set(number)
    closed = {row["deal"]: row["closed_on"] for row in ROWS.deals if row["closed_on"]}
    assert any(row["date"] > closed.get(row["deal"], "9") for row in ROWS.touches)
    assert any(row["made_lead"] and row["made_opportunity"] for row in ROWS.touches)
    assert {row["deal"] for row in ROWS.deals if row["opened_on"]} > {
        row["deal"] for row in ROWS.touches if row["made_opportunity"]
    }
    for margin, members in MARGINS.items():
        odd = {row[margin] for row in ROWS.touches} - set(members)
        assert odd == ({""} if margin in OPTIONAL else {UNLISTED} if margin == "channel" else set())


def test_every_lead_and_customer_has_a_touch():
    assert all(
        sum(credited([each], stage, "linear", "source").values()) for each in JOURNEYS for stage in each.reached
    )


# --- what is typed ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("metric", ["attr_leads", "attr_mqls", "attr_customers", "attr_value"])
def test_every_margin_adds_up_to_the_same(metric):
    for month in MONTHS:
        totals = [round(of_month(metric, margin, month), 6) for margin in MARGINS]
        assert len(set(totals)) == 1


def test_typed_credit_adds_up_to_what_growth_and_funnel_have():
    for month in MONTHS:
        assert round(of_month("attr_customers", "source", month), 6) == GROWTH["new_customers"]["", "", month]
        assert of_month("attr_value", "source", month) == FUNNEL["revenue_won"]["", "", month]
        leads = sum(n for (margin, _, at), n in FUNNEL["leads"].items() if (margin, at) == ("channel", month))
        assert of_month("attr_leads", "source", month) == leads


def test_typed_customers_are_the_linear_credits_of_the_records():
    for margin in ("source", "channel"):
        by_model = credited(JOURNEYS, "customer", "linear", margin)
        for (by, member, month), typed in TYPED["attr_customers"].items():
            if by == margin:
                assert typed == pytest.approx(float(by_model[member, month]), abs=0.6)


def test_typed_credit_of_marketing_is_that_of_the_records_and_within_what_it_influenced():
    marketing = credited_to_marketing(JOURNEYS, "linear")
    for (_, _, month), typed in TYPED["marketing_credit"].items():
        assert typed == pytest.approx(float(marketing[month]), abs=5)
        assert typed <= FUNNEL["mi_revenue"]["", "", month]
