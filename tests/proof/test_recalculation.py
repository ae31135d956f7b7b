"""Two engines that are not ours recalculate every workbook: each formula cell must give the value stored in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from metricbook.formula.evaluate import Error, Grid
from metricbook.formula.excel import letters
from metricbook.formula.tree import Area, Binary, Call, Cell, Number, Text, Unary
from metricbook.layout.plan import Plan
from metricbook.workbook.write import write
from proof.scenarios import Scenario, frameworks, members, scenarios, views
from recalculate import HAS_LIBREOFFICE, Values, differences, formualizer, libreoffice, read

TREE = (Area, Binary, Call, Cell, Number, Text, Unary)
EVERY = 3  # of the many views, one in so many is written out; the references prove the others
AT_ONCE = 6  # workbooks that LibreOffice converts in one call


def _cases() -> Iterator[Scenario]:
    for name, model in frameworks().items():
        every = list(scenarios(name, model))
        yield from every if name in ("growth", "growth one-off", "cm detail", "mechanisms") else every[1:4]
        if name in ("growth", "mechanisms"):
            yield from members(name, model)
            yield from list(views(name, model))[::EVERY]


def _for_libreoffice() -> list[Scenario]:
    """The scenarios that use the most, of every framework."""
    wanted = ("empty", "sample", "generated", "one cell in two blank", "text in numbers", "one period", "closed")
    found = [each for each in _cases() if each.name.rpartition(": ")[2].endswith(wanted)]
    found = [each for each in found if "cm mixed" not in each.name and "cm linked" not in each.name]
    model = frameworks()["mechanisms"]
    return [*found, *(each for each in views("mechanisms", model) if "13 weeks" in each.name and "Year" in each.name)]


def computed(plan: Plan, grid: Grid) -> Values:
    """The value of every formula cell, as Python computes it."""
    values: Values = {}
    for sheet in plan.sheets:
        cells = values.setdefault(sheet.name, {})
        for run in sheet.runs:
            if isinstance(run.content, TREE):
                for column in range(run.first, run.last + 1):
                    value = grid.value(sheet.name, run.row, column)
                    cells[f"{letters(column)}{run.row}"] = value.code if isinstance(value, Error) else value
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
    return [each for each in _cases() if "mechanisms" not in each.name or each.inputs.get(("shown", (), None))]


@pytest.mark.parametrize("scenario", _without_an_unset_selector(), ids=lambda each: each.name)
def test_formualizer_computes_what_the_workbook_stores(scenario: Scenario) -> None:
    plan, grid = scenario.values()
    expected = computed(plan, grid)
    assert errors(expected) == []
    assert differences(expected, formualizer(write(plan, grid))) == []


def _batches() -> list[list[Scenario]]:
    every = _for_libreoffice()
    return [every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE)]


@pytest.mark.soffice
@pytest.mark.skipif(not HAS_LIBREOFFICE, reason="LibreOffice is not installed")
@pytest.mark.parametrize("batch", _batches(), ids=lambda each: each[0].name)
def test_libreoffice_computes_what_the_workbook_stores(batch: list[Scenario], tmp_path: Path) -> None:
    paths, expected = [], []
    for number, scenario in enumerate(batch):
        plan, grid = scenario.values()
        paths.append(tmp_path / f"{number}.xlsx")
        paths[-1].write_bytes(write(plan, grid))
        expected.append(computed(plan, grid))
    (tmp_path / "out").mkdir()
    found = libreoffice(paths, tmp_path / "out")
    for scenario, wanted, values in zip(batch, expected, found, strict=True):
        assert (scenario.name, differences(wanted, values)) == (scenario.name, [])


def test_the_file_stores_the_values_that_were_computed() -> None:
    scenario = next(each for each in scenarios("growth", frameworks()["growth"]) if each.name.endswith("sample"))
    plan, grid = scenario.values()
    expected = computed(plan, grid)
    assert differences(expected, read(write(plan, grid))) == []
    assert sum(map(len, expected.values())) > 5_000
