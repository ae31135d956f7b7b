"""A formula in plain words, for the Dictionary: "Marketing spend ÷ New customers".

Operators become the signs people write by hand; each function has its sentence in one of the tables below.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from metricbook.formula.aggregates import AGGREGATES, compared, criteria, summed
from metricbook.formula.excel import PRECEDENCE, number
from metricbook.formula.tree import Area, Binary, Call, Cell, Name, Number, Operator, Text, Tree, Unary

Label = Callable[[Name], str]

_SIGNS: dict[Operator, str] = {
    "+": "+", "-": "−", "*": "×", "/": "÷", "^": "to the power of", "&": "followed by",
    "=": "=", "<>": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥",
}  # fmt: skip

_LISTS = {
    "SUM": "sum of {}",
    "AVERAGE": "average of {}",
    "MEDIAN": "median of {}",
    "MIN": "smallest of {}",
    "MAX": "largest of {}",
    "COUNT": "how many of {} are filled",
}

_SENTENCES = {
    "IF": "if {0}: {1}, otherwise {2}",
    "NOT": "not {0}",
    "ABS": "{0} without its sign",
    "ROUNDUP": "{0} rounded up to {1}",
    "ROUNDDOWN": "{0} rounded down to {1}",
    "PREVIOUS": "{0}, one {2} earlier ({1} before the first)",
    "AGO": "{0}, {1} earlier",
    "CUMULATIVE": "sum of {0} since the first period",
    "TODATE": "sum of {0} since the start of the fiscal {1}",
    "ROLLING": "sum of {0} over the last {1}",
    "WHOLE": "{0} of the whole fiscal {1}",
    "COALESCE": "{0}, or {1} where it is missing",
    "OF": "{1} of the row that {0} points to",
}

_LOOSE, _TIGHT = 0, 9  # how tightly words hold together, beside Excel's precedences


def words(tree: Tree, label: Label) -> str:
    """The formula of an author in words; `label` says how a metric is called."""
    match tree:
        case Number(value=value):
            return number(value)
        case Text(value=value):
            return f"“{value}”" if value else "blank"
        case Name():
            return label(tree)
        case Unary(operand=operand):
            return "−" + _within(operand, _TIGHT, label)
        case Binary(op=op, left=left, right=right):
            level = PRECEDENCE[op]
            return f"{_within(left, level, label)} {_SIGNS[op]} {_within(right, level + 1, label)}"
        case Call():
            return _call(tree, label)
        case Cell() | Area():
            raise TypeError(f"an author's formula holds no cells: {tree}")


def _call(call: Call, label: Label) -> str:
    if call.function in ("AND", "OR"):
        return f" {call.function.lower()} ".join(_within(arg, 1, label) for arg in call.args)
    if call.function in AGGREGATES:
        return _over_rows(call, label)
    if call.function in _LISTS:
        return _LISTS[call.function].format(_listed([words(arg, label) for arg in call.args]))
    return _SENTENCES[call.function].format(*_arguments(call, label))


_ROWS = {"COUNTIFS": "rows", "SUMIFS": "sum of {} over rows", "AVERAGEIFS": "average of {} over rows"}


def _over_rows(call: Call, label: Label) -> str:
    """“rows where Channel is channel and Won on is in the period”"""
    column = summed(call)
    head = _ROWS[call.function].format("" if column is None else words(column, label))
    parts = [f"{words(column, label)} {_fits(criterion, label)}" for column, criterion in criteria(call)]
    return f"{head} where {' and '.join(parts)}"


def _fits(criterion: Tree, label: Label) -> str:
    if criterion == Name("period"):
        return "falls in the period"
    sign, other = compared(criterion)
    return f"{'is' if sign == '=' else _SIGNS[cast(Operator, sign)]} {words(other, label)}"


def _arguments(call: Call, label: Label) -> list[str]:
    """The arguments in words; how far a period function looks is a word of its own."""
    match call.function, call.args:
        case "AGO" | "ROLLING", (metric, span):
            return [words(metric, label), _periods(span, of_one="one " if call.function == "AGO" else "")]
        case "TODATE" | "WHOLE", (metric, span):
            return [words(metric, label), _span(span)]
        case "PREVIOUS", (metric, opening, *span):
            return [words(metric, label), words(opening, label), _span(span[0]) if span else "period"]
        case "ROUNDUP" | "ROUNDDOWN", (value, digits):
            return [_within(value, _TIGHT, label), _decimals(digits, label)]
    return [_within(arg, _TIGHT if call.function in ("ABS", "NOT") else 1, label) for arg in call.args]


def _periods(span: Tree, of_one: str) -> str:
    if isinstance(span, Number):
        return f"{of_one}period" if span.value == 1.0 else f"{number(span.value)} periods"
    return of_one + _span(span)


def _decimals(digits: Tree, label: Label) -> str:
    if digits == Number(0.0):
        return "a whole number"
    return "one decimal" if digits == Number(1.0) else f"{_within(digits, _TIGHT, label)} decimals"


def _span(span: Tree) -> str:
    return span.id if isinstance(span, Name) else "period"


def _within(tree: Tree, level: int, label: Label) -> str:
    spoken = words(tree, label)
    return f"({spoken})" if _precedence(tree) < level else spoken


def _precedence(tree: Tree) -> int:
    match tree:
        case Binary(op=op):
            return PRECEDENCE[op]
        case Unary() | Call():
            return _LOOSE
        case Number() | Text() | Name() | Cell() | Area():
            return _TIGHT


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
