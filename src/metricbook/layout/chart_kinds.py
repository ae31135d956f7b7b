"""The kinds of charts over members, and of one metric after the other: how each is made, and what of it is drawn."""

from __future__ import annotations

from collections.abc import Callable

from metricbook.layout.chart_bars import Bars
from metricbook.layout.chart_bridge import bridge
from metricbook.layout.chart_columns import ROOM, Columns, funnel, in_order, plain, shares, with_room

Kind = tuple[Callable[[Bars], Columns], tuple[str, ...], str]
"""The quantities of a kind, which of them are drawn, and which names the bars ("" for their own)."""


def kind_of(kind: str, sort: bool, count: int, below_zero: bool = False) -> Kind:
    """How a chart with so many series is made; one whose bars may go below zero leaves room for their labels."""
    values = tuple(f"value {number}" for number in range(count))
    if kind == "funnel":
        return funnel, ("Start", "Bar"), "Name"
    if kind == "waterfall":
        return bridge, ("Base", "Total", "Increase", "Decrease", "Increase below 0", "Decrease below 0"), "Name"
    if kind == "stacked":
        return shares, tuple(f"share {number}" for number in range(count)), ""
    if sort and kind == "bar" and count == 1 and below_zero:
        return with_room, ("drawn 0", ROOM), "Name"
    if sort:
        return in_order, tuple(f"drawn {number}" for number in range(count)), "Name"
    return plain, values, ""
