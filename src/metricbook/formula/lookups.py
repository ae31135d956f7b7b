"""The values of an area that many formulas look through, with what finds them quickly in many thousand rows.

Whole numbers and texts are found by a table of their places, bounds by a sorted list. What counts as equal is decided
as everywhere (`compare`): a place is only offered here, and looked at once more.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from metricbook.formula.values import Value

Key = float | str


class Cells(list[Value]):
    """All values of an area, row by row, once they are computed."""

    def __init__(self, values: Iterable[Value]) -> None:
        super().__init__(values)
        self._places: dict[Key, list[int]] | None = None
        self._ordered: tuple[list[float], list[int]] | None = None

    def equal(self, wanted: Value) -> Sequence[int] | None:
        """The places that may hold this value, in order; None where every place has to be looked at."""
        key = _key(wanted)
        if key is None:
            return None
        if self._places is None:
            self._places = {}
            for place, value in enumerate(self):
                if (known := _key(value, near=True)) is not None:
                    self._places.setdefault(known, []).append(place)
        return self._places.get(key, [])

    def between(self, low: float, high: float) -> Sequence[int]:
        """The places of numbers that may lie between two bounds."""
        if self._ordered is None:
            pairs = sorted((value, place) for place, value in enumerate(self) if type(value) is float)
            self._ordered = [value for value, _ in pairs], [place for _, place in pairs]
        numbers, places = self._ordered
        return places[bisect_left(numbers, low - 1) : bisect_right(numbers, high + 1)]


def _key(value: Value, near: bool = False) -> Key | None:
    """What a value is found by: a text without its case, a whole number, and what is `near` to one."""
    if type(value) is str:
        return value.casefold()
    if type(value) is not float or abs(value) > 2.0**40:
        return None
    whole = float(round(value))
    if value == whole or (near and abs(value - whole) < 1e-9):
        return whole
    return None
