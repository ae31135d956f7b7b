"""The same finished workbook by plain openpyxl, as a script would write it: cells, named styles, `save`.

What a script would have at hand is made ready first and not timed: every cell's address, content and style's name,
the formulas as finished texts. Left out is what openpyxl cannot write at all: values beside formulas, sparklines,
alternative texts and the numbers a chart keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, Reference, Series
from openpyxl.chart.data_source import StrRef
from openpyxl.chart.series import SeriesLabel
from openpyxl.formatting.rule import FormulaRule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break

from metricbook.formula.excel import letters, template
from metricbook.formula.tree import Area
from metricbook.layout.plan import Chart, Plan, Run, Sheet, Style
from metricbook.workbook import rules
from metricbook.workbook.places import area_address, cell_address, extent, quoted, sheet_reference
from metricbook.workbook.printing import A4, SIDE
from metricbook.workbook.styles import LOOKS
from metricbook.workbook.text import plain_text
from metricbook.workbook.theme import theme_of
from metricbook.workbook.validations import bounds

Cells = list[tuple[int, int, Any, str]]  # row, column, content, name of the style
THEME = theme_of()


def writer(plan: Plan) -> Callable[[], bytes]:
    """Make ready what is not timed; the function that comes back is."""
    styles = _style_names(plan)
    cells = [_cells(plan, sheet, styles) for sheet in plan.sheets]
    formulas = [[template(r.formula).at(r.area.first.column) for r in sheet.rules] for sheet in plan.sheets]

    def write() -> bytes:
        book = Workbook()
        book.remove(book.active)
        for style, name in styles.items():
            book.add_named_style(_named_style(name, style))
        for sheet, prepared, conditions in zip(plan.sheets, cells, formulas, strict=True):
            _add_sheet(book, plan, sheet, prepared, conditions)
        for anchor in plan.anchors:
            book.defined_names.add(DefinedName(anchor.name, attr_text=sheet_reference(anchor.area)))
        for name, value in plan.properties:
            book.custom_doc_props.append(StringProperty(name=name, value=value))
        book.properties.title, book.properties.subject = plan.title, plan.subject
        file = BytesIO()
        book.save(file)
        return file.getvalue()

    return write


def _style_names(plan: Plan) -> dict[Style, str]:
    used = {run.style: None for sheet in plan.sheets for run in sheet.runs}
    return {style: f"{style.role} {number}" for number, style in enumerate(used)}


def _cells(plan: Plan, sheet: Sheet, styles: dict[Style, str]) -> Cells:
    placed = (
        (run.row, position, content, styles[run.style])
        for run in sheet.runs
        for position, content in zip(range(run.first, run.last + 1), _contents(plan, run, sheet.name), strict=True)
    )
    return [(place, line, *rest) for line, place, *rest in placed] if sheet.down else list(placed)


def _contents(plan: Plan, run: Run, home: str) -> Iterator[Any]:
    content, columns = run.content, range(run.first, run.last + 1)
    if isinstance(content, tuple):
        yield from map(_plain, content)
    elif content is None or isinstance(content, float | int | str):
        yield from (_plain(content) for _ in columns)
    else:
        text = template(content, home, plan.down)
        yield from ("=" + text.at(column, run.row) for column in columns)


def _plain(value: Any) -> Any:
    return (plain_text(value) or None) if isinstance(value, str) else value


def _argb(colour: str) -> str:
    return "FF" + THEME.colour(colour)


def _named_style(name: str, style: Style) -> NamedStyle:
    look = LOOKS[style.role]
    underline = "single" if look.underline else None
    return NamedStyle(
        name,
        font=Font(name="Calibri", sz=look.size, b=look.bold, i=look.italic, u=underline, color=_argb(look.color)),
        fill=PatternFill("solid", fgColor=_argb(look.fill)) if look.fill else PatternFill(),
        border=Border(**{side: Side(line, _argb(color)) for side, (line, color) in look.edges}),
        alignment=Alignment(horizontal=look.across, vertical=look.down, wrap_text=look.wrap, indent=look.indent),
        protection=Protection(locked=not look.open),
        number_format=style.format,
    )


def _add_sheet(book: Workbook, plan: Plan, sheet: Sheet, cells: Cells, conditions: list[str]) -> None:
    target = book.create_sheet(sheet.name)
    for row, column, content, style in cells:
        cell = target.cell(row, column, content)
        cell.style = style
    for column, width in sheet.widths:
        target.column_dimensions[letters(column)].width = width
    for row, height in sheet.heights:
        target.row_dimensions[row].height = height
    _set_up(target, plan, sheet)
    _add_rules(target, sheet, conditions)
    for validation in sheet.validations:
        excel = DataValidation(
            **bounds(validation), allow_blank=True, showErrorMessage=True, showInputMessage=True,
            promptTitle=validation.title[:32], prompt=validation.prompt[:255], error=validation.error[:255],
        )  # fmt: skip
        target.add_data_validation(excel)
        excel.add(area_address(validation.area))
    for link in sheet.links:
        location = f"{quoted(link.target.sheet)}!{cell_address(link.target)}"
        address = cell_address(link.at)
        target[address].hyperlink = Hyperlink(ref=address, location=location, tooltip=link.tip or None)
    for chart in sheet.charts:
        target.add_chart(_chart(chart), cell_address(chart.first))


def _set_up(target: Any, plan: Plan, sheet: Sheet) -> None:
    """How the sheet opens and prints."""
    target.sheet_properties.tabColor = "FF" + THEME.tabs[sheet.kind]
    target.sheet_view.showGridLines, target.sheet_view.zoomScale = False, sheet.zoom
    target.freeze_panes = cell_address(sheet.freeze) if sheet.freeze else None
    target.protection.sheet = True
    page, (rows, columns) = sheet.print, extent(sheet)
    target.page_setup.paperSize = A4
    target.page_setup.orientation = "landscape" if page.landscape else "portrait"
    target.sheet_properties.pageSetUpPr.fitToPage = bool(page.pages_wide)
    target.page_setup.fitToHeight = 0
    target.page_margins.left = target.page_margins.right = SIDE
    target.print_area = f"A1:{letters(columns)}{rows}"
    if page.title_rows:
        target.print_title_rows = "{}:{}".format(*page.title_rows)
    if page.title_columns:
        target.print_title_cols = ":".join(map(letters, page.title_columns))
    for column in page.break_before:
        target.col_breaks.append(Break(id=column - 1))
    for row in page.break_above:
        target.row_breaks.append(Break(id=row - 1))
    target.oddHeader.left.text, target.oddFooter.left.text = plan.header, plan.footer
    target.oddFooter.right.text = "&P / &N"


def _add_rules(target: Any, sheet: Sheet, conditions: list[str]) -> None:
    for rule, condition in zip(sheet.rules, conditions, strict=True):
        text, fill, _ = rules.LOOKS[rule.look]
        excel = FormulaRule(
            [condition],
            stopIfTrue=True,
            font=Font(color=_argb(text)) if text else None,
            fill=PatternFill("solid", bgColor=_argb(fill)) if fill else None,
        )
        target.conditional_formatting.add(area_address(rule.area), excel)


def _chart(chart: Chart) -> Any:
    """A chart with its title, axes, formats, colours and size, as far as a script would go."""
    excel = LineChart() if chart.kind == "line" else BarChart()
    if chart.kind != "line":
        excel.type, excel.gapWidth = ("bar" if chart.kind == "bar" else "col"), 50
    excel.title = chart.title
    excel.width, excel.height = 16, 7.5
    for part in chart.series:
        series = Series(_reference(part.values))
        series.tx = SeriesLabel(strRef=StrRef(sheet_reference(part.name)))
        colour = THEME.series.get(part.part, "8A94A6")
        if chart.kind == "line":
            series.smooth, series.graphicalProperties.line.solidFill = False, colour
            series.graphicalProperties.line.width = 28_575
        else:
            series.graphicalProperties.solidFill = colour
        excel.series.append(series)
    excel.set_categories(_reference(chart.categories))
    for axis, code in ((excel.x_axis, chart.category_format), (excel.y_axis, chart.format)):
        axis.delete, axis.number_format = False, code
    excel.y_axis.title = chart.axis_title or None
    if len(chart.series) == 1:
        excel.legend = None
    else:
        excel.legend.position = "t"
    return excel


def _reference(area: Area) -> Reference:
    first, last = area.first, area.last
    return Reference(
        _Titled(first.sheet), min_col=first.column, min_row=first.row, max_col=last.column, max_row=last.row
    )


class _Titled:
    """All that a reference of openpyxl asks of its sheet, which may not be written yet."""

    def __init__(self, title: str) -> None:
        self.title = title
