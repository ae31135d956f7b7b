"""Units and their arithmetic: what a formula's result is measured in, and whether time cancels out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

TIME = ("seconds", "days", "weeks", "months", "quarters", "years")
PURE = ("count", "percent", "points", "ratio", "score", "rating/5")
WORDS = ("text", "date", "choice", "member")
UNITS = ("currency", "count", *PURE[1:], *TIME, *WORDS, "currency/month", "percent/month", "count/month")
CLOCKS = {"day": "days", "week": "weeks", "month": "months", "quarter": "quarters", "year": "years"}
# what 12, 4, 52 and 365 may stand for beside a plain number: a length of time, or one clock in another
CALENDAR: dict[float, tuple[tuple[tuple[str, int], ...], ...]] = {
    12: ((("months", 1),), (("months", 1), ("years", -1))),
    4: ((("quarters", 1),), (("quarters", 1), ("years", -1))),
    52: ((("weeks", 1),), (("weeks", 1), ("years", -1))),
    365: ((("days", 1),), (("days", 1), ("years", -1))),
}


@dataclass(frozen=True)
class Measure:
    """Powers of the base quantities, such as currency¹ months⁻¹; percents and counts have none.

    `kind` remembers "percent" and "date", so that the difference of two percents is known to be points, and that of
    two dates to be days.
    """

    powers: tuple[tuple[str, int], ...] = ()
    kind: str = ""

    def times(self, other: Measure, sign: int = 1) -> Measure:
        """The measure of a product, or with sign −1 of a quotient."""
        powers = dict(self.powers)
        for name, power in other.powers:
            powers[name] = powers.get(name, 0) + sign * power
        return Measure(tuple(sorted((name, power) for name, power in powers.items() if power)))


def known(unit: str) -> bool:
    """Is this a unit of the language?"""
    head, _, clock = unit.partition("/")
    if unit in PURE or unit in TIME or unit in WORDS or unit == "currency":
        return True
    return head in ("currency", "percent", "count") and clock in CLOCKS


def measure(unit: str) -> Measure:
    """The measure of a declared unit.

    >>> measure("currency/month").powers
    (('currency', 1), ('months', -1))
    """
    head, _, clock = unit.partition("/")
    powers = {"currency": 1} if head == "currency" else {}
    if head in TIME:
        powers[head] = 1
    if clock in CLOCKS:
        powers[CLOCKS[clock]] = -1
    kinds = {"percent": "percent", "points": "percent", "date": "date"}
    return Measure(tuple(sorted(powers.items())), kinds.get(head, ""))


def readings(value: float) -> tuple[Measure, ...]:
    """What a literal may mean: a plain number, or for the calendar's numbers a length of time as well."""
    return (Measure(), *(Measure(tuple(sorted(powers))) for powers in CALENDAR.get(value, ())))


def sums(unit: str) -> bool:
    """Do values of this unit add up over members? Amounts and counts do; rates, scores and times do not."""
    head = unit.partition("/")[0]
    return unit != "rating/5" and head in ("currency", "count")


def clock(unit: str) -> str:
    """The clock of a rate ("month" for percent/month), or ""."""
    tail = unit.partition("/")[2]
    return tail if tail in CLOCKS else ""


def combine(left: tuple[Measure, ...], right: tuple[Measure, ...], sign: int) -> tuple[Measure, ...]:
    """All measures that a product (or with −1 a quotient) of two ambiguous operands may have, each once."""
    return tuple(dict.fromkeys(a.times(b, sign) for a, b in product(left, right)))
