"""The workbook of records.yaml with rows pasted into it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path

from metricbook.build import model_of, values_of
from metricbook.formula.evaluate import Grid
from metricbook.layout.lay_out import lay_out
from metricbook.layout.plan import Plan
from metricbook.layout.settings import Key, Row, Settings, Typed
from metricbook.layout.timeline import serial
from metricbook.layout.words import VIEWS
from metricbook.model.model import Model
from metricbook.workbook.write import write
from proof.opened import lines
from proof.records import MONTHS, Deal, Touch, generated

FILE = Path(__file__).with_name("records.yaml")


@dataclass(frozen=True)
class Pasted:
    """A workbook, calculated, with the row of each line of Calculations."""

    plan: Plan
    grid: Grid
    rows: Mapping[str, int]

    def file(self) -> bytes:
        """The workbook itself."""
        return write(self.plan, self.grid)


@cache
def model() -> Model:
    """The framework of the proof."""
    return model_of(FILE)


@cache
def pasted(seed: int | None, month: int | None = None) -> Pasted:
    """The workbook with the rows of a seed, or with none; a month is looked at as quarter to date."""
    deals, touches = ([], []) if seed is None else generated(seed)
    inputs: dict[Key, Typed] = {}
    if month is not None:
        inputs = {("picked_view", (), None): VIEWS["month"][1], ("picked_period", (), None): serial(MONTHS[month])}
    records = {"deals": rows(deals), "touches": rows(touches)}
    plan = lay_out(model(), Settings(inputs=inputs, records=records))
    return Pasted(plan, values_of(plan), lines(plan))


def rows(records: Sequence[Deal] | Sequence[Touch]) -> tuple[Row, ...]:
    """Records as the cells of a sheet."""
    return tuple(tuple(_cell(cell) for cell in astuple(record)) for record in records)


def _cell(cell: dt.date | Typed) -> Typed:
    return serial(cell) if isinstance(cell, dt.date) else cell
