"""The advocacy functions against arithmetic done by hand, and the sample against the same company's other samples."""

from __future__ import annotations

import pytest

from metricbook.reference import advocacy
from reference.samples import MONTHS, sample, total

YEAR, THIS_YEAR = MONTHS[:12], MONTHS[12:]


@pytest.mark.parametrize(
    ("promoters", "detractors", "answers", "score"),
    # by hand: 40% nines and tens less 25% of six and below are +15
    [(40, 25, 100, 15), (0, 10, 10, -100), (7, 7, 20, 0), (200, 0, 200, 100)],
)
def test_nps_counts_answers(promoters: float, detractors: float, answers: float, score: float) -> None:
    assert advocacy.nps(promoters, detractors, answers) == pytest.approx(score)


def test_satisfaction_is_the_share_of_fours_and_fives() -> None:
    # by hand: of 5, 4, 4, 3, 1 three are satisfied
    answers = [5, 4, 4, 3, 1]
    assert advocacy.csat(sum(answer >= 4 for answer in answers), len(answers)) == pytest.approx(0.6)


def test_a_total_is_worked_out_from_the_answers() -> None:
    # 9 of 10 and 50 of 100 are 59 of 110, not the mean of 90% and 50%
    assert advocacy.csat(9 + 50, 10 + 100) == pytest.approx(59 / 110)


def test_advocates_over_time() -> None:
    # 30 and 3 new ones make 31: two have stopped
    assert advocacy.advocates_lost(30, 3, 31) == 2


@pytest.mark.parametrize("function", [advocacy.csat, advocacy.advocate_engagement, advocacy.activity_engagement])
def test_nothing_to_divide_by_is_undefined(function: type[float]) -> None:
    with pytest.raises(ZeroDivisionError):
        function(0, 0)  # type: ignore[call-arg]


# --- the sample -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "metric", ["references_provided", "references_requested", "event_registrants", "event_attendees"]
)
@pytest.mark.parametrize(("year", "months"), [("2025", YEAR), ("2026", THIS_YEAR)])
def test_months_add_up_to_the_years_of_customer_marketing(metric: str, year: str, months: tuple[str, ...]) -> None:
    assert total("advocacy", metric, months) == sample("customer_marketing_roi")[metric,][year]


@pytest.mark.parametrize(
    "metric",
    [
        "advocates", "community_members", "community_actives",
        "nps_promoters", "nps_detractors", "nps_responses",
    ],
)  # fmt: skip
def test_the_last_month_is_the_year_of_customer_marketing(metric: str) -> None:
    months, years = sample("advocacy")[metric,], sample("customer_marketing_roi")[metric,]
    for year, before in (("2025", "2025-12"), ("2026", "2026-08")):
        latest = max(month for month in months if month <= before)
        assert months[latest] == years[year]


def test_advocates_follow_on() -> None:
    lines = sample("advocacy")
    before = lines["opening_advocates",][""]
    for month in MONTHS:
        gained, now = total("advocacy", "advocates_gained", (month,)), lines["advocates",][month]
        assert 0 <= advocacy.advocates_lost(before, gained, now) <= 2
        active = lines["engaged_advocates",][month]
        activities = [values[month] for line, values in lines.items() if line[0] == "activity_advocates"]
        assert max(activities) <= active <= min(now, sum(activities))
        before = now


@pytest.mark.parametrize(
    ("small", "large"),
    [
        ("references_provided", "references_requested"),
        ("community_actives", "community_members"),
        ("event_attendees", "event_registrants"),
        ("csat_satisfied", "csat_answers"),
    ],
)
def test_a_part_is_at_most_the_whole(small: str, large: str) -> None:
    lines = sample("advocacy")
    pairs = [(lines[line], lines[large, *line[1:]]) for line in lines if line[0] == small]
    assert pairs
    assert all(part[month] <= whole[month] for part, whole in pairs for month in MONTHS)
