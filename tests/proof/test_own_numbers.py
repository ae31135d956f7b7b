"""Your own numbers in two engines that are not ours: every unit, roll-up, direction, grain, view, comparison."""

from __future__ import annotations

from functools import cache
from itertools import product
from pathlib import Path

import pytest

from metricbook.build import values_of
from metricbook.formula.evaluate import Grid
from metricbook.layout.lay_out import lay_out
from metricbook.layout.plan import Plan
from metricbook.layout.settings import Settings
from metricbook.model.dimensions import Grain
from metricbook.model.model import Model
from metricbook.workbook.write import write
from proof.scenarios import COMPARISONS, VIEWS, Typed
from proof.test_recalculation import computed, errors
from recalculate import HAS_LIBREOFFICE, differences, formualizer, libreoffice
from worked import read

TEXT = """
dimensions: {period: {grain: %s, count: 16, first: %s, fiscal_year_start: 4}}
metrics:
  visits: {label: Visits, unit: count, rollup: sum, input: {need: essential}}
checks: [{id: some, formula: visits >= 0, message: None}]
"""
# unit, roll-up, direction, target, and the periods (counted from 1) without a number, or with a text in its place
LINES: tuple[tuple[str | None, str | None, str | None, float | None, tuple[int, ...]], ...] = (
    ("number", "sum", "higher", 40.0, ()),
    ("currency", "average", "lower", 65.5, ()),
    ("percent", "last", "higher", None, ()),
    ("times", "sum", "none", 12.0, ()),
    ("days", "average", None, 30.0, (14,)),
    ("months", "last", "lower", None, (15,)),
    (None, None, None, None, (3,)),
)  # the eighth is left free


FIRST: dict[Grain, str] = {"month": "2025-01", "week": "2025-W01", "quarter": "2025-Q1", "year": "2010"}


@cache
def model(grain: Grain) -> Model:
    return read(TEXT % (grain, FIRST[grain]))


def cells() -> dict[tuple[str, tuple[()], int | None], Typed]:
    """What stands in the lines: numbers that are exact in binary, from small to millions and below zero."""
    found: dict[tuple[str, tuple[()], int | None], Typed] = {("visits", (), month): 4.0 for month in range(15)}
    for number, (unit, rollup, good, target, absent) in enumerate(LINES, 1):
        said = {"name": f"=Line {number}", "unit": unit, "rollup": rollup, "good": good, "target": target}
        found |= {(f"own_{number}.{part}", (), None): value for part, value in said.items() if value is not None}
        scale = {"percent": 1 / 64, "currency": 2.0**16}.get(unit or "", 1.0)
        months = {month: scale * (month * month / 4 - 3) for month in range(1, 17) if month not in absent}
        found |= {(f"own_{number}", (), month - 1): value for month, value in months.items()}
    return found | {("own_7", (), 2): "12 "}


def opened(grain: Grain, view: str, compare: str, period: float | None = None) -> tuple[Plan, Grid]:
    """The workbook as somebody reads it."""
    chosen = {"picked_view": view, "picked_comparison": compare, "picked_period": period}
    picked = {(key, (), None): value for key, value in chosen.items() if value is not None}
    plan = lay_out(model(grain), Settings(inputs=cells() | picked))  # type: ignore[arg-type]
    return plan, values_of(plan)


CHOICES = [(grain, *each) for grain in FIRST for each in product(VIEWS[grain], COMPARISONS)]


@pytest.mark.parametrize(("grain", "view", "compare"), CHOICES)
def test_formualizer_computes_what_the_workbook_stores(grain: Grain, view: str, compare: str) -> None:
    plan, grid = opened(grain, view, compare)
    expected = computed(plan, grid)
    assert errors(expected) == []
    assert differences(expected, formualizer(write(plan, grid))) == []


@pytest.mark.soffice
@pytest.mark.skipif(not HAS_LIBREOFFICE, reason="LibreOffice is not installed")
def test_libreoffice_computes_what_the_workbook_stores(tmp_path: Path) -> None:
    found = [opened(*each) for each in CHOICES]
    paths = [tmp_path / f"{number}.xlsx" for number in range(len(found))]
    for path, each in zip(paths, found, strict=True):
        path.write_bytes(write(*each))
    (tmp_path / "out").mkdir()
    recalculated = libreoffice(paths, tmp_path / "out")
    wrong = [differences(computed(*each), values) for each, values in zip(found, recalculated, strict=True)]
    assert wrong == [[]] * len(CHOICES)
