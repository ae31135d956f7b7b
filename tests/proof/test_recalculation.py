"""Two engines that are not ours recalculate every workbook: each formula cell must give the value stored in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from metricbook.formula.evaluate import Error, Grid
from metricbook.formula.excel import letters
from metricbook.formula.tree import Area, Binary, Call, Cell, Number, Text, Unary
from metricbook.layout.plan import Plan
from metricbook.model.metric import Metric
from metricbook.workbook.write import write
from proof.cases import marked, members, recalculated, scenarios, views
from proof.rollup import shown_member
from proof.scenarios import Scenario
from recalculate import HAS_LIBREOFFICE, Values, differences, formualizer, libreoffice, read
from test_recalculate import with_a_wrong_value

TREE = (Area, Binary, Call, Cell, Number, Text, Unary)
# what LibreOffice recalculates: it takes seconds a workbook, so only the scenarios that differ most
LIBREOFFICE = {
    "growth": ("sample", "one cell in two blank", "a channel closed"),
    "growth one-off": ("generated", "one period"),
    "cm summary": ("sample",),
    "advocacy": ("sample",),
    "roi": ("sample",),
    "funnel": ("sample",),
    "cmo": ("sample",),
    "attribution": ("sample",),
    "gtm": ("sample",),
    "plan": ("sample",),
    "cm detail": ("empty", "many zeros"),
    "mechanisms": ("empty", "generated", "one cell in two blank"),
}


def _for_libreoffice() -> list[Scenario]:
    found = [
        scenario
        for name, titles in LIBREOFFICE.items()
        for scenario in (*scenarios(name), *members(name))
        if scenario.name.removeprefix(f"{name}: ") in titles
    ]
    weeks = [each for each in views("mechanisms") if "14 weeks" in each.name]
    assert len(found) == sum(map(len, LIBREOFFICE.values())) and len(weeks) == 1
    return found + weeks


def computed(plan: Plan, grid: Grid) -> Values:
    """The value of every formula cell, as Python computes it."""
    values: Values = {}
    for sheet in plan.sheets:
        cells = values.setdefault(sheet.name, {})
        for run in sheet.runs:
            if isinstance(run.content, TREE):
                for at in range(run.first, run.last + 1):
                    value = grid.value(sheet.name, run.row, at)
                    address = f"{letters(run.row)}{at}" if sheet.down else f"{letters(at)}{run.row}"
                    cells[address] = value.code if isinstance(value, Error) else value
    return values


def errors(values: Values) -> list[str]:
    """Cells that show an error, without the blanks of charts."""
    return [
        f"{sheet}!{address} {value}"
        for sheet, cells in values.items()
        for address, value in cells.items()
        if isinstance(value, str) and value.startswith("#") and not (sheet == "Chart data" and value == "#N/A")
    ]


def _without_an_unset_selector() -> list[Scenario]:
    """INDEX(cells,"") inside COUNT is an error in formualizer alone; Excel and LibreOffice count 0."""
    return [each for each in recalculated() if all(_is_set(each, metric) for metric in each.model.metrics.values())]


def _is_set(scenario: Scenario, metric: Metric) -> bool:
    return metric.unit != "member" or shown_member(scenario.model, metric, scenario.inputs) is not None


@pytest.mark.parametrize("scenario", marked(_without_an_unset_selector()))
def test_formualizer_computes_what_the_workbook_stores(scenario: Scenario) -> None:
    plan, grid = scenario.values()
    expected = computed(plan, grid)
    assert errors(expected) == []
    assert differences(expected, formualizer(write(plan, grid))) == []


@pytest.mark.soffice
@pytest.mark.skipif(not HAS_LIBREOFFICE, reason="LibreOffice is not installed")
def test_libreoffice_computes_what_the_workbook_stores(tmp_path: Path) -> None:
    """In one call for all; a workbook with a planted wrong value goes along, which must come back right."""
    batch = _for_libreoffice()
    paths, expected = [], []
    for number, scenario in enumerate(batch):
        plan, grid = scenario.values()
        paths.append(tmp_path / f"{number}.xlsx")
        paths[-1].write_bytes(write(plan, grid))
        expected.append(computed(plan, grid))
    canary = tmp_path / "canary.xlsx"
    canary.write_bytes(with_a_wrong_value())
    (tmp_path / "out").mkdir()
    *found, recalculated = libreoffice([*paths, canary], tmp_path / "out")
    assert recalculated["Sheet"]["B1"] == 6.0
    wrong = {s.name: differences(*each) for s, *each in zip(batch, expected, found, strict=True)}
    assert {name: lines for name, lines in wrong.items() if lines} == {}


def test_the_file_stores_the_values_that_were_computed() -> None:
    scenario = next(each for each in scenarios("growth") if each.name.endswith("sample"))
    plan, grid = scenario.values()
    expected = computed(plan, grid)
    assert differences(expected, read(write(plan, grid))) == []
    assert sum(map(len, expected.values())) > 5_000
