"""Tree to text: Excel's spelling of a lowered tree, and an author's spelling of a tree of names.

Both take their parentheses from one precedence table, which is Excel's: there a minus sign binds tighter than `^`.
Because readers expect otherwise and engines disagree, a minus sign beside `^` always gets parentheses.
"""

from __future__ import annotations

import re
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
_COMPARISON = 1
_MINUS = 6

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
    excel = _Excel(home)
    return Template(excel.spell(tree), tuple(excel.places))


def text(tree: Tree) -> str:
    """The text of an authored tree as an author would write it; `parse` gives the same tree back."""
    return _Author().spell(tree)


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


class _Speller:
    """Spells a tree; its kinds say how names, references and texts look, and what stands around operators."""

    gap = ""

    def spell(self, tree: Tree, level: int = 0, by_power: bool = False) -> str:
        """The text; in parentheses where the tree binds less than `level`, or is a minus sign beside `^`."""
        match tree:
            case Cell() | Text() | Name() | Area():
                return self.leaf(tree)
            case Call(function=function, args=args):
                return f"{function}({f',{self.gap}'.join([self.spell(arg) for arg in args])})"
            case Binary(op=op):
                return _closed(self.binary(tree), PRECEDENCE[op] < level)
            case Number(value=value):
                return _closed(number(value), value < 0 and (by_power or level > _MINUS))
            case Unary(operand=operand):
                return _closed("-" + self.spell(operand, _MINUS), by_power or level > _MINUS)

    def binary(self, tree: Binary) -> str:
        """Both sides around the operator. The left one may be of the same precedence, except in a comparison."""
        own, power, gap = PRECEDENCE[tree.op], tree.op == "^", "" if tree.op == ":" else self.gap
        left = self.spell(tree.left, own + 1 if own == _COMPARISON else own, power)
        return f"{left}{gap}{tree.op}{gap}{self.spell(tree.right, own + 1, power)}"

    def leaf(self, leaf: Leaf) -> str:
        """The text of what holds nothing else."""
        raise NotImplementedError


class _Author(_Speller):
    gap = " "

    def leaf(self, leaf: Leaf) -> str:
        match leaf:
            case Text(value=value):
                return _quoted(value)
            case Name(id=id_, part=part, where=where):
                return id_ + (f".{part}" if part else "") + (f"[{', '.join(where)}]" if where else "")
            case Cell() | Area():
                raise TypeError(f"an author's formula holds no cells: {leaf}")


class _Excel(_Speller):
    """`places` has a number for every distance between a column that moves and the formula's own."""

    def __init__(self, home: str) -> None:
        self.home = home
        self.places: dict[int, str] = {}

    def leaf(self, leaf: Leaf) -> str:
        match leaf:
            case Cell(sheet=sheet):
                return self._address(leaf) if sheet == self.home else _sheet(sheet) + self._address(leaf)
            case Text(value=value):
                return _braced(_quoted(value))
            case Area(first=first, last=last):
                area = f"{self._address(first)}:{self._address(last)}"
                return area if first.sheet == self.home else _sheet(first.sheet) + area
            case Name():
                raise TypeError(f"a name has no cell yet: {leaf}")

    def _address(self, cell: Cell) -> str:
        column = f"${letters(cell.column)}" if cell.fixed else self._place(cell.column)
        return f"{column}${cell.row}" if cell.lock_row else f"{column}{cell.row}"

    def _place(self, distance: int) -> str:
        return self.places.setdefault(distance, f"{{{len(self.places)}}}")


def _closed(spelled: str, needed: bool) -> str:
    return f"({spelled})" if needed else spelled


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
