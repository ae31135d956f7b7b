"""Units and clocks of formulas: what a result is measured in must be what its metric says it is.

A formula may mean several things (12 is a number, twelve months, or months in a year), so inference carries every
reading; a clash is only reported where no reading fits.
"""

from __future__ import annotations

from dataclasses import dataclass

from metricbook.formula.tree import Area, Binary, Call, Cell, Name, Number, Text, Tree, Unary
from metricbook.model.axes import Axes
from metricbook.model.drafts import WORDS, Draft
from metricbook.model.rollups import degree
from metricbook.model.units import Measure, combine, measure, readings, sums
from metricbook.problems import Location, Problem

PURE = (Measure(),)
FACT_UNITS = {"elapsed": "ratio", "months": "months", "start": "date", "end": "date"}
SAME = ("MIN", "MAX", "SUM", "AVERAGE", "MEDIAN", "COALESCE", "PREVIOUS", "ABS", "ROUNDUP", "ROUNDDOWN")
NUMBERS = ("COUNT", "AND", "OR", "NOT")


@dataclass
class Reader:
    """Infers the measure of one formula; `clash` keeps the first place where operands do not fit together."""

    axes: Axes
    clash: tuple[Tree, str] | None = None

    def read(self, tree: Tree) -> tuple[Measure, ...] | None:
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
            case Binary(op, left, right):
                return self._binary(tree, op, self.read(left), self.read(right))
            case Call(function, args):
                return self._call(tree, function, [self.read(arg) for arg in args if not self._is_word(arg)])

    def _name(self, name: Name) -> tuple[Measure, ...] | None:
        if name.id == "period":
            return (measure(FACT_UNITS.get(name.part, "ratio")),)
        id = self.axes.scope.resolve(name)
        unit = self.axes.scope.drafts[id].spec.unit if id else None
        return (measure(unit),) if unit else None

    def _is_word(self, tree: Tree) -> bool:
        return isinstance(tree, Name) and tree.id in WORDS

    def _binary(
        self, tree: Tree, op: str, left: tuple[Measure, ...] | None, right: tuple[Measure, ...] | None
    ) -> tuple[Measure, ...] | None:
        if op in "*/" and left is not None and right is not None:
            return combine(left, right, 1 if op == "*" else -1)
        if op == "^":
            return PURE if left == PURE else left
        if op in "+-":
            shared = self._shared(tree, [left, right], "added" if op == "+" else "subtracted")
            percents = bool(left and right and left[0].kind == right[0].kind == "percent")
            return tuple(Measure(each.powers, "points" if percents and op == "-" else "") for each in shared or ()) or shared
        if op in ("*", "/", "&"):
            return None
        self._shared(tree, [left, right], "compared")
        return PURE

    def _call(self, tree: Tree, function: str, args: list[tuple[Measure, ...] | None]) -> tuple[Measure, ...] | None:
        if function in NUMBERS:
            return PURE
        if function == "IF":
            return self._shared(tree, args[1:], "chosen from")
        if function in SAME:
            return self._shared(tree, args[:1] if function.startswith("ROUND") else args, "taken together")
        return args[0] if args else None  # AGO, CUMULATIVE, TODATE, ROLLING, WHOLE

    def _shared(self, tree: Tree, parts: list[tuple[Measure, ...] | None], verb: str) -> tuple[Measure, ...] | None:
        given = [part for part in parts if part is not None]
        if not given:
            return None
        shared = [each for each in given[0] if all(any(each.powers == other.powers for other in part) for part in given)]
        if not shared:
            self.clash = self.clash or (tree, verb)
            return None
        return tuple(shared)


def check_unit(axes: Axes, draft: Draft, tree: Tree, at: Location) -> None:
    """Add a problem where a formula's measure is not the one its metric declares."""
    reader = Reader(axes)
    found = reader.read(tree)
    unit = draft.spec.unit or ""
    if reader.clash is not None:
        node, verb = reader.clash
        spot = _spot(at, node)
        sentence = f"In {draft.id} quantities of different units or clocks are {verb}."
        axes.problems.append(Problem("unit-clash", sentence, "Bring them to one unit: 12 turns months into years.", spot))
        return
    if found is None or not unit or unit == "text":
        return
    wanted = measure(unit)
    if not any(each.powers == wanted.powers for each in found):
        sentence = f"{draft.id} says it is in {unit}, but its formula gives {in_words(found[0])}."
        hint = "Rates must have one clock (both per month); 12, 4, 52 and 365 convert time."
        axes.problems.append(Problem("unit-clash", sentence, hint, at))
    elif unit == "percent" and all(each.kind == "points" for each in found):
        sentence = f"{draft.id} is the difference of two percents, so it is in points."
        axes.problems.append(Problem("unit-clash", sentence, "Say `unit: points`.", at))


def check_growth(axes: Axes, draft: Draft, at: Location, one_length: bool) -> None:
    """A recomputed ratio must not grow with the window; where a window has one length only, nothing can grow."""
    recomputed = draft.spec.rollup in (None, "recompute") and draft.spec.input is None and not draft.target_of
    if one_length or not recomputed or not axes.shapes[draft.id].timed or draft.formula is None:
        return
    grows = degree(draft, axes, {})
    if grows == 0 or (grows == 1 and sums(draft.spec.unit or "")):
        return
    sentence = f"{draft.id} would change with the length of the view: it sets what adds up over time against what does not."
    hint = "Give it a clock of its own (ROLLING, TODATE, WHOLE), put time into its unit, or say `rollup: last`."
    axes.problems.append(Problem("window-clash", sentence, hint, at))


def in_words(found: Measure) -> str:
    """A measure for a reader: "currency × months", "1 ÷ months", "a plain number"."""
    over = [name if power == 1 else f"{name}^{power}" for name, power in found.powers if power > 0]
    under = [name if power == -1 else f"{name}^{-power}" for name, power in found.powers if power < 0]
    if not over and not under:
        return "a plain number"
    return " × ".join(over or ["1"]) + (" ÷ " + " ÷ ".join(under) if under else "")


def _spot(at: Location, tree: Tree) -> Location:
    span = getattr(tree, "span", (0, 0))
    return Location(at.file, at.line, at.column + span[0], max(1, span[1] - span[0]))
