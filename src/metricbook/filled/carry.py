"""Carries what was typed into one workbook over into another: a new version, another client file, later periods.

Every cell of the new workbook is asked what stands in it; what no cell asks for is left over, and said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from metricbook.filled.filled import Filled, Held, same
from metricbook.filled.members import LIST, named_by_hand, said_in_rows, with_earlier
from metricbook.filled.pasting import Pasting
from metricbook.filled.report import Kept, ReadAs, Renamed, Report
from metricbook.filled.spelling import Spelling, Unreadable
from metricbook.layout.plan import Address, Constant, Field, Plan
from metricbook.layout.settings import Left, Row
from metricbook.layout.timeline import serial
from metricbook.model.dimensions import is_key
from metricbook.model.model import Model
from metricbook.problems import Location, Problem

MOST_PLACES = 8


@dataclass(frozen=True)
class Carried:
    """What stands in the new workbook's cells, the rows of its tables, and what became of everything."""

    typed: Mapping[Address, Constant]
    records: Mapping[str, tuple[Row, ...]]
    report: Report
    corrected: frozenset[Address] = frozenset()


def carry(filled: Filled, plan: Plan, model: Model) -> Carried:
    """Find for every cell of a plan what was typed for it in a filled workbook."""
    return _Carrying(filled, model, spelling_of(filled)).carried(plan)


def spelling_of(filled: Filled) -> Spelling:
    """How a workbook spells numbers and dates that are texts."""
    texts = [each.value for each in filled.held.values() if isinstance(each.value, str)]
    rows = (row for table in filled.records.values() for row in table.rows)
    texts += {cell.value for row in rows for cell in row if cell and isinstance(cell.value, str)}
    return Spelling(texts)


@dataclass
class _Carrying:
    """One workbook on its way into another."""

    filled: Filled
    model: Model
    spelling: Spelling
    typed: dict[Address, Constant] = field(default_factory=dict)
    pool: dict[Address, Held] = field(default_factory=dict)
    count: int = 0
    renamed: list[Renamed] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    read: list[ReadAs] = field(default_factory=list)
    unreadable: list[ReadAs] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    corrected: dict[Address, Kept] = field(default_factory=dict)

    def carried(self, plan: Plan) -> Carried:
        self.pool = pool_of(self.filled)
        members = named_by_hand(self.filled, plan.fields)
        fields = [(each, with_earlier(each, members)) for each in plan.fields]
        # names of members first: a choice among members is said by the name that its member has now; and what was
        # named by hand before the spare row it was named in
        for _, each in sorted(fields, key=lambda pair: (not pair[0].block.startswith(LIST), pair[0] is pair[1])):
            self._field(each)
        self._names_in_rows(plan)
        pasting = Pasting(self.filled, self.model, self.spelling)
        records = pasting.tables()
        self.left += pasting.left
        self._leave_rest(plan)
        filled, framework = self.filled, self.model.framework
        report = Report(
            file=filled.file,
            source=f"{filled.framework} {filled.version}",
            target=f"{framework.framework} {framework.version}",
            carried=self.count,
            records=tuple((self.model.tables[id].label, len(rows)) for id, rows in records.items() if rows),
            renamed=tuple(self.renamed),
            kept=tuple(self.kept),
            corrected=tuple(self.corrected.values()),
            read=(*self.read, *pasting.read),
            unreadable=(*self.unreadable, *pasting.unreadable),
            new=tuple(dict.fromkeys(self.new)),
            dropped=tuple(self.left),
            findings=(*filled.findings, *findings_of(filled, self.model)),
        )
        return Carried(self.typed, records, report, frozenset(self.corrected))

    def _field(self, field: Field) -> None:
        """Take what was typed for each cell of a field, under its id or one that it had before."""
        known = self.filled.lines
        source = next((id for id in (field.row, *field.earlier) if (field.block, id) in known), "")
        if not source:
            source = next((id for id in (field.row, *field.earlier) if self._is_left(field.block, id)), "")
        if not source:
            if field.asked:
                self.new.append(field.label)
            return
        took = False
        loaded = field.loaded or (None,) * len(field.keys)
        for key, issued, now in zip(field.keys, field.issued, loaded, strict=True):
            held = self.pool.pop((field.block, source, key), None)
            if held is not None:
                took = True
                self._take(field, (field.block, field.row, key), issued, now, held, (field.block, source, key))
        if took and source != field.row:
            self.renamed.append(Renamed(source, field.row, field.label))

    def _names_in_rows(self, plan: Plan) -> None:
        """A member that is called otherwise now keeps the name by which pasted rows call it."""
        for each in plan.fields:
            if each.block.startswith(LIST) and each.keys == ("shown",):
                name, address = said_in_rows(self.filled, each), (each.block, each.row, "exports")
                if name and self.typed.get(address) is None:
                    self.typed[address] = name
                    self.kept.append(Kept(f"{each.label}, in your exports", name, None))

    def _is_left(self, block: str, row: str) -> bool:
        return any(address[:2] == (block, row) for address in self.filled.left)

    def _take(
        self, field: Field, address: Address, issued: Constant, now: Constant, held: Held, source: Address
    ) -> None:
        """Put what was typed in its place; what cannot stand there is kept beside. `now` is what a file says."""
        value = self._converted(field, held)
        if isinstance(value, Unreadable):
            self.unreadable.append(ReadAs(held.place, field.label, str(held.value), why=value.why))
            if held.error or isinstance(held.value, bool) or field.kind == "option":
                self._leave(source, held, value.why, field.label)
                return
            value = str(held.value)  # it stands where it stood, and shows in red as it did
        elif isinstance(held.value, str) and not isinstance(value, str):
            self.read.append(ReadAs(held.place, field.label, held.value, value))
        if field.block == "picked" and field.kind == "date" and not self._is_period(value):
            self._leave(source, held, "this workbook has no such period", field.label)
            return
        if now is not None and value is not None and not same(value, now):
            then = self.filled.loaded.get(source)
            if then is None:
                self._leave(source, held, "a file fills the cell in now", field.label)
            if then is None or same(value, then):  # nobody typed it: the file said so then, and something else now
                return
            self.corrected[address] = Kept(f"{held.place} {field.label}", value, now)
        before = self.filled.issued.get(source)
        if source in self.filled.issued and not same(before, issued) and not same(value, issued):
            self.kept.append(Kept(field.label, value, issued))
        self.typed[address] = value
        self.count += value is not None

    def _converted(self, field: Field, held: Held) -> Constant | Unreadable:
        value = held.value
        if value is None:
            return None
        if held.error:
            return Unreadable(f"{value} is an error, not a value.")
        if field.kind == "option":
            return self._option(field, value)
        if isinstance(value, bool):
            return str(value).upper() if field.kind == "text" else Unreadable("TRUE and FALSE are no numbers.")
        if field.kind == "text":
            return value
        if field.kind == "date":
            return self.spelling.date(value) if isinstance(value, str) else value + self.filled.shift
        return self.spelling.number(value) if isinstance(value, str) else value

    def _option(self, field: Field, value: float | str | bool) -> Constant | Unreadable:
        """The word that an option has now: by what its word stood for, else by the word or the id itself."""
        options = dict(field.options)
        if field.words.startswith(LIST):
            names = {id: self.typed.get((field.words, id, "shown"), label) for id, label in field.options}
            options = {id: str(label) for id, label in names.items() if label}
        id = self.filled.words.get(field.words, {}).get(str(value), "")
        if id in options:
            return options[id]
        by_word = {word.casefold(): word for word in options.values()}
        found = by_word.get(str(value).strip().casefold()) or options.get(str(value))
        return found or Unreadable(f'"{value}" is none of {", ".join(options.values())}.')

    def _is_period(self, value: Constant) -> bool:
        periods = self.model.periods
        return value is None or value in {serial(periods.start(number)) for number in range(periods.count)}

    def _leave_rest(self, plan: Plan) -> None:
        """Whatever no cell asked for."""
        rows = {(field.block, field.row) for field in plan.fields}
        for address, held in self.pool.items():
            if held.value is None:
                continue
            block, row, key = address
            before = self.filled.left.get(address)
            if before is not None and held is before.held:
                self.left.append(Left(address, before.label, held.place, _plain(held), before.why))
                continue
            self._leave(address, held, self._why(key) if (block, row) in rows else "there is no such line here")
        for stray in self.filled.strays:
            self.left.append(Left(stray.address, stray.label, stray.held.place, _plain(stray.held), stray.why))

    def _why(self, key: str) -> str:
        """Why a line has no such column."""
        periods = self.model.periods
        if not is_key(key, periods.grain):
            return f"there is no column {key} here"
        return "before the first period here" if key < periods.key(0) else "after the last period here"

    def _leave(self, address: Address, held: Held, why: str, label: str = "") -> None:
        label = label or self.filled.lines.get(address[:2], "") or address[1]
        self.left.append(Left(address, label, held.place, _plain(held), why))


def findings_of(filled: Filled, model: Model) -> Iterator[Problem]:
    """What is to be known about the earlier workbook as a whole."""
    at = Location(filled.file)
    if filled.framework != model.framework.framework:
        sentence = f"The workbook is one of {filled.framework}, and this one of {model.framework.framework}."
        yield Problem("other-framework", sentence, "What both have under the same ids was taken over.", at)
    places = [held.place for held in filled.held.values() if held.formula and held.value is not None]
    if places:
        more = f" and {len(places) - MOST_PLACES} more" if len(places) > MOST_PLACES else ""
        sentence = f"Formulas were typed in {', '.join(places[:MOST_PLACES])}{more}."
        yield Problem("typed-formulas", sentence, "Their values were taken over.", at)


def pool_of(filled: Filled) -> dict[Address, Held]:
    """Everything that somebody typed, cells that were emptied included, and what an earlier build had left over."""
    pool = {address: held for address in filled.held if (held := filled.typed(address)) is not None}
    for address in filled.issued.keys() - filled.held.keys():
        block, row, key = address
        if (block, row) in filled.lines and key in filled.keys.get(block, (key,)):
            pool[address] = Held(None, "")
    return {**{address: stray.held for address, stray in filled.left.items()}, **pool}


def _plain(held: Held) -> Constant:
    return str(held.value).upper() if isinstance(held.value, bool) else held.value
