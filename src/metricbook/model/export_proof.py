"""Proves what a client file says of exports: every heading, word and key means something here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from metricbook.model.exports import IGNORE, PERIOD, Into, Proven, Spelt, member_spellings, spellings_of
from metricbook.model.metric import Axis, Metric, Point
from metricbook.model.model import Model, Table
from metricbook.problems import Location, Problem, did_you_mean, there_is
from metricbook.source.client_chain import ClientSource
from metricbook.source.export import Export
from metricbook.source.table_body import Words

WORDED = ("text", "member", "choice")
"""The columns of a record table that may be the same in all rows of a file."""
FOR_METRICS = ("dated", "missing")

_TARGET = re.compile(r"([a-z][a-z0-9_]*)(?:\[([^\[\]]+)\])?")


def prove_exports(model: Model, link: ClientSource) -> tuple[tuple[Proven, ...], tuple[Problem, ...]]:
    """The exports of a client file, and every word in them that means nothing."""
    proofs = [_Proof(model, link, number, export) for number, export in enumerate(link.client.data)]
    proven = tuple(proof.prove() for proof in proofs)
    return proven, tuple(problem for proof in proofs for problem in proof.problems)


@dataclass
class _Proof:
    model: Model
    link: ClientSource
    number: int
    export: Export
    problems: list[Problem] = field(default_factory=list)

    def prove(self) -> Proven:
        export, table = self.export, self._table()
        options = self._options(table)
        dimensions = self.model.dimensions
        spellings = {name: Words(member_spellings(self.model, name, self._said(name))) for name in dimensions}
        spellings |= {id: Words(spellings_of(each, export.members.get(id, {}))) for id, each in options.items()}
        for name, words in export.members.items():
            self._members(name, words, options)
        into, columns = ((), self._columns(table)) if table else (self._into(), {})
        where = {
            name: Words(dict.fromkeys([words] if isinstance(words, str) else words, ""))
            for name, words in export.where.items()
        }
        file = self.link.document.file
        return Proven(export, file, self._at("file"), into, table, columns, spellings, where, self._period())

    def _said(self, dimension: str) -> dict[str, str]:
        """What the export says of a dimension, or of the one that it is a part of."""
        root = self.model.dimensions[dimension].root
        return self.export.members.get(root, {}) | self.export.members.get(dimension, {})

    def _at(self, *path: str | int) -> Location:
        return self.link.document.locate(("data", self.number, *path))

    def _key(self, *path: str | int) -> Location:
        return self.link.document.key(("data", self.number, *path))

    def _add(self, code: str, sentence: str, hint: str, at: Location) -> None:
        self.problems.append(Problem(code, sentence, hint, at))

    def _options(self, table: Table | None) -> dict[str, Mapping[str, str]]:
        """The options of the choices in a record table."""
        columns = table.pasted if table else {}
        return {id: column.options or {} for id, column in columns.items() if column.type == "choice"}

    def _members(self, dimension: str, words: Mapping[str, str], options: Mapping[str, Mapping[str, str]]) -> None:
        if dimension not in self.model.dimensions and dimension not in options:
            hint = did_you_mean(dimension, self.model.dimensions) or there_is(self.model.dimensions)
            self._add(
                "unknown-dimension", f"There is no dimension {dimension}.", hint, self._key("members", dimension)
            )
            return
        members = self.model.dimensions[dimension].members if dimension not in options else ()
        known = [*options.get(dimension, ()), *(member.id for member in members if member.label)]
        what = "an option" if dimension in options else "a member"
        for word, member in words.items():
            if member != IGNORE and member not in known:
                hint = did_you_mean(member, known) or there_is([*known, IGNORE])
                sentence = f'"{member}" is not {what} of {dimension}.'
                self._add("unknown-member", sentence, hint, self._at("members", dimension, word))

    def _unknown_dimension(self, name: str, at: Location) -> None:
        known = [*self.model.dimensions, PERIOD]
        self._add(
            "unknown-dimension", f"There is no dimension {name}.", did_you_mean(name, known) or there_is(known), at
        )

    def _table(self) -> Table | None:
        export, tables = self.export, self.model.tables
        if export.records is None:
            return None
        for key in FOR_METRICS:
            if getattr(export, key) not in (None, {}):
                sentence = f"Rows of a table stand as they are, so `{key}` says nothing about them."
                self._add("not-for-records", sentence, "Leave it out.", self._key(key))
        if export.records in tables:
            return tables[export.records]
        hint = did_you_mean(export.records, tables) or there_is(tables)
        sentence = f"{export.records} is no record table of this workbook."
        self._add("unknown-table", sentence, hint, self._at("records"))
        return None

    def _columns(self, table: Table) -> dict[str, str]:
        """The columns of a table by the headings of the file."""
        found: dict[str, str] = {}
        for heading, id in self.export.columns.items():
            if id not in table.pasted:
                hint = did_you_mean(id, table.pasted) or there_is(table.pasted)
                sentence = f"{id} is no column of {table.id} that is pasted in."
                self._add("unknown-column", sentence, hint, self._at("columns", heading))
            elif id in found.values():
                self._twice(heading, id)
            else:
                found[heading] = id
        for id, word in self.export.at.items():
            self._held(table, id, word)
        return found

    def _held(self, table: Table, id: str, word: str) -> None:
        """A column that is the same in all rows."""
        column = table.pasted.get(id)
        if column is None or column.type not in WORDED:
            known = [name for name, each in table.pasted.items() if each.type in WORDED]
            hint = did_you_mean(id, known) or there_is(known)
            self._add("unknown-column", f"{id} is no column of words in {table.id}.", hint, self._key("at", id))
        elif column.type == "member":
            self._fixed(column.of or "", word, id)
        elif column.type == "choice" and Words(spellings_of(column.options or {}, {}))(word) is None:
            hint = did_you_mean(word, column.options or {}) or there_is(column.options or {})
            self._add("unknown-member", f'"{word}" is not an option of {id}.', hint, self._at("at", id))

    def _twice(self, heading: str, id: str) -> None:
        self._add("same-column", f"Two columns are {id}.", "Keep one of them.", self._at("columns", heading))

    def _into(self) -> tuple[Into, ...]:
        """The metrics that the columns fill, with what says where."""
        if self.export.records is not None:
            return ()
        dimensions: dict[str, str] = {}
        targets: dict[str, tuple[Metric, list[str]]] = {}
        for heading, said in self.export.columns.items():
            found = _TARGET.fullmatch(said)
            id, tokens = (found[1], found[2]) if found else (said, None)
            if id in self.model.dimensions and tokens is None:
                if id in dimensions.values():
                    self._twice(heading, id)
                dimensions[heading] = id
            elif (metric := self._metric(heading, id)) is not None:
                targets[heading] = metric, re.split(r"\s*,\s*", tokens.strip()) if tokens else []
        for name in self.export.at:
            if name != PERIOD and name not in self.model.dimensions:
                self._unknown_dimension(name, self._key("at", name))
        if not targets and not self.problems:
            hint = "Say which column is which metric: columns: {Cost: spend}."
            self._add("no-metric", "No column of this export is a metric.", hint, self._at("columns"))
        by_name = {id: heading for heading, id in dimensions.items()}
        into = [self._placed(heading, *target, by_name) for heading, target in targets.items()]
        return tuple(each for each in into if each is not None)

    def _metric(self, heading: str, id: str) -> Metric | None:
        metrics, at = self.model.metrics, self._at("columns", heading)
        renamed = (metric for metric in metrics.values() if id in metric.aliases)
        metric = metrics.get(id) or next(renamed, None)
        if metric is None:
            inputs = [each.id for each in metrics.values() if each.is_input]
            dated = f"For a column of days or periods say `dated: {heading}`." if id == PERIOD else ""
            hint = (
                dated or did_you_mean(id, [*inputs, *self.model.dimensions]) or "`metricbook show` lists the inputs."
            )
            self._add("unknown-metric", f'"{id}" is no input and no dimension of this workbook.', hint, at)
        elif not metric.is_input:
            hint = "Give the numbers it is made of."
            self._add("not-an-input", f"{id} is calculated, so it cannot be filled in.", hint, at)
        elif metric.timed and self.export.dated is None and PERIOD not in self.export.at:
            hint = "Say `dated: Day` for a column of days, or `at: {period: 2026-03}` for the whole file."
            self._add("no-dates", f"{id} is by period, and nothing says of which period a row is.", hint, at)
        else:
            return metric
        return None

    def _placed(self, heading: str, metric: Metric, tokens: Sequence[str], by_name: Mapping[str, str]) -> Into | None:
        """What says the member on each axis: the brackets, else columns, else what holds for all rows."""
        left, axes = list(tokens), []
        for axis in metric.axes:
            before = len(self.problems)
            places = self._bracketed(axis, left) or self._said_by(axis, by_name)
            if not places and len(self.problems) > before:
                return None
            if not places:
                name = " or ".join(axis)
                hint = f"Name the column that says it, or say `at: {{{axis[0]}: member}}` for the whole file."
                sentence = f"{metric.id} is by {name}, and nothing says of which a row is."
                self._add("no-member", sentence, hint, self._at("columns", heading))
                return None
            axes.append(places)
        for token in left:
            known = [point.member for axis in range(len(metric.axes)) for point in self.model.members(metric, axis)]
            hint = did_you_mean(token, known)
            sentence = f'{metric.id} has no member "{token}".'
            self._add("unknown-member", sentence, hint, self._at("columns", heading))
        return Into(heading, metric, tuple(axes))

    def _bracketed(self, axis: Axis, tokens: list[str]) -> tuple[Point | Spelt, ...]:
        for name in axis:
            for member in (each for each in self.model.dimensions[name].members if each.label):
                point = Point(name, member.id)
                if (id := self.model.point_id(axis, point)) in tokens:
                    tokens.remove(id)
                    return (point,)
        return ()

    def _said_by(self, axis: Axis, by_name: Mapping[str, str]) -> tuple[Point | Spelt, ...]:
        found: list[Point | Spelt] = []
        for name in axis:
            for said in dict.fromkeys((name, self.model.dimensions[name].root)):
                if said in by_name:
                    found.append(Spelt(name, by_name[said]))
                    break
                if said in self.export.at:
                    point = self._fixed(name, self.export.at[said], said)
                    found += [point] if point else []
                    break
        return tuple(found)

    def _fixed(self, dimension: str, wanted: str, said: str) -> Point | None:
        """The member that holds for all rows, as `at` says it under a name."""
        member = Words(member_spellings(self.model, dimension, {}))(wanted)
        if member is not None:
            return Point(dimension, member)
        known = [each.id for each in self.model.dimensions[dimension].members if each.label]
        hint = did_you_mean(wanted, known) or there_is(known)
        self._add("unknown-member", f'"{wanted}" is not a member of {dimension}.', hint, self._at("at", said))
        return None

    def _period(self) -> int | None:
        wanted, keys = self.export.at.get(PERIOD), self.model.periods.keys()
        if wanted is None or self.export.records is not None:
            return None
        if self.export.dated is not None:
            hint = "Keep one of them."
            self._add("two-dates", "`dated` and `at: {period: …}` both say the period.", hint, self._at("at", PERIOD))
        if wanted in keys:
            return keys.index(wanted)
        sentence = f'"{wanted}" is not a period of this workbook, which has {keys[0]} to {keys[-1]}.'
        self._add("unknown-period", sentence, f"Write it like {keys[0]}.", self._at("at", PERIOD))
        return None
