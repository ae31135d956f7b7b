"""Sample data as the tests read it: values by metric, members and period."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FRAMEWORKS = Path(__file__).parents[2] / "frameworks"
MONTHS = tuple(f"{year}-{month:02d}" for year in (2025, 2026) for month in range(1, 13))[:20]
"""The months that the samples hold: January 2025 to August 2026."""

Line = tuple[str, ...]


@cache
def sample(framework: str) -> Mapping[Line, Mapping[str, float]]:
    """Each line of numbers, such as ("channel_spend", "events"), by period ("" where it has none)."""
    lines: dict[Line, dict[str, float]] = {}
    with (FRAMEWORKS / f"{framework}.sample.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not row["value"].lstrip("-").replace(".", "", 1).isdigit():
                continue  # words, such as what happened in a month
            members = [row[key] for key in row if key not in ("metric", "period", "value") and row[key]]
            lines.setdefault((row["metric"], *members), {})[row["period"]] = float(row["value"])
    return lines


def total(framework: str, metric: str, periods: tuple[str, ...] = MONTHS) -> float:
    """A metric's sum over all members and the periods given."""
    lines = (values for line, values in sample(framework).items() if line[0] == metric)
    return sum(values[period] for values in lines for period in periods)
