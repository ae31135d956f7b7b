"""COUNTIFS, SUMIFS and AVERAGEIFS over the columns of a record table, taken apart."""

from __future__ import annotations

from collections.abc import Iterator

from metricbook.formula.parse import place
from metricbook.formula.tree import Binary, Call, Name, Text, Tree, walk
from metricbook.problems import Location, Problem

AGGREGATES = ("COUNTIFS", "SUMIFS", "AVERAGEIFS")
ANY_NUMBER = "<1E+300"  # the criterion that every number meets
SIGNS = ("=", "<>", "<", "<=", ">", ">=")


def aggregates(tree: Tree) -> list[Call]:
    """The calls in a formula that look over the rows of a table."""
    return [node for node in walk(tree) if isinstance(node, Call) and node.function in AGGREGATES]


def summed(call: Call) -> Tree | None:
    """The column that is added up; COUNTIFS has none."""
    return None if call.function == "COUNTIFS" else call.args[0]


def criteria(call: Call) -> list[tuple[Tree, Tree]]:
    """The columns that are looked at, each with what it must be."""
    pairs = call.args if call.function == "COUNTIFS" else call.args[1:]
    return list(zip(pairs[::2], pairs[1::2], strict=False))


def columns(call: Call) -> list[Tree]:
    """Every column of a call, the one that is added up first."""
    first = summed(call)
    return [*([first] if first is not None else []), *(column for column, _ in criteria(call))]


def compared(criterion: Tree) -> tuple[str, Tree]:
    """A criterion as a sign and what is compared with: `"<" & date` is ("<", date), `date` is ("=", date)."""
    if isinstance(criterion, Binary) and criterion.op == "&" and isinstance(criterion.left, Text):
        return criterion.left.value, criterion.right
    return "=", criterion


def aggregate_faults(tree: Tree, at: Location) -> Iterator[Problem]:
    """What is wrong with the way a formula looks over rows."""
    for call in aggregates(tree):
        yield from _of_call(call, at)
    averages = [call for call in aggregates(tree) if call.function == "AVERAGEIFS"]
    if averages and averages[0] is not tree and _only_added(tree):
        sentence = "AVERAGEIFS stands alone, as the whole formula"
        yield Problem("function-not-alone", sentence, "Give it a metric of its own", place(at, averages[0].span))
    if aggregates(tree) and not _only_added(tree):
        sentence = "COUNTIFS, SUMIFS and AVERAGEIFS can only be added and subtracted"
        hint = "Give them a metric or column of their own, and name that here"
        yield Problem("function-not-alone", sentence, hint, place(at, aggregates(tree)[0].span))


def _of_call(call: Call, at: Location) -> Iterator[Problem]:
    for column in columns(call):
        if not (isinstance(column, Name) and column.part):
            sentence = f"{call.function} looks over a column of a table"
            span = getattr(column, "span", call.span)
            yield Problem("no-column", sentence, "Write it like deals.amount", place(at, span))
    pairs = call.args if call.function == "COUNTIFS" else call.args[1:]
    if len(pairs) % 2 and len(pairs) > 1:
        sentence = f"{call.function} takes columns and what they must be, in pairs"
        yield Problem("function-arguments", sentence, "For example deals.channel, channel", place(at, call.span))
    for _, criterion in criteria(call):
        sign, _ = compared(criterion)
        if sign not in SIGNS:
            hint = f"There is {' '.join(SIGNS)}"
            yield Problem("no-sign", f'"{sign}" is no comparison', hint, place(at, call.span))


def _only_added(tree: Tree) -> bool:
    match tree:
        case Call(function) if function in AGGREGATES:
            return not any(aggregates(arg) for arg in tree.args)
        case Binary("+" | "-", left, right):
            return _only_added(left) and _only_added(right)
        case _:
            return False
