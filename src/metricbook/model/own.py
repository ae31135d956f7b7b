"""Your own numbers: the free lines of every workbook, as data files name them.

`own_1` … `own_8` are values by period; `own_1.name`, `.unit`, `.rollup`, `.good` and `.target` say what they are. No
framework declares them, so no formula reads them, and what is typed there is nobody's gap.
"""

from __future__ import annotations

from functools import cache

from metricbook.model.metric import Metric
from metricbook.source.ids import OWN_LINES
from metricbook.source.schema import Input

NAME, UNIT, ROLLUP, GOOD, TARGET = "name", "unit", "rollup", "good", "target"

UNITS = {
    "number": "number", "currency": "currency", "percent": "percent", "times": "times", "days": "days",
    "months": "months",
}  # fmt: skip
ROLLUPS = {"sum": "sum", "last": "last value", "average": "average"}
DIRECTIONS = {"higher": "higher", "lower": "lower", "none": "—"}
WORDS = {UNIT: UNITS, ROLLUP: ROLLUPS, GOOD: DIRECTIONS}
"""What is chosen from a list: ids with words."""


def own_id(number: int) -> str:
    """The id of a line, counted from 1."""
    return f"own_{number}"


@cache
def own_inputs() -> dict[str, Metric]:
    """Everything that may be typed into the lines, by id, described as any other input is."""
    found = {}
    for number in range(1, OWN_LINES + 1):
        id = own_id(number)
        found[id] = _metric(id, "count", timed=True)
        found[f"{id}.{NAME}"] = _metric(f"{id}.{NAME}", "text")
        found[f"{id}.{TARGET}"] = _metric(f"{id}.{TARGET}", "count")
        for part, words in WORDS.items():
            found[f"{id}.{part}"] = _metric(f"{id}.{part}", "choice", options=words)
    return found


def is_own(id: str) -> bool:
    """Does this id name a free line, or what it is?"""
    return id in own_inputs()


def _metric(id: str, unit: str, timed: bool = False, options: dict[str, str] | None = None) -> Metric:
    given = Input(options=options, required=False)
    return Metric(id, id, unit, (), timed, "none", "none", input=given, signed=True)
