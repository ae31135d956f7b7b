"""A framework written in a test, worked out to its values, which are found by line id and period key."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from metricbook.build import model_of, values_of
from metricbook.formula.evaluate import Grid, Value
from metricbook.layout.lay_out import lay_out
from metricbook.layout.plan import Plan, Run
from metricbook.layout.settings import Row, Settings
from metricbook.layout.timeline import serial
from metricbook.model.data import Key
from metricbook.model.metric import Metric, Point
from metricbook.model.model import Model
from metricbook.problems import Refused

Typed = float | str | None
CALCULATIONS, ROWS, KEY_ROW = "Calculations", "Row calculations", 6
SINGLE = {"current": 6, "comparison": 7, "last_year": 8, "one": 9}
PAGE = "sheets: [{sheet: main, title: Main, blocks: [{heading: Nothing to see}]}]\n"


class Worked:
    """A workbook with its values."""

    def __init__(self, model: Model, grid: Grid) -> None:
        self.model, self.grid = model, grid
        self.rows = {str(cell): row for row, cell in enumerate(self.column(CALCULATIONS, 1)) if cell}
        keys = grid.row(CALCULATIONS, KEY_ROW)
        self.columns = {**SINGLE, **{str(key): number for number, key in enumerate(keys) if number > 9 and key}}

    def __call__(self, line: str, column: str = "") -> Value | list[Value]:
        """The value of a line of Calculations in a column; without one, its values in all periods."""
        row = self.grid.row(CALCULATIONS, self.rows[line])
        if column:
            return _plain(row[self.columns[column]])
        return [_plain(row[self.columns[key]]) for key in self.columns if key not in SINGLE]

    def column(self, sheet: str, column: int) -> list[Value]:
        """All values of a column of a sheet; the index is the row."""
        found: list[Value] = [None]
        while True:
            try:
                found.append(self.grid.value(sheet, len(found), column))
            except IndexError:
                return found

    def page(self, sheet: str) -> dict[str, list[Value]]:
        """The rows of a page by their first cell, without what is empty."""
        rows = {}
        for number, name in enumerate(self.column(sheet, 2)):
            if name and number > 5:
                cells = self.grid.row(sheet, number)[3:15]
                rows[str(name)] = [_plain(cell) for cell in cells if cell not in (None, "")]
        return rows

    def record(self, column: str) -> list[Value]:
        """A column of Row calculations by its id: a value for each row, without what is blank at its end."""
        for line in count(1):
            cells = self.grid.row(ROWS, line)
            if len(cells) > 2 and cells[2] == column:
                values = [_plain(value) for value in cells[5:]]
                while values and values[-1] in ("", None):
                    values.pop()
                return values
        raise AssertionError

    def checks(self) -> dict[str, str]:
        """The result of each check, by its id."""
        ids, results = self.column("Checks", 1), self.column("Checks", 6)
        return {str(id): str(result) for id, result in zip(ids, results, strict=True) if id and result}


def _plain(value: Value) -> Value:
    return round(value, 9) if isinstance(value, float) else value


def worked(
    text: str,
    typed: Mapping[str, Typed | Sequence[Typed]] | None = None,
    profile: Mapping[str, str] | None = None,
    used: Mapping[str, str] | None = None,
    records: Mapping[str, Sequence[Row]] | None = None,
    lists: Mapping[str, tuple[str, str]] | None = None,
) -> Worked:
    """The workbook of a framework with these numbers typed: by line id one value, or one per period.

    `records` are rows by table, their cells in the order of its pasted columns, dates as 2026-01-31. `lists` says by
    the id of a member what it is shown as, and what it is called in exports.
    """
    model = read(text, profile, used)
    inputs: dict[Key, Typed] = {}
    for line, values in (typed or {}).items():
        inputs |= _cells(model, line, values)
    rows = {table: tuple(tuple(map(_cell, row)) for row in given) for table, given in (records or {}).items()}
    plan = lay_out(model, Settings(inputs=inputs, records=rows))
    return Worked(model, values_of(_renamed(plan, lists) if lists else plan))


def _renamed(plan: Plan, lists: Mapping[str, tuple[str, str]]) -> Plan:
    sheets = []
    for sheet in plan.sheets:
        ids = {run.row: str(run.content) for run in sheet.runs if sheet.name == "Lists" and run.first == 1}
        sheets.append(
            replace(sheet, runs=tuple(_as_listed(run, lists.get(ids.get(run.row, ""))) for run in sheet.runs))
        )
    return replace(plan, sheets=tuple(sheets))


def _as_listed(run: Run, names: tuple[str, str] | None) -> Run:
    return (
        replace(run, content=names[run.first - 2])
        if names and run.first in (2, 3) and run.style.role == "input_text"
        else run
    )


def _cell(value: Typed) -> Typed:
    is_date = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)
    return serial(dt.date.fromisoformat(str(value))) if is_date else value


def read(text: str, profile: Mapping[str, str] | None = None, used: Mapping[str, str] | None = None) -> Model:
    """The model of a framework; `used` are others by id, which lie beside it."""
    with tempfile.TemporaryDirectory() as folder:
        for id, other in (used or {}).items():
            (Path(folder) / f"{id}.yaml").write_text(_whole(other, id), encoding="utf-8")
        path = Path(folder) / "test.yaml"
        path.write_text(_whole(text, "test"), encoding="utf-8")
        return model_of(path, profile)


def refused(text: str, profile: Mapping[str, str] | None = None, used: Mapping[str, str] | None = None) -> list[str]:
    """What is wrong with a framework, as "code: sentence hint"."""
    try:
        read(text, profile, used)
    except Refused as found:
        return [f"{each.code}: {each.sentence} {each.hint}" for each in found.problems]
    return []


def _whole(text: str, id: str) -> str:
    page = "" if "\nsheets:" in f"\n{text}" else PAGE
    return f"framework: {id}\ntitle: {id.capitalize()}\n{text.strip()}\n{page}"


def _cells(model: Model, line: str, values: Typed | Sequence[Typed]) -> dict[Key, Typed]:
    id, _, inside = line.partition("[")
    metric = model.metrics.get(id)
    tokens = re.findall(r"[\w.]+", inside)
    if metric is None:  # a selector, or a line of "Your own numbers"
        listed = isinstance(values, list | tuple)
        return {(id, (), number): each for number, each in enumerate(values)} if listed else {(id, (), None): values}
    where = tuple(_point(model, metric, axis, token) for axis, token in enumerate(tokens))
    if isinstance(values, list | tuple):
        return {(id, where, number): value for number, value in enumerate(values)}
    periods: list[int | None] = list(range(model.periods.count)) if metric.timed else [None]
    return {(id, where, period): values for period in periods}  # type: ignore[misc]


def _point(model: Model, metric: Metric, axis: int, token: str) -> Point:
    return next(point for point in model.members(metric, axis) if model.point_id(metric.axes[axis], point) == token)
