"""A formula in plain words, for the Dictionary: "Marketing spend ÷ New customers".

Operators become the signs people write by hand; each function has its phrase in one of the tables below, which a
client may say otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from metricbook.formula.aggregates import AGGREGATES, compared, criteria, summed
from metricbook.formula.excel import PRECEDENCE, number
from metricbook.formula.tree import Area, Binary, Call, Cell, Name, Number, Operator, Text, Tree, Unary

Label = Callable[[Name], str]
Phrase = Callable[[str], str]
"""Gives a phrase, whose {} are filled in, in a client's words."""

_SIGNS: dict[Operator, str] = {
    "+": "+", "-": "−", "*": "×", "/": "÷",
    "=": "=", "<>": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥",
}  # fmt: skip

_SPOKEN_SIGNS: dict[Operator, str] = {"^": "{} to the power of {}", "&": "{} followed by {}"}

_LISTS = {
    "SUM": "sum of {}",
    "AVERAGE": "average of {}",
    "MEDIAN": "median of {}",
    "MIN": "smallest of {}",
    "MAX": "largest of {}",
    "COUNT": "how many of {} are filled",
}

_SENTENCES = {
    "IF": "if {}: {}, otherwise {}",
    "NOT": "not {}",
    "ABS": "{} without its sign",
    "ROUNDUP": "{} rounded up to {}",
    "ROUNDDOWN": "{} rounded down to {}",
    "PREVIOUS": "{}, one {} earlier (in the first: {})",
    "AGO": "{}, {} earlier",
    "CUMULATIVE": "sum of {} since the first period",
    "TODATE": "sum of {} since the start of the fiscal {}",
    "ROLLING": "sum of {} over the last {}",
    "WHOLE": "{} of the whole fiscal {}",
    "COALESCE": "{}, or {} where it is missing",
    "OF": "{} of the row that {} points to",
}

_ROWS = {
    "COUNTIFS": "rows where {}",
    "SUMIFS": "sum of {} over rows where {}",
    "AVERAGEIFS": "average of {} over rows where {}",
}
_BOTH, _EITHER, _BLANK = "{} and {}", "{} or {}", "blank"
_IS, _IN_THE_PERIOD = "{} is {}", "{} falls in the period"
_ONE, _PERIOD, _PERIODS = "one {}", "period", "{} periods"
_WHOLE_NUMBER, _ONE_DECIMAL, _DECIMALS = "a whole number", "one decimal", "{} decimals"

PHRASES = (
    *_SPOKEN_SIGNS.values(), *_LISTS.values(), *_SENTENCES.values(), *_ROWS.values(), _BOTH, _EITHER, _BLANK, _IS,
    _IN_THE_PERIOD, _ONE, _PERIOD, _PERIODS, _WHOLE_NUMBER, _ONE_DECIMAL, _DECIMALS,
)  # fmt: skip
"""Every phrase of a formula in words; {} is what is filled in."""

_LOOSE, _TIGHT = 0, 9  # how tightly words hold together, beside Excel's precedences


def filled(phrase: str, *parts: str) -> str:
    """A phrase with its parts in their places.

    >>> filled("sum of {} over the last {}", "Leads", "12 periods")
    'sum of Leads over the last 12 periods'
    """
    return "".join(text + part for text, part in zip(phrase.split("{}"), [*parts, ""], strict=True))


def words(tree: Tree, label: Label, phrase: Phrase = str) -> str:
    """The formula of an author in words; `label` says how a metric is called, `phrase` how a phrase is said."""
    return _Speaker(label, phrase).words(tree)


@dataclass(frozen=True)
class _Speaker:
    """Says formulas in one client's words."""

    label: Label
    phrase: Phrase

    def words(self, tree: Tree) -> str:
        match tree:
            case Number(value=value):
                return number(value)
            case Text(value=value):
                return f"“{value}”" if value else self.fill(_BLANK)
            case Name():
                return self.label(tree)
            case Unary(operand=operand):
                return "−" + self.within(operand, _TIGHT)
            case Binary(op=op, left=left, right=right):
                sides = self.within(left, PRECEDENCE[op]), self.within(right, PRECEDENCE[op] + 1)
                return self.fill(_SPOKEN_SIGNS[op], *sides) if op in _SPOKEN_SIGNS else f" {_SIGNS[op]} ".join(sides)
            case Call():
                return self.call(tree)
            case Cell() | Area():
                raise TypeError(f"an author's formula holds no cells: {tree}")

    def fill(self, phrase: str, *parts: str) -> str:
        return filled(self.phrase(phrase), *parts)

    def call(self, call: Call) -> str:
        if call.function in ("AND", "OR"):
            first, *others = [self.within(arg, 1) for arg in call.args]
            for other in others:
                first = self.fill(_BOTH if call.function == "AND" else _EITHER, first, other)
            return first
        if call.function in AGGREGATES:
            return self.over_rows(call)
        if call.function in _LISTS:
            *before, last = [self.words(arg) for arg in call.args]
            listed = self.fill(_BOTH, ", ".join(before), last) if before else last
            return self.fill(_LISTS[call.function], listed)
        return self.fill(_SENTENCES[call.function], *self.arguments(call))

    def over_rows(self, call: Call) -> str:
        """“rows where Channel is channel and Won on falls in the period”"""
        column = summed(call)
        first, *others = [self.fits(column, criterion) for column, criterion in criteria(call)]
        for other in others:
            first = self.fill(_BOTH, first, other)
        return self.fill(_ROWS[call.function], *([] if column is None else [self.words(column)]), first)

    def fits(self, column: Tree, criterion: Tree) -> str:
        if criterion == Name("period"):
            return self.fill(_IN_THE_PERIOD, self.words(column))
        sign, other = compared(criterion)
        sides = self.words(column), self.words(other)
        return self.fill(_IS, *sides) if sign == "=" else f" {_SIGNS[cast(Operator, sign)]} ".join(sides)

    def arguments(self, call: Call) -> list[str]:
        """The arguments in the order in which the phrase names them; how far it looks is a word of its own."""
        match call.function, call.args:
            case "AGO", (metric, span):
                many = isinstance(span, Number) and span.value != 1.0
                return [self.words(metric), self.span(span) if many else self.fill(_ONE, self.span(span))]
            case "ROLLING" | "TODATE" | "WHOLE", (metric, span):
                return [self.words(metric), self.span(span)]
            case "PREVIOUS", (metric, opening, *span):
                return [self.words(metric), self.span(*span), self.words(opening)]
            case "OF", (key, column):
                return [self.within(column, 1), self.within(key, 1)]
            case "ROUNDUP" | "ROUNDDOWN", (value, digits):
                return [self.within(value, _TIGHT), self.decimals(digits)]
        return [self.within(arg, _TIGHT if call.function in ("ABS", "NOT") else 1) for arg in call.args]

    def span(self, span: Tree | None = None) -> str:
        """“quarter”, “period”, “12 periods”"""
        if isinstance(span, Number) and span.value != 1.0:
            return self.fill(_PERIODS, number(span.value))
        return self.fill(span.id if isinstance(span, Name) else _PERIOD)

    def decimals(self, digits: Tree) -> str:
        if digits == Number(0.0):
            return self.fill(_WHOLE_NUMBER)
        return self.fill(_ONE_DECIMAL) if digits == Number(1.0) else self.fill(_DECIMALS, self.within(digits, _TIGHT))

    def within(self, tree: Tree, level: int) -> str:
        spoken = self.words(tree)
        return f"({spoken})" if _precedence(tree) < level else spoken


def _precedence(tree: Tree) -> int:
    match tree:
        case Binary(op=op):
            return PRECEDENCE[op]
        case Unary() | Call():
            return _LOOSE
        case Number() | Text() | Name() | Cell() | Area():
            return _TIGHT
