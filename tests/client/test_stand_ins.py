"""Sample data with a client's own members: they stand in for the framework's, group by group in their order."""

from __future__ import annotations

from pathlib import Path

import pytest

from metricbook.build import sample_notes, sample_of, sample_records, subject_of

BASE = """
framework: base
title: Base
dimensions:
  period: {grain: month, count: 2, first: 2025-01}
  channel:
    label: Channel
    groups:
      paid: {label: Paid, members: {search: Search, social: Social}}
      free: {label: Free, members: {mail: Mail}}
records:
  deals:
    label: Deals
    columns: {deal: {type: key}, channel: {type: member, of: channel}, amount: {type: currency}}
metrics:
  spend: {label: Spend, unit: currency, by: [channel, period], rollup: sum, input: {}}
  visits:
    label: Visits
    unit: count
    by: [channel, period]
    rollup: sum
    input: {example: {search: [5, 6], social: [7, 8], mail: 9}}
  won: {label: Won, unit: currency, by: [channel], formula: "SUMIFS(deals.amount, deals.channel, channel)"}
sheets: [{sheet: base, title: Base, blocks: [{table: {rows: [spend, visits, won], columns: channel}}]}]
"""
ROWS = "metric,channel,period,value\nspend,search,2025-01,10\nspend,social,2025-01,20\nspend,mail,2025-01,40\n"
DEALS = "deal,channel,amount\n1,search,5\n2,Mail,6\n"
CLIENT = "client: Acme\nframework: base\ndimensions: {channel: {%s}}\n"
GROUPS = "groups: {free: {label: F, members: {fair: Fair, talk: Talk}}, paid: {label: P, members: {ads: Ads}}}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {"base.yaml": BASE, "base.sample.csv": ROWS, "base.deals.sample.csv": DEALS}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def sample(folder: Path, channels: str, extends: str = "") -> tuple[dict[str, list[float | str]], list[str], str]:
    """What the members have of the sample: spend and visits in the first month; in rows; what is said."""
    path = folder / "acme.yaml"
    path.write_text(
        CLIENT % channels if not extends else f"client: Acme\nextends: h.yaml\n{extends}", encoding="utf-8"
    )
    model = subject_of(None, path).model
    found: dict[str, list[float | str]] = {}
    for (_, where, period), value in sorted(sample_of(model).items(), key=lambda each: each[0][0]):
        if period == 0 and where[0] is not None:
            found.setdefault(where[0].member, []).append(value)
    rows = [str(row[1]) for row in sample_records(model)["deals"].rows]
    return found, rows, "; ".join(sample_notes(model))


def test_in_their_order_and_what_keeps_its_id_keeps_its_numbers(folder: Path) -> None:
    assert sample(folder, "members: [Ads, Mail, Fair, Talk]") == (
        {"ads": [10, 5], "mail": [40, 9], "fair": [20, 7]},
        ["Ads", "Mail"],
        "Sample data by channel: that of search for Ads, that of social for Fair; none for Talk",
    )


def test_group_by_group(folder: Path) -> None:
    found, rows, note = sample(folder, GROUPS)
    assert (found, rows) == ({"ads": [30, 12], "fair": [40, 9]}, ["Ads", "Fair"])
    assert note == "Sample data by channel: that of mail for Fair, that of search and social for Ads; none for Talk"


def test_what_has_a_group_here_stays_in_it(folder: Path) -> None:
    """So that the group has all of its money: spend of search and social is 10 + 20."""
    groups = "groups: {own: {label: O, members: {fair: Fair, talk: Talk}}, paid: {label: P, members: {ads: Ads}}}"
    assert sample(folder, groups) == (
        {"ads": [30, 12], "fair": [40, 9]},
        ["Ads", "Fair"],
        "Sample data by channel: that of search and social for Ads, that of mail for Fair; none for Talk",
    )


def test_through_a_file_that_is_extended(folder: Path) -> None:
    (folder / "h.yaml").write_text(CLIENT.replace("client: Acme\n", "") % "members: [Ads, Mail]", encoding="utf-8")
    found, _, note = sample(folder, "", "dimensions: {channel: {members: [Mail, Fair]}}\n")
    assert found == {"fair": [30, 12], "mail": [40, 9]}
    assert note == "Sample data by channel: that of search and social for Fair"


def test_what_has_no_stand_in_of_its_own_goes_to_the_last_so_that_totals_stay(folder: Path) -> None:
    """Spend of the first month is 10 + 20 + 40, visits are 5 + 7 + 9, whatever the client's channels are."""
    assert sample(folder, "members: [Ads, Fair]") == (
        {"ads": [10, 5], "fair": [60, 16]},
        ["Ads", "Fair"],
        "Sample data by channel: that of search for Ads, that of social and mail for Fair",
    )
    assert sample(folder, "members: [Mail]") == (
        {"mail": [70, 21]},
        ["Mail", "Mail"],
        "Sample data by channel: that of search and social beside its own for Mail",
    )


KINDS = {  # what is typed, for search, social and mail: what stands under Ads, who has all of it
    "unit: currency, rollup: sum": ([10, 20, 40], 70),
    "unit: count, rollup: last": ([1, 2, 4], 7),  # a level at the end of the period
    "unit: count, rollup: none": ([1, 2, 4], 1),  # the same people may stand under several
    "unit: percent, rollup: last": ([0.1, 0.2, 0.4], 0.1),
    "unit: score, rollup: average": ([3, 4, 5], 3),
    "unit: days, rollup: {channel: sum, period: sum}": ([6, 7, 8], 21),
    "unit: text, rollup: last": (["red", "blue", "green"], "red"),
}


@pytest.mark.parametrize("beside", ["row", "example"])
@pytest.mark.parametrize("kind", KINDS)
def test_amounts_are_added_and_rates_are_not(folder: Path, kind: str, beside: str) -> None:
    values, expected = KINDS[kind]
    given = dict(zip(("search", "social", "mail"), values, strict=True))
    example = str(given).replace("'", "") if beside == "example" else "null"
    metric = f"metrics:\n  typed: {{label: Typed, {kind}, by: [channel, period], input: {{example: {example}}}}}\n"
    shown = BASE.replace("metrics:\n", metric).replace("rows: [spend", "rows: [typed, spend")
    (folder / "base.yaml").write_text(shown, encoding="utf-8")
    if beside == "row":
        rows = "".join(f"typed,{member},2025-01,{value}\n" for member, value in reversed(given.items()))
        (folder / "base.sample.csv").write_text(ROWS.partition("\n")[0] + "\n" + rows, encoding="utf-8")
    (folder / "acme.yaml").write_text(CLIENT % "members: [Ads]", encoding="utf-8")
    found = sample_of(subject_of(None, folder / "acme.yaml").model)
    assert {value for (id, _, period), value in found.items() if (id, period) == ("typed", 0)} == {expected}


def test_nothing_is_said_where_nothing_is_another(folder: Path) -> None:
    assert sample(folder, "label: Way")[1:] == (["Search", "Mail"], "")
