"""The canary: engines that trust the values stored in a file would let every comparison with them pass."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from recalculate import differences, formualizer, libreoffice, read, same


def with_a_wrong_value() -> bytes:
    """A workbook in which A1 is 2, B1 is =A1*3 and the stored value of B1 is 999."""
    workbook = Workbook()
    workbook.active["A1"] = 2
    workbook.active["B1"] = "=A1*3"
    stream, planted = io.BytesIO(), io.BytesIO()
    workbook.save(stream)
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(planted, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part, planted_values = re.subn(rb"</f><v\s*/>|</f><v></v>", b"</f><v>999</v>", part)
                assert planted_values == 1
            new.writestr(name, part)
    return planted.getvalue()


def test_the_planted_value_is_there_until_something_recalculates() -> None:
    assert read(with_a_wrong_value())["Sheet"] == {"A1": 2.0, "B1": 999.0}


def test_formualizer_does_not_trust_stored_values() -> None:
    assert formualizer(with_a_wrong_value())["Sheet"]["B1"] == 6.0


@pytest.mark.soffice
def test_libreoffice_does_not_trust_stored_values(tmp_path: Path) -> None:
    paths = [tmp_path / "one.xlsx", tmp_path / "two.xlsx"]
    for path in paths:
        path.write_bytes(with_a_wrong_value())
    (tmp_path / "out").mkdir()
    assert [values["Sheet"]["B1"] for values in libreoffice(paths, tmp_path / "out")] == [6.0, 6.0]


def test_what_counts_as_the_same_value() -> None:
    assert same(0.1 + 0.2, 0.3) and same(1e12, 1e12 + 1) and same("", None) and same("n/a", "n/a")
    assert not same(1.0, 1.00001) and not same(0.0, None) and not same("", 0.0)
    assert not same(True, 1.0) and not same("1", 1.0)


def test_differences_name_the_cell_and_both_values() -> None:
    expected, found = {"S": {"A1": 1.0, "A2": "x"}}, {"S": {"A1": 1.0, "A2": None}}
    assert differences(expected, found) == ["S!A2: expected 'x', found None"]
