"""The logo on Start and on the first page: its place, its shape, and what it leaves free."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl.drawing.image import Image as ExcelImage
from package_parts import every, one, opened, part
from PIL import Image

from metricbook.build import workbook_of
from metricbook.layout.lay_out import lay_out
from metricbook.layout.plan import Plan, Sheet
from metricbook.layout.settings import Settings
from worked import read

TEXT = """
dimensions: {period: {grain: month, count: 3, first: 2026-01}}
metrics:
  wins: {label: Wins, unit: count, good: higher, rollup: sum, input: {}}
sheets:
  - {sheet: main, title: Main, blocks: [{scorecard: [wins]}]}
  - {sheet: more, title: More, blocks: [{table: {rows: [wins], columns: value}}]}
"""
PIXEL, LAST = 9_525, 14


def logo(width: int, height: int, kind: str = "PNG") -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), "#0B5FFF").save(file, kind)
    return file.getvalue()


def planned(width: int, height: int, client: str = "Acme & Söhne") -> Plan:
    return lay_out(read(TEXT), Settings(client=client, logo=logo(width, height)))


def pixels(sheet: Sheet, first: int, last: int) -> int:
    """Of columns, as Excel draws them: seven for a digit and five more."""
    widths = dict(sheet.widths)
    return sum(round(7 * widths[column]) + 5 for column in range(first, last + 1))


@pytest.mark.parametrize(
    ("width", "height", "shown"),
    [(102, 34, (102, 34)), (600, 200, (102, 34)), (300, 300, (34, 34)), (100, 200, (17, 34)), (840, 80, (210, 20))],
)
def test_a_logo_keeps_its_shape_in_the_first_row(width: int, height: int, shown: tuple[int, int]) -> None:
    start, page, *others = planned(width, height).sheets
    assert [picture.size for sheet in (start, page) for picture in sheet.pictures] == [shown] * 2
    assert not any(sheet.pictures for sheet in others)
    (picture,) = page.pictures
    assert picture.at.row == 1
    assert 0 <= picture.offset[1] <= dict(page.heights)[1] * 96 / 72 - picture.size[1]
    assert picture.offset[0] + picture.size[0] + 2 == pixels(page, picture.at.column, LAST)


def test_a_logo_covers_no_cell_with_content() -> None:
    _, page, *_ = planned(840, 80).sheets
    (picture,) = page.pictures
    assert max(run.last for run in page.runs if run.row == 1) < picture.at.column


@pytest.mark.parametrize(
    ("client", "column"),
    [("Acme", 4), ("Association of the Manufacturers of Machines, Devices and Tools of Europe", 5)],
)
def test_a_long_name_on_start_does_not_run_under_the_logo(client: str, column: int) -> None:
    start = planned(600, 200, client).sheets[0]
    (picture,) = start.pictures
    assert picture.at.column == column
    assert pixels(start, column, column) >= picture.size[0]


@pytest.mark.parametrize(("kind", "ending"), [("PNG", "png"), ("JPEG", "jpeg")])
def test_the_file_holds_the_logo_as_it_came(kind: str, ending: str) -> None:
    settings = Settings(client="Acme & Söhne", logo=logo(600, 200, kind))
    file = workbook_of(read(TEXT), settings)
    images: list[ExcelImage] = [image for sheet in opened(file).worksheets for image in sheet._images]
    assert [image.format for image in images] == [ending] * 2
    assert {image._data() for image in images} == {settings.logo}
    frame = one(part(file, "xl/drawings/drawing1.xml"), "oneCellAnchor")
    assert one(frame, ".//cNvPr").get("descr") == "Logo of Acme & Söhne"
    assert one(frame, "ext").attrib == {"cx": str(102 * PIXEL), "cy": str(34 * PIXEL)}
    assert file == workbook_of(read(TEXT), settings)


def test_without_a_logo_nothing_is_different() -> None:
    plan = lay_out(read(TEXT), Settings())
    assert not any(sheet.pictures for sheet in plan.sheets)
    assert [dict(sheet.heights)[1] for sheet in plan.sheets[:2]] == [28, 28]
    of_logo = planned(600, 200, client="")
    assert [sheet.runs for sheet in of_logo.sheets] == [sheet.runs for sheet in plan.sheets]


def test_the_brand_is_in_the_colours_of_the_file() -> None:
    file = workbook_of(read(TEXT), Settings(accent="E4002B"))
    fills = {each.get("rgb") for each in every(part(file, "xl/styles.xml"), ".//fgColor")}
    assert {"FFE4002B", "FFFFF2CC"} <= fills
    assert "FF1F3864" not in fills
    tabs = [opened(file)[name].sheet_properties.tabColor.rgb for name in ("Main", "Inputs")]
    assert tabs == ["FFE4002B", "FFF2C94C"]
    assert one(part(file, "xl/theme/theme1.xml"), ".//accent1/srgbClr").get("val") == "E4002B"
