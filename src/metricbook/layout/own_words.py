"""Words of the free lines on Lists: what may be chosen there, and how each unit is told.

A unit is chosen while the workbook is used, so the parts of a number in words are looked up by the unit's number.
"""

from __future__ import annotations

from dataclasses import dataclass

from metricbook.layout.formats import Formats, symbol
from metricbook.layout.words import SIDES
from metricbook.model.own import DIRECTIONS, ROLLUPS, UNITS

Item = tuple[str, str, float]


@dataclass(frozen=True)
class Told:
    """How a unit is told: what stands before and after a number, the number being so many times the value.

    An amount is told whole, or in millions; below 100 it keeps as many `decimals` as it needs. Without a number of
    them it is no amount and always has one decimal. A change is told in percent where `change` is "%", else as a
    difference.
    """

    unit: str  # as the number formats know it
    suffix: str = ""
    times: float = 1.0
    decimals: int = 1
    difference: str = ""
    change: str = "%"


TOLD = {
    "number": Told("count"),
    "currency": Told("currency", decimals=2),
    "percent": Told("percent", "%", 100.0, 0, " pp", " pp"),
    "times": Told("ratio", "×", 1.0, 0, "×", "×"),
    "days": Told("days", " d", 1.0, 1, " d"),
    "months": Told("months", " mo", 1.0, 0, " mo"),
}
assert list(TOLD) == list(UNITS)

HEADS = ("Metric", "Actual", "Target", "Variance", "Status", "Change", "Trend", "Note")
TITLES = {
    "own_units": "Your own numbers: units", "own_before": "Before a number", "own_after": "After a number",
    "own_difference": "After a difference", "own_change": "After a change",
    "own_sizes": "Whole, one decimal, two, millions", "own_rollups": "Over periods", "own_good": "Which is better",
    "own_sides": "Beside a variance", "own_heads": "Headings of your own numbers",
}  # fmt: skip


def own_lists(currency: str) -> dict[str, list[Item]]:
    """The lists: (id, word, number)."""
    told = list(TOLD.items())
    sides = enumerate((*SIDES["lower"], *SIDES["higher"]), 1)
    return {
        "own_units": [(id, UNITS[id], each.times) for id, each in told],
        "own_before": [(id, symbol(currency) if id == "currency" else "", float(each.decimals)) for id, each in told],
        "own_after": [(id, each.suffix, 0.0) for id, each in told],
        "own_difference": [(id, each.difference, float(each.change != "%")) for id, each in told],
        "own_change": [(id, each.change, 100.0 if each.change == "%" else each.times) for id, each in told],
        "own_sizes": [("whole", "", 1.0), ("decimal", "", 1.0), ("decimals", "", 1.0), ("millions", "M", 1e6)],
        "own_rollups": [(id, word, float(n)) for n, (id, word) in enumerate(ROLLUPS.items(), 1)],
        "own_good": [(id, word, {"higher": 1.0, "lower": -1.0}.get(id, 0.0)) for id, word in DIRECTIONS.items()],
        "own_sides": [(str(number), word, float(number)) for number, word in sides],
        "own_heads": [(word.lower(), word, 0.0) for word in HEADS],
    }


def own_format(formats: Formats, unit: str) -> str:
    """The number format of a unit; an amount keeps its decimals while it is small."""
    code, decimals = formats.unit(TOLD[unit].unit), TOLD[unit].decimals
    small = formats.unit("currency", decimals=decimals) if unit == "currency" else "General"
    return f"[>=100]{code};[<=-100]-{code};{small}" if decimals else code
