"""How a sheet prints: paper, what repeats, where pages break, what stands above and below."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties

from metricbook.formula.excel import letters
from metricbook.layout.plan import DIGIT, PADDING, Plan, Sheet
from metricbook.workbook.colours import QUIET
from metricbook.workbook.places import area_address, extent
from metricbook.workbook.text import plain_text, shortened

A4 = 9
A4_INCHES = (8.27, 11.69)
SIDE, TOP, BOTTOM, EDGE = 0.4, 0.5, 0.5, 0.25  # margins in inches
DEFAULT_WIDTH = 8.43
LOWEST_SCALE = 40
USED = 0.93  # of the paper's width: a digit is 7 pixels on a screen and 7.4 on paper, and columns count in digits
PART_LENGTH = 100  # of a header's 255 characters


def set_print(target: Any, plan: Plan, sheet: Sheet) -> None:
    """The page set-up of one sheet."""
    _set_pages(target, sheet)
    _set_titles(target, sheet)
    _set_margins(target)
    target.print_options.horizontalCentered = sheet.kind == "page"
    _set_header(target, plan)


def _set_pages(target: Any, sheet: Sheet) -> None:
    page, setup = sheet.print, target.page_setup
    setup.paperSize = A4
    setup.orientation = "landscape" if page.landscape else "portrait"
    if page.pages_wide:
        target.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        setup.fitToWidth, setup.fitToHeight = page.pages_wide, 0
    else:
        setup.scale = _scale(sheet)
    for column in page.break_before:
        target.col_breaks.append(Break(id=column - 1))
    for row in page.break_above:
        target.row_breaks.append(Break(id=row - 1))


def _set_titles(target: Any, sheet: Sheet) -> None:
    rows, columns = extent(sheet)
    whole = f"A1:{letters(columns)}{rows}"
    target.print_area = ",".join(map(area_address, sheet.print.areas)) or whole
    if sheet.print.title_rows:
        target.print_title_rows = "{}:{}".format(*sheet.print.title_rows)
    if sheet.print.title_columns:
        target.print_title_cols = ":".join(map(letters, sheet.print.title_columns))


def _set_margins(target: Any) -> None:
    margins = target.page_margins
    margins.left = margins.right = SIDE
    margins.top, margins.bottom = TOP, BOTTOM
    margins.header = margins.footer = EDGE


def _set_header(target: Any, plan: Plan) -> None:
    parts = target.oddHeader.left, target.oddFooter.left, target.oddFooter.center, target.oddFooter.right
    for part, text in zip(parts, (_literal(plan.header), _literal(plan.footer), "&A", "&P / &N"), strict=True):
        part.text, part.size, part.color = text, 8, QUIET


def _literal(text: str) -> str:
    """An ampersand begins a code here, so a real one is written twice."""
    return shortened(plain_text(text).replace("\n", " "), PART_LENGTH // 2).replace("&", "&&")


def _scale(sheet: Sheet) -> int:
    """The percentage at which the widest page between two breaks fits the paper, repeated columns included."""
    widths, (_, last) = dict(sheet.widths), extent(sheet)
    starts = [1, *sorted(sheet.print.break_before), last + 1]
    titles = sheet.print.title_columns
    repeated = _inches(range(titles[0], titles[1] + 1), widths) if titles else 0.0
    pages = [_inches(range(a, b), widths) for a, b in pairwise(starts)]
    widest = max([pages[0], *(page + repeated for page in pages[1:])])
    paper = A4_INCHES[sheet.print.landscape] - 2 * SIDE
    return max(LOWEST_SCALE, min(sheet.print.largest, int(100 * USED * paper / widest)))


def _inches(columns: range, widths: dict[int, float]) -> float:
    return sum(DIGIT * widths.get(column, DEFAULT_WIDTH) + PADDING for column in columns) / 96
