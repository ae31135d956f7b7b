"""Charts: quiet axes, no border, one accent, the plan as a dashed grey line, and the drawn values cached."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from openpyxl.chart import BarChart, LineChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.legend import LegendEntry
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor

from metricbook.layout.plan import Chart
from metricbook.workbook.chart_data import drawn
from metricbook.workbook.chart_series import NO_LINE, THIN, add_empty, drawn_series, goal_edge, stroke, value_labels
from metricbook.workbook.chart_text import text_style, title
from metricbook.workbook.colours import HAIRLINE, QUIET, TEXT
from metricbook.workbook.rows import Values
from metricbook.workbook.text import plain_text
from metricbook.workbook.theme import Theme

MOST_SERIES = 6
LYING = ("bar", "bullet", "funnel")
STACKED = ("stacked", "funnel", "waterfall")
UNSCALED = ("funnel", "waterfall")
"""Bars in the middle and totals that are cut have no scale to be read; their names say their numbers."""
UNSEEN = ";;;"  # a format that shows nothing
GAPS = {"stacked": 40, "funnel": 25, "waterfall": 40, "bullet": 30}
MOST_LABELS = 10
"""Values beside bars of several series, where each still has room."""


def add_charts(sheet: Any, charts: tuple[Chart, ...], values: Values, theme: Theme) -> None:
    """Put the charts on an openpyxl sheet."""
    for chart in charts:
        sheet.add_chart(_excel(chart, values, theme))


def _excel(chart: Chart, values: Values, theme: Theme) -> Any:
    shown = [series for series in chart.series if series.part not in ("plan", "end", "hidden")]
    assert len(shown) <= MOST_SERIES, "more than six series cannot be told apart"
    if any(number < 0 for number in drawn(chart, values)):
        chart = replace(chart, format=_both_ways(chart.format), column_format=_both_ways(chart.column_format))
    excel = LineChart() if chart.kind == "line" else BarChart()
    excel.title = title(chart.title, 11, TEXT, bold=True, layout=_at(0.01, 0.02), note=chart.note)
    excel.alt = plain_text(chart.alt)
    excel.anchor = _anchor(chart)
    numbers = range(len(chart.series))
    excel.series = [drawn_series(chart, number, values, theme) for number in numbers]
    # Excel draws a line past #N/A. The extension against that (dispNaAsBlank) is refused by validators of the format.
    excel.roundedCorners, excel.display_blanks = False, "gap"
    excel.graphical_properties = GraphicalProperties(noFill=True, ln=NO_LINE)
    left_out = [number for number in numbers if not chart.series[number].in_legend]
    _set_axes(excel, chart)
    if chart.kind == "line":
        left_out += add_empty(excel, chart, values)
    else:
        _set_bars(excel, chart, values, theme)
        _lay_plans(excel, chart)
    if chart.kind == "bullet":
        left_out += _set_bullet(excel, chart, values)
    _set_legend(excel, chart, left_out)
    return excel


def _both_ways(code: str) -> str:
    """The form in full for numbers on both sides of zero: behind a condition programs differ in the minus sign."""
    *_, usual = code.split(";")
    return f"{usual};-{usual}" if code.startswith("[") else code


def _at(x: float, y: float) -> Layout:
    return Layout(ManualLayout(xMode="edge", yMode="edge", x=x, y=y))


def _anchor(chart: Chart) -> TwoCellAnchor:
    """From the first cell's corner to the last cell's far corner; it moves with the cells but keeps its size."""
    first = AnchorMarker(col=chart.first.column - 1, row=chart.first.row - 1)
    last = AnchorMarker(col=chart.last.column, row=chart.last.row)
    return TwoCellAnchor("oneCell", first, last)


def _set_legend(excel: Any, chart: Chart, left_out: list[int]) -> None:
    """One series needs no legend: the title says what it is."""
    if sum(series.in_legend for series in chart.series) == 1:
        excel.legend = None
        return
    excel.legend.position, excel.legend.overlay = "t", False
    excel.legend.txPr = text_style(9, QUIET)
    excel.legend.legendEntry = [LegendEntry(idx=number, delete=True) for number in sorted(left_out)]


def _set_axes(excel: Any, chart: Chart) -> None:
    """`delete` must be said, or newer Excels show no axis at all."""
    for axis, code in ((excel.x_axis, chart.category_format), (excel.y_axis, chart.format)):
        axis.delete = False
        axis.number_format, axis.numFmt.sourceLinked = code, False
        axis.majorTickMark = axis.minorTickMark = "none"
        axis.txPr = text_style(9, QUIET)
        axis.majorGridlines = None
    excel.x_axis.graphicalProperties = stroke(HAIRLINE, THIN)
    excel.y_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    excel.x_axis.noMultiLvlLbl, excel.x_axis.tickLblPos = True, "low"  # below the bars that go down
    excel.x_axis.tickLblSkip = 1  # no name is left out
    excel.x_axis.axPos, excel.y_axis.axPos = ("l", "b") if chart.kind in LYING else ("b", "l")
    if chart.kind in UNSCALED:
        excel.y_axis.number_format = UNSEEN
    else:
        excel.y_axis.majorGridlines = ChartLines(spPr=stroke(HAIRLINE, THIN))
    if chart.axis_title:
        excel.y_axis.title = title(chart.axis_title, 9, QUIET)


def _set_bars(excel: Any, chart: Chart, values: Values, theme: Theme) -> None:
    """Bars start at zero. Lying ones list the first member on top, with the values at their ends."""
    excel.type = "bar" if chart.kind in LYING else "col"
    excel.gapWidth, excel.overlap = GAPS.get(chart.kind, 50), 0
    if chart.kind in (*STACKED, "bullet"):
        excel.overlap = 100
    if chart.kind in STACKED:
        excel.grouping = "stacked"
    numbers = drawn(chart, values)
    if all(value >= 0 for value in numbers):
        excel.y_axis.scaling.min = 0
    if chart.kind == "stacked":
        excel.y_axis.scaling.max = 1
        for series, plan in zip(excel.series, chart.series, strict=True):
            colour = theme.text_on(theme.series[plan.part])
            series.dLbls = value_labels('[<0.06]"";0%', "ctr", colour)
    if chart.kind in LYING:
        excel.x_axis.scaling.orientation = "maxMin"
        excel.y_axis.crosses = "max"  # the first is on top, so the far end of the categories is below
    shown = [each for each, plan in zip(excel.series, chart.series, strict=True) if plan.part != "hidden"]
    if chart.kind == "bar" and len(shown) < len(chart.series):  # the unseen one lies behind, without a label
        excel.overlap = 100
        shown[0].dLbls = value_labels(chart.format, "outEnd")
    elif chart.kind in ("bar", "column") and (len(shown) == 1 or len(numbers) <= MOST_LABELS):
        code = chart.column_format if chart.kind == "column" else chart.format
        excel.dataLabels = value_labels(code, "outEnd")


def _lay_plans(excel: Any, chart: Chart) -> None:
    """Targets as lines over the columns, on the same axes."""
    parts = [each.part for each in chart.series]
    if chart.kind != "column" or "plan" not in parts:
        return
    lines = LineChart()
    lines.series = [series for series, part in zip(excel.series, parts, strict=True) if part == "plan"]
    excel.series = [series for series, part in zip(excel.series, parts, strict=True) if part != "plan"]
    excel._charts.append(lines)


def _set_bullet(excel: Any, chart: Chart, values: Values) -> list[int]:
    """The value in front of its pale goal, with the edge of the goal above both. Gives the edge's number.

    A second axis would allow bars of two widths, but programs do not agree on its scale.
    """
    value, goal = excel.series
    edge = goal_edge(chart, 1, 2, values)
    for order, series in enumerate((goal, value, edge)):
        series.order = order
    excel.series = [goal, value, edge]
    value.dLbls = value_labels(chart.format, "outEnd")
    return [edge.idx]
