"""Remarks on sample data: notes beside their numbers, actions open or done; what fits nowhere is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from metricbook.api import load
from metricbook.build import sample_remarks
from metricbook.layout.lay_out import lay_out
from metricbook.problems import Refused
from metricbook.source.remarks import read_remarks

FRAMEWORKS = Path(__file__).parents[2] / "frameworks"
HEADER = "kind,metric,period,text,who,due,done\n"
BASE = """
framework: base
title: Base
dimensions: {period: {grain: month, count: 2, first: 2026-01}}
metrics:
  leads: {label: Leads, unit: count, good: higher, rollup: sum, by: [period], input: {}}
  spend: {label: Spend, unit: currency, good: lower, rollup: sum, by: [period], input: {}}
sheets: [{sheet: base, title: Base, blocks: [{scorecard: {rows: [leads, spend]}}, {actions: {}}]}]
"""
MINE = """
framework: mine
title: Mine
uses: [base]
sheets: [{sheet: mine, title: Mine, blocks: [{scorecard: {rows: [leads]}}]}]
"""


def remarks_of(folder: Path, **files: str) -> dict[tuple[str, str, str], float | str]:
    for name, text in {"base": BASE, "mine": MINE}.items():
        (folder / f"{name}.yaml").write_text(text)
    for name, text in files.items():
        (folder / f"{name}.notes.sample.csv").write_text(HEADER + text)
    return sample_remarks(load(folder / "mine.yaml"))


def test_each_remark_has_its_cell(tmp_path: Path) -> None:
    text = 'note,leads,2026-02,"Fair, and mail",,,\nevent,,2026-01,Fair,,,\nredefined,,2026-02,Leads once,,,\n'
    assert remarks_of(tmp_path, mine=text + "action,,,Call,Sales,2026-02-10,2026-02-09\n") == {
        ("notes", "leads", "2026-02"): "Fair, and mail",
        ("notes", "events", "2026-01"): "Fair",
        ("notes", "definitions", "2026-02"): "Leads once",
        ("actions", "1", "what"): "Call",
        ("actions", "1", "who"): "Sales",
        ("actions", "1", "due"): 46063.0,  # days since 30 December 1899
        ("actions", "1", "done"): 46062.0,
    }


def test_notes_of_used_frameworks_come_along_and_the_nearest_actions(tmp_path: Path) -> None:
    base = "note,leads,2026-01,Theirs,,,\nnote,leads,2026-02,Theirs,,,\naction,,,One,,,\naction,,,Two,,,\n"
    found = remarks_of(tmp_path, base=base, mine="note,leads,2026-02,Ours,,,\naction,,,Three,,,\n")
    assert {key: found[key] for key in found if key[2] != "who"} == {
        ("notes", "leads", "2026-01"): "Theirs",
        ("notes", "leads", "2026-02"): "Ours",
        ("actions", "1", "what"): "Three",
    }
    assert remarks_of(tmp_path, base=base, mine="note,leads,2027-01,Beyond,,,\n")["actions", "2", "what"] == "Two"


def test_an_option_of_the_profile_has_remarks_of_its_own_in_place_of_the_plain_ones(tmp_path: Path) -> None:
    asked = "profile: {data: {label: Data, options: {typed: Typed, rows: Rows}, default: typed}}\nmetrics:"
    often = "  hours: {label: Hours, unit: days, rollup: sum, by: [period], input: {}, when: {data: rows}}\nsheets"
    text = BASE.replace("metrics:", asked).replace("sheets", often).replace("[leads, spend]", "[leads, spend, hours]")
    (tmp_path / "base.yaml").write_text(text)
    (tmp_path / "base.notes.sample.csv").write_text(
        HEADER + "note,leads,2026-01,Many,,,\nnote,spend,2026-01,Much,,,\n"
    )
    (tmp_path / "base.data-rows.notes.sample.csv").write_text(HEADER + "note,leads,2026-01,Few,,,\n")
    plain = {("notes", "leads", "2026-01"): "Many", ("notes", "spend", "2026-01"): "Much"}
    assert sample_remarks(load(tmp_path / "base.yaml")) == plain
    assert sample_remarks(load(tmp_path / "base.yaml", {"data": "rows"})) == {("notes", "leads", "2026-01"): "Few"}


def test_what_cannot_be_read_is_said_all_at_once(tmp_path: Path) -> None:
    wrong = "nota,leads,2026-01,A,,,\nnote,,2026-01,B,,,\naction,,,C,,15.9.26,\naction,,,,,,\nevent,2026-01\n"
    with pytest.raises(Refused) as refused:
        remarks_of(tmp_path, mine=wrong)
    assert [(each.code, each.at.line if each.at else 0) for each in refused.value.problems] == [
        ("wrong-kind", 2), ("missing-key", 3), ("unreadable-date", 4), ("wrong-text", 5), ("missing-cells", 6),
    ]  # fmt: skip
    with pytest.raises(Refused, match="led is not a metric"):
        remarks_of(tmp_path, mine="note,led,2026-01,A,,,\n")


@pytest.mark.parametrize("framework", ["growth", "funnel", "customer_marketing_roi"])
def test_every_remark_of_a_framework_stands_on_its_notes(framework: str) -> None:
    model = load(framework)
    cells = {(field.block, field.row, key) for sheet in lay_out(model).sheets for field in sheet.fields
             for key in field.keys}  # fmt: skip
    own = {("notes", each.metric, each.period) for each in read_remarks(FRAMEWORKS / f"{framework}.notes.sample.csv")
           if each.kind == "note"}  # fmt: skip
    assert own - cells == set()
    assert own <= set(sample_remarks(model))
