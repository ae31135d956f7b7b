"""What openpyxl's charts lack in the file: alternative text, and n/a that is drawn as a gap."""

from __future__ import annotations

from typing import Any

from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.xml.functions import tostring

_NA_AS_GAP = (
    b'<extLst><ext uri="{56B9EC1D-385E-4148-901F-78D8002777C0}"'
    b' xmlns:c16r3="http://schemas.microsoft.com/office/drawing/2017/03/chart">'
    b'<c16r3:dataDisplayOptions16><c16r3:dispNaAsBlank val="1"/></c16r3:dataDisplayOptions16></ext></extLst>'
)


class ChartDrawing(SpreadsheetDrawing):  # type: ignore[misc]
    """A sheet's drawing whose charts say in words what they show."""

    # A subclass starts with none of these, and openpyxl would write an empty drawing without a word.
    __elements__ = SpreadsheetDrawing.__elements__
    __attrs__ = SpreadsheetDrawing.__attrs__

    def _chart_frame(self, idx: int) -> Any:
        frame = super()._chart_frame(idx)
        frame.nvGraphicFramePr.cNvPr.descr = self.charts[idx - 1].alt
        return frame


def chart_xml(chart: Any) -> bytes:
    """A chart's part. The extension stands last in `<chart>`, which openpyxl writes without a prefix."""
    xml: bytes = tostring(chart._write())
    return xml.replace(b"</chart>", _NA_AS_GAP + b"</chart>")
