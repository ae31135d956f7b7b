"""Sample data of a framework over others: theirs comes along as far as it fits, the nearest wins."""

from __future__ import annotations

from pathlib import Path

import pytest

from metricbook.api import load, sampled
from metricbook.problems import Refused

FILES = {
    "z_base.yaml": """
framework: z_base
title: Base
dimensions: {period: {grain: month, count: 2, first: 2025-01}, channel: {label: Channel, members: [Search, Mail]}}
metrics:
  spend: {label: Spend, unit: currency, by: [channel, period], rollup: sum, input: {}}
  leads: {label: Leads, unit: count, rollup: sum, input: {}}
  price: {label: Price, unit: currency, by: [], input: {}}
sheets: [{sheet: base, title: Base, blocks: [{table: {rows: [spend, leads], columns: period}}]}]
""",
    "z_base.sample.csv": """
metric,channel,period,value
spend,search,2025-01,10
spend,mail,2025-01,20
leads,,2025-01,3
leads,,2025-02,4
price,,,7
""",
    "a_middle.yaml": """
framework: a_middle
title: Middle
uses: [z_base]
metrics: {leads: {input: {need: useful}}}
sheets: [{sheet: middle, title: Middle, blocks: [{table: {rows: [leads, price], columns: value}}]}]
""",
    "a_middle.sample.csv": "metric,period,value\nleads,2025-01,5\n",
    "mine.yaml": """
framework: mine
title: Mine
uses: [a_middle]
dimensions: {period: {grain: PERIODS}, channel: {members: {search: Search}}}
metrics:
  visits: {label: Visits, unit: count, rollup: sum, input: {}}
sheets: [{sheet: mine, title: Mine, blocks: [{table: {rows: [spend, leads, price, visits], columns: value}}]}]
""",
    "mine.sample.csv": "metric,period,value\nvisits,2025-02,9\n",
}  # fmt: skip


def sample(folder: Path, periods: str = "month, count: 2, first: 2025-01", **changed: str) -> dict[object, object]:
    """The sample of `mine`: by metric, member and number of the period."""
    for name, text in {**FILES, **{f"{id}.sample.csv": text for id, text in changed.items()}}.items():
        (folder / name).write_text(text.replace("PERIODS", periods).lstrip(), encoding="utf-8")
    found = sampled(folder / "mine.yaml", load(folder / "mine.yaml"))
    return {
        (id, *(point.member for point in where if point), period): value
        for (id, where, period), value in found.items()
    }


def test_rows_of_used_frameworks_come_along_and_the_nearest_wins(tmp_path: Path) -> None:
    assert sample(tmp_path) == {
        ("spend", "search", 0): 10, ("leads", 0): 5, ("leads", 1): 4, ("price", None): 7, ("visits", 1): 9,
    }  # fmt: skip


def test_rows_of_used_frameworks_that_do_not_fit_are_left_aside(tmp_path: Path) -> None:
    own = "metric,period,value\nvisits,2026,9\n"
    assert sample(tmp_path, "year, count: 2, first: 2025", mine=own) == {("price", None): 7, ("visits", 1): 9}


def test_own_rows_must_fit(tmp_path: Path) -> None:
    with pytest.raises(Refused, match='"2026" is not a period of this workbook'):
        sample(tmp_path, mine="metric,period,value\nvisits,2026,9\n")
