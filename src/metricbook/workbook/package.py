"""The parts of the file: openpyxl's writers, with rows of our own and with what openpyxl cannot write.

Parts are collected in memory and zipped at the end with fixed dates, so the same plan gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.packaging.custom import CustomPropertyList
from openpyxl.packaging.extended import ExtendedProperties
from openpyxl.packaging.relationship import Relationship, RelationshipList
from openpyxl.styles.stylesheet import write_stylesheet
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter
from openpyxl.writer.theme import theme_xml
from openpyxl.xml.constants import (
    ARC_APP,
    ARC_CONTENT_TYPES,
    ARC_CORE,
    ARC_CUSTOM,
    ARC_ROOT_RELS,
    ARC_SHARED_STRINGS,
    ARC_STYLE,
    ARC_THEME,
    ARC_WORKBOOK,
    ARC_WORKBOOK_RELS,
    CPROPS_TYPE,
    SHARED_STRINGS,
    SHEET_MAIN_NS,
)
from openpyxl.xml.functions import tostring

from metricbook.layout.plan import Anchor
from metricbook.workbook.drawing import ChartDrawing
from metricbook.workbook.names import NamesWriter
from metricbook.workbook.strings import Strings
from metricbook.workbook.theme import Theme

# Measured (benchmarks/write.py --levels): half the time of zlib's usual 6 for files 5 % larger; 9 is larger than 6.
COMPRESSION = 3
EPOCH = (1980, 1, 1, 0, 0, 0)
MS_DOS = 0


@dataclass(frozen=True, slots=True)
class Extras:
    """What a sheet holds beyond its openpyxl worksheet, each piece of XML ready to be written."""

    columns: str
    rows: Iterable[str]
    rules: str
    validations: str
    links: str
    ignored_errors: str
    extensions: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """A part as the list of content types wants to hear of it."""

    path: str
    mime_type: str


class Parts(dict[str, bytes]):
    """Stands in for the zip file while openpyxl writes."""

    def writestr(self, name: str, data: bytes | str) -> None:
        """Keep one part."""
        self[name] = data.encode() if isinstance(data, str) else data

    def namelist(self) -> list[str]:
        """The parts so far."""
        return list(self)


class Pieces:
    """Stands in for openpyxl's XML stream: collects elements as text."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def send(self, element: Any) -> None:
        """Add one element; openpyxl sends None for one that is absent."""
        if element is not None:
            self.texts.append(tostring(element).decode())


class SheetWriter(WorksheetWriter):  # type: ignore[misc]
    """Writes one worksheet: openpyxl's settings around rows of our own."""

    def __init__(self, sheet: Any, extras: Extras) -> None:
        self.ws, self.extras, self.xf = sheet, extras, Pieces()
        self._rels = RelationshipList()
        sheet._comments = []

    def xml(self) -> str:
        """The whole part."""
        self.write_top()
        self.xf.texts += ["<sheetData>", *self.extras.rows, "</sheetData>"]
        self.write_tail()
        return f'<?xml version="1.0"?>\n<worksheet xmlns="{SHEET_MAIN_NS}">{"".join(self.xf.texts)}</worksheet>'

    def write_dimensions(self) -> None:
        """Left out: it is optional, and openpyxl would count cells it does not hold."""

    def write_cols(self) -> None:
        """The widths."""
        self.xf.texts.append(self.extras.columns)

    def write_formatting(self) -> None:
        """The conditional formats."""
        self.xf.texts.append(self.extras.rules)

    def write_validations(self) -> None:
        """What may be typed."""
        self.xf.texts.append(self.extras.validations)

    def write_hyperlinks(self) -> None:
        """The jumps inside the workbook."""
        self.xf.texts.append(self.extras.links)

    def write_breaks(self) -> None:
        """Page breaks, then what the schema wants next."""
        super().write_breaks()
        self.xf.texts.append(self.extras.ignored_errors)

    def write_tables(self) -> None:
        """Tables, then the extensions, which come last."""
        super().write_tables()
        self.xf.texts.append(self.extras.extensions)


class BookWriter(ExcelWriter):  # type: ignore[misc]
    """Writes all parts; `extras` holds one entry for each sheet, by name."""

    def __init__(
        self,
        workbook: Workbook,
        parts: Parts,
        anchors: tuple[Anchor, ...],
        extras: dict[str, Extras],
        strings: Strings,
        theme: Theme,
    ) -> None:
        super().__init__(workbook, parts)
        self.anchors, self.extras, self.strings, self.theme = anchors, extras, strings, theme

    def write_data(self) -> None:
        """The parts in the order in which one knows the other. Styles and strings come from the sheets."""
        self._write_properties()
        self._write_worksheets()
        self._write_charts()
        self._write_images()
        self._add(ARC_SHARED_STRINGS, self.strings.xml(), SHARED_STRINGS)
        self._archive.writestr(ARC_STYLE, tostring(write_stylesheet(self.workbook)))
        self._archive.writestr(ARC_THEME, _theme_xml(self.theme))
        self._write_workbook()
        self.manifest._write(self._archive, self.workbook)

    def write_worksheet(self, sheet: Any) -> None:
        """One worksheet and its charts' frames."""
        sheet._drawing = ChartDrawing()
        sheet._drawing.charts, sheet._drawing.images = sheet._charts, sheet._images
        writer = SheetWriter(sheet, self.extras[sheet.title])
        self._add(sheet.path[1:], writer.xml(), sheet.mime_type)
        sheet._rels = writer._rels

    def _write_charts(self) -> None:
        for chart in self._charts:
            self._add(chart.path[1:], tostring(chart._write()), chart.mime_type)

    def _write_properties(self) -> None:
        custom: CustomPropertyList = self.workbook.custom_doc_props
        self._archive.writestr(ARC_APP, tostring(ExtendedProperties().to_tree()))
        self._archive.writestr(ARC_CORE, tostring(self.workbook.properties.to_tree()))
        if len(custom):
            self._add(ARC_CUSTOM, tostring(custom.to_tree()), CPROPS_TYPE)

    def _write_workbook(self) -> None:
        writer = NamesWriter(self.workbook, self.anchors)
        self._archive.writestr(ARC_ROOT_RELS, writer.write_root_rels())
        self._archive.writestr(ARC_WORKBOOK, writer.write())
        writer.rels.append(Relationship(type="sharedStrings", Target="sharedStrings.xml"))
        self._archive.writestr(ARC_WORKBOOK_RELS, writer.write_rels())

    def _add(self, name: str, data: bytes | str, mime_type: str) -> None:
        self._archive.writestr(name, data)
        self.manifest.append(_Entry("/" + name, mime_type))


def packed(
    workbook: Workbook, anchors: tuple[Anchor, ...], extras: dict[str, Extras], strings: Strings, theme: Theme
) -> bytes:
    """The finished file."""
    parts = Parts()
    BookWriter(workbook, parts, anchors, extras, strings, theme).write_data()
    return zipped(parts)


def _theme_xml(theme: Theme) -> str:
    """openpyxl's theme with other colours to choose from, so that what people add goes with the rest."""
    xml = str(theme_xml)
    for name, colour in theme.office().items():
        xml = re.sub(rf'(<a:{name}>\s*<a:srgbClr val=")\w{{6}}', rf"\g<1>{colour}", xml)
    return xml


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip file without the time of day or the system in it; the list of content types first, as Excel has it."""
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name in sorted(parts, key=lambda name: name != ARC_CONTENT_TYPES):
            info = ZipInfo(name, EPOCH)
            info.compress_type, info.create_system = ZIP_DEFLATED, MS_DOS
            archive.writestr(info, parts[name], compresslevel=COMPRESSION)
    return file.getvalue()
