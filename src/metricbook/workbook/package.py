"""The parts of the file: openpyxl's writers, with rows of our own and with what openpyxl cannot write.

A sheet's XML is collected in memory as text. Zip dates are fixed, so the same plan gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.packaging.relationship import RelationshipList
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import tostring

from metricbook.workbook.drawing import ChartDrawing, chart_xml

# Level 6 takes about twice as long as level 1 on these sheets; level 1 files are about a third larger.
COMPRESSION = 1
EPOCH = (1980, 1, 1, 0, 0, 0)
MS_DOS = 0


@dataclass(frozen=True, slots=True)
class Extras:
    """What a sheet holds beyond its openpyxl worksheet, each piece of XML ready to be written."""

    rows: Iterable[str]
    links: tuple[Hyperlink, ...] = ()
    ignored_errors: str = ""
    extensions: str = ""


class SteadyZip(ZipFile):
    """A zip file without the time of day and the name of the system in it."""

    def writestr(self, name: Any, data: Any, *_: Any) -> None:
        """Write one part, always in the same way."""
        info = ZipInfo(str(name), EPOCH)
        info.compress_type, info.create_system = ZIP_DEFLATED, MS_DOS
        super().writestr(info, data, compresslevel=COMPRESSION)


class Pieces:
    """Takes the place of openpyxl's XML stream: collects elements as text."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def send(self, element: Any) -> None:
        """Add one element; openpyxl sends None for one that is absent."""
        if element is not None:
            self.texts.append(tostring(element).decode())


class SheetWriter(WorksheetWriter):
    """Writes one worksheet: openpyxl's settings around rows of our own."""

    def __init__(self, sheet: Any, extras: Extras) -> None:
        self.ws, self.extras, self.xf = sheet, extras, Pieces()
        self._rels = RelationshipList()
        sheet._hyperlinks, sheet._comments = list(extras.links), []

    def xml(self) -> str:
        """The whole part."""
        self.write_top()
        self.xf.texts += ["<sheetData>", *self.extras.rows, "</sheetData>"]
        self.write_tail()
        return f'<?xml version="1.0"?>\n<worksheet xmlns="{SHEET_MAIN_NS}">{"".join(self.xf.texts)}</worksheet>'

    def write_dimensions(self) -> None:
        """Left out: it is optional, and openpyxl would count cells it does not hold."""

    def write_breaks(self) -> None:
        """Page breaks, then what the schema wants next."""
        super().write_breaks()
        self.xf.texts.append(self.extras.ignored_errors)

    def write_tables(self) -> None:
        """Tables, then the extensions, which come last."""
        super().write_tables()
        self.xf.texts.append(self.extras.extensions)


class BookWriter(ExcelWriter):
    """Writes the package; `extras` holds one entry for each sheet, by name."""

    def __init__(self, workbook: Workbook, archive: ZipFile, extras: dict[str, Extras]) -> None:
        super().__init__(workbook, archive)
        self.extras = extras

    def write_worksheet(self, sheet: Any) -> None:
        """One worksheet and its charts' frames."""
        sheet._drawing = ChartDrawing()
        sheet._drawing.charts = sheet._charts
        writer = SheetWriter(sheet, self.extras[sheet.title])
        self._archive.writestr(sheet.path[1:], writer.xml())
        sheet._rels = writer._rels
        self.manifest.append(sheet)

    def _write_charts(self) -> None:
        for chart in self._charts:
            self._archive.writestr(chart.path[1:], chart_xml(chart))
            self.manifest.append(chart)


def packed(workbook: Workbook, extras: dict[str, Extras]) -> bytes:
    """The finished file."""
    file = BytesIO()
    with SteadyZip(file, "w") as archive:
        BookWriter(workbook, archive, extras).write_data()
    return file.getvalue()
