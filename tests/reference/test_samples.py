"""All samples are one company: what stands in several of them is the same number in each."""

from __future__ import annotations

from itertools import combinations

import pytest

from reference.samples import FRAMEWORKS, sample

NAMES = sorted(
    path.name.removesuffix(".sample.csv") for path in FRAMEWORKS.glob("*.sample.csv") if path.name.count(".") == 2
)


@pytest.mark.parametrize(("one", "other"), list(combinations(NAMES, 2)))
def test_shared_numbers_are_the_same(one: str, other: str) -> None:
    """By months; a framework by years has keys of its own, so that nothing is shared by accident."""
    first, second = sample(one), sample(other)
    different = [
        (*line, period)
        for line in first.keys() & second.keys()
        for period in first[line].keys() & second[line].keys()
        if first[line][period] != second[line][period]
    ]
    assert different == []


def test_the_customers_of_a_year_are_those_of_its_last_month() -> None:
    months, years = sample("growth")["customers",], sample("customer_marketing_roi")["customers",]
    assert years == {"2025": months["2025-12"], "2026": months["2026-08"]}
