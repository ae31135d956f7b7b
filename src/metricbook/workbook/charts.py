"""Charts (first version: none yet)."""
from __future__ import annotations
from typing import Any
from metricbook.layout.plan import Chart
from metricbook.workbook.rows import Values


def add_charts(sheet: Any, charts: tuple[Chart, ...], values: Values) -> None:
    """Charts come next."""
