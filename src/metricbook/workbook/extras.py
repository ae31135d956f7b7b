"""Pieces of a sheet that openpyxl does not know: ignored errors and sparklines, as XML."""

from __future__ import annotations

from metricbook.formula.excel import letters
from metricbook.layout.plan import Sheet, Sparkline
from metricbook.workbook.places import cell_address, extent, sheet_reference
from metricbook.workbook.text import escaped

# A run's formulas are alike by construction, and Excel's green triangles at their ends would only alarm.
_QUIET_ABOUT = 'formula="1" formulaRange="1" unlockedFormula="1"'
# Sheets nobody types on hold keys such as 2026 as text, and #N/A where a chart shall draw nothing.
_QUIET_TOO = ' numberStoredAsText="1" evalError="1"'

_SPARKLINES = (
    '<extLst><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"'
    ' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:sparklineGroups xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
)
_SPARKLINES_END = "</x14:sparklineGroups></ext></extLst>"
_GROUP = '<x14:sparklineGroup lineWeight="1.5" displayEmptyCellsAs="gap" last="1">'
_COLOUR_PARTS = ("Series", "Negative", "Axis", "Markers", "First", "Last", "High", "Low")


def ignored_errors(sheet: Sheet) -> str:
    """Which of Excel's green triangles stay away from this sheet."""
    rows, columns = extent(sheet)
    too = _QUIET_TOO if sheet.kind == "check" else ""
    return f'<ignoredErrors><ignoredError sqref="A1:{letters(columns)}{rows}" {_QUIET_ABOUT}{too}/></ignoredErrors>'


def extensions(sheet: Sheet, accent: str) -> str:
    """The sheet's sparklines: one group in one colour, so that they look alike, each with a scale of its own."""
    if not sheet.sparklines:
        return ""
    colours = "".join(f'<x14:color{part} rgb="FF{accent}"/>' for part in _COLOUR_PARTS)
    lines = "".join(map(_sparkline, sheet.sparklines))
    group = f"{_GROUP}{colours}<x14:sparklines>{lines}</x14:sparklines></x14:sparklineGroup>"
    return f"{_SPARKLINES}{group}{_SPARKLINES_END}"


def _sparkline(line: Sparkline) -> str:
    values = escaped(sheet_reference(line.values))
    return f"<x14:sparkline><xm:f>{values}</xm:f><xm:sqref>{cell_address(line.at)}</xm:sqref></x14:sparkline>"
