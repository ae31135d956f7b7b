"""The plan becomes a file. Read this first; each line here is a file beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty

from metricbook.layout.plan import Plan, Sheet
from metricbook.workbook.charts import add_charts
from metricbook.workbook.colours import ACCENT
from metricbook.workbook.drawing import PlacedImage
from metricbook.workbook.extras import extensions, ignored_errors
from metricbook.workbook.fit import fitted
from metricbook.workbook.package import Extras, packed
from metricbook.workbook.printing import set_print
from metricbook.workbook.rows import Tables, Values, sheet_rows
from metricbook.workbook.rules import Differences, rules_xml
from metricbook.workbook.sheets import add_table, links_xml, protect, set_view, widths_xml
from metricbook.workbook.strings import Strings
from metricbook.workbook.styles import Styles
from metricbook.workbook.text import plain_text
from metricbook.workbook.theme import Theme, theme_of
from metricbook.workbook.validations import validations_xml

AUTHOR = "metricbook"
WRITTEN = datetime(2000, 1, 1)  # no clock: the same plan gives the same bytes


def write(plan: Plan, values: Values) -> bytes:
    """The workbook as the bytes of an .xlsx file, every formula with its value beside it."""
    plan = fitted(plan, values)
    workbook = Workbook()
    workbook.remove(workbook.active)
    _set_properties(workbook, plan)
    theme = theme_of(plan.accent)
    tables = Tables(Styles(workbook, theme), Strings(), Differences(workbook, theme), plan.down)
    extras = {sheet.name: _add_sheet(workbook, plan, sheet, values, tables, theme) for sheet in plan.sheets}
    workbook.active = 0
    return packed(workbook, plan.anchors, extras, tables.strings, theme)


def _add_sheet(workbook: Workbook, plan: Plan, sheet: Sheet, values: Values, tables: Tables, theme: Theme) -> Extras:
    target: Any = workbook.create_sheet(sheet.name)
    set_view(target, sheet, theme.tabs[sheet.kind], active=sheet is plan.sheets[0])
    set_print(target, plan, sheet)
    if sheet.kind != "records":  # a table grows, and its rows are deleted and sorted, only where nothing is locked
        protect(target)
    add_table(target, sheet.table)
    add_charts(target, sheet.charts, values, theme)
    target._images += map(PlacedImage, sheet.pictures)
    return Extras(
        columns=widths_xml(sheet, tables.styles),
        rows=sheet_rows(sheet, values, tables),
        rules=rules_xml(sheet.rules, tables.differences),
        validations=validations_xml(sheet.validations),
        links=links_xml(sheet.links),
        ignored_errors=ignored_errors(sheet),
        extensions=extensions(sheet, theme.colour(ACCENT)),
    )


def _set_properties(workbook: Workbook, plan: Plan) -> None:
    properties = workbook.properties
    properties.title, properties.subject = plain_text(plan.title), plain_text(plan.subject)
    properties.creator = properties.lastModifiedBy = AUTHOR
    properties.created = properties.modified = WRITTEN
    for name, value in plan.properties:
        workbook.custom_doc_props.append(StringProperty(name=name, value=plain_text(value)))
