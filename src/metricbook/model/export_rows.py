"""One row of an export: its days, its members, and what it adds to which cells; or why it adds nothing."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable
from itertools import product
from typing import Literal, NamedTuple

from metricbook.model.data import Key
from metricbook.model.exports import IGNORE, Into, Proven, Spelt
from metricbook.model.metric import Point
from metricbook.model.model import Model
from metricbook.problems import Location, Problem, did_you_mean
from metricbook.source.data import DAY_ZERO
from metricbook.source.raw_table import Cell, Line, RawTable
from metricbook.source.record_text import NOTHING, Reader, number_reader
from metricbook.source.span_text import Span, span_reader
from metricbook.source.table_body import Body, quoted

MOST_DAYS = 2_958_465  # the last day of a spreadsheet, 9999-12-31
WORDY = ("text", "choice", "member", "date")

Note = Callable[[str, str, str, str, Location], None]
"""Takes a fault: its code, what it is about, sentence, hint and place."""


class Left(NamedTuple):
    """Why a row adds nothing."""

    kind: Literal["ignored", "refused"]
    reason: str
    span: Span | None = None  # its days, where it is left aside though they are the workbook's


class Added(NamedTuple):
    """What a row adds to a cell."""

    key: Key
    value: float | str
    cell: Cell


class RowReader:
    """Reads the rows of one file of an export."""

    def __init__(self, model: Model, proven: Proven, raw: RawTable, body: Body, note: Note) -> None:
        self.model, self.proven, self.raw, self.body, self.note = model, proven, raw, body, note
        export, periods = self.proven.export, self.model.periods
        self.starts = [periods.start(number).toordinal() for number in range(periods.count + 1)]
        self.dated = body.places[export.dated] if export.dated else None
        self.read_span = span_reader(self._texts(self.dated), export.dates or "")
        self.readers: dict[str, Reader] = {
            each.heading: number_reader(self._texts(body.places[each.heading]), raw.continental)
            for each in self.proven.into
            if each.metric.unit not in WORDY
        }
        self.names = {
            name: {each.id: each.label for each in dimension.members if each.label}
            for name, dimension in self.model.dimensions.items()
        }
        self.whole = self._whole(self.proven.period)
        places = [place for into in self.proven.into for axis in into.axes for place in axis]
        self.spelt = [place for place in dict.fromkeys(places) if isinstance(place, Spelt)]

    def _whole(self, period: int | None) -> Span | None:
        """The days of the period that all rows are of."""
        if period is None:
            return None
        return Span(*(dt.date.fromordinal(self.starts[period + after] - after) for after in (0, 1)))

    def _texts(self, place: int | None) -> list[str]:
        """The texts of a column that are no numbers yet, without what says that there is nothing."""
        cells = (line[place] for line in self.body.rows) if place is not None else ()
        return [cell.text for cell in cells if cell.number is None and cell.text.strip() not in NOTHING]

    def read(self, line: Line) -> tuple[Span | None, list[Added]] | Left:
        """The days of a row and what it adds to cells; or why it adds nothing."""
        span, period = self.whole, self.proven.period
        if self.dated is not None:
            found = self._span(line[self.dated])
            if isinstance(found, str):
                return Left("refused", found)
            span, period = found
            if period is None:
                keys = self.model.periods.keys()
                early = span.first.toordinal() < self.starts[0]
                return Left("ignored", f"before {keys[0]}" if early else f"after {keys[-1]}")
        for place in self.spelt:
            word = line[self.body.places[place.heading]].text
            if self.proven.spellings[place.dimension](word) == IGNORE and IGNORE not in self.names[place.dimension]:
                return Left("ignored", f"{place.heading} {quoted(word)}", span)
        left, added = Left("ignored", "without a number"), []
        for into in self.proven.into:
            outcome = self._cells(line, into, period)
            if not isinstance(outcome, Left):
                added += outcome
            elif outcome.kind == "refused":
                return outcome
            else:
                left = outcome._replace(span=span)
        return (span, added) if added else left

    def days(self, line: Line) -> Span | None:
        """The days of a row that was not asked for, where they can be told."""
        found = self._days(line[self.dated]) if self.dated is not None else None
        return found if isinstance(found, Span) else None

    def _span(self, cell: Cell) -> tuple[Span, int | None] | str:
        """The days of a row and its period, None outside the workbook's; or why they cannot be told."""
        found = self._days(cell)
        dated = self.proven.export.dated
        if found is None:
            self.note("no-date", "", f"A row has no {dated}.", "Give it a date, or leave it out.", cell.at)
            return "without a date"
        if isinstance(found, str):
            sure = "could be" in found or "come first" in found
            hint = "Say `dates: day_first` or `dates: month_first`." if sure else "Write dates as 2026-01-31."
            self.note("unreadable-date", found, found, hint, cell.at)
            return f"with a {dated} that cannot be read"
        first, last = (bisect_right(self.starts, day.toordinal()) - 1 for day in found)
        if first != last:
            grain = self.model.periods.grain
            sentence = f"{quoted(cell.text)} lies in more than one {grain} of this workbook."
            hint = f"Export rows by day, or by {grain}."
            self.note("long-span", cell.text, sentence, hint, cell.at)
            return f"of more than one {grain}"
        return found, first if 0 <= first < self.model.periods.count else None

    def _days(self, cell: Cell) -> Span | str | None:
        """The days that a cell says; a text says why it is none."""
        if cell.number is not None and 1900 < cell.number < 2200:
            return self.read_span(f"{cell.number:.0f}")  # a year, which as a day would lie before 1907
        if cell.number is not None and 20_000_000 < cell.number < 30_000_000:
            return self.read_span(f"{cell.number:.0f}")  # 20260131
        if cell.number is not None:
            days = int(cell.number + self.raw.shift)
            day = DAY_ZERO + dt.timedelta(days=days) if 1 <= days <= MOST_DAYS else None
            return Span(day, day) if day else f"{quoted(cell.text)} is no date."
        return self.read_span(cell.text)

    def _cells(self, line: Line, into: Into, period: int | None) -> list[Added] | Left:
        """What a row adds to the cells of a metric; or why it adds nothing there."""
        cell = line[self.body.places[into.heading]]
        value = self._value(into, cell)
        if isinstance(value, Problem):
            self.note(value.code, value.sentence, value.sentence, value.hint, cell.at)
            return Left("refused", f"with a {into.heading} that cannot be read")
        if value is None:
            return []
        axes: list[list[Point]] = []
        for places in into.axes:
            points = [self._point(line, place) for place in places]
            for point in points:
                if isinstance(point, Left):
                    return point
            axes.append([point for point in points if isinstance(point, Point)])
        number = period if into.metric.timed else None
        return [Added((into.metric.id, where, number), value, cell) for where in product(*axes)]

    def _value(self, into: Into, cell: Cell) -> float | str | Problem | None:
        if into.metric.unit in WORDY:
            return cell.number if cell.number is not None else cell.text.strip() or None
        if cell.number is not None:
            return cell.number
        found = self.readers[into.heading](cell.text)
        if isinstance(found, str):
            return Problem("unreadable-number", found, "Write 1200, 0.22 or 22%.")
        return None if found is None or isinstance(found, dt.date) else found

    def _point(self, line: Line, place: Point | Spelt) -> Point | Left:
        """The member that a row says; or why it adds nothing."""
        if isinstance(place, Point):
            return place
        cell, dimension = line[self.body.places[place.heading]], self.model.dimensions[place.dimension]
        known, root = self.names[dimension.id], self.names[dimension.root]
        member = self.proven.spellings[dimension.id](cell.text)
        if member in known:
            return Point(dimension.id, str(member))
        if member in root or self.proven.spellings[dimension.root](cell.text) in root:
            return Left("ignored", f"{place.heading} {quoted(cell.text)}, not in {dimension.label}")
        word = cell.text.strip()
        sentence = f"{quoted(word)} under {place.heading} is no member of {dimension.id}."
        near = did_you_mean(word, [*known.values(), *known]) if word else ""
        hint = f"{near} Say in `members: {{{dimension.id}: …}}` which one it is, or `ignore`.".strip()
        self.note("unknown-member", f"{dimension.id} {word.casefold()}", sentence, hint, cell.at)
        return Left("refused", f"{place.heading} {quoted(word)}")
