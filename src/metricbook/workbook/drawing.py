"""What openpyxl's charts and pictures lack in the file: alternative text, and pictures that are kept as they came."""

from __future__ import annotations

from typing import Any

from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor, SpreadsheetDrawing
from openpyxl.drawing.xdr import XDRPositiveSize2D

from metricbook.layout.plan import Picture
from metricbook.workbook.text import plain_text

PIXEL = 9_525  # in English metric units


class PlacedImage(Image):  # type: ignore[misc]
    """A picture of the plan. openpyxl's own would open it, which nothing here needs to."""

    def __init__(self, picture: Picture) -> None:
        self.picture, self.format = picture, picture.kind
        (across, down), (width, height) = picture.offset, picture.size
        column, row = picture.at.column - 1, picture.at.row - 1
        corner = AnchorMarker(col=column, colOff=across * PIXEL, row=row, rowOff=down * PIXEL)
        self.anchor = OneCellAnchor(corner, XDRPositiveSize2D(width * PIXEL, height * PIXEL))

    def _data(self) -> bytes:
        return self.picture.content


class ChartDrawing(SpreadsheetDrawing):  # type: ignore[misc]
    """A sheet's drawing whose charts say in words what they show."""

    # A subclass starts with none of these, and openpyxl would write an empty drawing without a word.
    __elements__ = SpreadsheetDrawing.__elements__
    __attrs__ = SpreadsheetDrawing.__attrs__

    def _chart_frame(self, idx: int) -> Any:
        frame = super()._chart_frame(idx)
        frame.nvGraphicFramePr.cNvPr.descr = self.charts[idx - 1].alt
        return frame

    def _picture_frame(self, idx: int) -> Any:
        frame = super()._picture_frame(idx)
        picture = self.images[idx - 1 - len(self.charts)].picture
        frame.nvPicPr.cNvPr.descr = plain_text(picture.alt)
        return frame
