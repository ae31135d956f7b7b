"""What a chart draws: references to cells, and the values they hold now, so that previews show the chart too."""

from __future__ import annotations

from typing import TypeGuard

from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.series import Series as ExcelSeries
from openpyxl.chart.series import SeriesLabel

from metricbook.formula.tree import Area
from metricbook.layout.plan import Chart, Series
from metricbook.workbook.places import cells_of, sheet_reference
from metricbook.workbook.rows import Value, Values
from metricbook.workbook.text import plain_text


def excel_series(chart: Chart, series: Series, number: int, values: Values) -> ExcelSeries:
    """One series: the name's cell, the categories' cells and the values' cells."""
    return ExcelSeries(
        idx=number,
        order=number,
        tx=SeriesLabel(strRef=_texts(Area(series.name, series.name), values)),
        cat=_categories(chart, values),
        val=NumDataSource(numRef=_numbers(series.values, chart.format, values)),
    )


def empty_series(area: Area, number: int, values: Values) -> ExcelSeries:
    """A series of one empty cell."""
    return ExcelSeries(idx=number, order=number, val=NumDataSource(numRef=_numbers(area, "General", values)))


def drawn(chart: Chart, values: Values) -> list[float]:
    """All numbers in the chart."""
    return [number for series in chart.series for number in numbers(series, values)]


def numbers(series: Series, values: Values) -> list[float]:
    """All numbers in one series."""
    return [value for value in _values(series.values, values) if _is_number(value)]


def _categories(chart: Chart, values: Values) -> AxDataSource:
    """Dates are numbers with a format; members are texts."""
    if any(isinstance(value, str) and value for value in _values(chart.categories, values)):
        return AxDataSource(strRef=_texts(chart.categories, values))
    return AxDataSource(numRef=_numbers(chart.categories, chart.category_format, values))


def _numbers(area: Area, code: str, values: Values) -> NumRef:
    """Blanks and n/a have no point in the cache, as they have none in the picture."""
    cached = _values(area, values)
    points = [NumVal(idx=i, v=repr(value)) for i, value in enumerate(cached) if _is_number(value)]
    return NumRef(f=sheet_reference(area), numCache=NumData(formatCode=code, ptCount=len(cached), pt=points))


def _texts(area: Area, values: Values) -> StrRef:
    cached = _values(area, values)
    points = [StrVal(idx=i, v=plain_text(value)) for i, value in enumerate(cached) if isinstance(value, str)]
    return StrRef(f=sheet_reference(area), strCache=StrData(ptCount=len(cached), pt=points))


def _values(area: Area, values: Values) -> list[Value]:
    return [values.row(area.first.sheet, row)[column] for row, column in cells_of(area)]


def _is_number(value: Value) -> TypeGuard[float]:
    return isinstance(value, float | int) and not isinstance(value, bool)
