"""The plan of every framework: a line is found by its id and a cell by its name, and a formula is read by people."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from metricbook.formula.excel import template
from metricbook.layout.lay_out import lay_out
from metricbook.layout.plan import Plan
from proof.cases import together
from proof.scenarios import framework, frameworks

LISTED = ("Inputs", "Calculations", "Results", "Row calculations")
PHASES = ", target, by period"  # the phases of a target stand under its own id, above its value
MODELS = {**frameworks(), "records": framework("attribution", data="records")}
LONGEST = 300


@cache
def _plan(name: str) -> Plan:
    return lay_out(MODELS[name])


def _ids(plan: Plan, name: str) -> list[str]:
    """The ids of the lines of a sheet: in column A, or where lines go down in row 2."""
    sheets = [each for each in plan.sheets if each.name == name]
    found = [(run.row, run.content) for each in sheets for run in each.runs if run.first == (2 if each.down else 1)]
    labels = {run.row: str(run.content) for each in sheets for run in each.runs if run.first == 2 and not each.down}
    ids = [id for row, id in found if isinstance(id, str) and not labels.get(row, "").endswith(PHASES)]
    return [id for id in ids if id != "id"]  # the heading of a block


def _twice(names: list[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


@pytest.mark.parametrize("name", together(MODELS, "plan"))
def test_every_line_and_every_name_is_there_once(name: str) -> None:
    plan = _plan(name)
    for sheet in LISTED:
        assert _twice(_ids(plan, sheet)) == []
    assert _twice([anchor.name.casefold() for anchor in plan.anchors]) == []  # Excel tells no capitals apart
    assert len(_ids(plan, "Calculations")) > 20


@pytest.mark.parametrize("name", together(MODELS, "plan"))
def test_every_formula_is_short(name: str) -> None:
    plan = _plan(name)
    long = [
        (sheet.name, run.row, text)
        for sheet in plan.sheets
        for run in sheet.runs
        if run.content is not None and not isinstance(run.content, str | float | int | tuple)
        if len(text := template(run.content, sheet.name, plan.down).at(run.first, run.row)) > LONGEST
    ]
    assert long == []
