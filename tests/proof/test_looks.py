"""What a reader looks at in finished workbooks: charts, status colours, links, tabs and printed pages."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from xml.etree.ElementTree import Element, fromstring

import pytest
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from package_parts import every, one, opened

from metricbook.build import workbook_of
from metricbook.layout.settings import Settings
from proof.cases import together
from proof.pasted import pasted
from proof.scenarios import framework, sample
from recalculate import same

BOOKS = ("growth", "customer_marketing_roi", "funnel", "trends", "records")
SHAPES = "●▲■○"
FILL = ("Inputs", "Notes", "Lists", "Targets", "Deals", "Touches")
CHECK = ("Row calculations", "Calculations", "Results", "Checks", "Dictionary", "Chart data", "Framework")
COLOURS = {"start": "FF1F3864", "page": "FF1F5FBF", "fill": "FFF2C94C", "check": "FF8A94A6"}
PASTED = ("Deals", "Touches")  # tables to paste into, with nothing else on their sheets
TWELVE = 12


@dataclass(frozen=True)
class Drawn:
    """A chart in a file: what stands in its place on the sheet, and what is drawn."""

    alt_text: str
    xml: Element

    @property
    def title(self) -> str:
        return "".join(one(self.xml, "chart/title").itertext()).strip()

    @property
    def series(self) -> list[Element]:
        """What is drawn; a line chart also has a series of one empty cell without a name, for LibreOffice."""
        return [each for each in every(self.xml, ".//ser") if every(each, "tx")]


@cache
def file(name: str) -> bytes:
    if name == "records":
        return pasted(4).file()
    model = framework(name)
    return workbook_of(model, Settings(inputs=sample(model)))


@cache
def book(name: str) -> Workbook:
    return opened(file(name))


@cache
def values(name: str) -> Workbook:
    return opened(file(name), values=True)


@cache
def charts(name: str) -> list[Drawn]:
    found = []
    with zipfile.ZipFile(io.BytesIO(file(name))) as parts:
        for drawing in (each for each in parts.namelist() if re.fullmatch(r"xl/drawings/drawing\d+\.xml", each)):
            rels = fromstring(parts.read(drawing.replace("drawings/", "drawings/_rels/") + ".rels"))
            targets = {each.attrib["Id"]: each.attrib["Target"] for each in rels}
            for frame in every(fromstring(parts.read(drawing)), ".//graphicFrame"):
                (id,) = (value for key, value in one(frame, ".//chart").attrib.items() if key.endswith("}id"))
                xml = fromstring(parts.read("xl/" + targets[id].removeprefix("/xl/").removeprefix("../")))
                found.append(Drawn(one(frame, ".//cNvPr").get("descr", ""), xml))
    return found


def sheet_of(name: str, title: str) -> Worksheet:
    return values(name)[title]


def cells(name: str, reference: str) -> list[object]:
    """The values of 'Chart data'!$J$5:$U$5 and the like."""
    sheet, _, area = reference.rpartition("!")
    left, top, right, bottom = range_boundaries(area.replace("$", ""))
    at = values(name)[sheet.strip("'").replace("''", "'")]
    places = product(range(int(top or 0), int(bottom or 0) + 1), range(int(left or 0), int(right or 0) + 1))
    return [at.cell(row, column).value for row, column in places]


def pages(name: str) -> list[str]:
    return [each for each in book(name).sheetnames if each not in (*FILL, *CHECK, "Start")]


@pytest.mark.parametrize("name", together(BOOKS[:-1], "looks"))
def test_charts_say_what_they_show(name: str) -> None:
    for chart in charts(name):
        assert chart.title and len(chart.alt_text) > len(chart.title) + 10, chart.title
    assert len(charts(name)) >= 4


@pytest.mark.parametrize("name", together(BOOKS[:-1], "looks"))
def test_a_scale_has_its_unit(name: str) -> None:
    """As its title or in the numbers along it; bars whose values stand at their ends need no scale."""
    for chart in charts(name):
        for axis in (each for each in every(chart.xml, ".//valAx") if one(each, "delete").get("val") == "0"):
            title = "".join("".join(each.itertext()) for each in every(axis, "title")).strip()
            code = one(axis, "numFmt").get("formatCode", "")
            unseen = code == ";;;"
            assert unseen or title or re.search(r'%|"[^"]*[^\s"][^"]*"|^0|#', code), (chart.title, code)


@pytest.mark.parametrize("name", together(BOOKS[:-1], "looks"))
def test_series_read_numbers_and_keep_them(name: str) -> None:
    """No blank and no text where numbers are drawn; what the file stores for previews is what the cells hold."""
    for chart in charts(name):
        drawn = 0
        for series in chart.series:
            line = cells(name, one(series, "val/numRef/f").text or "")
            assert all(value == "#N/A" or isinstance(value, int | float) for value in line), (chart.title, line)
            kept = {int(point.attrib["idx"]): float(one(point, "v").text or "") for point in every(series, "val//pt")}
            held = {number: value for number, value in enumerate(line) if value != "#N/A"}
            assert kept.keys() == held.keys() and all(same(kept[number], held[number]) for number in held), (
                chart.title
            )
            assert int(one(series, "val//ptCount").get("val", "")) == len(line)
            drawn += len(kept)
        assert drawn > 1, chart.title


@pytest.mark.parametrize("name", together(BOOKS[:-1], "looks"))
def test_what_stands_along_an_axis_is_there(name: str) -> None:
    for chart in charts(name):
        for series in chart.series:
            for category in every(series, "cat/*/f"):
                along, line = cells(name, category.text or ""), cells(name, one(series, "val/numRef/f").text or "")
                named = [number for number, value in enumerate(along) if value not in (None, "")]
                drawn = [number for number, value in enumerate(line) if value != "#N/A"]
                assert len(along) == len(line) and {*drawn} <= {*named}, (chart.title, along)  # spare rows have none
                points = {int(point.attrib["idx"]): one(point, "v").text for point in every(series, "cat//pt")}
                assert named == [number for number in range(len(along)) if points.get(number)], chart.title
            for words in every(series, "tx/strRef/f"):
                assert cells(name, words.text or "") == [one(series, "tx//v").text] != [""]


@pytest.mark.parametrize("name", together(BOOKS, "looks"))
def test_a_status_has_the_colours_of_its_shape(name: str) -> None:
    """Wherever a word on a page begins with a shape, a rule for each shape is over it."""
    seen = 0
    for sheet in pages(name):
        rules = list(areas(name, sheet))
        for row in sheet_of(name, sheet).iter_rows(min_row=6):
            for cell in row:
                if isinstance(cell.value, str) and cell.value[:2].strip() in tuple(SHAPES) and cell.value[1:2] == " ":
                    found = {shape for over, text in rules if _holds(over, cell) for shape in SHAPES if shape in text}
                    assert found >= set(SHAPES[:3]), (sheet, cell.coordinate, cell.value)
                    seen += 1
    assert seen >= 4 or name == "records"


@pytest.mark.parametrize("name", together(BOOKS, "looks"))
def test_rules_are_over_cells_that_hold_something(name: str) -> None:
    """And what they ask for does, too: a rule that looks at an empty column colours nothing."""
    for sheet in book(name).sheetnames:
        if sheet in PASTED:
            continue
        filled = {(cell.row, cell.column) for row in book(name)[sheet].iter_rows() for cell in row if cell.value}
        inputs = {
            (cell.row, cell.column)
            for row in book(name)[sheet].iter_rows()
            for cell in row
            if not cell.protection.locked
        }
        columns = {column for _, column in filled | inputs}
        for (left, top, right, bottom), text in areas(name, sheet):
            over = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
            asked = [
                range_boundaries(f"{letters}{row}")[:2]
                for own, letters, row in re.findall(r"((?:'[^']+'|\w+)!)?\$?([A-Z]{1,3})\$?(\d+)", text)
                if not own
            ]
            runs_into = {(row, column) for column, row in asked} & filled  # the cell beside a word that is too long
            assert over & (filled | inputs) or runs_into, (sheet, text)
            assert {column for column, _ in asked} <= columns or "COUNTA" in text, (sheet, text)


@pytest.mark.parametrize("name", together(BOOKS, "looks"))
def test_links_lead_to_rows_that_say_something(name: str) -> None:
    """And every sheet back to Start, Start to every sheet, the Dictionary to calculations and pages."""
    for sheet in book(name):
        targets = set()
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.hyperlink):
            title, _, address = (cell.hyperlink.location or "").rpartition("!")
            target = book(name)[title.strip("'").replace("''", "'")]
            row = target[target[address].row]
            assert address == "A1" or any(each.value is not None for each in row), (sheet.title, cell.coordinate)
            assert cell.hyperlink.target is None
            targets.add(target.title)
        if sheet.title == "Start":
            assert targets == set(book(name).sheetnames) - {"Start"}
        elif sheet.title not in PASTED:
            assert "Start" in targets, sheet.title
        if sheet.title == "Dictionary":
            assert "Calculations" in targets and targets & set(pages(name))


@pytest.mark.parametrize("name", together(BOOKS, "looks"))
def test_tabs_are_in_the_order_of_reading_filling_and_checking(name: str) -> None:
    kinds = {**dict.fromkeys(FILL, "fill"), **dict.fromkeys(CHECK, "check"), "Start": "start"}
    found = [kinds.get(title, "page") for title in book(name).sheetnames]
    assert found == sorted(found, key=list(COLOURS).index) and set(found) == set(COLOURS)
    for sheet, kind in zip(book(name), found, strict=True):
        assert sheet.sheet_properties.tabColor.rgb == COLOURS[kind], sheet.title
        assert sheet.sheet_state == "visible"
        assert not any(each.hidden for each in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values()))


@pytest.mark.parametrize("name", together(BOOKS, "looks"))
def test_printed_pages(name: str) -> None:
    """Pages are one page wide or scaled to it, inputs and calculations print twelve periods at a time."""
    for sheet in book(name):
        setup = sheet.page_setup
        assert (setup.orientation in ("landscape", "portrait"), setup.paperSize) == (True, 9), sheet.title
        assert sheet.oddHeader.left.text and "&A" in str(sheet.oddFooter.center.text), sheet.title
        assert "&P" in str(sheet.oddFooter.right.text) and sheet.oddFooter.left.text, sheet.title
        if sheet.title in PASTED:
            continue
        assert sheet.print_area, sheet.title
        if sheet.title in pages(name):
            assert sheet.col_breaks.brk == [] and (sheet.sheet_properties.pageSetUpPr.fitToPage or setup.scale < 100)
            assert sheet.print_title_rows == "$1:$4"
        if sheet.title in ("Inputs", "Calculations", "Checks"):
            assert sheet.print_title_rows and sheet.print_title_cols, sheet.title
        if sheet.title in ("Inputs", "Calculations"):
            starts = [each.id + 1 for each in sheet.col_breaks.brk]
            assert [at - 10 for at in starts] == list(range(TWELVE, 12 * len(starts) + 1, TWELVE)), sheet.title


def areas(name: str, sheet: str) -> Iterator[tuple[tuple[int, int, int, int], str]]:
    """The areas of conditional formats with the formula of each of their rules."""
    for area in book(name)[sheet].conditional_formatting:
        for rule in area.rules:
            for one_area in str(area.sqref).split():
                left, top, right, bottom = range_boundaries(one_area)
                for formula in rule.formula:
                    yield (int(left or 0), int(top or 0), int(right or 0), int(bottom or 0)), formula


def _holds(area: tuple[int, int, int, int], cell: object) -> bool:
    left, top, right, bottom = area
    return top <= cell.row <= bottom and left <= cell.column <= right  # type: ignore[attr-defined]
