"""Carries the rows of record tables over, column by column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from metricbook.filled.filled import Filled, Held, Pasted
from metricbook.filled.report import ReadAs
from metricbook.filled.spelling import Spelling, Unreadable
from metricbook.layout.plan import Constant
from metricbook.layout.settings import Left, Row
from metricbook.model.model import Model, Table
from metricbook.model.record_columns import label_of
from metricbook.source.records import Column

NUMBERS = ("currency", "count", "percent")


@dataclass
class Pasting:
    """The tables of a filled workbook on their way into those of a model."""

    filled: Filled
    model: Model
    spelling: Spelling
    left: list[Left] = field(default_factory=list)
    read: list[ReadAs] = field(default_factory=list)
    unreadable: list[ReadAs] = field(default_factory=list)

    def tables(self) -> dict[str, tuple[Row, ...]]:
        """The rows of every table of the model. What it has no column for is left over."""
        found = {}
        for id, pasted in self.filled.records.items():
            table = self.model.tables.get(id)
            gone = [name for name in pasted.columns if table is None or name not in table.pasted]
            self.left += self._left(id, pasted, gone, table)
            if table is not None:
                found[id] = tuple(row for row in self._rows(table, pasted) if any(each is not None for each in row))
        return found

    def _left(self, id: str, pasted: Pasted, gone: list[str], table: Table | None) -> Iterator[Left]:
        why = "the table has no such column here" if table else "there is no such table here"
        for column in gone:
            at = pasted.columns.index(column)
            for number, row in enumerate(pasted.rows, 1):
                held = row[at]
                if held is not None:
                    value = str(held.value).upper() if isinstance(held.value, bool) else held.value
                    yield Left(("records", f"{id}.{column}", str(number)), f"{id}, {column}", held.place, value, why)

    def _rows(self, table: Table, pasted: Pasted) -> Iterator[Row]:
        places = {name: number for number, name in enumerate(pasted.columns)}
        wanted = [(id, column, places.get(id)) for id, column in table.pasted.items()]
        for row in pasted.rows:
            yield tuple(
                self._cell(table, id, column, row[at]) if at is not None else None for id, column, at in wanted
            )

    def _cell(self, table: Table, id: str, column: Column, held: Held | None) -> Constant:
        if held is None:
            return None
        value, label = held.value, f"{table.label}, {label_of(id, column.label)}"
        found = self._converted(table, id, column, held)
        if isinstance(found, Unreadable):
            self.unreadable.append(ReadAs(held.place, label, str(value), why=found.why))
            if held.error:
                address = ("records", f"{table.id}.{id}", held.place)
                self.left.append(Left(address, label, held.place, str(value), found.why))
                return None
            return str(value).upper() if isinstance(value, bool) else value
        if isinstance(value, str) and not isinstance(found, str):
            self.read.append(ReadAs(held.place, label, value, found))
        return found

    def _converted(self, table: Table, id: str, column: Column, held: Held) -> Constant | Unreadable:
        value = held.value
        if held.error:
            return Unreadable(f"{value} is an error, not a value.")
        if column.type == "flag" and isinstance(value, bool | str):
            return self.spelling.flag(str(value))
        if isinstance(value, bool):
            return Unreadable("TRUE and FALSE are no numbers.") if column.type in NUMBERS else str(value).upper()
        if column.type == "date":
            return self.spelling.date(value) if isinstance(value, str) else (value or 0.0) + self.filled.shift
        if column.type in NUMBERS and isinstance(value, str):
            return self.spelling.number(value)
        if column.type == "choice":
            known = self.filled.words.get(f"options.{table.id}.{id}", {})
            return (column.options or {}).get(known.get(str(value), ""), value)
        return value
