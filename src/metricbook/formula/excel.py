"""Tree to text: Excel's spelling of a lowered tree, and an author's spelling of a tree of names.

Both take their parentheses from one precedence table, which is Excel's: there a minus sign binds tighter than `^`.
Because readers expect otherwise and engines disagree, a minus sign beside `^` always gets parentheses.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from metricbook.formula.tree import Area, Binary, Call, Cell, Name, Number, Operator, Text, Tree, Unary

LAST_COLUMN = 16_384
LAST_ROW = 1_048_576

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


@dataclass(frozen=True, slots=True)
class Template:
    """The Excel text of a run's formula; `pattern` has a place for each position counted from the formula's own.

    Positions are columns, or rows where the run goes `down` its sheet. The place `{line}` is the formula's own
    row, its own column there.
    """

    pattern: str
    distances: tuple[int, ...]
    down: bool = False

    def at(self, position: int, line: int = 0) -> str:
        """The text, without the leading "=", for the cell at that position of a line."""
        spell = str if self.down else letters
        own = letters(line) if self.down else line
        return self.pattern.format(*[spell(position + distance) for distance in self.distances], line=own)


def template(tree: Tree, home: str = "", down: Collection[str] = ()) -> Template:
    """The text of a lowered tree, made once per run. References to the sheet `home` need no sheet name.

    On the sheets named in `down` lines are columns and positions are rows.
    """
    excel = _Excel(home, down)
    return Template(excel.spell(tree), tuple(excel.places), home in down)


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


@lru_cache(maxsize=1024)
def number(value: float) -> str:
    """A literal number with all its digits: 12, 0.1, 1E+300."""
    return repr(value).removesuffix(".0").upper()


class _Speller:
    """Spells what every formula has; its kinds spell names or references, and say what stands around operators."""

    gap = ""

    def spell(self, tree: Tree, level: int = 0, by_power: bool = False) -> str:
        """The text; in parentheses where the tree binds less than `level`, or is a minus sign beside `^`."""
        match tree:  # the frequent ones first
            case Cell():
                return self.cell(tree)
            case Call(function=function, args=args):
                return f"{function}({f',{self.gap}'.join([self.spell(arg) for arg in args])})"
            case Binary(op=op):
                return _closed(self.binary(tree), PRECEDENCE[op] < level)
            case Number(value=value):
                return _closed(number(value), value < 0 and (by_power or level > _MINUS))
            case Area():
                return self.area(tree)
            case Text():
                return self.text(tree)
            case Unary(operand=operand):
                return _closed("-" + self.spell(operand, _MINUS), by_power or level > _MINUS)
            case Name():
                return self.name(tree)

    def binary(self, tree: Binary) -> str:
        """Both sides around the operator. The left one may be of the same precedence, except in a comparison."""
        op, own = tree.op, PRECEDENCE[tree.op]
        left = self.spell(tree.left, own + 1 if own == _COMPARISON else own, op == "^")
        right = self.spell(tree.right, own + 1, op == "^")
        return f"{left} {op} {right}" if self.gap and op != ":" else f"{left}{op}{right}"

    def text(self, text: Text) -> str:
        """A literal text in quotes."""
        return '"' + text.value.replace('"', '""') + '"'

    def cell(self, cell: Cell) -> str:
        """A reference to a cell."""
        raise TypeError(f"an author's formula holds no cells: {cell}")

    def area(self, area: Area) -> str:
        """A reference to a rectangle of cells."""
        raise TypeError(f"an author's formula holds no cells: {area}")

    def name(self, name: Name) -> str:
        """A name."""
        raise TypeError(f"a name has no cell yet: {name}")


class _Author(_Speller):
    """Spells as an author does, with names."""

    gap = " "

    def name(self, name: Name) -> str:
        part = f".{name.part}" if name.part else ""
        return name.id + part + (f"[{', '.join(name.where)}]" if name.where else "")


class _Excel(_Speller):
    """Spells as Excel does. `places` numbers the positions that move, by their distance from the formula's own."""

    def __init__(self, home: str, down: Collection[str]) -> None:
        self.home = home
        self.down = down
        self.places: dict[int, str] = {}

    def cell(self, cell: Cell) -> str:
        address = self.address(cell)
        return address if cell.sheet in ("", self.home) else _sheet(cell.sheet) + address

    def area(self, area: Area) -> str:
        first, sheet = area.first, area.first.sheet
        address = f"{self.address(first)}:{self.address(area.last, sheet)}"
        return address if sheet in ("", self.home) else _sheet(sheet) + address

    def text(self, text: Text) -> str:
        return _braced(super().text(text))

    def address(self, cell: Cell, sheet: str = "") -> str:
        """The address, with a place for a column that moves."""
        if (cell.sheet or sheet or self.home) in self.down:
            return self._address_down(cell)
        column = f"${letters(cell.column)}" if cell.fixed else self._place(cell.column)
        row = cell.row or "{line}"
        return f"{column}${row}" if cell.lock_row else f"{column}{row}"

    def _address_down(self, cell: Cell) -> str:
        row = f"${cell.column}" if cell.fixed else self._place(cell.column)
        column = letters(cell.row) if cell.row else "{line}"
        return f"${column}{row}" if cell.lock_row else f"{column}{row}"

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


def _braced(spelled: str) -> str:
    """Literal braces doubled, so that they survive `str.format`."""
    return spelled.replace("{", "{{").replace("}", "}}")
