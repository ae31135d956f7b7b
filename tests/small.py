"""A framework of few lines, for tests of what is done with frameworks rather than of what they can say."""

from __future__ import annotations

from pathlib import Path

SMALL = """\
framework: small
title: Small
version: 1.0.0
dimensions:
  period: {grain: month, count: 3, first: 2026-01}
  channel: {label: Channel, spare: 1, members: {paid: Paid search, events: Events}}
metrics:
  spend: {label: Cost, unit: currency, by: [channel, period], rollup: sum, input: {example: {paid: 500, events: 700}}}
  wins: {label: Wins, unit: count, by: [channel, period], rollup: sum, input: {example: {paid: 5, events: 2}}}
  budget: {label: Budget, unit: currency, by: [], input: {example: 9_000}}
  margin: {label: Margin, unit: percent, by: [period], rollup: last, aliases: [gross_margin], input: {example: 80%}}
  cac: {label: CAC, unit: currency, formula: spend / wins, good: lower, definition: Spend for each customer won.}
sheets:
  - {sheet: main, title: Main, blocks: [{scorecard: [cac]}, {table: {rows: [budget, margin], columns: value}}]}
"""


def small(folder: Path, replace: str = "", by: str = "", name: str = "small.yaml") -> Path:
    """The framework as a file, with one piece of its text replaced."""
    assert replace in SMALL, replace
    path = folder / name
    path.write_text(SMALL.replace(replace, by, 1) if replace else SMALL, encoding="utf-8")
    return path
