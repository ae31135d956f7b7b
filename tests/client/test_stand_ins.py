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
    assert (found, rows) == ({"ads": [10, 5], "fair": [40, 9]}, ["Ads", "Fair"])
    assert note == "Sample data by channel: that of mail for Fair, that of search for Ads; none for Talk"


def test_through_a_file_that_is_extended(folder: Path) -> None:
    (folder / "h.yaml").write_text(CLIENT.replace("client: Acme\n", "") % "members: [Ads, Mail]", encoding="utf-8")
    found, _, note = sample(folder, "", "dimensions: {channel: {members: [Mail, Fair]}}\n")
    assert found == {"fair": [10, 5], "mail": [40, 9]}
    assert note == "Sample data by channel: that of search for Fair"


def test_nothing_is_said_where_nothing_is_another(folder: Path) -> None:
    assert sample(folder, "label: Way")[1:] == (["Search", "Mail"], "")
