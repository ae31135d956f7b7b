"""The samples of attribution, typed and in rows, belong to the companies of the other samples: shared is the same."""

import csv
from collections import Counter, defaultdict
from itertools import accumulate, pairwise
from pathlib import Path

import pytest

from metricbook.reference.attributed import credited
from proof.journeys import MARGINS, OPTIONAL, journeys, read

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


TYPED, FUNNEL, GROWTH, ROI = (sample(name) for name in ("attribution", "funnel", "growth", "roi"))
PASTED = {name: sample(f"{name}.data-records") for name in ("funnel", "growth", "roi", "advocacy")}  # beside rows
STAGES = ("lead_on", "mql_on", "sql_on", "opened_on", "won_on")


SOURCES = {  # by what a source's visitors, leads and money come: two divisions of one company
    ("paid_ads",): ("paid_search", "paid_social"),
    ("direct", "organic_search", "email"): ("organic",),
    ("referral_sites",): ("referral",),
    ("offline",): ("events", "outbound"),
}


def won_by(column):
    return Counter((row[column], row["closed_on"][:7]) for row in ROWS.deals if row["outcome"] == "won")


def of_month(metric, margin, month):
    return sum(value for (by, _, at), value in TYPED[metric].items() if (by, at) == (margin, month))


# --- the records ------------------------------------------------------------------------------------------------


def reached(stage, column=None):
    """Rows by the month in which they reached a stage, or by the member of a column and the month."""
    rows = [row | {"won_on": row["closed_on"] if row["outcome"] == "won" else ""} for row in ROWS.deals]
    return Counter((row[column], row[stage][:7]) if column else row[stage][:7] for row in rows if row[stage])


def test_deals_won_are_the_customers_won_by_channel_and_month():
    won = won_by("channel")
    assert PASTED["growth"]["channel_customers"].keys() == GROWTH["channel_customers"].keys()
    assert all(won[channel, month] == n for (_, channel, month), n in PASTED["growth"]["channel_customers"].items())
    assert sum(won.values()) == sum(PASTED["growth"]["new_customers"].values()) == 58


def test_customers_are_those_of_the_month_before_and_new_ones_without_those_lost():
    growth = PASTED["growth"]
    changes = [growth["new_customers"]["", "", month] - growth["lost_customers"]["", "", month] for month in MONTHS]
    expected = list(accumulate(changes, initial=growth["opening_customers"]["", "", ""]))[1:]
    assert [growth["customers"]["", "", month] for month in MONTHS] == expected


@pytest.mark.parametrize("column", ["channel", None])
def test_stages_narrow(column):
    """By channel opportunities come of SQLs of the month; wins come of earlier months."""
    for before, after in pairwise(STAGES[: 4 if column else 5]):
        there, further = reached(before, column), reached(after, column)
        months = (
            MONTHS if column is None else [(channel, month) for channel in MARGINS["channel"] for month in MONTHS]
        )
        assert all(there[at] >= further[at] for at in months)


def test_rates_lie_where_others_lie():
    """Of a year, and 15 to 30% of MQLs and 40 to 60% of SQLs as the benchmarks of the framework have them."""
    counts = {stage: sum(reached(stage)[month] for month in MONTHS[8:]) for stage in STAGES}
    visits = sum(n for (by, _, at), n in PASTED["funnel"]["visitors"].items() if by == "channel" and at in MONTHS[8:])
    assert 0.01 <= counts["lead_on"] / visits <= 0.03
    assert 0.15 <= counts["sql_on"] / counts["mql_on"] <= 0.30
    assert 0.40 <= counts["opened_on"] / counts["sql_on"] <= 0.60
    assert 0.20 <= counts["won_on"] / counts["opened_on"] <= 0.35


def test_revenue_is_the_same_money_whether_typed_or_in_rows():
    """So recurring revenue and cost, which are typed in both, belong to it."""
    amounts = Counter()
    for row in ROWS.deals:
        amounts[row["closed_on"][:7]] += int(row["amount"]) if row["outcome"] == "won" else 0
    assert {month: amounts[month] for month in MONTHS} == {at[2]: n for at, n in FUNNEL["revenue_won"].items()}


@pytest.mark.parametrize("name", ["funnel", "roi"])
def test_what_is_typed_beside_rows_adds_up_to_the_same_by_every_margin(name):
    for metric, line in PASTED[name].items():
        for month in MONTHS:
            totals = Counter()
            for (margin, _, at), n in line.items():
                totals[margin] += n if at == month else 0
            assert len(set(totals.values())) == 1, metric


def test_few_customers_have_few_advocates():
    for (*_, month), advocates in PASTED["advocacy"]["advocates"].items():
        assert 0.05 <= advocates / PASTED["growth"]["customers"]["", "", month] <= 0.10


def test_dates_of_a_deal_are_in_order_and_touches_belong_to_deals():
    for row in ROWS.deals:
        dates = [row[key] for key in ("lead_on", "mql_on", "sql_on", "opened_on", "closed_on") if row[key]]
        assert dates == sorted(dates)
        assert max(dates) <= "2026-08-31"
    assert {row["deal"] for row in ROWS.touches} == {row["deal"] for row in ROWS.deals}


def test_the_tables_are_small_and_hold_what_exports_hold():
    assert len(ROWS.deals) <= 2_500
    assert len(ROWS.touches) <= 3_000
    number = Counter(row["deal"] for row in ROWS.touches).values()
    assert {1, 2, 3, 4} <= set(number)
    closed = {row["deal"]: row["closed_on"] for row in ROWS.deals if row["closed_on"]}
    assert any(row["date"] > closed.get(row["deal"], "9") for row in ROWS.touches)
    assert any(row["made_lead"] and row["made_opportunity"] for row in ROWS.touches)
    assert {row["deal"] for row in ROWS.deals if row["opened_on"]} > {
        row["deal"] for row in ROWS.touches if row["made_opportunity"]
    }
    for margin, members in MARGINS.items():
        odd = {row[margin] for row in ROWS.touches} - set(members)
        assert odd == ({""} if margin in OPTIONAL else set())  # every name is on a list


def test_every_lead_and_customer_has_a_touch():
    assert all(
        sum(credited([each], stage, "linear", "source").values()) for each in JOURNEYS for stage in each.reached
    )


def test_touches_are_of_the_team_whose_channel_it_is():
    """Ads and search are marketing's, outbound is sales'; sales stand at fairs too and look after partners."""
    touches = Counter((row["channel"], row["team"]) for row in ROWS.touches)
    assert all(touches[channel, "sales"] == 0 for channel in ("paid_search", "paid_social", "organic"))
    for channel, most in (("events", "marketing"), ("referral", "marketing"), ("outbound", "sales")):
        other = {"marketing": "sales", "sales": "marketing"}[most]
        assert 0 < touches[channel, other] < touches[channel, most] / 4


def test_deals_say_what_their_touches_say():
    touches = defaultdict(list)
    for row in ROWS.touches:
        touches[row["deal"]].append(row)
    for deal in ROWS.deals:
        there = [each for each in touches[deal["deal"]] if each["date"] <= (deal["opened_on"] or "9")]
        teams = Counter(each["team"] for each in there)
        assert (str(teams["marketing"]), str(teams["sales"])) == (deal["marketing_touches"], deal["sales_touches"])
        assert deal["first_touch_by"] == there[0]["team"]  # rows stand by date
        assert teams["sales" if deal["channel"] == "outbound" else "marketing"] > 0
        assert not deal["created_by"] or teams[deal["created_by"]] > 0
        assert {deal["created_by"]} >= {each["team"] for each in there if each["made_opportunity"]}


def test_sources_of_deals_and_touches_belong_to_their_channels():
    of = {source: channels for sources, channels in SOURCES.items() for source in sources}
    assert all(row["channel"] in of[row["source"]] for row in (*ROWS.deals, *ROWS.touches))


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


def test_typed_credit_of_marketing_is_within_what_it_influenced():
    for (_, _, month), typed in TYPED["marketing_credit"].items():
        assert typed <= FUNNEL["mi_revenue"]["", "", month]


def test_sources_divide_what_the_channels_bring():
    """Ads are the paid channels, events and calls are events and outbound; all else follows."""
    for framework in (TYPED, FUNNEL, ROI, PASTED["funnel"]):
        for metric, line in framework.items():
            margins = {margin for margin, _, _ in line}
            if not margins >= {"source", "channel"}:
                continue
            for month in MONTHS:
                for sources, channels in SOURCES.items():
                    by_source = sum(line["source", member, month] for member in sources)
                    by_channel = sum(line["channel", member, month] for member in channels)
                    assert round(by_source - by_channel, 6) == 0, (metric, channels, month)


def test_revenue_from_marketing_is_one_number_and_a_part_of_what_is_credited():
    """Return on marketing counts what the model in force credits to marketing's touches; sales have the rest."""
    revenue = ROI["marketing_revenue"]
    for month in MONTHS:
        by_channel = sum(revenue["channel", member, month] for member in MARGINS["channel"])
        assert TYPED["marketing_credit"]["", "", month] == by_channel
        for margin, members in MARGINS.items():
            for member in members:
                assert revenue[margin, member, month] <= TYPED["attr_value"][margin, member, month]


@pytest.mark.parametrize("margin", ["campaign", "asset"])
def test_credited_customers_lie_near_the_wins(margin):
    for member in MARGINS[margin]:
        credited, wins = (
            sum(line[margin, member, month] for month in MONTHS) for line in (TYPED["attr_customers"], FUNNEL["wins"])
        )
        assert credited == pytest.approx(wins, abs=2)
