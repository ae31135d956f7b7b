"""Tree to Python function: one function of the column for each run, bound to the rows it reads.

`formula` compiles a tree once; calling the result costs a few function calls per cell and no look-ups of sheets.
IF and CHOOSE compute only the argument they choose.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import chain, cycle, islice
from math import isfinite
from typing import Any

from metricbook.formula.references import Formula, Here, References, Sheet, is_reference
from metricbook.formula.sheet_functions import SHEET_FUNCTIONS
from metricbook.formula.tree import Area, Binary, Call, Cell, Name, Number, Operator, Text, Tree, Unary
from metricbook.formula.values import (
    DIVISION,
    NEAR,
    NO_NUMBER,
    WRONG_KIND,
    Error,
    Value,
    approx_add,
    compare,
    to_number,
    to_text,
    to_truth,
)

Argument = Callable[[int], Any]


def formula(tree: Tree, home: str, sheets: Mapping[str, Sheet], columns: tuple[int, int], here: Here) -> Formula:
    """The function that computes `tree` in any of the run's `columns` (first, last) of the sheet `home`.

    In which row is said by `here` while it is called.
    """
    return _Compiler(home, sheets, columns, here).value(tree)


class _Compiler:
    """Compiles the parts of one formula."""

    def __init__(self, home: str, sheets: Mapping[str, Sheet], columns: tuple[int, int], here: Here) -> None:
        self.references = References(home, sheets, columns, here, self.value)

    def value(self, tree: Tree) -> Formula:
        """The function for one value."""
        match tree:  # the frequent ones first
            case Cell():
                return self.references.cell(tree)
            case Call():
                return self.call(tree)
            case Binary():
                return self.binary(tree)
            case Number(value=value):
                number = float(value)
                return lambda column: number
            case Text(value=text):
                return lambda column: text
            case Unary(operand=operand):
                return _arithmetic(lambda column: 0.0, self.value(operand), operator.sub)
            case Area() | Name():
                raise TypeError(f"one value belongs here, not {tree}")

    def binary(self, tree: Binary) -> Formula:
        """The function for two values and an operator; a comparison with a literal takes a shorter way."""
        op, right = tree.op, tree.right
        if op == ":":
            return self.references.one(tree)
        if op in _TESTS:
            if isinstance(right, Number):
                return _comparison_with(self.value(tree.left), float(right.value), _TESTS[op])
            return _comparison(self.value(tree.left), self.value(right), _TESTS[op])
        if op == "&":
            return _joined(self.value(tree.left), self.value(right))
        return _arithmetic(self.value(tree.left), self.value(right), _ARITHMETIC[op])

    def call(self, call: Call) -> Formula:
        """The function for a call: the three that look at their arguments one by one, or a row of the table."""
        match call.function:
            case "IF":
                return _if(*[self.value(arg) for arg in call.args])
            case "INDEX":
                return self.references.one(call)
            case "CHOOSE":
                number, *choices = [self.value(arg) for arg in call.args]
                return _choose(number, choices)
            case "COUNT" if all(isinstance(arg, Cell) for arg in call.args):
                return _count_cells([self.value(arg) for arg in call.args])
        return self._from_table(call)

    def _from_table(self, call: Call) -> Formula:
        compute, letters, stops_at_errors = _row_of_table(call.function, len(call.args))
        args = [self._argument(letter, arg) for letter, arg in zip(letters, call.args, strict=True)]
        return _call(compute, args, stops_at_errors)

    def _argument(self, letter: str, tree: Tree) -> Argument:
        match letter:
            case "n":
                return _converted(self.value(tree), to_number)
            case "t":
                return _converted(self.value(tree), to_text)
            case "l":
                return self.references.values(tree)
            case "x":
                return self.references.values(tree) if is_reference(tree) else _as_list(self.value(tree))
        return self.value(tree)


@cache
def _row_of_table(name: str, count: int) -> tuple[Callable[..., Value], str, bool]:
    """What computes a function, the letter of each argument, and whether an error in one of them is the result."""
    function = SHEET_FUNCTIONS[name]
    assert function.compute is not None, name
    once, _, repeated = function.takes.partition("*")
    letters = "".join(islice(chain(once, cycle(repeated)), count))
    if len(letters) < count:
        raise TypeError(f"too many arguments for {name}: {count}")
    return function.compute, letters, not set(letters).isdisjoint("ntv")


def _converted(formula: Formula, convert: Callable[[Value], Value]) -> Argument:
    return lambda column: convert(formula(column))


def _as_list(formula: Formula) -> Argument:
    """A calculated value as SUM or COUNT take it: a number, a blank or an error."""

    def listed(column: int) -> list[Value]:
        value = formula(column)
        return [value if value is None else to_number(value)]

    return listed


def _call(compute: Callable[..., Value], args: Sequence[Argument], stops_at_errors: bool) -> Formula:
    def tolerant(column: int) -> Value:
        return compute(*[arg(column) for arg in args])

    def strict(column: int) -> Value:
        values = [arg(column) for arg in args]
        for value in values:
            if type(value) is Error:
                return value
        return compute(*values)

    return strict if stops_at_errors else tolerant


def _if(condition: Formula, then: Formula, otherwise: Formula = lambda column: False) -> Formula:
    def choose(column: int) -> Value:
        truth = condition(column)
        if type(truth) is not bool:
            truth = to_truth(truth)
            if isinstance(truth, Error):
                return truth
        return then(column) if truth else otherwise(column)

    return choose


def _count_cells(cells: Sequence[Formula]) -> Formula:
    """COUNT of single cells stands in the guard of nearly every formula, so it is worth a shorter way."""
    return lambda column: float([type(cell(column)) for cell in cells].count(float))


def _choose(number: Formula, choices: Sequence[Formula]) -> Formula:
    def choose(column: int) -> Value:
        chosen = to_number(number(column))
        if isinstance(chosen, Error):
            return chosen
        return choices[int(chosen) - 1](column) if 1 <= chosen < len(choices) + 1 else WRONG_KIND

    return choose


def _arithmetic(left: Formula, right: Formula, compute: Callable[[float, float], Value]) -> Formula:
    def calculate(column: int) -> Value:
        a, b = left(column), right(column)
        if type(a) is not float or type(b) is not float:
            a, b = to_number(a), to_number(b)
            if isinstance(a, Error) or isinstance(b, Error):
                return a if isinstance(a, Error) else b
        return compute(a, b)

    return calculate


def _comparison(left: Formula, right: Formula, test: Callable[[Any, Any], bool]) -> Formula:
    def holds(column: int) -> Value:
        a, b = left(column), right(column)
        if type(a) is float and type(b) is float and (a == b or abs(a - b) >= NEAR * abs(b)):
            return test(a, b)
        if isinstance(a, Error) or isinstance(b, Error):
            return a if isinstance(a, Error) else b
        return test(compare(a, b), 0)

    return holds


def _comparison_with(left: Formula, number: float, test: Callable[[Any, Any], bool]) -> Formula:
    """A comparison with a literal, as in the guard of nearly every formula: COUNT(…)<2, divisor=0."""
    margin = NEAR * abs(number)

    def holds(column: int) -> Value:
        a = left(column)
        if type(a) is float and (a == number or abs(a - number) >= margin):
            return test(a, number)
        return a if isinstance(a, Error) else test(compare(a, number), 0)

    return holds


def _joined(left: Formula, right: Formula) -> Formula:
    def join(column: int) -> Value:
        a, b = to_text(left(column)), to_text(right(column))
        if isinstance(a, Error) or isinstance(b, Error):
            return a if isinstance(a, Error) else b
        return a + b

    return join


def _divide(a: float, b: float) -> Value:
    if b == 0.0:
        return DIVISION
    return c if isfinite(c := a / b) else NO_NUMBER


def _power(base: float, exponent: float) -> Value:
    try:
        result = base**exponent
    except (OverflowError, ZeroDivisionError):
        return NO_NUMBER
    return NO_NUMBER if isinstance(result, complex) else result


_ARITHMETIC: dict[Operator, Callable[[float, float], Value]] = {
    "+": approx_add,
    "-": lambda a, b: approx_add(a, -b),
    "*": lambda a, b: c if isfinite(c := a * b) else NO_NUMBER,
    "/": _divide,
    "^": _power,
}
_TESTS: dict[Operator, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
