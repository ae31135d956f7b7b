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


OPTIONS = {
    "metrics: {leads: {input: {need: useful}}}": """
profile: {data: {label: Data, options: {typed: Typed, records: Records}, default: typed}}
metrics:
  leads: {input: {need: useful}}
  quota: {label: Quota, unit: count, good: higher, rollup: sum, target: {value: 90, history: 60, example: true},
          formula: leads * 1}
  calls: {label: Calls, unit: count, good: higher, rollup: sum, target: {value: 4, example: true},
          formula: leads + leads, when: {data: records}}
  hours: {label: Hours, unit: days, rollup: sum, input: {example: 1}, when: {data: records}}
""",
    "rows: [leads, price]": "rows: [leads, price, quota, hours, calls]",
}  # fmt: skip


def middle(folder: Path, files: dict[str, str], profile: dict[str, str] | None = None) -> dict[str, object]:
    """The sample of `a_middle` with an option that files are about: by metric, of the first period."""
    (folder / "z_base.yaml").write_text(FILES["z_base.yaml"].lstrip(), encoding="utf-8")
    text = FILES["a_middle.yaml"]
    for before, after in OPTIONS.items():
        text = text.replace(before, after.strip())
    (folder / "a_middle.yaml").write_text(text.lstrip(), encoding="utf-8")
    for name, rows in files.items():
        (folder / f"{name}.sample.csv").write_text("metric,period,value\n" + rows, encoding="utf-8")
    model = load(folder / "a_middle.yaml", profile)
    return {id: value for (id, _, period), value in sampled(folder / "a_middle.yaml", model).items() if not period}


BESIDE = {
    "z_base": "leads,2025-01,3\nprice,,7\n",
    "z_base.data-records": "leads,2025-01,4\n",
    "a_middle.data-records": "price,,8\nhours,2025-01,5\nquota.target,,12\n",
    "a_middle.data-other": "price,,9\n",
    "a_middle": "calls.target,,6\n",
}


def test_an_option_of_the_profile_has_rows_of_its_own_over_the_plain_ones(tmp_path: Path) -> None:
    plain = {"leads": 3, "price": 7, "quota.target": 90, "quota.history": 60}
    assert middle(tmp_path, BESIDE) == plain
    chosen = middle(tmp_path, BESIDE, {"data": "records"})
    assert chosen == {"leads": 4, "price": 8, "hours": 5, "quota.target": 12, "quota.history": 60, "calls.target": 6}


def test_rows_of_an_option_must_fit_too(tmp_path: Path) -> None:
    wrong = {"a_middle.data-records": "quota.target,,many\nquota.to,,5\n"}
    with pytest.raises(Refused) as refused:
        middle(tmp_path, wrong, {"data": "records"})
    assert [(each.code, each.at.line if each.at else 0) for each in refused.value.problems] == [
        ("not-a-number", 2), ("unknown-metric", 3),
    ]  # fmt: skip
