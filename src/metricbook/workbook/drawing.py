"""What openpyxl's charts lack in the file: alternative text."""

from __future__ import annotations

from typing import Any

from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing


class ChartDrawing(SpreadsheetDrawing):  # type: ignore[misc]
    """A sheet's drawing whose charts say in words what they show."""

    # A subclass starts with none of these, and openpyxl would write an empty drawing without a word.
    __elements__ = SpreadsheetDrawing.__elements__
    __attrs__ = SpreadsheetDrawing.__attrs__

    def _chart_frame(self, idx: int) -> Any:
        frame = super()._chart_frame(idx)
        frame.nvGraphicFramePr.cNvPr.descr = self.charts[idx - 1].alt
        return frame
