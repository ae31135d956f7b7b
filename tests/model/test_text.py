"""The text of the Framework sheet reads back: the same model, the same workbook, byte for byte."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from metricbook.build import model_of, workbook_of
from metricbook.model.metric import NOWHERE
from metricbook.model.model import Model
from metricbook.source.load import shipped
from worked import read

BASE = """
profile: {motion: {options: {sales: Sales, product: Product}, default: sales}}
tags: {stage: {aware: Awareness}}
tiers: {team: {label: Team, cadence: weekly}}
dimensions:
  period: {grain: month, count: 2, first: 2025-01}
  channel: {label: "Channel: where, and how", spare: 1, members: {a: "A, or 'a'", b: "B # b"}}
metrics:
  spend:
    {label: Spend, unit: currency, by: [channel, period], rollup: sum, input: {example: 22}, tags: {stage: aware}}
  wins: {label: Wins, unit: count, rollup: sum, good: higher, target: {value: 5}, input: {}, tier: team}
  rate: {label: Rate, unit: percent, rollup: last, good: higher, input: {example: 22%}, tags: {stage: aware}}
  unneeded: {label: Unneeded, unit: currency, formula: spend + spend}
  product_only: {label: Product, unit: count, rollup: sum, when: {motion: product}, formula: wins}
sheets:
  - sheet: first
    title: First
    blocks: [{scorecard: {where: {stage: aware}}}, {table: {rows: [product_only, wins], columns: period}}]
  - {sheet: second, title: Second, blocks: [{scorecard: [wins]}]}
"""
USER = """
uses: [base]
hide: [second]
choose: {double: other}
metrics:
  wins: {label: "Wins: all of them", target: {value: 9}}
  double:
    label: Twice
    unit: count
    good: higher
    variants: {one: {formula: wins + wins}, other: {formula: wins + 0}}
  pick: {label: Channel shown, unit: member, by: [], input: {of: channel, initial: a}}
checks: [{id: rate_fits, formula: rate <= 1, message: "A rate is 100 % at most, not more"}]
sheets:
  - {from: base}
  - sheet: own
    title: Own
    at: {channel: pick}
    blocks: [{scorecard: [double, spend]}]
"""


def without_places(model: Model) -> dict[str, object]:
    """The metrics and all else that does not say where it was written."""
    metrics = {id: replace(metric, at=NOWHERE) for id, metric in model.metrics.items()}
    checks = tuple(replace(check, at=NOWHERE) for check in model.checks)
    same = (model.periods, dict(model.dimensions), dict(model.rivals), model.pages, model.north_star, model.profile)
    return {**metrics, "checks": checks, "rest": same}


def read_back(model: Model, folder: Path) -> Model:
    path = folder / "framework.yaml"
    path.write_text(model.text, encoding="utf-8")
    return model_of(path)


@pytest.mark.parametrize("motion", ["sales", "product"])
def test_a_framework_over_another_reads_back_without_it(tmp_path: Path, motion: str) -> None:
    model = read(USER, {"motion": motion}, {"base": BASE})
    again = read_back(model, tmp_path)
    assert again.text == model.text
    assert list(again.metrics) == list(model.metrics)
    assert without_places(again) == without_places(model)
    assert workbook_of(again) == workbook_of(model)
    assert "unneeded" not in model.text


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_shipped_framework_reads_back(tmp_path: Path, name: str) -> None:
    model = model_of(name)
    again = read_back(model, tmp_path)
    assert (again.text, again.fingerprint) == (model.text, model.fingerprint)
    assert without_places(again) == without_places(model)
