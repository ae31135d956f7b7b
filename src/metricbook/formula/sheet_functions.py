"""The functions of spreadsheets that the workbook uses, as plain Python: one table.

`takes` has a letter per argument, the part after "*" repeats: n a number · t a text · v a value · e a value or an
error · x the values of a reference as they are, of anything else as a number · l the values of a reference · r a
reference as such. An error in an n, t or v argument is the result. IF, CHOOSE and INDEX look at their arguments one
by one, so `closures` has them; they stand here without a function.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf
from statistics import median
from typing import Any, cast

from metricbook.formula.lookups import Cells
from metricbook.formula.values import (
    DIVISION,
    NA,
    NEAR,
    NO_NUMBER,
    WRONG_KIND,
    Error,
    Value,
    approx_add,
    approx_equal,
    approx_floor,
    compare,
    finite,
    round_down,
    round_half_away,
    round_up,
    to_number,
    total,
)

Values = Sequence[Value]

_DAY_ZERO = date(1899, 12, 30).toordinal()  # right from March 1900 on; Excel counts a 29 February 1900


@dataclass(frozen=True, slots=True)
class SheetFunction:
    """How a function takes its arguments, and what computes it (None where `closures` does)."""

    takes: str
    compute: Callable[..., Value] | None


def _numbers(*lists: Values) -> list[float] | Error:
    """The numbers among all values; an error where there is one. Arguments count from the last, as in LibreOffice."""
    values = lists[0] if len(lists) == 1 else [value for values in reversed(lists) for value in values]
    kinds = list(map(type, values))
    if Error in kinds:
        return cast(Error, values[kinds.index(Error)])
    return [value for value in values if type(value) is float]


def _over_numbers(compute: Callable[[list[float]], Value], nothing: Value) -> Callable[..., Value]:
    """A function of all the numbers in its arguments, with the result for none at all."""

    def over(*lists: Values) -> Value:
        numbers = _numbers(*lists)
        return numbers if isinstance(numbers, Error) else compute(numbers) if numbers else nothing

    return over


def _over_truths(compute: Callable[[list[bool]], bool]) -> Callable[..., Value]:
    """A function of all the numbers and truth values in its arguments."""

    def over(*lists: Values) -> Value:
        values = [value for values in lists for value in values]
        error = next((v for v in values if isinstance(v, Error)), None)
        truths = [bool(v) for v in values if isinstance(v, float | bool)]
        return error or (compute(truths) if truths else WRONG_KIND)

    return over


def _count(*lists: Values) -> Value:
    return float(sum([list(map(type, values)).count(float) for values in lists]))


def _count_filled(*lists: Values) -> Value:
    return float(sum([value is not None for values in lists for value in values]))


def _mean(numbers: list[float]) -> Value:
    return finite(total(numbers) / len(numbers))


def _mod(number: float, divisor: float) -> Value:
    if divisor == 0.0:
        return DIVISION
    return approx_add(number, -approx_floor(number / divisor) * divisor)


def _match(wanted: Value, values: Values, kind: float) -> Value:
    if kind != 0.0:
        raise NotImplementedError("MATCH looks for the same value only")
    offered = values.equal(wanted) if isinstance(values, Cells) else None
    places: Iterable[int] = range(len(values)) if offered is None else offered
    return float(next((place + 1 for place in places if _alike(wanted, values[place])), 0)) or NA


def _alike(wanted: Value, value: Value) -> bool:
    return value is not None and not isinstance(value, Error) and compare(wanted, value) == 0


def _rank(number: float, values: Values) -> Value:
    numbers = _numbers(values)
    if isinstance(numbers, Error):
        return numbers
    if not any(approx_equal(number, other) for other in numbers):
        return NA
    return 1.0 + sum(other > number for other in numbers)


_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "<=": operator.le, ">=": operator.ge, "<>": operator.ne, "<": operator.lt, ">": operator.gt, "=": operator.eq,
}  # fmt: skip


def _criterion(wanted: Value) -> Callable[[Value], bool]:
    """The test that a criterion of COUNTIFS asks: 5, "won", "<>0", ">=12". Texts are taken whole, no wildcards."""
    sign, operand = "=", wanted
    if isinstance(wanted, str):
        sign = next((sign for sign in _SIGNS if wanted.startswith(sign)), "=")
        operand = wanted.removeprefix(sign)
        if operand == "":
            return _emptiness(sign, wanted)
        number = to_number(operand)
        operand = operand if isinstance(number, Error) else number
    test = _SIGNS[sign]
    kind = str if isinstance(operand, str) else bool if isinstance(operand, bool) else float
    fixed = 0.0 if operand is None else operand

    margin = NEAR * abs(fixed) if type(fixed) is float else 0.0

    def holds(value: Value) -> bool:
        if type(value) is not kind:
            return sign == "<>"
        if type(value) is float and abs(value - fixed) > margin:  # type: ignore[operator]
            return test(value, fixed)
        return test(compare(value, fixed), 0)

    return holds


def _emptiness(sign: str, wanted: str) -> Callable[[Value], bool]:
    if sign == "<>":
        return lambda value: value is not None
    return lambda value: value is None or (wanted == "" and value == "")


def _rows_that_match(criteria: Sequence[Any]) -> Sequence[int]:
    """The positions at which every pair of values and criterion holds; the rarest is looked at first."""
    pairs = list(zip(criteria[::2], criteria[1::2], strict=True))
    areas = {id(values): values for values, _ in pairs}.values()
    offers = (_offered(area, [wanted for values, wanted in pairs if values is area]) for area in areas)
    rows = min(offers, key=len)
    for values, wanted in pairs:
        holds = _criterion(wanted)
        rows = [row for row in rows if holds(values[row])]
    return rows


def _offered(values: Values, criteria: Sequence[Value]) -> Sequence[int]:
    """The positions at which all criteria of one area may hold."""
    if not isinstance(values, Cells):
        return range(len(values))
    for wanted in criteria:
        found = values.equal(wanted) if type(wanted) is float else None
        if found is not None:
            return found
    low, high = -inf, inf
    for wanted in criteria:
        sign = wanted[:1] if isinstance(wanted, str) and not wanted.startswith("<>") else ""
        bound = to_number(str(wanted).lstrip("<>=")) if sign in ("<", ">") else NO_NUMBER
        if isinstance(bound, float):
            low, high = (low, min(high, bound)) if sign == "<" else (max(low, bound), high)
    return range(len(values)) if low == -inf and high == inf else values.between(low, high)


def _count_ifs(*criteria: Any) -> Value:
    return float(len(_rows_that_match(criteria)))


def _sum_ifs(values: Values, *criteria: Any) -> Value:
    numbers = _numbers([values[row] for row in sorted(_rows_that_match(criteria))])
    return numbers if isinstance(numbers, Error) else total(numbers)


def _to_date(serial: float) -> date | Error:
    ordinal = _DAY_ZERO + int(serial)
    return date.fromordinal(ordinal) if _DAY_ZERO <= ordinal <= date.max.toordinal() else NO_NUMBER


def _date(year: float, month: float, day: float) -> Value:
    years, month0 = divmod(int(month) - 1, 12)
    if not 1900 <= int(year) + years <= 9999:
        return NO_NUMBER
    return float(date(int(year) + years, month0 + 1, 1).toordinal() - _DAY_ZERO + int(day) - 1)


def _months_later(serial: float, months: float) -> Value:
    start = _to_date(serial)
    if isinstance(start, Error):
        return start
    first = _date(start.year, start.month + int(months), 1)
    following = _date(start.year, start.month + int(months) + 1, 1)
    if not isinstance(first, float) or not isinstance(following, float):
        return NO_NUMBER
    return min(first + start.day, following) - 1


def _of_date(part: Callable[[date], int]) -> Callable[[float], Value]:
    def of(serial: float) -> Value:
        day = _to_date(serial)
        return day if isinstance(day, Error) else float(part(day))

    return of


def _left(text: str, count: float = 1.0) -> Value:
    return WRONG_KIND if count < 0 else text[: int(count)]


def _right(text: str, count: float = 1.0) -> Value:
    return WRONG_KIND if count < 0 else text[max(0, len(text) - int(count)) :]


def _fixed(number: float, digits: float = 2.0, bare: float = 0.0) -> Value:
    places = max(0, int(digits))
    return f"{round_half_away(number, int(digits)):{'' if bare else ','}.{places}f}"


SHEET_FUNCTIONS: dict[str, SheetFunction] = {
    "ABS": SheetFunction("n", abs),
    "AND": SheetFunction("*x", _over_truths(all)),
    "AVERAGE": SheetFunction("*x", _over_numbers(_mean, nothing=DIVISION)),
    "CHOOSE": SheetFunction("n*v", None),
    "COUNT": SheetFunction("*x", _count),
    "COUNTA": SheetFunction("*x", _count_filled),
    "COUNTIFS": SheetFunction("*lv", _count_ifs),
    "DATE": SheetFunction("nnn", _date),
    "EDATE": SheetFunction("nn", _months_later),
    "FIXED": SheetFunction("nnn", _fixed),
    "IF": SheetFunction("vvv", None),
    "INDEX": SheetFunction("rnn", None),
    "ISNUMBER": SheetFunction("e", lambda value: type(value) is float),
    "ISTEXT": SheetFunction("e", lambda value: type(value) is str),
    "LEFT": SheetFunction("tn", _left),
    "MATCH": SheetFunction("vln", _match),
    "MAX": SheetFunction("*x", _over_numbers(max, nothing=0.0)),
    "MEDIAN": SheetFunction("*x", _over_numbers(median, nothing=NO_NUMBER)),
    "MIN": SheetFunction("*x", _over_numbers(min, nothing=0.0)),
    "MOD": SheetFunction("nn", _mod),
    "MONTH": SheetFunction("n", _of_date(lambda day: day.month)),
    "NA": SheetFunction("", lambda: NA),
    "NOT": SheetFunction("n", lambda number: number == 0.0),
    "OR": SheetFunction("*x", _over_truths(any)),
    "RANK": SheetFunction("nl", _rank),
    "RIGHT": SheetFunction("tn", _right),
    "ROUND": SheetFunction("nn", round_half_away),
    "ROUNDDOWN": SheetFunction("nn", round_down),
    "ROUNDUP": SheetFunction("nn", round_up),
    "SUM": SheetFunction("*x", _over_numbers(lambda numbers: finite(total(numbers)), nothing=0.0)),
    "SUMIFS": SheetFunction("l*lv", _sum_ifs),
    "YEAR": SheetFunction("n", _of_date(lambda day: day.year)),
}
