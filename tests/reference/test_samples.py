"""All samples are one company: what stands in several of them is the same number in each."""

from __future__ import annotations

from itertools import combinations

import pytest

from reference.samples import FRAMEWORKS, sample

FILES = [path.name.removesuffix(".sample.csv") for path in FRAMEWORKS.glob("*.sample.csv")]
NAMES = sorted(name for name in FILES if "." not in name)
PASTED = sorted(name for name in FILES if name.endswith(".data-records"))  # what is typed beside pasted rows


@pytest.mark.parametrize(("one", "other"), [*combinations(NAMES, 2), *combinations(PASTED, 2)])
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


@pytest.mark.parametrize("name", PASTED)
def test_beside_rows_is_typed_what_is_typed_without_them(name: str) -> None:
    """The same lines and months, so that nothing of the larger company stays in between; and targets."""
    plain, beside = sample(name.partition(".")[0]), sample(name)
    typed = {
        line: values.keys()
        for line, values in beside.items()
        if "." not in line[0] and (line in plain or values.keys() != {""})  # else it is an example in the framework
    }
    assert typed == {line: plain[line].keys() for line in typed}


def test_the_customers_of_a_year_are_those_of_its_last_month() -> None:
    months, years = sample("growth")["customers",], sample("customer_marketing_roi")["customers",]
    assert years == {"2025": months["2025-12"], "2026": months["2026-08"]}
