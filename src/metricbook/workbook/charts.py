"""Charts: quiet axes, no border, one accent, the plan as a dashed grey line, and the drawn values cached."""

from __future__ import annotations

from typing import Any

from openpyxl.chart import BarChart, LineChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.legend import LegendEntry
from openpyxl.chart.marker import Marker
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor

from metricbook.layout.plan import Chart
from metricbook.workbook.chart_data import drawn, empty_series, excel_series
from metricbook.workbook.chart_text import text_style, title
from metricbook.workbook.colours import HAIRLINE, PLAN_LINE, QUIET, SERIES, TEXT
from metricbook.workbook.rows import Values
from metricbook.workbook.text import plain_text

MOST_SERIES = 5
LINE, THIN = 28_575, 9_525  # 2.25 and 0.75 points, in English metric units
MARKERS = {"main": "circle", "second": "square", "third": "triangle", "fourth": "diamond", "fifth": "x"}
MARKER_SIZE = 5


def add_charts(sheet: Any, charts: tuple[Chart, ...], values: Values) -> None:
    """Put the charts on an openpyxl sheet."""
    for chart in charts:
        sheet.add_chart(_excel(chart, values))


def _excel(chart: Chart, values: Values) -> Any:
    assert len(chart.series) <= MOST_SERIES, "more than five lines cannot be told apart"
    excel = LineChart() if chart.kind == "line" else BarChart()
    excel.title = title(chart.title, 11, TEXT, bold=True, layout=_at(0.01, 0.02))
    excel.alt = plain_text(chart.alt)
    excel.anchor = _anchor(chart)
    excel.series = [_series(chart, number, values) for number in range(len(chart.series))]
    # Excel draws a line past #N/A. The extension against that (dispNaAsBlank) is refused by validators of the format.
    excel.roundedCorners, excel.display_blanks = False, "gap"
    excel.graphical_properties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    _set_legend(excel, chart)
    _set_axes(excel, chart)
    if chart.kind == "line":
        _leave_gaps(excel, chart, values)
    else:
        _set_bars(excel, chart, values)
    return excel


def _leave_gaps(excel: Any, chart: Chart, values: Values) -> None:
    """Name an empty cell, in a series that nobody sees.

    LibreOffice draws the #N/A of a line as 0, whatever the file says, unless some cell of the chart is truly empty.
    """
    if chart.empty is None:
        return
    number = len(chart.series)
    series = empty_series(chart.empty, number, values)
    series.graphicalProperties, series.marker = GraphicalProperties(ln=LineProperties(noFill=True)), Marker("none")
    series.smooth = False
    excel.series.append(series)
    if excel.legend is not None:
        excel.legend.legendEntry = [LegendEntry(idx=number, delete=True)]


def _at(x: float, y: float) -> Layout:
    return Layout(ManualLayout(xMode="edge", yMode="edge", x=x, y=y))


def _anchor(chart: Chart) -> TwoCellAnchor:
    """From the first cell's corner to the last cell's far corner; it moves with the cells but keeps its size."""
    first = AnchorMarker(col=chart.first.column - 1, row=chart.first.row - 1)
    last = AnchorMarker(col=chart.last.column, row=chart.last.row)
    return TwoCellAnchor("oneCell", first, last)


def _set_legend(excel: Any, chart: Chart) -> None:
    """One series needs no legend: the title says what it is."""
    if len(chart.series) == 1:
        excel.legend = None
        return
    excel.legend.position, excel.legend.overlay = "t", False
    excel.legend.txPr = text_style(9, QUIET)


def _set_axes(excel: Any, chart: Chart) -> None:
    """`delete` must be said, or newer Excels show no axis at all."""
    for axis, code in ((excel.x_axis, chart.category_format), (excel.y_axis, chart.format)):
        axis.delete = False
        axis.number_format, axis.numFmt.sourceLinked = code, False
        axis.majorTickMark = axis.minorTickMark = "none"
        axis.txPr = text_style(9, QUIET)
        axis.majorGridlines = None
    excel.x_axis.graphicalProperties = _stroke(HAIRLINE, THIN)
    excel.y_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    excel.y_axis.majorGridlines = ChartLines(spPr=_stroke(HAIRLINE, THIN))
    excel.x_axis.noMultiLvlLbl, excel.x_axis.tickLblPos = True, "low"  # below the bars that go down
    excel.x_axis.axPos, excel.y_axis.axPos = ("l", "b") if chart.kind == "bar" else ("b", "l")
    if chart.axis_title:
        excel.y_axis.title = title(chart.axis_title, 9, QUIET)


def _set_bars(excel: Any, chart: Chart, values: Values) -> None:
    """Bars start at zero. Lying ones list the first member on top, with the values at their ends."""
    excel.type = "bar" if chart.kind == "bar" else "col"
    excel.gapWidth, excel.overlap = 50, 0
    if all(value >= 0 for value in drawn(chart, values)):
        excel.y_axis.scaling.min = 0
    if chart.kind == "bar":
        excel.x_axis.scaling.orientation = "maxMin"
        excel.y_axis.crosses = "max"  # the first is on top, so the far end of the categories is below
    if len(chart.series) == 1:
        excel.dataLabels = _labels(chart)


def _labels(chart: Chart) -> DataLabelList:
    return DataLabelList(
        numFmt=chart.format,
        txPr=text_style(9, TEXT),
        dLblPos="outEnd",
        showVal=True,
        showLegendKey=False,
        showCatName=False,
        showSerName=False,
        showPercent=False,
        showBubbleSize=False,
    )


def _series(chart: Chart, number: int, values: Values) -> Any:
    plan = chart.series[number]
    series = excel_series(chart, plan, number, values)
    colour = PLAN_LINE if plan.part == "plan" else SERIES[plan.part]
    if chart.kind == "line":
        series.smooth = False
        series.graphicalProperties = _stroke(colour, LINE, "dash" if plan.part == "plan" else None)
        series.marker = _marker(plan.part, colour)
    else:
        series.graphicalProperties = GraphicalProperties(solidFill=colour, ln=LineProperties(noFill=True))
        series.invertIfNegative = False
    return series


def _marker(part: str, colour: str) -> Marker:
    """Lines differ by their marks too, for eyes and printers that see no colours. The plan has its dashes."""
    if part == "plan":
        return Marker("none")
    look = GraphicalProperties(solidFill=colour, ln=LineProperties(solidFill=colour, w=THIN))
    return Marker(MARKERS[part], MARKER_SIZE, look)


def _stroke(colour: str, width: int, dash: str | None = None) -> GraphicalProperties:
    line = LineProperties(solidFill=colour, w=width, prstDash=dash, cap="rnd")
    return GraphicalProperties(ln=line)
