"""What the guard of a formula asks for: the operands that must be there, and the divisors that must not be zero."""

from __future__ import annotations

from metricbook.formula.functions import FUNCTIONS
from metricbook.formula.tree import Area, Binary, Call, Cell, Name, Number, Text, Tree, Unary, walk
from metricbook.layout.frame import CALCULATIONS
from metricbook.layout.shapes import ZERO, equals

OWN = ("", CALCULATIONS)
"""Cells that a formula needs stand on its own sheet or on Calculations; settings and words are always there."""


def operands(tree: Tree) -> tuple[list[Tree], list[list[Tree]]]:
    """What must be there: every plain operand, and for each function that skips blanks at least one of its own."""
    strict: dict[Tree, None] = {}
    groups: list[list[Tree]] = []

    def collect(node: Tree) -> None:
        match node:
            case Cell():
                if node.sheet in OWN:
                    strict.setdefault(node)
            case Call("INDEX" | "CHOOSE"):
                strict.setdefault(node)
            case Call(function, args) if FUNCTIONS[function].kind == "skipping":
                leaves = [leaf for arg in args for leaf in walk(arg) if isinstance(leaf, Cell) and leaf.sheet in OWN]
                if any(not isinstance(arg, Cell | Number) for arg in args):
                    for leaf in leaves:
                        strict.setdefault(leaf)
                elif leaves:
                    groups.append(list(leaves))
            case Call(_, args):
                for arg in args:
                    collect(arg)
            case Binary(_, one, other):
                collect(one)
                collect(other)
            case Unary(operand):
                collect(operand)
            case Number() | Text() | Name() | Area():
                pass

    collect(tree)
    return list(strict), groups


def divisors(tree: Tree) -> dict[Tree, None]:
    """Conditions under which a formula is undefined: a divisor is 0, or the base of a power not positive."""
    found: dict[Tree, None] = {}
    for node in walk(tree):
        if isinstance(node, Binary) and node.op == "/":
            for factor in _factors(node.right):
                found.setdefault(equals(factor, ZERO))
        if isinstance(node, Binary) and node.op == "^":
            found.setdefault(Binary("<=", node.left, ZERO))
    return found


def strongest(conditions: list[Tree]) -> list[Tree]:
    """Without "x = 0" where "x <= 0" stands as well."""
    kept = []
    for each in dict.fromkeys(conditions):
        implied = isinstance(each, Binary) and each.op == "=" and Binary("<=", each.left, each.right) in conditions
        kept += [] if implied else [each]
    return kept


def _factors(tree: Tree) -> list[Tree]:
    """A product is 0 where one of its factors is; a literal that is not 0 never is."""
    match tree:
        case Number(value) if value:
            return []
        case Binary("*" | "/", one, other):
            return [*_factors(one), *(_factors(other) if tree.op == "*" else [])]
        case Unary(operand):
            return _factors(operand)
        case _:
            return [tree]
