"""What people do to a sheet of inputs: cut, paste, insert rows. No formula may follow a number to the wrong month."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from metricbook.build import workbook_of
from metricbook.formula.excel import letters
from metricbook.layout.settings import Settings
from proof.opened import FIRST
from proof.scenarios import framework, sample

SESSION = Path(__file__).with_name("calc_session.py")
Table = list[list[float | str]]

pytestmark = pytest.mark.soffice


@cache
def _python() -> str:
    """A Python that can talk to LibreOffice; the system's has the bridge where python3-uno is installed."""
    for python in ("/usr/bin/python3", shutil.which("python3") or "", "python3"):
        if python and subprocess.run([python, "-c", "import uno"], capture_output=True).returncode == 0:
            return python
    return ""


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The workbook as it is, after a cut, and after rows were inserted above other inputs."""
    if shutil.which("soffice") is None or not _python():
        pytest.skip("needs LibreOffice with python3-uno")
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
    command = [_python(), str(SESSION), str(path), json.dumps(edits), str(folder / "profile")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


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
