"""What people do to a sheet of inputs: cut, paste, insert rows. No formula may follow a number to the wrong month."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from calc import edited
from metricbook.build import workbook_of
from metricbook.formula.excel import letters
from metricbook.layout.settings import Settings
from proof.opened import FIRST
from proof.pasted import pasted
from proof.records import MONTHS, Expected, generated
from proof.scenarios import framework, sample
from recalculate import same

Table = list[list[float | str]]

pytestmark = pytest.mark.soffice


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The workbook as it is, after a cut, and after rows were inserted above other inputs."""
    folder = tmp_path_factory.mktemp("calc")
    model = framework("growth")
    inputs = {key: value for key, value in sample(model).items() if key[2] != 5}  # the sixth month is still free
    path = folder / "book.xlsx"
    path.write_bytes(workbook_of(model, Settings(inputs=inputs)))
    mrr, customers = _row(path, "mrr"), _row(path, "customers")
    june, may = letters(FIRST + 5), letters(FIRST + 4)
    edits = [
        ["cut", "Inputs", f"{may}{mrr}", f"{june}{mrr}"],
        ["cut", "Inputs", f"{may}{customers}", f"{letters(FIRST)}{customers + 40}"],
        ["insert", "Inputs", mrr, 2],
    ]
    return edited(path, edits)


def _row(path: Path, id: str) -> int:
    from openpyxl import load_workbook

    sheet = load_workbook(path, read_only=True)["Inputs"]
    return next(row for row, (cell,) in enumerate(sheet.iter_rows(max_col=1), 1) if cell.value == id)


def _line(state: dict[str, Any], id: str) -> list[float | str]:
    """The months of a line on Calculations."""
    values: Table = state["Calculations"]["values"]
    return next(row for row in values if row[0] == id)[FIRST - 1 :]


def _formulas(state: dict[str, Any]) -> list[list[str]]:
    """The formulas of Calculations. After a move LibreOffice names the sheet at both ends of a range."""
    return [[re.sub(r":\$(?:'[^']+'|\w+)\.", ":", text) for text in row] for row in state["Calculations"]["formulas"]]


def test_cutting_a_number_re_points_no_formula(states: list[dict[str, Any]]) -> None:
    before, after, *_ = states
    assert _formulas(after) == _formulas(before)


def test_the_number_moves_to_the_month_it_was_pasted_into(states: list[dict[str, Any]]) -> None:
    before, after, *_ = (_line(state, "mrr") for state in states)
    may = before[4]
    assert isinstance(may, float) and before[5] == ""
    assert after[4:6] == ["", may]
    assert (after[:4], after[6:]) == (before[:4], before[6:])


def test_a_number_cut_out_of_its_line_is_missing_there(states: list[dict[str, Any]]) -> None:
    after = states[2]
    assert _formulas(after) == _formulas(states[0])
    assert _line(after, "customers")[4] == "" and _line(after, "arpu")[4] == ""


def test_inserted_rows_lose_no_line(states: list[dict[str, Any]]) -> None:
    before, after = states[2:]
    assert [row[FIRST - 1 :] for row in after["Calculations"]["values"]] == [
        row[FIRST - 1 :] for row in before["Calculations"]["values"]
    ]
    assert len(after["Inputs"]["values"]) == len(before["Inputs"]["values"]) + 2


def test_rows_of_records_may_be_deleted_inserted_sorted_and_cut(tmp_path: Path) -> None:
    """Whatever happens to the sheet they are pasted into, the lines say what its rows then say."""
    path = tmp_path / "records.xlsx"
    path.write_bytes(pasted(2).file())
    deals, touches = generated(2)
    edits = [
        ["delete", "Deals", 3, 3],  # the first three rows
        ["insert", "Deals", 8, 2],  # two blank rows among the others
        ["sort", "Deals", f"A3:I{len(deals) + 1}", 3],  # by the day they became leads
        ["cut", "Touches", "C3:C9", "F3"],  # seven costs beside the table
        ["delete", "Touches", 3, 40],
    ]
    cheap = [replace(touch, cost=None) for touch in touches[:7]] + touches[7:]
    before, deleted, inserted, in_order, cut, few = edited(path, edits)
    assert _wrong(before, Expected(deals, touches)) == []
    for state in (deleted, inserted, in_order):
        assert _wrong(state, Expected(deals[3:], touches)) == []
    assert in_order["Row calculations"]["values"] != inserted["Row calculations"]["values"]
    assert _wrong(cut, Expected(deals[3:], cheap)) == []
    assert _wrong(few, Expected(deals[3:], cheap[40:])) == []


def _wrong(state: dict[str, Any], expected: Expected) -> list[str]:
    """Lines that say something else, and formulas that lost what they read."""
    lines = dict(expected.lines())
    found = {id: _line(state, id)[: len(MONTHS) - 1] for id in lines}
    wrong = [f"{id}: {lines[id]}, but {found[id]}" for id in lines if not all(map(same, found[id], lines[id]))]
    texts = [text for sheet in state.values() for row in sheet["formulas"] for text in row]
    return wrong + [text for text in texts if "#REF!" in str(text)]
