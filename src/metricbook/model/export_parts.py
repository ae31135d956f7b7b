"""What single rows of exports add to cells, from all exports together."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from metricbook.model.data import Key
from metricbook.source.raw_table import Cell
from metricbook.source.span_text import Span


class Part(NamedTuple):
    """What one row adds to a cell: its value, its days, and its cell."""

    value: float | str
    span: Span | None
    cell: Cell
    export: int
    file: str


Parts = defaultdict[Key, list[Part]]
"""The parts of every cell."""
