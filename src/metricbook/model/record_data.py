"""Rows of a file for a record table: headers matched to its columns, cells to what they hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from metricbook.model.data import DAY_ZERO
from metricbook.model.model import Model, Table
from metricbook.model.record_columns import label_of
from metricbook.problems import Location, Problem, did_you_mean
from metricbook.source.csv_text import Cell, rows, separator
from metricbook.source.data import LARGEST_CSV
from metricbook.source.files import read_text
from metricbook.source.record_text import Reader, date_reader, flag_reader, number_reader
from metricbook.source.records import Column

Held = float | str | None
LONGEST = 255
MOST_SAID = 20  # of the same kind; a wrong column would fill the screen


@dataclass(frozen=True)
class Loaded:
    """The rows of a table in the order of its pasted columns, what is wrong with them, and what is worth knowing."""

    rows: tuple[tuple[Held, ...], ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def load_records(model: Model, table: Table, path: Path) -> Loaded:
    """Read a CSV file into a table. Headers are ids or labels; dates and numbers may be spelt in the usual ways.

    Every cell that cannot be read is a problem with its line; names that are on no list stay as they are, and are
    said, as is every column of the file that the table does not have.
    """
    text = read_text(path, LARGEST_CSV)
    lines = list(rows(text, str(path)))
    return _Loading(model, table, str(path), separator(text) == ";").load(lines)


@dataclass
class _Loading:
    """Reads one file."""

    model: Model
    table: Table
    file: str
    continental: bool
    problems: list[Problem] = field(default_factory=list)
    strange: dict[str, set[str]] = field(default_factory=dict)
    read_date: Reader = field(default_factory=lambda: date_reader(()))

    def load(self, lines: list[list[Cell]]) -> Loaded:
        """All rows, column by column."""
        if not lines:
            return Loaded(problems=(Problem("no-rows", "The file is empty.", "", Location(self.file)),))
        places, others = self._places(lines[0])
        body = [line for line in lines[1:] if len(line) == len(lines[0]) or self._refuse_length(line, lines[0])]
        columns = []
        dated = [places[id] for id, column in self.table.pasted.items() if column.type == "date" and id in places]
        self.read_date = date_reader([line[place].text for line in body for place in dated])
        for id, column in self.table.pasted.items():
            cells = [line[places[id]] for line in body] if id in places else []
            columns.append(self._column(id, column, cells) if cells else [None] * len(body))
        found = tuple(zip(*columns, strict=True)) if body else ()
        return Loaded(found, tuple(self._shortened()), tuple(self._notes(len(found), others)))

    def _places(self, header: Sequence[Cell]) -> tuple[dict[str, int], list[str]]:
        """Where each column stands in the file, and the headers that are no columns."""
        known: dict[str, str] = {}
        for id, column in self.table.pasted.items():
            known |= {_plain(id): id, _plain(label_of(id, column.label)): id}
        places: dict[str, int] = {}
        others: list[str] = []
        for number, cell in enumerate(header):
            id = known.get(_plain(cell.text), "")
            if not id:
                others.append(cell.text)
            elif id in places:
                self._add("same-column", f'The column "{cell.text}" is here twice.', "", cell.at)
            else:
                places[id] = number
        for id, column in self.table.pasted.items():
            if column.required and id not in places and column.type != "flag":
                label = label_of(id, column.label)
                hint = did_you_mean(label, others) or f"Name one of {', '.join(others)} so." if others else ""
                self._add("missing-column", f'There is no column "{id}" ({label}).', hint, Location(self.file, 1, 1))
        return places, others

    def _refuse_length(self, line: list[Cell], header: list[Cell]) -> bool:
        sentence = f"This row has {len(line)} cells, the first line {len(header)}."
        self._add("cell-count", sentence, "A cell with a separator inside needs quotes.", line[-1].at)
        return False

    def _column(self, id: str, column: Column, cells: list[Cell]) -> list[Held]:
        read = self._reader(id, column, [cell.text for cell in cells])
        found: list[Held] = []
        for cell in cells:
            value = read(cell.text)
            if isinstance(value, str) and column.type not in ("key", "text", "member", "choice"):
                hint = "Write dates as 2026-01-31." if column.type == "date" else "Write 1200, 0.22 or 22%."
                self._add("unreadable-cell", value, "" if column.type == "flag" else hint, cell.at)
                value = None
            if value is None and column.type == "key":
                self._add("missing-cell", f"This row has no {label_of(id, column.label)}.", "", cell.at)
            found.append(float((value - DAY_ZERO).days) if isinstance(value, dt.date) else value)
        return found

    def _reader(self, id: str, column: Column, texts: list[str]) -> Reader:
        match column.type:
            case "date":
                return self.read_date
            case "currency" | "count" | "percent":
                return number_reader(texts, self.continental)
            case "flag":
                return flag_reader
            case "member":
                dimension = self.model.dimensions[column.of or ""]
                named = {member.id: member.label for member in dimension.members if member.label}
                named |= {name: member.label for member in dimension.members for name in member.exports}
                return partial(self._named, id, named)
            case "choice":
                return partial(self._named, id, column.options or {})
        return lambda text: text.strip()[:LONGEST] or None

    def _named(self, id: str, words: Mapping[str, str], text: str) -> str | None:
        """A member or option by its id or word, as the workbook says it; another name stays as it is."""
        name = text.strip()
        by_name = {name.casefold(): word for name, word in words.items()}
        by_name |= {word.casefold(): word for word in words.values()} | dict(words)
        known = by_name.get(name) or by_name.get(name.casefold())
        if name and not known:
            self.strange.setdefault(id, set()).add(name)
        return known or name[:LONGEST] or None

    def _notes(self, count: int, others: list[str]) -> list[str]:
        table, notes = self.table, []
        notes.append(f"{table.label}: {count:,} rows")
        if count > table.capacity:
            notes.append(f"{table.label}: the table is for {table.capacity:,} rows and was made larger")
        for id, names in self.strange.items():
            label = label_of(id, table.pasted[id].label)
            notes.append(f"{table.label}, {label}: not on the list: {', '.join(sorted(names)[:MOST_SAID])}")
        if others:
            notes.append(f"{table.label}: columns left aside: {', '.join(others)}")
        return notes

    def _shortened(self) -> list[Problem]:
        """The first problems of each kind, and how many more there are."""
        kept: list[Problem] = []
        for code in dict.fromkeys(problem.code for problem in self.problems):
            alike = [problem for problem in self.problems if problem.code == code]
            kept += alike[:MOST_SAID]
            if len(alike) > MOST_SAID:
                more = len(alike) - MOST_SAID
                kept.append(Problem(code, f"{more:,} more cells like these.", "", alike[MOST_SAID].at))
        return kept

    def _add(self, code: str, sentence: str, hint: str, at: Location) -> None:
        self.problems.append(Problem(code, sentence, hint, at))


def _plain(name: str) -> str:
    """A header without what people spell differently: capitals, blanks, underscores."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())
