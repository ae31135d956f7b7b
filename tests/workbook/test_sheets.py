"""The settings of sheets: views, protection, rules, validations, links, print, and the extensions."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from package_parts import cell, every, one, opened, part, sheet, text
from small_plan import SMALL, Table, area, small_values

from metricbook.layout.plan import Plan, Sheet, Validation
from metricbook.workbook.write import write

PAGE, INPUTS, CHECKS = 1, 2, 3


@pytest.fixture(scope="module")
def file() -> bytes:
    return write(SMALL, small_values())


def style(file: bytes, number: int, address: str) -> Element:
    return every(part(file, "xl/styles.xml"), "cellXfs/xf")[int(cell(sheet(file, number), address).attrib["s"])]


def test_only_what_is_typed_is_unlocked(file: bytes) -> None:
    book = opened(file)
    unlocked = {
        f"{target.title}!{c.coordinate}" for target in book for row in target for c in row if not c.protection.locked
    }
    grid = {f"Inputs!{column}{row}" for row in (6, 7) for column in "DEFGHI"}
    spend = {f"Inputs!D{row}" for row in (12, 13, 14, 15)}
    assert unlocked == grid | spend | {"Inputs!J6", "Inputs!J7", "Executive!H3", "Executive!G28", "Executive!G29"}


@pytest.mark.parametrize("number", [PAGE, INPUTS, CHECKS])
def test_sheets_are_protected_without_a_password(file: bytes, number: int) -> None:
    found = one(sheet(file, number), "sheetProtection").attrib
    assert found["sheet"] == "1"
    assert "password" not in found and "hashValue" not in found
    free = ("selectLockedCells", "selectUnlockedCells", "objects", "formatColumns", "formatRows")
    assert [found[name] for name in free] == ["0"] * 5
    assert [found[name] for name in ("sort", "insertRows", "deleteRows", "formatCells")] == ["1"] * 4


def test_the_structure_of_the_workbook_is_free(file: bytes) -> None:
    workbook = part(file, "xl/workbook.xml")
    assert not any(element.get("lockStructure") == "1" for element in workbook)


def test_how_sheets_open(file: bytes) -> None:
    views = [one(sheet(file, number), "sheetViews/sheetView") for number in (PAGE, INPUTS, CHECKS)]
    assert [view.get("tabSelected") for view in views] == ["1", "0", "0"]
    assert [view.get("showGridLines") for view in views] == ["0", "0", "0"]
    assert [view.get("zoomScale") for view in views] == ["100", "90", "100"]
    assert {s.get("activeCell") for view in views for s in every(view, "selection")} == {"A1"}
    assert one(views[1], "pane").get("topLeftCell") == "D5"
    assert (one(views[1], "pane").get("xSplit"), one(views[1], "pane").get("ySplit")) == ("3", "4")


def test_tabs_say_what_sheets_are_for(file: bytes) -> None:
    colours = [one(sheet(file, number), "sheetPr/tabColor").get("rgb") for number in (PAGE, INPUTS, CHECKS)]
    assert colours == ["FF1F5FBF", "FFF2C94C", "FF8A94A6"]


def test_widths(file: bytes) -> None:
    columns = {int(c.attrib["min"]): float(c.attrib["width"]) for c in every(sheet(file, INPUTS), "cols/col")}
    assert (columns[2], columns[10]) == (26 + 182 / 256, 34 + 182 / 256)  # 5 of 7 pixels are 182 of 256 parts


def test_rules_are_written_for_their_top_left_cell(file: bytes) -> None:
    formats = every(sheet(file, INPUTS), "conditionalFormatting")
    found = [(f.get("sqref"), one(rule, "formula").text) for f in formats for rule in every(f, "cfRule")]
    assert found == [
        ("D6:I7", "ISTEXT(D6)"),
        ("D6:I7", 'D$4="2026-06"'),
        ("D3:I3", 'D4="2026-06"'),
        ("B12:C15", "$D15=0"),
    ]
    priorities = [int(rule.attrib["priority"]) for f in formats for rule in every(f, "cfRule")]
    assert priorities == sorted(set(priorities))


def test_rules_paint_with_the_background_colour(file: bytes) -> None:
    fills = every(part(file, "xl/styles.xml"), "dxfs/dxf/fill/patternFill/bgColor")
    colours = {fill.get("rgb") for fill in fills}
    assert {"FFCFE2F3", "FFFFE699", "FFF8CBAD", "FFEEF0F3", "FF1F5FBF"} <= colours


def test_validations(file: bytes) -> None:
    number, free, words = every(sheet(file, INPUTS), "dataValidations/dataValidation")
    assert (number.get("sqref"), number.get("type"), number.get("operator")) == (
        "D6:I7",
        "decimal",
        "greaterThanOrEqual",
    )
    assert (one(number, "formula1").text, number.get("prompt")) == ("0", "Full amounts: 210000, not 210")
    assert (number.get("allowBlank"), number.get("showInputMessage"), number.get("errorStyle")) == ("1", "1", "stop")
    assert (one(free, "formula1").text, one(free, "formula2").text) == ("-1E+300", "1E+300")
    assert (words.get("type"), words.get("operator"), one(words, "formula1").text) == (
        "textLength",
        "lessThanOrEqual",
        "200",
    )
    (choice,) = every(sheet(file, PAGE), "dataValidations/dataValidation")
    assert (choice.get("type"), one(choice, "formula1").text) == ("list", "'Inputs'!$D$3:$I$3")


@pytest.mark.parametrize(
    ("kind", "low", "high", "written"),
    [
        ("decimal", None, 0.5, ("decimal", "lessThanOrEqual", "0.5", None)),
        ("decimal", -1, 1.25, ("decimal", "between", "-1", "1.25")),
        ("whole", 0, None, ("whole", "greaterThanOrEqual", "0", None)),
        ("whole", None, None, ("whole", "between", "-1000000000000000", "1000000000000000")),
        ("date", None, None, ("date", "between", "1", "2958465")),
        ("text", None, None, ("textLength", "between", "0", "32767")),
    ],
)
def test_bounds(kind: str, low: float | None, high: float | None, written: tuple[str | None, ...]) -> None:
    found = validated(Validation(area("", 1, 1, 1, 1), kind, "T", "P", "E", low, high))
    formulas = [element.text for element in found]
    assert (found.get("type"), found.get("operator"), *formulas, None)[:4] == written


def test_long_prompts_are_cut_to_what_excel_takes() -> None:
    found = validated(Validation(area("", 1, 1, 1, 1), "decimal", "t" * 40, "p" * 300, "e" * 255))
    assert found.get("promptTitle") == found.get("errorTitle") == "t" * 31 + "…"
    assert found.get("prompt") == "p" * 254 + "…"
    assert found.get("error") == "e" * 255


def validated(validation: Validation) -> Element:
    one_sheet = Sheet("One", "fill", (), validations=(validation,))
    root = sheet(write(Plan("T", "", "", "", (one_sheet,)), Table()), 1)
    return one(root, "dataValidations/dataValidation")


def test_links_stay_inside_the_workbook(file: bytes) -> None:
    link = one(sheet(file, PAGE), "hyperlinks/hyperlink")
    assert link.attrib == {"ref": "B31", "location": "'Inputs'!B6", "tooltip": "Go & fill in"}
    assert "hyperlink" not in text(file, "xl/worksheets/_rels/sheet1.xml.rels")


def test_pages_print_one_page_wide(file: bytes) -> None:
    page = sheet(file, PAGE)
    setup = one(page, "pageSetup").attrib
    assert one(page, "sheetPr/pageSetUpPr").get("fitToPage") == "1"
    assert (setup["orientation"], setup["paperSize"], setup["fitToWidth"], setup["fitToHeight"]) == (
        "landscape",
        "9",
        "1",
        "0",
    )
    assert one(sheet(file, CHECKS), "pageSetup").get("orientation") == "portrait"


def test_inputs_print_in_pieces_with_their_titles(file: bytes) -> None:
    inputs = sheet(file, INPUTS)
    assert [b.get("id") for b in every(inputs, "colBreaks/brk")] == ["6"]  # a break stands after column F
    assert one(inputs, "pageSetup").get("scale") == "100"
    book = opened(file)
    assert book["Inputs"].print_title_rows == "$3:$4"
    assert book["Inputs"].print_title_cols == "$A:$C"
    assert book["Inputs"].print_area == "'Inputs'!$A$1:$J$16"
    assert book["Executive"].print_area == "'Executive'!$A$1:$I$31"


def test_header_and_footer(file: bytes) -> None:
    words = one(sheet(file, PAGE), "headerFooter")
    assert "Acme && Co · Growth" in (one(words, "oddHeader").text or "")
    footer = one(words, "oddFooter").text or ""
    assert "growth 1.0.0" in footer and "&P / &N" in footer


def test_parts_of_a_sheet_stand_in_the_order_of_the_schema(file: bytes) -> None:
    order = [element.tag.split("}")[1] for element in sheet(file, PAGE)]
    assert order == [
        "sheetPr", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection",
        *["conditionalFormatting"] * 6, "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
        "headerFooter", "ignoredErrors", "drawing", "extLst",
    ]  # fmt: skip


def test_green_triangles_stay_away_but_not_from_numbers_typed_as_text(file: bytes) -> None:
    inputs = one(sheet(file, INPUTS), "ignoredErrors/ignoredError").attrib
    assert inputs == {"sqref": "A1:J16", "formula": "1", "formulaRange": "1", "unlockedFormula": "1"}
    checks = one(sheet(file, CHECKS), "ignoredErrors/ignoredError").attrib
    assert checks["numberStoredAsText"] == checks["evalError"] == "1"


def test_sparklines(file: bytes) -> None:
    line = one(sheet(file, PAGE), "extLst/ext/sparklineGroups/sparklineGroup/sparklines/sparkline")
    assert [element.text for element in line] == ["'Inputs'!$D$6:$I$6", "B9"]
    assert "sparkline" not in text(file, "xl/worksheets/sheet2.xml")


def test_the_looks_of_some_roles(file: bytes) -> None:
    book = opened(file)
    typed, title, header = book["Inputs"]["D6"], book["Executive"]["B2"], book["Inputs"]["D3"]
    assert (typed.fill.fgColor.rgb, typed.font.color.rgb, typed.number_format) == ("FFFFF2CC", "FF0000FF", "#,##0")
    assert (title.font.name, title.font.sz, title.font.b) == ("Calibri", 20, True)
    assert (header.fill.fgColor.rgb, header.font.color.rgb) == ("FF1F3864", "FFFFFFFF")
    assert style(file, INPUTS, "J7").get("quotePrefix") == "1"
