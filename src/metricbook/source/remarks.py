"""Remarks on sample data: notes by metric and period, events, actions, from a CSV file of one line each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from metricbook.problems import Location, Problem, Refused, did_you_mean
from metricbook.source.csv_text import Cell, rows
from metricbook.source.files import read_text

LARGEST = 1_000_000
LONGEST = 255
Kind = Literal["note", "event", "redefined", "action"]
KINDS: tuple[Kind, ...] = get_args(Kind)
COLUMNS = ("kind", "metric", "period", "text", "who", "due", "done")


@dataclass(frozen=True, slots=True)
class Remark:
    """A note on a metric, an event or a redefinition in a period; or an action with who does it until when."""

    kind: Kind
    text: str
    at: Location
    metric: str = ""
    period: str = ""
    who: str = ""
    due: dt.date | None = None
    done: dt.date | None = None


def read_remarks(path: Path) -> tuple[Remark, ...]:
    """Read a file of remarks; raise Refused with every line that cannot be read."""
    lines = rows(read_text(path, LARGEST), str(path))
    header = [cell.text for cell in next(lines, [])]
    if tuple(header) != COLUMNS:
        sentence = f"The first line is not {','.join(COLUMNS)}."
        raise Refused([Problem("missing-column", sentence, "", Location(str(path), 1, 1))])
    found = [remark for line in lines for remark in _read(line)]
    problems = [each for each in found if isinstance(each, Problem)]
    if problems:
        raise Refused(problems)
    return tuple(each for each in found if isinstance(each, Remark))


def _read(line: list[Cell]) -> Iterator[Remark | Problem]:
    if len(line) != len(COLUMNS):
        sentence = f"This row has {len(line)} cells, the first line {len(COLUMNS)}."
        yield Problem("missing-cells", sentence, "A text with a comma inside needs quotes.", line[-1].at)
        return
    cells = dict(zip(COLUMNS, line, strict=True))
    problems = list(_faults(cells))
    due, done = _day(cells["due"]), _day(cells["done"])
    problems += [day for day in (due, done) if isinstance(day, Problem)]
    if problems or isinstance(due, Problem) or isinstance(done, Problem):
        yield from problems
        return
    kind = next(each for each in KINDS if each == cells["kind"].text)
    metric, period, who = (cells[name].text for name in ("metric", "period", "who"))
    yield Remark(kind, cells["text"].text, cells["text"].at, metric, period, who, due, done)


def _faults(cells: Mapping[str, Cell]) -> Iterator[Problem]:
    kind, text = cells["kind"], cells["text"]
    if kind.text not in KINDS:
        hint = did_you_mean(kind.text, KINDS) or f"It is {', '.join(KINDS)}."
        yield Problem("wrong-kind", f'"{kind.text}" is no kind of remark.', hint, kind.at)
        return
    needed = {"note": ("metric", "period"), "event": ("period",), "redefined": ("period",), "action": ()}[kind.text]
    for name in needed:
        if not cells[name].text:
            yield Problem("missing-key", f"A remark of the kind {kind.text} needs a {name}.", "", kind.at)
    if not text.text or len(text.text) > LONGEST:
        yield Problem("wrong-text", f"A remark has a text of 1 to {LONGEST} characters.", "", text.at)


def _day(cell: Cell) -> dt.date | Problem | None:
    if not cell.text:
        return None
    try:
        return dt.date.fromisoformat(cell.text)
    except ValueError:
        return Problem("unreadable-date", f'"{cell.text}" is no date.', "Write it as 2026-09-15.", cell.at)
