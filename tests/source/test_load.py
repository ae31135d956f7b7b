"""Framework files → frameworks, and what is refused as a whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from metricbook.problems import Location, Refused
from metricbook.source.document import Data, Steps, value_at
from metricbook.source.load import Headline, find, framework_from, headline, load, shipped
from metricbook.source.yaml_text import read

GOOD = """\
framework: tiny
title: Tiny
summary: The least there is.
version: 1.2.0
dimensions:
  period: {grain: year, count: 3, first: 2026}
  channel: {label: Channel, members: {paid: Paid, events: Events, part: "Paid, in part"}}
  size: {of: channel, members: [paid, events]}
constants:
  share: {label: Share, unit: percent, value: 7%}
metrics:
  spend:
    unit: currency
    by: [[channel, size], period]
    input: {example: {paid: [4_200, 1e3], events: 5}}
  win_rate:
    unit: percent
    input: {example: [22%, 0.3], initial: "1.5 %", max: 100%}
    target: {value: 25%, model: "wins / leads"}
    benchmark: [{id: low, from: 1%, to: 0.03}]
  wins: {unit: count, formula: {paid: a, events: b}}
  motto: {unit: text, input: {example: Go on}}
sheets:
  - sheet: one
    blocks:
      - headline: [spend, {metric: wins, when: {motion: [sales, product]}}]
      - scorecard: [spend]
      - scorecard: {rows: [spend], headers: {rows: KPI}}
      - table: {rows: channel, columns: [spend], total: true}
      - heading: That is all
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "tiny.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file_is_read(tmp_path: Path) -> None:
    source = load(written(tmp_path, GOOD))
    metrics, dimensions = source.framework.metrics, source.framework.dimensions

    assert dimensions["period"].first == "2026"
    assert dimensions["size"].members == ["paid", "events"]
    assert source.framework.constants["share"].value == 0.07
    assert metrics["spend"].by == [["channel", "size"], "period"]
    assert metrics["spend"].input is not None
    assert metrics["spend"].input.example == {"paid": [4200, 1000], "events": 5}
    assert source.document.locate(("metrics", "wins", "formula", "paid")).line == 21


def test_percents_are_read_wherever_an_amount_stands(tmp_path: Path) -> None:
    rate = load(written(tmp_path, GOOD)).framework.metrics["win_rate"]

    assert rate.input is not None
    assert (rate.input.example, rate.input.initial, rate.input.max) == ([0.22, 0.3], 0.015, 1.0)
    assert rate.target is not None
    assert (rate.target.value, rate.target.model) == (0.25, "wins / leads")
    assert isinstance(rate.benchmark, list)
    assert (rate.benchmark[0].from_, rate.benchmark[0].to) == (0.01, 0.03)


def test_the_headline_is_the_top_of_the_file(tmp_path: Path) -> None:
    assert headline(written(tmp_path, GOOD)) == Headline("tiny", "Tiny", "The least there is.", "1.2.0")


def test_the_headline_is_read_before_a_fault_further_down(tmp_path: Path) -> None:
    assert headline(written(tmp_path, GOOD + "metrics: @\n")).id == "tiny"


def test_the_headline_of_a_broken_file_is_refused_with_its_place(tmp_path: Path) -> None:
    path = written(tmp_path, "framework: tiny\ntitle: @home\n")
    with pytest.raises(Refused) as refused:
        headline(path)
    assert refused.value.problems[0].at == Location(str(path), 2, 8)


def test_listing_frameworks_does_not_load_pydantic() -> None:
    code = """if True:
        import sys
        from metricbook.source.load import headline, shipped
        for path in shipped().values():
            headline(path)
        sys.exit("pydantic" in sys.modules)
    """
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_shipped_framework_is_found_by_its_id_and_any_by_its_path(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    assert find(str(path)) == path
    for name, file in shipped().items():
        assert find(name) == file
        assert headline(file).id == name


def test_a_framework_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refused, match='"growht" is no shipped framework and no file') as refused:
        find("growht")
    assert refused.value.problems[0].hint in ('Did you mean "growth"?', f"Shipped are {', '.join(shipped())}.", "")


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "empty-file", 0),
        (b"# nothing\n", "empty-file", 0),
        (b"title: a\nsummary: caf\xe9\n", "not-utf8", 2),
        (b"#" * 1_000_001, "too-large", 0),
        (b"- a list\n", "wrong-type", 1),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, content: bytes, code: str, line: int) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        load(path)
    assert [(p.code, p.at.line) for p in refused.value.problems] == [(code, line)]


def test_a_file_that_is_missing_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.yaml", tmp_path):
        with pytest.raises(Refused) as refused:
            load(path)
        assert refused.value.problems[0].code == "no-file"


def branches(data: Data, path: Steps = ()) -> list[Steps]:
    """Every path in a tree, the root's too."""
    steps: Any = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(found for step, inner in steps for found in branches(inner, (*path, step)))]


SCALARS = st.sampled_from([None, True, -1, 0.5, 10**20, "", "x", "22%", "a: b", "Q1", "cac1"])
ODD = SCALARS | st.lists(SCALARS, max_size=2) | st.dictionaries(st.sampled_from(["label", "a", "Q1", ""]), SCALARS)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_wrong_value_anywhere_is_read_or_refused_but_never_crashes(data: st.DataObject) -> None:
    tree = read(GOOD, "f").data
    path = data.draw(st.sampled_from(branches(tree)[1:]))
    holder: Any = value_at(tree, path[:-1])
    holder[path[-1]] = data.draw(ODD)
    try:
        framework_from(read(yaml.safe_dump(tree, sort_keys=False), "f"))
    except Refused as refused:
        assert all(problem.at.line for problem in refused.problems)


def test_a_file_is_read_once_until_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text("framework: small\ntitle: Small\n", encoding="utf-8")
    first = load(path)
    assert load(path) is first
    path.write_text("framework: small\ntitle: Larger\n", encoding="utf-8")
    assert load(path).framework.title == "Larger"
