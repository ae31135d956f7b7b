"""Units and clocks of formulas: what a result is measured in must be what its metric says it is.

A formula may mean several things (12 is a number, twelve months, or months in a year), so inference carries every
reading; a clash is only reported where no reading fits.
"""

from __future__ import annotations

from dataclasses import dataclass

from metricbook.formula.tree import Area, Binary, Call, Cell, Name, Number, Text, Tree, Unary
from metricbook.model.axes import Axes
from metricbook.model.drafts import Draft
from metricbook.model.scope import SPANS, Scope
from metricbook.model.units import Measure, combine, measure, readings
from metricbook.source.document import Steps

Readings = tuple[Measure, ...]
"""All measures that a formula may have."""

PURE = (Measure(),)
FACT_UNITS = {"elapsed": "ratio", "months": "months", "start": "date", "end": "date"}
SAME = ("MIN", "MAX", "SUM", "AVERAGE", "MEDIAN", "COALESCE", "PREVIOUS", "ABS", "ROUNDUP", "ROUNDDOWN")
NUMBERS = ("COUNT", "COUNTIFS", "AND", "OR", "NOT")


@dataclass
class Reader:
    """Infers the measure of one formula; `clash` keeps the first place where operands do not fit together."""

    scope: Scope
    clash: tuple[Binary | Call, str] | None = None

    def read(self, tree: Tree) -> Readings | None:
        """All measures that the formula may have; None where nothing can be said (or a clash was found)."""
        match tree:
            case Number(value):
                return None if value == 0 else readings(value)
            case Text() | Cell() | Area():
                return None
            case Name():
                return self._name(tree)
            case Unary(operand):
                return self.read(operand)
            case Binary():
                return self._binary(tree, self.read(tree.left), self.read(tree.right))
            case Call():
                return self._call(tree, [self.read(arg) for arg in tree.args if not _is_span(arg)])

    def _name(self, name: Name) -> Readings | None:
        if name.id == "period":
            return (measure(FACT_UNITS.get(name.part, "ratio")),)
        id = self.scope.resolve(name)
        unit = self.scope.drafts[id].spec.unit if id else None
        return (measure(unit),) if unit else None

    def _binary(self, tree: Binary, left: Readings | None, right: Readings | None) -> Readings | None:
        match tree.op:
            case "*" | "/":
                return None if left is None or right is None else combine(left, right, 1 if tree.op == "*" else -1)
            case "^":
                return PURE if left == PURE else left
            case "+" | "-":
                return self._sum(tree, left, right)
            case "&" | ":":
                return None
        self._shared(tree, [left, right], "compared")
        return PURE

    def _sum(self, tree: Binary, left: Readings | None, right: Readings | None) -> Readings | None:
        if tree.op == "-" and left and right and left[0].kind == right[0].kind == "date":
            return (measure("days"), Measure())  # a length of time, or a count of days
        shared = self._shared(tree, [left, right], "added" if tree.op == "+" else "subtracted")
        if tree.op == "-" and left and right and left[0].kind == right[0].kind == "percent":
            return tuple(Measure(each.powers, "points") for each in shared or ())
        return tuple(Measure(each.powers) for each in shared) if shared and left and right else shared

    def _call(self, tree: Call, args: list[Readings | None]) -> Readings | None:
        if tree.function in NUMBERS:
            return PURE
        if tree.function in ("SUMIFS", "OF"):
            return args[0 if tree.function == "SUMIFS" else 1]
        if tree.function == "IF":
            return self._shared(tree, args[1:], "chosen from")
        if tree.function in SAME:
            return self._shared(tree, args[:1] if tree.function.startswith("ROUND") else args, "taken together")
        return args[0] if args else None  # AGO, CUMULATIVE, TODATE, ROLLING, WHOLE

    def _shared(self, tree: Binary | Call, parts: list[Readings | None], verb: str) -> Readings | None:
        given = [part for part in parts if part is not None]
        if not given:
            return None
        powers = [{each.powers for each in part} for part in given]
        shared = tuple(each for each in given[0] if all(each.powers in known for known in powers))
        if not shared:
            self.clash = self.clash or (tree, verb)
            return None
        return shared


def check_units(axes: Axes, draft: Draft) -> None:
    """Add a fault where a formula's measure is not the one its metric declares, or its operands do not fit."""
    for tree, spot in draft.defining():
        found = _read(axes, draft, tree, spot)
        if found is not None and draft.spec.unit and draft.spec.unit != "text":
            _compare(axes, draft, draft.spec.unit, found, spot)
    if draft.undefined is not None:
        _read(axes, draft, draft.undefined, (*draft.path, "undefined_if"))


def _read(axes: Axes, draft: Draft, tree: Tree, spot: Steps) -> Readings | None:
    reader = Reader(axes.scope)
    found = reader.read(tree)
    if reader.clash is None:
        return found
    node, verb = reader.clash
    sentence = f"In {draft.id} quantities of different units or clocks are {verb}."
    hint = "Bring them to one unit: 12 turns months into years."
    axes.faults.add("unit-clash", spot, sentence, hint, node.span)
    return None


def _compare(axes: Axes, draft: Draft, unit: str, found: Readings, spot: Steps) -> None:
    wanted = measure(unit)
    if not any(each.powers == wanted.powers for each in found):
        sentence = f"{draft.id} says it is in {unit}, but its formula gives {in_words(found[0])}."
        hint = "Rates must have one clock (both per month); 12, 4, 52 and 365 convert time."
        axes.faults.add("unit-clash", spot, sentence, hint)
    elif unit == "percent" and all(each.kind == "points" for each in found):
        sentence = f"{draft.id} is the difference of two percents, so it is in points."
        axes.faults.add("unit-clash", spot, sentence, "Say `unit: points`.")


def in_words(found: Measure) -> str:
    """A measure for a reader: "currency × months", "1 ÷ months", "a plain number"."""
    over = [name if power == 1 else f"{name}^{power}" for name, power in found.powers if power > 0]
    under = [name if power == -1 else f"{name}^{-power}" for name, power in found.powers if power < 0]
    if not over and not under:
        return "a plain number"
    return " × ".join(over or ["1"]) + (" ÷ " + " ÷ ".join(under) if under else "")


def _is_span(tree: Tree) -> bool:
    return isinstance(tree, Name) and tree.id in SPANS
