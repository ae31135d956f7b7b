"""A framework of any size: channels by month with their costs, counts and ratios."""

from __future__ import annotations

from metricbook.layout.plan import Plan

MONTHS = 24
FIXED_CELLS, CELLS_A_CHANNEL = 1_280, 519  # formulas of a generated workbook; the benchmark counts the real number

_TOP = """\
framework: generated
title: Generated
version: 1.0.0
dimensions:
  period: {{grain: month, count: {months}, first: 2026-01}}
  channel:
    label: Channel
    members:
{members}
metrics:
"""
_INPUT = "{{label: {label}, unit: {unit}, by: [channel, period], rollup: sum, input: {{example: {{{examples}}}}}}}"
_INPUTS = {
    "spend": ("Spend", "currency", 900),
    "visits": ("Visits", "count", 4000),
    "leads": ("Leads", "count", 300),
    "customers": ("Customers", "count", 20),
    "revenue": ("Revenue", "currency", 2500),
}
_CALCULATED = """\
  cpl: {label: Cost per lead, unit: currency, formula: spend / leads, good: lower}
  cac: {label: Cost per customer, unit: currency, formula: spend / customers, good: lower}
  lead_rate: {label: Visits that become leads, unit: percent, formula: leads / visits, good: higher}
  win_rate: {label: Leads that become customers, unit: percent, formula: customers / leads, good: higher}
  profit: {label: Revenue less spend, unit: currency, formula: revenue - spend, rollup: sum, good: higher}
  roi: {label: Return on spend, unit: percent, formula: profit / spend, good: higher, target: {value: 60%}}
sheets:
  - sheet: main
    title: Main
    blocks:
      - {scorecard: [roi, cac, cpl, lead_rate]}
      - {chart: {kind: line, title: Revenue and spend, metrics: [revenue, spend]}}
      - {chart: {kind: column, title: Return on spend, metrics: [roi], target: true}}
"""


def framework_text(channels: int, months: int = MONTHS) -> str:
    """The YAML text, with a number for every input cell."""
    ids = [f"channel_{number:03}" for number in range(1, channels + 1)]
    members = "\n".join(f"      {id}: Channel number {id[-3:]}" for id in ids)
    inputs = "".join(
        f"  {metric}: {_INPUT.format(label=label, unit=unit, examples=_examples(ids, size, months))}\n"
        for metric, (label, unit, size) in _INPUTS.items()
    )
    return _TOP.format(months=months, members=members) + inputs + _CALCULATED


def channels_for(formulas: int) -> int:
    """How many channels make a workbook of about so many formulas."""
    return max(1, round((formulas - FIXED_CELLS) / CELLS_A_CHANNEL))


def _examples(ids: list[str], size: int, months: int) -> str:
    """Different numbers for every channel and month."""
    return ", ".join(
        f"{id}: [{', '.join(str(size + 7 * channel + month) for month in range(months))}]"
        for channel, id in enumerate(ids)
    )


def formula_cells(plan: Plan) -> int:
    """How many cells of a plan hold formulas."""
    constants = (float, int, str, tuple, type(None))
    return sum(
        run.last - run.first + 1
        for sheet in plan.sheets
        for run in sheet.runs
        if not isinstance(run.content, constants)
    )
