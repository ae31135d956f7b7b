"""Finds what was typed in a block of a sheet: rows by the ids in its first column, columns by the keys above them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from metricbook.filled.cells import Box, Cell, Row, place
from metricbook.filled.filled import Held, Stray
from metricbook.layout.plan import Address

ID = "id"
"""What the first column of a key row says."""
NO_CELL = Cell()
MIXED = ("targets", "list.")
"""Blocks that hold cells of their own under their keys; those are locked."""


@dataclass
class Found:
    """What was found in blocks."""

    held: dict[Address, Held] = field(default_factory=dict)
    lines: dict[tuple[str, str], str] = field(default_factory=dict)
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    strays: list[Stray] = field(default_factory=list)
    twice: dict[str, list[str]] = field(default_factory=dict)  # ids and keys that stand there twice, with places
    keyless: list[str] = field(default_factory=list)  # blocks without a key row


@dataclass(frozen=True)
class Block:
    """A block of a sheet: its name, its rectangle, and the cells of the sheet."""

    name: str
    box: Box
    rows: dict[int, Row]

    def read(self, found: Found) -> None:
        """Put everything that is typed in the block into `found`."""
        top = self._key_row()
        if top is None:
            found.keyless.append(self.name)
            return
        keys = self._keys(top, found)
        found.keys[self.name] = tuple(keys.values())
        body = [row for row in range(max(top + 1, self.box.top), self.box.bottom + 1) if row in self.rows]
        ids = {row: id for row in body if (id := row_id(self.rows[row].get(self.box.left, NO_CELL)))}
        counts = Counter(ids.values())
        for row in body:
            id = ids.get(row, "")
            if counts[id] > 1:
                found.twice.setdefault(id, []).append(place(self.box.sheet, row, self.box.left))
            elif id:
                found.lines[self.name, id] = self._label(row)
            self._row(row, id, "two lines have this id" if counts[id] > 1 else "", keys, found)

    def _key_row(self) -> int | None:
        """The nearest row from the first of the block upwards that gives the keys."""
        upwards = range(self.box.top, 0, -1)
        return next((row for row in upwards if id_of(self._cell(row, self.box.left)) == ID), None)

    def _keys(self, top: int, found: Found) -> dict[int, str]:
        """The key of each column; one that stands there twice is none."""
        keys = {
            column: key
            for column in range(self.box.left + 1, self.box.right + 1)
            if (key := id_of(self._cell(top, column))) and not self._cell(top, column).formula
        }
        counts = Counter(keys.values())
        for column, key in keys.items():
            if counts[key] > 1:
                found.twice.setdefault(key, []).append(place(self.box.sheet, top, column))
        return {column: key for column, key in keys.items() if counts[key] == 1}

    def _row(self, row: int, id: str, fault: str, keys: dict[int, str], found: Found) -> None:
        first = min(keys, default=0)
        for column, cell in self.rows[row].items():
            if not first <= column <= self.box.right or not self._is_typed(cell):
                continue
            if cell.blank:
                self._valueless(row, column, cell, found)
                continue
            held = Held(cell.value, place(self.box.sheet, row, column), cell.formula, cell.error)
            key = keys.get(column, "")
            if id and key and not fault:
                found.held[self.name, id, key] = held
            elif not cell.formula:
                why = fault or ("its line has no id" if not id else "its column has no key")
                found.strays.append(Stray(held, self._label(row), why, (self.name, id, key)))

    def _valueless(self, row: int, column: int, cell: Cell, found: Found) -> None:
        """A formula that somebody typed, in a file that does not say what it gives."""
        if cell.formula and cell.value is None:
            held = Held("a formula", place(self.box.sheet, row, column), True)
            found.strays.append(
                Stray(held, self._label(row), "the file does not hold its value", (self.name, "", ""))
            )

    def _is_typed(self, cell: Cell) -> bool:
        """A formula may be typed as well as a number; one in a locked cell is the workbook's."""
        own = cell.formula or self.name.startswith(MIXED)
        return not (own and cell.locked)

    def _label(self, row: int) -> str:
        words = (self._cell(row, self.box.left + beside).value for beside in (1, 2))
        return ", ".join(word for word in words if isinstance(word, str) and word)

    def _cell(self, row: int, column: int) -> Cell:
        return self.rows.get(row, {}).get(column, NO_CELL)


def id_of(cell: Cell) -> str:
    """An id as it stands in a cell; the numbers of actions are ids too."""
    if isinstance(cell.value, float):
        return f"{cell.value:g}"
    return cell.value.strip() if isinstance(cell.value, str) else ""


def row_id(cell: Cell) -> str:
    """The id of a line. Ids are constants: a formula in their column is a mark of the workbook's own."""
    return "" if cell.formula else id_of(cell)


def row_ids(box: Box, rows: dict[int, Row]) -> Iterator[tuple[int, str]]:
    """The id of each row of a block."""
    for row in range(box.top, box.bottom + 1):
        id = row_id(rows.get(row, {}).get(box.left, NO_CELL))
        if id:
            yield row, id
