"""Excel text to lowered trees, by way of formualizer's parser: so tests can write formulas as people do."""

import re
from functools import cache
from typing import Any, cast

import formualizer
from openpyxl.utils import column_index_from_string

from metricbook.formula.tree import Area, Binary, Call, Cell, Number, Operator, Text, Tree, Unary

_CELL = re.compile(r"(?:(?P<sheet>.+)!)?(?P<fixed>\$?)(?P<column>[A-Z]+)(?P<lock>\$?)(?P<row>\d+)")


@cache
def lowered(text: str, column: int) -> Tree:
    """The tree of an Excel formula (without "=") that stands in that column."""
    return _tree(formualizer.parse("=" + text).to_dict(), column)


def _tree(node: dict[str, Any], column: int) -> Tree:
    match node["node_type"]:
        case "Literal":
            value = node["value"]
            return Text(value) if isinstance(value, str) else Number(float(value))
        case "Reference":
            return _reference(node["reference"], column)
        case "Function":
            return Call(node["name"], tuple(_tree(arg, column) for arg in node["args"]))
        case "UnaryOp":
            assert node["operator"] == "-", node
            return Unary(_tree(node["operand"], column))
        case "BinaryOp":
            return Binary(cast(Operator, node["operator"]), _tree(node["left"], column), _tree(node["right"], column))
    raise NotImplementedError(node)


def _reference(text: str, column: int) -> Cell | Area:
    first, _, last = text.rpartition(":") if ":" in text else (text, "", "")
    return Area(_cell(first, column), _cell(last, column)) if last else _cell(first, column)


def _cell(text: str, column: int) -> Cell:
    found = _CELL.fullmatch(text)
    assert found, text
    sheet = (found["sheet"] or "").removeprefix("'").removesuffix("'").replace("''", "'")
    number = column_index_from_string(found["column"])
    fixed = bool(found["fixed"])
    return Cell(int(found["row"]), number if fixed else number - column, fixed, sheet, bool(found["lock"]))
