"""Tree to text: Excel's spelling of a lowered tree, and an author's spelling of a tree of names.

Both take their parentheses from one precedence table, which is Excel's: there a minus sign binds tighter than `^`.
Because readers expect otherwise and engines disagree, a minus sign beside `^` always gets parentheses.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from metricbook.formula.tree import Area, Binary, Call, Cell, Name, Number, Operator, Text, Tree, Unary

LAST_COLUMN = 16_384

PRECEDENCE: dict[Operator, int] = {
    "=": 1, "<>": 1, "<": 1, "<=": 1, ">": 1, ">=": 1,
    "&": 2,
    "+": 3, "-": 3,
    "*": 4, "/": 4,
    "^": 5,
    ":": 7,
}  # fmt: skip
_MINUS = 6
_VALUE = 8

_PLAIN_SHEET = re.compile(r"[A-Za-z_]{4,}")  # shorter names and digits could be read as a cell: Q1, R, RC

Leaf = Name | Cell | Area | Text


@dataclass(frozen=True, slots=True)
class Template:
    """The Excel text of a run's formula; `pattern` has a place for each column counted from the formula's own."""

    pattern: str
    distances: tuple[int, ...]

    def at(self, column: int) -> str:
        """The text, without the leading "=", for the cell in that column."""
        return self.pattern.format(*[letters(column + distance) for distance in self.distances])


def template(tree: Tree, home: str = "") -> Template:
    """The text of a lowered tree, made once per run. References to the sheet `home` need no sheet name."""
    places: dict[int, str] = {}
    pattern = _spell(tree, lambda leaf: _excel_leaf(leaf, home, places), gap="")
    return Template(pattern, tuple(places))


def text(tree: Tree) -> str:
    """The text of an authored tree as an author would write it; `parse` gives the same tree back."""
    return _spell(tree, _author_leaf, gap=" ")


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """The letters of a column number: 1 is A, 27 is AA."""
    if not 1 <= column <= LAST_COLUMN:
        raise ValueError(f"there is no column {column}")
    name = ""
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def number(value: float) -> str:
    """A literal number with all its digits: 12, 0.1, 1E+300."""
    return repr(value).removesuffix(".0").upper()


def _spell(tree: Tree, leaf: Callable[[Leaf], str], gap: str) -> str:
    match tree:
        case Number(value=value):
            return number(value)
        case Text() | Name() | Cell() | Area():
            return leaf(tree)
        case Call(function=function, args=args):
            return f"{function}({f',{gap}'.join(_spell(arg, leaf, gap) for arg in args)})"
        case Unary(operand=operand):
            return "-" + _within(operand, _MINUS, leaf, gap)
        case Binary(op=op, left=left, right=right):
            level = PRECEDENCE[op]
            around = "" if op == ":" else gap
            return _left(left, op, leaf, gap) + around + op + around + _within(right, level + 1, leaf, gap, op)


def _left(tree: Tree, op: Operator, leaf: Callable[[Leaf], str], gap: str) -> str:
    """The left operand: of the same precedence it needs no parentheses, except that comparisons never follow on."""
    level = PRECEDENCE[op]
    return _within(tree, level + 1 if level == PRECEDENCE["="] else level, leaf, gap, op)


def _within(tree: Tree, level: int, leaf: Callable[[Leaf], str], gap: str, op: Operator | None = None) -> str:
    """An operand where at least precedence `level` is needed, in parentheses if it has less."""
    spelled = _spell(tree, leaf, gap)
    beside_power = op == "^" and _precedence(tree) == _MINUS
    return f"({spelled})" if beside_power or _precedence(tree) < level else spelled


def _precedence(tree: Tree) -> int:
    match tree:
        case Binary(op=op):
            return PRECEDENCE[op]
        case Unary():
            return _MINUS
        case Number(value=value):
            return _VALUE if value >= 0 else _MINUS
        case Text() | Name() | Call() | Cell() | Area():
            return _VALUE


def _author_leaf(leaf: Leaf) -> str:
    match leaf:
        case Text(value=value):
            return _quoted(value)
        case Name(id=id_, part=part, where=where):
            return id_ + (f".{part}" if part else "") + (f"[{', '.join(where)}]" if where else "")
        case Cell() | Area():
            raise TypeError(f"an author's formula holds no cells: {leaf}")


def _excel_leaf(leaf: Leaf, home: str, places: dict[int, str]) -> str:
    match leaf:
        case Text(value=value):
            return _braced(_quoted(value))
        case Cell(sheet=sheet):
            return ("" if sheet == home else _sheet(sheet)) + _address(leaf, places)
        case Area(first=first, last=last):
            sheet = "" if first.sheet == home else _sheet(first.sheet)
            return f"{sheet}{_address(first, places)}:{_address(last, places)}"
        case Name():
            raise TypeError(f"a name has no cell yet: {leaf}")


def _address(cell: Cell, places: dict[int, str]) -> str:
    if cell.fixed:
        column = f"${letters(cell.column)}"
    else:
        column = places.setdefault(cell.column, f"{{{len(places)}}}")
    return f"{column}{'$' if cell.lock_row else ''}{cell.row}"


@lru_cache(maxsize=256)
def _sheet(name: str) -> str:
    if not name:
        return ""
    quoted = name if _PLAIN_SHEET.fullmatch(name) and name.upper() != "TRUE" else "'" + name.replace("'", "''") + "'"
    return _braced(quoted) + "!"


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'


def _braced(spelled: str) -> str:
    """Literal braces doubled, so that they survive `str.format`."""
    return spelled.replace("{", "{{").replace("}", "}}")
