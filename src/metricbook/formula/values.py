"""What a cell's value can be, and how spreadsheets turn one kind into another, compare and add.

Policy: a blank is 0 in arithmetic and "" in text; a number is less than a text, a text less than a truth value; texts
compare without regard to case. Where binary fractions make 0.1 + 0.2 differ from 0.3, comparisons and differences
snap as LibreOffice's do (`approx_equal`), so that the values here are the ones it shows. Where the two differ about
kinds, Excel is followed: TRUE is greater than any number and joins to a text as "TRUE".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from math import floor, fsum, inf, isfinite


@dataclass(frozen=True, slots=True)
class Error:
    """What a cell shows instead of a value: "#N/A" and the like."""

    code: str


Value = float | str | bool | Error | None

NA = Error("#N/A")
DIVISION = Error("#DIV/0!")
WRONG_KIND = Error("#VALUE!")
NO_CELL = Error("#REF!")
NO_NUMBER = Error("#NUM!")

_NUMERIC = re.compile(r"\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*", re.ASCII)
NEAR = 2.0**-44  # what is further apart than this, relatively, is different without a closer look
_NEARER = 2.0**-48
_WHOLE = 2.0**53  # up to here every whole number has a place of its own


def to_number(value: Value) -> float | Error:
    """A value as arithmetic takes it."""
    if isinstance(value, str):
        return float(value) if _NUMERIC.fullmatch(value) else WRONG_KIND
    return value if isinstance(value, Error) else float(value or 0.0)


def to_text(value: Value) -> str | Error:
    """A value as `&` takes it; numbers in Excel's General format, with 15 digits."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _general(value)
    return "" if value is None else value


def to_truth(value: Value) -> bool | Error:
    """A value as a condition takes it."""
    if isinstance(value, str):
        return {"TRUE": True, "FALSE": False}.get(value.upper(), WRONG_KIND)
    return value if isinstance(value, Error) else bool(value)


def approx_equal(a: float, b: float) -> bool:
    """Whether two numbers count as equal: they differ by less than 2^-48 of either, and are not two whole numbers."""
    if a == b:
        return True
    if a == 0.0 or b == 0.0:
        return False
    distance, a, b = abs(a - b), abs(a), abs(b)
    if not distance < _NEARER * min(a, b):
        return False
    return not (_is_whole(distance) and _is_whole(a) and _is_whole(b))


def approx_add(a: float, b: float) -> float:
    """A sum; exactly 0 where the two cancel but for the last bits."""
    total = a + b
    return 0.0 if abs(total) < NEAR * abs(a) and approx_equal(a, -b) else total


def total(numbers: Sequence[float]) -> float:
    """The sum of many numbers, exactly 0 where the last one cancels the others but for the last bits."""
    try:
        result = fsum(numbers)
    except OverflowError:
        return inf
    last = next((number for number in reversed(numbers) if number), 0.0)
    return 0.0 if abs(result) < NEAR * abs(last) and approx_equal(last, last - result) else result


def approx_floor(number: float) -> float:
    """The whole number below, where 15 digits decide what is a whole number."""
    return float(floor(float(f"{number:.15g}")))


def compare(a: Value, b: Value) -> int:
    """-1, 0 or 1 as the first value is less than, equal to or greater than the second; no errors here."""
    if isinstance(a, str) and isinstance(b, str):
        one, other = a.casefold(), b.casefold()
        return (one > other) - (one < other)
    if a is None or b is None:
        return 0 if a is b else compare(_blank_beside(a, b), _blank_beside(b, a))
    rank = _rank(a) - _rank(b)
    if rank:
        return 1 if rank > 0 else -1
    assert not isinstance(a, str | Error) and not isinstance(b, str | Error)
    return 0 if approx_equal(a, b) else (a > b) - (a < b)


def round_half_away(number: float, digits: float) -> float:
    """ROUND: halves go away from zero; to decimals, the 15 digits a reader sees decide what is a half."""
    return _quantized(repr(number) if digits == 0 else f"{number:.15g}", digits, ROUND_HALF_UP)


def round_up(number: float, digits: float) -> float:
    """ROUNDUP: away from zero, beyond the noise of the last bits (12 digits, as LibreOffice)."""
    return _quantized(f"{number:.12g}", digits, ROUND_UP)


def round_down(number: float, digits: float) -> float:
    """ROUNDDOWN: towards zero, beyond the noise of the last bits."""
    return _quantized(f"{number:.12g}", digits, ROUND_DOWN)


def finite(number: float) -> float | Error:
    """The number, or what a spreadsheet shows when it is too large."""
    return number if isfinite(number) else NO_NUMBER


def _quantized(digits: str, places: float, rounding: str) -> float:
    number = Decimal(digits)
    if number.adjusted() + places > 25:  # finer than the number itself
        return float(number)
    step = Decimal(1).scaleb(-int(places))
    return float((number / step).quantize(Decimal(1), rounding=rounding) * step)


def _general(number: float) -> str:
    if number == 0.0:
        return "0"
    shown = Decimal(f"{number:.15g}")
    if -16 <= shown.adjusted() <= 20:
        plain = f"{shown:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    digits, exponent = f"{number:.14E}".split("E")
    return f"{digits.rstrip('0').rstrip('.')}E{int(exponent):+03d}"


def _is_whole(number: float) -> bool:
    return number <= _WHOLE and number.is_integer()


def _rank(value: Value) -> int:
    return 2 if isinstance(value, bool) else 1 if isinstance(value, str) else 0


def _blank_beside(value: Value, other: Value) -> Value:
    """A blank takes the kind of what it is compared with."""
    if value is not None:
        return value
    return "" if isinstance(other, str) else False if isinstance(other, bool) else 0.0
