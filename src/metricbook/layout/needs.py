"""What each line of Calculations is made of: the lines of inputs that its formulas read, through any number of steps.

It follows the formulas as they are drawn, so it knows members: a total over channels needs every channel's line, and
nothing of another margin. Where a formula reads the line that a choice picks ("pipeline by the rule in force"), the
other lines are needed only while they are the chosen ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from metricbook.formula.tree import OWN_ROW, Area, Binary, Call, Cell, Tree, Unary
from metricbook.layout.book import Book
from metricbook.layout.frame import CALCULATIONS, ROWS
from metricbook.layout.lists import is_spare
from metricbook.model.metric import Metric, Where


class Node(NamedTuple):
    """A line of Calculations or Row calculations."""

    sheet: str
    row: int


class Choice(NamedTuple):
    """A member that a choice can pick: its chooser, and the member."""

    chooser: str
    member: str


Read = tuple[Node, Choice | None]


@dataclass(frozen=True)
class Needed:
    """Rows on Calculations that a line reads: whatever is chosen, and only while a choice picks them."""

    always: frozenset[int]
    chosen: frozenset[int]


@dataclass
class Needs:
    """The lines of a drawn workbook, and what they read."""

    book: Book
    _lines: dict[Node, list[Tree]] = field(default_factory=dict)
    _reads: dict[Node, tuple[Read, ...]] = field(default_factory=dict)
    _coordinates: dict[int, tuple[str, Where, str]] = field(default_factory=dict)
    _choosers: dict[int, str] = field(default_factory=dict)
    _marks: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        metrics = self.book.model.metrics
        self._marks = frozenset(self.book.marks.values())
        for sheet in (CALCULATIONS, ROWS):
            for run in self.book.sheets[sheet].runs if sheet in self.book.sheets else ():
                if isinstance(run.content, Call | Binary | Unary | Cell):
                    self._lines.setdefault(Node(sheet, run.row), []).append(run.content)
        for (id, where, kind), row in self.book.rows.items():
            if id in metrics:
                self._coordinates[row] = id, where, kind
                if metrics[id].is_input and metrics[id].unit == "member" and kind == "value":
                    self._choosers[row] = id

    def of(self, rows: Iterable[int]) -> Needed:
        """What lines of Calculations read, themselves included."""
        always, picked = self._from((Node(CALCULATIONS, row) for row in rows), chosen=False)
        chosen, _ = self._from((node for node, _ in picked), chosen=True)
        return Needed(
            *(frozenset(n.row for n in part if n.sheet == CALCULATIONS) for part in (always, chosen - always))
        )

    def choices(self) -> dict[int, set[Choice]]:
        """The choices by which a line is read, by its row on Calculations; those of the nearest chooser."""
        found: dict[int, set[Choice]] = {}
        for node in list(self._lines) if self._choosers else ():
            for picked, choice in self._read(node):
                if choice is not None:
                    for reached in self._from((picked,), chosen=False)[0]:
                        if reached.sheet == CALCULATIONS:
                            found.setdefault(reached.row, set()).add(choice)
        return found

    def _from(self, nodes: Iterable[Node], chosen: bool) -> tuple[set[Node], set[Read]]:
        """What is read from some lines on, and what choices pick on the way; `chosen` follows those as well."""
        seen: set[Node] = set()
        picked: set[Read] = set()
        waiting = list(nodes)
        while waiting:
            node = waiting.pop()
            if node in seen:
                continue
            seen.add(node)
            for read, choice in self._read(node):
                if choice is None or chosen:
                    waiting.append(read)
                else:
                    picked.add((read, choice))
        return seen, picked

    def _read(self, node: Node) -> tuple[Read, ...]:
        if node not in self._reads:
            found = dict.fromkeys(self._in(self._lines.get(node, ()), node.sheet))
            self._reads[node] = tuple(
                (read, choice)
                for read, choice in found
                if not (read.sheet == CALCULATIONS and read.row in self._marks) and not self._is_outside(node, read)
            )
        return self._reads[node]

    def _in(self, trees: Iterable[Tree], sheet: str) -> Iterator[Read]:
        """The lines that formulas read."""
        waiting = list(trees)
        while waiting:
            match waiting.pop():
                case Cell() as cell:
                    yield from ((node, None) for node in self._span(cell, cell, sheet))
                case Call("INDEX", (Area(first, last), Cell() as at)) if chooser := self._chooser(at, sheet):
                    yield from self._picked(chooser, self._span(first, last, sheet))
                    waiting.append(at)
                case Call("CHOOSE", (Cell() as at, *cells)) if chooser := self._chooser(at, sheet):
                    rows = [Node(each.sheet or sheet, each.row) for each in cells if isinstance(each, Cell)]
                    yield from self._picked(chooser, rows)
                    waiting.append(at)
                case Call(_, args):
                    waiting += args
                case Binary(_, left, right):
                    waiting += (left, right)
                case Unary(operand):
                    waiting.append(operand)
                case Area(first, last):
                    yield from ((node, None) for node in self._span(first, last, sheet))

    def _span(self, first: Cell, last: Cell, sheet: str) -> list[Node]:
        """The lines between two cells; a formula's own line is no other."""
        on = first.sheet or sheet
        if first.row == OWN_ROW or on not in (CALCULATIONS, ROWS):
            return []
        return [Node(on, row) for row in range(first.row, last.row + 1)]

    def _chooser(self, at: Cell, sheet: str) -> str:
        return self._choosers.get(at.row, "") if (at.sheet or sheet) == CALCULATIONS else ""

    def _picked(self, chooser: str, nodes: list[Node]) -> Iterator[Read]:
        given = self.book.model.metrics[chooser].input
        assert given is not None and given.of is not None  # a chooser is an input among members
        for node, member in zip(nodes, self.book.model.dimensions[given.of].members, strict=False):
            yield node, Choice(chooser, member.id)

    def _is_outside(self, node: Node, read: Node) -> bool:
        """Does a group's line read one of a member that is always in another group?"""
        if not node.sheet == read.sheet == CALCULATIONS:
            return False
        mine, theirs = self._coordinates.get(node.row), self._coordinates.get(read.row)
        if mine is None or theirs is None or mine[0] != theirs[0]:
            return False
        for point, part in zip(mine[1], theirs[1], strict=True):
            if point is not None and point.group and part is not None and not part.group:
                member = self.book.model.member(part)
                if member.group != point.member and not is_spare(member):
                    return True
        return False


def choosers(book: Book) -> list[Metric]:
    """The inputs by which the reader picks a member."""
    return [each for each in book.model.metrics.values() if each.is_input and each.unit == "member"]


def always_asked(book: Book) -> list[int]:
    """The lines of Calculations that stand whatever is picked: all but those at members that can be picked."""
    dimensions = book.model.dimensions
    roots = {dimensions[each.input.of].root for each in choosers(book) if each.input and each.input.of}
    return [
        row
        for (id, where, _), row in book.rows.items()
        if id in book.model.metrics
        and not any(point and dimensions[point.dimension].root in roots for point in where)
    ]
