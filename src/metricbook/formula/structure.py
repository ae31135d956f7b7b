"""What is wrong with a formula that can be read: functions, shape, literals. No metric is looked up."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from metricbook.formula.aggregates import aggregate_faults
from metricbook.formula.functions import FUNCTIONS, SPANS, Function
from metricbook.formula.parse import COMPARISONS, place
from metricbook.formula.tree import Binary, Call, Name, Number, Tree, Unary, walk
from metricbook.problems import Location, Problem

ALLOWED_LITERALS = (0, 1, 100, 12, 4, 52, 365)
"""0, 1 and 100 for arithmetic and per cent; the others are the calendar's."""

_TRUTHS = ("AND", "OR", "NOT")


def faults(tree: Tree, at: Location, check: bool = False) -> list[Problem]:
    """All structural faults of a formula that begins at `at`; a `check` may be a comparison itself."""
    found = [problem for node in walk(tree) for problem in _of_call(node, tree, at)]
    return [
        *found,
        *_division_beside_if(tree, at),
        *_loose_truths(tree, at, wanted=check),
        *aggregate_faults(tree, at),
    ]


def forbidden_literals(tree: Tree) -> list[tuple[Number, str]]:
    """The numbers a formula may not hold, each with the reason."""
    counts = {id(node) for call in walk(tree) if isinstance(call, Call) for node in _spans(call)}
    return [
        (node, f"{node.value:g} is written into the formula; declare it as an input or constant")
        for node in walk(tree)
        if isinstance(node, Number) and node.value not in ALLOWED_LITERALS and id(node) not in counts
    ]


def _spans(call: Call) -> list[Number]:
    """The whole numbers of periods that AGO and ROLLING count."""
    function = FUNCTIONS.get(call.function)
    if function is None or not function.counts or function.span is None:
        return []
    return [arg for arg in call.args[function.span : function.span + 1] if isinstance(arg, Number) and _whole(arg)]


def _whole(number: Number) -> bool:
    return number.value >= 1 and number.value.is_integer()


def _of_call(node: Tree, tree: Tree, at: Location) -> Iterator[Problem]:
    if not isinstance(node, Call):
        return
    function = FUNCTIONS.get(node.function)
    if function is None or function.kind == "row":
        yield _unknown(node, at)
    elif not function.least <= len(node.args) <= (function.most or len(node.args)):
        yield Problem(
            "function-arguments", _wrong_number(function, len(node.args)), function.doc, place(at, node.span)
        )
    elif function.kind == "period":
        yield from _of_period(node, function, tree, at)


def _unknown(call: Call, at: Location) -> Problem:
    known = [name for name, function in FUNCTIONS.items() if function.kind != "row"]  # those are the compiler's own
    close = get_close_matches(call.function, known, n=1)
    hint = f"Did you mean {close[0]}?" if close else f"There are: {', '.join(known)}"
    return Problem("unknown-function", f"{call.function} is not a function here", hint, place(at, call.span))


def _wrong_number(function: Function, given: int) -> str:
    if function.least == function.most:
        takes = str(function.least)
    elif function.most is None:
        takes = f"at least {function.least}"
    else:
        takes = f"{function.least} to {function.most}"
    return f"{function.name} takes {takes} argument{'' if takes[-1:] == '1' else 's'}, not {given}"


def _of_period(call: Call, function: Function, tree: Tree, at: Location) -> Iterator[Problem]:
    if call is not tree:
        sentence = f"{call.function} stands alone, as the whole formula of a metric"
        yield Problem(
            "function-not-alone", sentence, "Give it its own metric and name that here", place(at, call.span)
        )
    if not isinstance(call.args[0], Name):
        sentence = f"{call.function} looks at one metric, not at a calculation"
        yield Problem("function-not-alone", sentence, "Give the calculation its own metric", place(at, call.span))
    if function.span is not None and len(call.args) > function.span:
        yield from _of_span(call, call.args[function.span], function, at)


def _of_span(call: Call, span: Tree, function: Function, at: Location) -> Iterator[Problem]:
    is_word = isinstance(span, Name) and span.id in SPANS and not span.part and not span.where
    is_count = function.counts and isinstance(span, Number) and _whole(span)
    if not is_word and not is_count:
        words = "a whole number of periods, year or quarter" if function.counts else "year or quarter"
        sentence = f"{call.function} does not say how far: {words}"
        yield Problem("function-arguments", sentence, function.doc, place(at, call.span))


def _division_beside_if(tree: Tree, at: Location) -> Iterator[Problem]:
    divisions = [node for node in walk(tree) if isinstance(node, Binary) and node.op == "/"]
    if divisions and any(isinstance(node, Call) and node.function == "IF" for node in walk(tree)):
        sentence = "A division stands together with IF, so a zero divisor would be hidden"
        yield Problem("divide-in-if", sentence, "Make the division its own metric", place(at, divisions[0].span))


def _loose_truths(tree: Tree, at: Location, wanted: bool) -> Iterator[Problem]:
    """Comparisons where a number belongs, and numbers where a comparison belongs."""
    if _is_truth(tree) and not wanted:
        yield Problem(
            "loose-comparison",
            "A comparison is not a value",
            "Put it into IF(…, 1, 0), or make it a check",
            place(at, getattr(tree, "span", (0, 0))),
        )
    if wanted and not _is_truth(tree):
        yield Problem(
            "loose-comparison",
            "A check needs a comparison",
            "For example: spend <= budget",
            place(at, getattr(tree, "span", (0, 0))),
        )
    yield from (problem for node in walk(tree) for problem in _of_parts(node, at))


def _of_parts(node: Tree, at: Location) -> Iterator[Problem]:
    for part, wanted in _parts(node):
        if wanted != _is_truth(part):
            sentence = "A comparison belongs here" if wanted else "A comparison is not a value"
            hint = "For example: churn > 0" if wanted else "Put it into IF(…, 1, 0)"
            yield Problem("loose-comparison", sentence, hint, place(at, getattr(part, "span", (0, 0))))


def _parts(node: Tree) -> Iterator[tuple[Tree, bool]]:
    """The operands of a node, and whether each has to be a comparison."""
    if isinstance(node, Binary):
        yield from ((node.left, False), (node.right, False))
    elif isinstance(node, Unary):
        yield (node.operand, False)
    elif isinstance(node, Call):
        yield from (
            (arg, node.function in _TRUTHS or (node.function == "IF" and i == 0)) for i, arg in enumerate(node.args)
        )


def _is_truth(tree: Tree) -> bool:
    return (isinstance(tree, Binary) and tree.op in COMPARISONS) or (
        isinstance(tree, Call) and tree.function in _TRUTHS
    )
