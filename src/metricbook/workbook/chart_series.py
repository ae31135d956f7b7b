"""The series of a chart: how each part looks, and the unseen ones that make a picture right."""

from __future__ import annotations

from typing import Any

from openpyxl.chart.data_source import NumFmt
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.marker import Marker
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.descriptors import Typed
from openpyxl.drawing.line import LineProperties

from metricbook.layout.plan import Chart
from metricbook.workbook.chart_data import empty_series, excel_series, numbers
from metricbook.workbook.chart_text import text_style
from metricbook.workbook.colours import GOAL_FILL, PLAN_LINE, TEXT
from metricbook.workbook.rows import Values
from metricbook.workbook.theme import Theme

LINE, THIN = 28_575, 9_525  # 2.25 and 0.75 points, in English metric units
MARKERS = {
    "main": "circle", "second": "square", "third": "triangle", "fourth": "diamond", "fifth": "x", "sixth": "star",
}  # fmt: skip
MARKER_SIZE = 5
NO_LINE = LineProperties(noFill=True)


class ValueLabels(DataLabelList):  # type: ignore[misc]
    """Labels with a number format of their own; openpyxl leaves out that it is not the cells'."""

    # A subclass starts with none of these, and openpyxl would write no label without a word.
    __elements__ = DataLabelList.__elements__
    __attrs__ = DataLabelList.__attrs__
    __nested__ = tuple(name for name in DataLabelList.__nested__ if name != "numFmt")
    numFmt = Typed(expected_type=NumFmt, allow_none=True)  # noqa: N815 – openpyxl's name


def drawn_series(chart: Chart, number: int, values: Values, theme: Theme) -> Any:
    """A series with the looks of its part."""
    plan = chart.series[number]
    series = excel_series(chart, plan, number, values)
    if plan.part == "end":
        _hide_line(series)
        series.dLbls = value_labels(chart.format, _side(chart, number, values), bold=True)
    elif chart.kind == "line" or (chart.kind == "column" and plan.part == "plan"):
        colour = PLAN_LINE if plan.part == "plan" else theme.series[plan.part]
        series.smooth = False
        series.graphicalProperties = stroke(colour, LINE, "dash" if plan.part == "plan" else None)
        series.marker = _marker(plan.part, colour)
    else:
        series.graphicalProperties = _fill(plan.part, theme)
        series.invertIfNegative = False
    return series


def _side(chart: Chart, number: int, values: Values) -> str:
    """Above the line; of two lines the lower one has its value below."""
    ends = {n: numbers(each, values) for n, each in enumerate(chart.series) if each.part == "end"}
    own = ends.pop(number)
    is_lower = any(own and other and own[0] < other[0] for other in ends.values())
    return "b" if is_lower or (not own and number > min(ends, default=number)) else "t"


def goal_edge(chart: Chart, of: int, number: int, values: Values) -> Any:
    """A bullet's goal again, only its edge."""
    series = excel_series(chart, chart.series[of], number, values)
    series.graphicalProperties = GraphicalProperties(noFill=True, ln=LineProperties(solidFill=TEXT, w=THIN))
    return series


def add_empty(excel: Any, chart: Chart, values: Values) -> list[int]:
    """Name an empty cell, in a series that nobody sees. Gives its number.

    LibreOffice draws the #N/A of a line as 0, whatever the file says, unless some cell of the chart is truly empty.
    """
    if chart.empty is None:
        return []
    number = len(chart.series)
    series = empty_series(chart.empty, number, values)
    _hide_line(series)
    excel.series.append(series)
    return [number]


def value_labels(code: str, position: str, colour: str = TEXT, bold: bool = False) -> DataLabelList:
    """Values beside what is drawn."""
    return ValueLabels(
        numFmt=NumFmt(code, sourceLinked=False),
        txPr=text_style(9, colour, bold),
        dLblPos=position,
        showVal=True,
        showLegendKey=False,
        showCatName=False,
        showSerName=False,
        showPercent=False,
        showBubbleSize=False,
    )


def stroke(colour: str, width: int, dash: str | None = None) -> GraphicalProperties:
    """A line."""
    line = LineProperties(solidFill=colour, w=width, prstDash=dash, cap="rnd")
    return GraphicalProperties(ln=line)


def _hide_line(series: Any) -> None:
    series.graphicalProperties, series.marker = GraphicalProperties(ln=NO_LINE), Marker("none")
    series.smooth = False


def _fill(part: str, theme: Theme) -> GraphicalProperties:
    """The look of a bar."""
    if part == "hidden":
        return GraphicalProperties(noFill=True, ln=NO_LINE)
    if part == "goal":
        return GraphicalProperties(solidFill=GOAL_FILL, ln=LineProperties(solidFill=PLAN_LINE, w=THIN))
    colour = PLAN_LINE if part == "plan" else theme.series[part]
    return GraphicalProperties(solidFill=colour, ln=NO_LINE)


def _marker(part: str, colour: str) -> Marker:
    """Lines differ by their marks too, for eyes and printers that see no colours. The plan has its dashes."""
    if part == "plan":
        return Marker("none")
    look = GraphicalProperties(solidFill=colour, ln=LineProperties(solidFill=colour, w=THIN))
    return Marker(MARKERS[part], MARKER_SIZE, look)
