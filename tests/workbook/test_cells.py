"""Cells: what stands in the file, and what readers make of it."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from package_parts import cell, every, one, opened, part, sheet, text
from small_plan import SMALL, Error, Table, put, small_values

from metricbook.formula.tree import Call, Cell
from metricbook.layout.plan import Constant, Plan, Sheet
from metricbook.workbook.write import write


@pytest.fixture(scope="module")
def file() -> bytes:
    return write(SMALL, small_values())


def constants(*contents: Constant) -> bytes:
    runs = (put(1, 1, contents, "text"),)
    return write(Plan("T", "", "", "", (Sheet("One", "check", runs),)), Table())


def formula(value: object) -> Element:
    runs = (put(1, 1, Call("NA", ()), "calc"),)
    values = Table({("One", 1, 1): value})
    return cell(sheet(write(Plan("T", "", "", "", (Sheet("One", "check", runs),)), values), 1), "A1")


def test_openpyxl_reads_formulas_and_their_values(file: bytes) -> None:
    formulas = opened(file)["Inputs"]
    values = opened(file, values=True)["Inputs"]
    assert formulas["D8"].value == '=IF(COUNT(D6,D7)<2,"",IF(D7=0,"n/a",D6/D7))'
    assert formulas["H8"].value == '=IF(COUNT(H6,H7)<2,"",IF(H7=0,"n/a",H6/H7))'
    assert formulas["D16"].value == "=SUM(D12:D15)"
    assert values["D8"].value == 4_379_000 / 26
    assert values["I8"].value is None  # how openpyxl reads an empty text
    assert values["D16"].value == 247_600


def test_constants_stand_in_their_columns(file: bytes) -> None:
    inputs = opened(file)["Inputs"]
    assert [inputs.cell(6, column).value for column in range(4, 10)] == [
        4_379_000, 4_536_000, 4_736_000, 4_899_000, 5_098_000, None,
    ]  # fmt: skip
    assert inputs["I7"].value == "1,200"
    assert inputs["D3"].number_format == "mmm yy"
    assert inputs["D3"].value.isoformat() == "2026-01-01T00:00:00"


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        (1.5, None, "1.5"),
        (0.1 + 0.2, None, "0.30000000000000004"),
        (1e-300, None, "1e-300"),
        (True, "b", "1"),
        (False, "b", "0"),
        ("", "str", None),
        ("a < b & c", "str", "a < b & c"),
        (Error("#N/A"), "e", "#N/A"),
        (Error("#DIV/0!"), "e", "#DIV/0!"),
    ],
)
def test_the_value_of_a_formula_has_its_own_type(value: object, kind: str | None, shown: str | None) -> None:
    written = formula(value)
    assert (written.get("t"), one(written, "v").text, one(written, "f").text) == (kind, shown, "NA()")


def test_numbers_keep_every_digit() -> None:
    assert one(cell(sheet(constants(1 / 3), 1), "A1"), "v").text == "0.3333333333333333"


def test_an_empty_cell_keeps_its_style_and_has_no_type(file: bytes) -> None:
    empty = cell(sheet(file, 2), "I6")
    assert set(empty.attrib) == {"r", "s"}
    assert list(empty) == []


def test_rows_and_cells_come_in_order_whatever_the_order_of_the_runs() -> None:
    runs = (put(3, 2, 1.0, "text"), put(1, 5, 2.0, "text"), put(3, 1, 3.0, "text"), put(1, 2, 4.0, "text"))
    one_sheet = Sheet("One", "check", runs, heights=((2, 33.5),))
    root = sheet(write(Plan("T", "", "", "", (one_sheet,)), Table()), 1)
    assert [row.get("r") for row in every(root, "sheetData/row")] == ["1", "2", "3"]
    assert [c.get("r") for c in every(root, "sheetData/row/c")] == ["B1", "E1", "A3", "B3"]
    assert every(root, "sheetData/row")[1].attrib == {"r": "2", "ht": "33.5", "customHeight": "1"}


@pytest.mark.parametrize(
    "hostile", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\tx", "＝1+1", "#N/A", '=HYPERLINK("x")', "{=1}"]
)
def test_text_never_becomes_a_formula(hostile: str) -> None:
    file = constants(hostile)
    written = cell(sheet(file, 1), "A1")
    assert written.get("t") == "s"
    assert every(written, "f") == []
    assert every(part(file, "xl/sharedStrings.xml"), "si/t")[0].text == hostile


@pytest.mark.parametrize(
    ("words", "quoted"), [("=1+1", True), ("＋1", True), ("-x", True), ("plain", False), ("#N/A", False)]
)
def test_text_that_looks_active_is_quoted(words: str, quoted: bool) -> None:
    file = constants(words, "plain")
    style = int(cell(sheet(file, 1), "A1").attrib["s"])
    formats = every(part(file, "xl/styles.xml"), "cellXfs/xf")
    assert (formats[style].get("quotePrefix") == "1") is quoted


def test_hostile_texts_leave_a_file_that_can_be_read() -> None:
    file = constants("a\x00b\x1b", "\ud83d", "🚀", "<&>\"'", "x" * 40_000, " two  spaces ", "line\nbreak")
    found = [c.value for c in opened(file)["One"][1]]
    assert found == ["ab", None, "🚀", "<&>\"'", "x" * 32_767, " two  spaces ", "line\nbreak"]


def test_a_text_is_stored_once() -> None:
    file = constants("same", "other", "same", "same")
    table = part(file, "xl/sharedStrings.xml")
    assert (table.get("count"), table.get("uniqueCount")) == ("4", "2")
    assert [one(item, "t").text for item in table] == ["same", "other"]


def test_formulas_are_escaped() -> None:
    runs = (put(1, 1, Call("SUM", (Cell(1, 1, fixed=True, sheet="R&D <a>"),)), "calc"),)
    sheets = (Sheet("One", "check", runs), Sheet("R&D <a>", "check", ()))
    file = write(Plan("T", "", "", "", sheets), Table({("One", 1, 1): 0.0}))
    assert "<f>SUM('R&amp;D &lt;a&gt;'!$A1)</f>" in text(file, "xl/worksheets/sheet1.xml")
