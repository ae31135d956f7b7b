"""Rows of a file for a record table: headers matched to its columns, cells to what they hold."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from metricbook.model.export_use import Use, added
from metricbook.model.exports import IGNORE, Proven, member_spellings, spellings_of
from metricbook.model.model import Model, Table
from metricbook.model.record_columns import label_of
from metricbook.problems import Location, Problem, did_you_mean
from metricbook.source.data import DAY_ZERO
from metricbook.source.raw_table import Cell, Line, RawTable
from metricbook.source.record_text import Reader, date_reader, flag_reader, number_reader
from metricbook.source.records import Column
from metricbook.source.table_body import Body, Words, body_of, plain, quoted

Held = float | str | None
LONGEST = 255
NUMBERS = ("date", "currency", "count", "percent")  # as a workbook holds them
MOST_SAID = 20  # of the same kind; a wrong column would fill the screen


@dataclass(frozen=True)
class Loaded:
    """The rows of a table in the order of its pasted columns, what is wrong with them, and what is worth knowing."""

    rows: tuple[tuple[Held, ...], ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    use: Use | None = None  # of an export that a client file names


def load_records(
    model: Model, table: Table, raw: RawTable, told: Proven | None = None, sample: bool = False
) -> Loaded:
    """Read a file into a table. Headers are ids or labels, or as an export of a client file says.

    Dates and numbers may be spelt in the usual ways. Every cell that cannot be read is a problem with its place, and
    so is every word that is no option; names of members that are on no list stay as they are, and are said. So are
    columns that only the file has, and those that only the table has. In a `sample` a client's own members stand in
    for those of the framework.
    """
    return _Loading(model, table, raw, told, sample).load()


@dataclass
class _Loading:
    """Reads one file."""

    model: Model
    table: Table
    raw: RawTable
    told: Proven | None = None
    sample: bool = False
    problems: list[Problem] = field(default_factory=list)
    strange: dict[str, Counter[str]] = field(default_factory=dict)
    read_date: Reader = field(default_factory=lambda: date_reader(()))

    def load(self) -> Loaded:
        """All rows, column by column."""
        told, known = self.told, self._known()
        body = body_of(
            self.raw,
            [*known, *(told.export.where if told else ())],
            told.headings if told else (),
            told.where if told else {},
            [name for name, id in known.items() if self._in_every_row(id)],
            told.export.header_row if told else None,
        )
        self.problems += body.problems
        if not body.header:
            return Loaded(problems=tuple(self.problems))
        places = self._places(body, known)
        if told:
            body.rows = self._without_ignored(body, places)
        columns = []
        dated = [places[id] for id, column in self.table.pasted.items() if column.type == "date" and id in places]
        texts = [line[place].text for line in body.rows for place in dated if line[place].number is None]
        self.read_date = date_reader(texts, (told and told.export.dates) or "")
        for id, column in self.table.pasted.items():
            cells = [line[places[id]] for line in body.rows] if id in places else []
            columns.append(self._column(id, column, cells) if cells else [self._held(id)] * len(body.rows))
        self._refuse_unknown_options(body, places)
        found = tuple(zip(*columns, strict=True)) if body.rows else ()
        wanted = {plain(name) for name in (*known, *(told.export.where if told else ()))}
        others = [cell.text for cell in body.header if cell.text and plain(cell.text) not in wanted]
        blank = [id for id, cells in zip(self.table.pasted, columns, strict=True) if _is_blank(cells)]
        notes = tuple(self._notes(len(found), others, blank))
        use = self._use(told, body, found, notes) if told else None
        return Loaded(found, tuple(self._shortened()), notes, use)

    def _known(self) -> dict[str, str]:
        """The columns by what may stand above them."""
        said = dict(self.told.columns) if self.told else {}
        known: dict[str, str] = {}
        for id, column in self.table.pasted.items():
            if id not in said.values():
                known |= {id: id, label_of(id, column.label): id}
        return known | said

    def _in_every_row(self, id: str) -> bool:
        column = self.table.pasted[id]
        return column.required and column.type in ("key", "date")

    def _places(self, body: Body, known: Mapping[str, str]) -> dict[str, int]:
        """Where each column stands in the file."""
        places: dict[str, int] = {}
        for name, number in body.places.items():
            id = known.get(name, "")
            if id in places:
                cell = body.header[number]
                self._add("same-column", f'The column "{cell.text}" is here twice.', "", cell.at)
            elif id:
                places[id] = number
        others = [cell.text for number, cell in enumerate(body.header) if number not in places.values()]
        for id, column in self.table.pasted.items():
            if column.required and id not in places and column.type != "flag" and not self._held(id):
                label = label_of(id, column.label)
                hint = did_you_mean(label, others) or (f"Name one of {', '.join(others)} so." if others else "")
                if self.told and column.type in ("text", "member", "choice"):
                    hint = f"{hint} Where all rows have the same: `at: {{{id}: …}}`.".strip()
                at = body.header[0].at
                self._add("missing-column", f'There is no column "{id}" ({label}).', hint, at)
        return places

    def _held(self, id: str) -> str | None:
        """What a column holds in all rows, where no column of the file says it."""
        word, column = (self.told.export.at.get(id) if self.told else None), self.table.pasted[id]
        if word is None or column.type == "text":
            return word
        stands_for, labels = self._words(id, column)
        return labels.get(stands_for(word) or "")

    def _use(self, told: Proven, body: Body, rows: tuple[tuple[Held, ...], ...], notes: tuple[str, ...]) -> Use:
        days = list(self.table.pasted).index(self.table.date) if self.table.date else None
        found = [row[days] for row in rows] if days is not None else []
        dates = sorted(DAY_ZERO + dt.timedelta(days=int(day)) for day in found if isinstance(day, float))
        first, last = (dates[0].isoformat(), dates[-1].isoformat()) if dates else ("", "")
        return Use(
            name=told.export.file,
            into=(self.table.id,),
            files=(Path(self.raw.file).name,),
            rows=body.total,
            used=body.total - body.ignored.total() - body.refused.total(),
            first=first,
            last=last,
            passed=added([body.passed]),
            ignored=added([body.ignored]),
            refused=added([body.refused]),
            notes=(*self.raw.notes, *notes[1:]),
        )

    def _column(self, id: str, column: Column, cells: list[Cell]) -> list[Held]:
        read = self._reader(id, column, [cell.text for cell in cells if cell.number is None])
        found: list[Held] = []
        for cell in cells:
            value = read(cell.text) if cell.number is None or column.type not in NUMBERS else cell.number
            if isinstance(value, float) and column.type == "date":
                value += self.raw.shift
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
                return number_reader(texts, self.raw.continental)
            case "flag":
                return flag_reader
            case "member" | "choice":
                return partial(self._named, id, self._words(id, column))
        return lambda text: text.strip()[:LONGEST] or None

    def _words(self, id: str, column: Column) -> tuple[Words, Mapping[str, str]]:
        """What texts stand for which member or option, and the words of these."""
        said = self.told.spellings if self.told else {}
        if column.type == "choice":
            options = column.options or {}
            return said.get(id) or Words(spellings_of(options, {})), options
        dimension = self.model.dimensions[column.of or ""]
        names = {member.id: member.label for member in dimension.members if member.label}
        ours = self.model.stand_ins.of(dimension.root, dimension.id) if self.sample else {}
        return said.get(dimension.id) or Words(member_spellings(self.model, dimension.id, ours)), names

    def _named(self, id: str, words: tuple[Words, Mapping[str, str]], text: str) -> str | None:
        """A member or option as the workbook says it; another name stays as it is."""
        name, (stands_for, labels) = text.strip(), words
        known = labels.get(stands_for(name) or "")
        if name and not known:
            self.strange.setdefault(id, Counter())[name] += 1
        return known or name[:LONGEST] or None

    def _refuse_unknown_options(self, body: Body, places: Mapping[str, int]) -> None:
        """Words under a choice that are none of its options: such rows would silently count nowhere."""
        wrong = [(id, places[id]) for id in self.strange if self.table.pasted[id].type == "choice"]
        firsts: dict[tuple[str, str], Cell] = {}
        for line in body.rows:
            found = [(id, line[place]) for id, place in wrong if line[place].text.strip() in self.strange[id]]
            for id, cell in found:
                firsts.setdefault((id, cell.text.strip()), cell)
            for id, cell in found[:1]:  # a row is refused once
                body.refused[f"{body.header[places[id]].text} {quoted(cell.text)}"] += 1
        for (id, word), cell in firsts.items():
            rows = f" ({count:,} rows)" if (count := self.strange[id][word]) > 1 else ""
            sentence = f"{quoted(word)} under {body.header[places[id]].text} is no option of {id}{rows}."
            self._add("unknown-option", sentence, self._option_hint(id, word), cell.at)
        for id, _ in wrong:
            del self.strange[id]

    def _option_hint(self, id: str, word: str) -> str:
        options = self.table.pasted[id].options or {}
        near = did_you_mean(word, [*options.values(), *options])
        said = f"`members: {{{id}: {{{_as_key(word)}: {next(iter(options), '')}}}}}`"
        there = f"There is {', '.join(f'{option} ({label})' for option, label in options.items())}."
        if self.told:
            return f"{near} Say what it means, {said}, or `ignore`. {there}".strip()
        return f"{near} {there} `data:` in a client file says what other words mean: {said}, or `ignore`.".strip()

    def _without_ignored(self, body: Body, places: Mapping[str, int]) -> list[Line]:
        """The rows without those in which a member or an option is to be ignored."""
        columns = {id: column for id, column in self.table.pasted.items() if column.type in ("member", "choice")}
        said = [(places[id], *self._words(id, column)) for id, column in columns.items() if id in places]
        kept = []
        for line in body.rows:
            for place, stands_for, labels in said:
                if stands_for(line[place].text) == IGNORE and IGNORE not in labels:
                    body.ignored[f"{body.header[place].text} {quoted(line[place].text)}"] += 1
                    break
            else:
                kept.append(line)
        return kept

    def _notes(self, count: int, others: Sequence[str], blank: Sequence[str]) -> list[str]:
        table, notes = self.table, []
        notes.append(f"{table.label}: {count:,} rows")
        if count > table.capacity:
            notes.append(f"{table.label}: the table is for {table.capacity:,} rows and was made larger")
        for id, names in self.strange.items():
            label = label_of(id, table.pasted[id].label)
            notes.append(f"{table.label}, {label}: not on the list: {', '.join(sorted(names)[:MOST_SAID])}")
        if others:
            notes.append(f"{table.label}: columns left aside: {', '.join(others)}")
        if blank and count:
            unfilled = (label_of(id, table.pasted[id].label) for id in blank)
            notes.append(f"{table.label}: not filled: {', '.join(unfilled)}")
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


def _is_blank(cells: Iterable[Held]) -> bool:
    return all(cell is None for cell in cells)


def _as_key(word: str) -> str:
    """A word of a file as it is written in front of a colon."""
    return word if re.fullmatch(r"\w+( \w+)*", word) else f'"{word}"'
