"""The settings of a sheet: how it opens, how wide its columns are, what is locked, where its links lead."""

from __future__ import annotations

from typing import Any

from openpyxl.worksheet.protection import SheetProtection
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableStyleInfo

from metricbook.layout.plan import DIGIT, PADDING, Link, Sheet, Table
from metricbook.workbook.places import area_address, cell_address, quoted
from metricbook.workbook.styles import Styles
from metricbook.workbook.text import attribute, plain_text


def set_view(target: Any, sheet: Sheet, tab: str, active: bool) -> None:
    """Tab colour, no gridlines, zoom, frozen panes and the selected cell."""
    target.sheet_properties.tabColor = "FF" + tab
    if sheet.freeze:
        target.freeze_panes = cell_address(sheet.freeze)
    view, cell = target.sheet_view, cell_address(sheet.select)
    view.showGridLines, view.tabSelected = False, active
    view.zoomScale = view.zoomScaleNormal = sheet.zoom
    for selection in view.selection:
        selection.activeCell = selection.sqref = cell


def widths_xml(sheet: Sheet, styles: Styles) -> str:
    """Column widths, and the looks of columns in which not every cell is drawn.

    The file counts a cell's padding as a part of its width, in 256ths of a digit; readers are shown it without.
    """
    looks = {n: f' style="{styles.number(style)}"' for n, style in sheet.columns}
    columns = [
        f'<col width="{_with_padding(width)}"{looks.get(n, "")} customWidth="1" min="{n}" max="{n}"/>'
        for n, width in sheet.widths
    ]
    return f"<cols>{''.join(columns)}</cols>" if columns else ""


def _with_padding(width: float) -> float:
    return int((DIGIT * width + PADDING) / DIGIT * 256) / 256


def protect(target: Any) -> None:
    """Lock what is not an input, without a password: it stops slips, it is not a secret.

    Selecting, widths, heights and objects stay free, or Excel would refuse to trace a formula and to copy a chart.
    """
    target.protection = SheetProtection(
        sheet=True, objects=False, scenarios=True, formatColumns=False, formatRows=False, formatCells=True
    )


def add_table(target: Any, table: Table | None) -> None:
    """The Excel table of a sheet of records, with stripes and filter buttons."""
    if table is None:
        return
    found = ExcelTable(id=1, displayName=table.name, name=table.name, ref=area_address(table.area))
    found.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    found._initialise_columns()
    for column, header in zip(found.tableColumns, table.headers, strict=True):
        column.name = header
    target.add_table(found)


def links_xml(links: tuple[Link, ...]) -> str:
    """Jumps inside the workbook."""
    return f"<hyperlinks>{''.join(map(_link, links))}</hyperlinks>" if links else ""


def _link(link: Link) -> str:
    """It has a location; a target "#…" would be read as a file by some programs."""
    location = attribute(f"{quoted(link.target.sheet)}!{cell_address(link.target)}")
    ref = cell_address(link.at) + (f":{cell_address(link.last)}" if link.last else "")
    tip = plain_text(link.tip)
    return f'<hyperlink ref="{ref}" location="{location}"' + (f' tooltip="{attribute(tip)}"/>' if tip else "/>")
