"""Functions along the periods, shared by all frameworks. `series` ends with the present period; None is a blank."""

from __future__ import annotations

from collections.abc import Sequence

Series = Sequence["float | None"]


def previous(series: Series, opening: float | None) -> float | None:
    """The value one period earlier; before the first period the opening.

    Unit and clock: those of the series.

    >>> previous([10, 20, 30], 5), previous([10], 5)
    (20, 5)
    """
    return series[-2] if len(series) > 1 else opening


def ago(series: Series, n: int) -> float | None:
    """The value `n` periods earlier; None before there is one.

    Unit and clock: those of the series.

    >>> ago([10, 20, 30], 2), ago([10, 20], 2)
    (10, None)
    """
    return series[-1 - n] if len(series) > n else None


def cumulative(series: Series) -> float | None:
    """The sum from the first period on; None as soon as one is blank.

    Unit: that of the series. Clock: all periods so far.

    >>> cumulative([10, 20, 30]), cumulative([10, None, 30])
    (60, None)
    """
    return _complete_sum(series)


def rolling_sum(series: Series, n: int) -> float | None:
    """The sum of the last `n` periods; None with less history, or while one of them is blank.

    Unit: that of the series. Clock: `n` periods.

    >>> rolling_sum([10, 20, 30], 2), rolling_sum([10], 2), rolling_sum([10, None], 2)
    (50, None, None)
    """
    return _complete_sum(series[-n:]) if len(series) >= n else None


def to_date_sum(to_date: Series) -> float | None:
    """The sum since the fiscal year or quarter began; None while one of its periods is blank.

    Unit: that of the series. Clock: the year or quarter to date.

    >>> to_date_sum([10, 20]), to_date_sum([None, 20])
    (30, None)
    """
    return _complete_sum(to_date)


def whole_sum(whole: Series) -> float | None:
    """The sum of the whole fiscal year or quarter, periods to come included; None where one is blank.

    Unit: that of the series. Clock: the whole year or quarter.

    >>> whole_sum([10, 20, 30]), whole_sum([10, 20, None])
    (60, None)
    """
    return _complete_sum(whole)


def _complete_sum(values: Series) -> float | None:
    present = [value for value in values if value is not None]
    return sum(present) if len(present) == len(values) else None
