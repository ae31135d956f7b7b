"""Rows of exports as values of inputs: members by their spellings, days taken together by period.

An amount adds up over the days of a period, a snapshot is its last day's (or first); what can do neither, an average
or a share, takes one row a period and is refused where there are more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from metricbook.model.data import Key
from metricbook.model.export_missing import missing
from metricbook.model.export_parts import Part, Parts
from metricbook.model.export_rows import Left, RowReader
from metricbook.model.export_use import Use, added
from metricbook.model.exports import Proven
from metricbook.model.model import Model
from metricbook.problems import Location, Problem
from metricbook.source.raw_table import RawTable
from metricbook.source.span_text import Span
from metricbook.source.table_body import Body, body_of

WEEK = 7
MOST_SAID = 20  # of the same kind; a wrong column would fill the screen


@dataclass(frozen=True)
class Taken:
    """What an export came to, and everything that is wrong with it."""

    use: Use
    problems: tuple[Problem, ...]


def take(model: Model, parts: Parts, proven: Proven, number: int, files: Sequence[RawTable]) -> Taken:
    """Add the rows of an export, the `number`th, to the parts; it may be in several files."""
    loading = _Loading(model, parts, proven, number)
    for raw in files:
        loading.file(raw)
    if len(files) > 1:
        loading.same_days()
    if proven.export.missing == 0:
        loading.fill()
    return loading.taken(files)


@dataclass
class _Wrong:
    """Faults of a kind about the same words: how many rows, and the first place."""

    sentence: str
    hint: str
    at: Location
    rows: int = 0


@dataclass
class _Loading:
    model: Model
    parts: Parts
    proven: Proven
    number: int
    bodies: list[Body] = field(default_factory=list)
    used: int = 0
    keys: set[Key] = field(default_factory=set)
    spans: set[Span] = field(default_factory=set)
    aside: set[Span] = field(default_factory=set)  # days of rows that were ignored: the file reaches them too
    problems: list[Problem] = field(default_factory=list)
    wrong: dict[tuple[str, str], _Wrong] = field(default_factory=dict)
    days: dict[str, dict[Span, Counter[tuple[str, ...]]]] = field(default_factory=dict)  # rows by file and day
    filled: int = 0  # cells without rows that are 0

    def file(self, raw: RawTable) -> None:
        """Take the rows of one file."""
        proven, export = self.proven, self.proven.export
        anchors = [export.dated] if export.dated else []
        body = body_of(raw, proven.headings, proven.headings, proven.where, anchors, export.header_row)
        self.bodies.append(body)
        self.problems += body.problems
        if not body.rows:
            return
        reader = RowReader(self.model, proven, raw, body, self.note)
        self.aside |= {span for span in map(reader.days, body.aside) if span}
        days = self.days.setdefault(raw.file, defaultdict(Counter))
        for line in body.rows:
            outcome = reader.read(line)
            if isinstance(outcome, Left):
                (body.ignored if outcome.kind == "ignored" else body.refused)[outcome.reason] += 1
                self.aside |= {outcome.span} if outcome.span else set()
                continue
            span, added_here = outcome
            self.used += 1
            for key, value, cell in added_here:
                self.parts[key].append(Part(value, span, cell, self.number, raw.file))
                self.keys.add(key)
            if span is not None:
                self.spans.add(span)
                days[span][tuple(cell.text for cell in line)] += 1

    def note(self, code: str, about: str, sentence: str, hint: str, at: Location) -> None:
        """Something wrong with a row; the same words are one fault however often they come."""
        wrong = self.wrong.setdefault((code, about), _Wrong(sentence, hint, at))
        wrong.rows += 1

    def same_days(self) -> None:
        """Refuse a day that two files hold alike: downloads that overlap would count it twice."""
        homes: dict[tuple[Span, frozenset[tuple[tuple[str, ...], int]]], list[str]] = defaultdict(list)
        for file, days in self.days.items():
            for span, rows in days.items():
                homes[span, frozenset(rows.items())].append(file)
        twice = sorted((span, files) for (span, _), files in homes.items() if len(files) > 1)
        if twice:
            (first, _), files = twice[0]
            names = " and ".join(Path(file).name for file in files[:2])
            stands = f"and {len(twice) - 1} more days stand" if len(twice) > 1 else "stands"
            sentence = f"{first.isoformat()} {stands} in {names} with the same rows and would count twice."
            hint = "Keep one of the files, or export days that do not overlap."
            self.problems.append(Problem("same-rows", sentence, hint, Location(files[1])))

    def fill(self) -> None:
        """Amounts of members that have rows are 0 in periods without, between the first and the last of the file."""
        periods = [period for _, _, period in self.keys if period is not None]
        ids = {into.metric.id for into in self.proven.into if into.metric.over_periods == "sum"}
        for id, where in sorted({key[:2] for key in self.keys if key[0] in ids}, key=str):
            for period in range(min(periods), max(periods) + 1):
                if (id, where, period) not in self.keys:
                    any_part = next(iter(self.parts[key][0] for key in self.keys if key[:2] == (id, where)))
                    self.parts[id, where, period].append(any_part._replace(value=0.0, span=None))
                    self.filled += 1

    def taken(self, files: Sequence[RawTable]) -> Taken:
        """The account of all rows."""
        proven, export = self.proven, self.proven.export
        use = Use(
            name=export.file,
            into=tuple(dict.fromkeys(each.metric.id for each in proven.into)),
            files=tuple(Path(raw.file).name for raw in files),
            rows=sum(body.total for body in self.bodies),
            used=self.used,
            first=min(self.spans).first.isoformat() if self.spans else "",
            last=max(span.last for span in self.spans).isoformat() if self.spans else "",
            passed=added(body.passed for body in self.bodies),
            ignored=added(body.ignored for body in self.bodies),
            refused=added(body.refused for body in self.bodies),
            missing=tuple(missing(self.model, proven, self.keys, self.spans | self.aside)),
            notes=tuple(dict.fromkeys(self._notes(files))),
        )
        return Taken(use, (*self.problems, *self._said()))

    def _notes(self, files: Sequence[RawTable]) -> Iterator[str]:
        for raw in files:
            yield from (f"{Path(raw.file).name}: {note}" for note in raw.notes)
        days = sorted({span.first for span in self.spans if span.first == span.last})
        apart = {(later - day).days for day, later in pairwise(days)}
        weekly = len(days) > 2 and min(apart) == WEEK and all(days_between % WEEK == 0 for days_between in apart)
        if weekly and self.model.periods.grain != "week":
            yield f"its rows are a week apart; each counts in the {self.model.periods.grain} of its day"

        if self.filled:
            yield f"{self.filled:,} cells without rows are 0"

    def _said(self) -> Iterator[Problem]:
        by_code: dict[str, list[_Wrong]] = defaultdict(list)
        for (code, _), wrong in self.wrong.items():
            by_code[code].append(wrong)
        for code, found in by_code.items():
            for wrong in found[:MOST_SAID]:
                often = f" ({wrong.rows:,} rows)" if wrong.rows > 1 else ""
                yield Problem(code, f"{wrong.sentence}{often}", wrong.hint, wrong.at)
            if len(found) > MOST_SAID:
                more = f"{len(found) - MOST_SAID:,} more like these."
                yield Problem(code, more, "", found[MOST_SAID].at)
