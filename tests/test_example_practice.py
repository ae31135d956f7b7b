"""The practice of five clients: what stands in the house file holds for all, what stands in a client's goes first."""

from __future__ import annotations

from pathlib import Path

import pytest

from example_clients import EXAMPLES, example, number, rows
from metricbook.build import Subject, subject_of
from metricbook.client_folder import client_files

FOLDER = EXAMPLES / "practice"
CURRENCIES = {"aurora": "EUR", "brightwell": "GBP", "cobalt": "CHF", "deltaport": "USD", "ember": "SEK"}
SEPTEMBER = "2026-09"


@pytest.fixture(scope="module")
def clients() -> dict[str, Subject]:
    return {name: subject_of(None, FOLDER / f"{name}.yaml") for name in CURRENCIES}


def test_the_batch_is_these_five_and_the_house_is_none_of_them() -> None:
    found, others, failed = client_files(FOLDER)
    assert [Path(each.file).stem for each in found] == sorted(CURRENCIES)
    assert len({each.workbook for each in found}) == 5
    assert any("house.yaml" in line for line in others) and failed == {}


def test_what_the_house_says_holds_where_a_client_says_nothing(clients: dict[str, Subject]) -> None:
    assert {name: each.settings.currency for name, each in clients.items()} == CURRENCIES
    assert {each.settings.at_risk for each in clients.values()} == {0.04}
    assert {each.settings.prepared.name for each in clients.values()} == {"Dana Roy"}
    accents = {name: each.settings.accent for name, each in clients.items()}
    assert accents == dict.fromkeys(CURRENCIES, "3B4A6B") | {"deltaport": "00695C"}
    assert len({each.settings.logo for each in clients.values()}) == 1
    assert {name: each.model.periods.fiscal_start for name, each in clients.items()} == {
        "aurora": 1,
        "brightwell": 4,
        "cobalt": 1,
        "deltaport": 7,
        "ember": 1,
    }
    assert "ltv_cac" not in clients["cobalt"].model.metrics and "arr" in clients["ember"].model.metrics


@pytest.mark.parametrize("name", CURRENCIES)
def test_each_workbook_says_what_its_numbers_say(name: str) -> None:
    workbook = example(FOLDER / f"{name}.yaml")
    finance = rows(FOLDER / "numbers" / f"{name}_finance.csv")[-1]
    crm = [row for row in rows(FOLDER / "numbers" / f"{name}_crm.csv") if row["Month"] == SEPTEMBER]
    assert finance["Month"] == SEPTEMBER
    wins = sum(number(row["Deals won"]) for row in crm)
    assert wins == number(finance["New customers"])
    assert workbook("mqls", "current") == sum(number(row["MQLs"]) for row in crm)
    assert workbook("moc_pct", "current") == pytest.approx(number(finance["Won, first touch by marketing"]) / wins)
    cac = number(finance["Sales and marketing"]) / number(finance["New customers"])
    assert workbook("cac_blended", "current") == pytest.approx(cac)
    if name != "cobalt":
        margin = number(finance["MRR"]) / number(finance["Customers"]) * number(finance["Gross margin"])
        assert workbook("cac_payback", "current") == pytest.approx(cac / margin)
    assert workbook("cac_payback.target", "current") == {"brightwell": 20}.get(name, 15)
    assert [result for result in workbook.checks().values() if "Look" in result] == []
