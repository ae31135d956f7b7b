"""Conditional formats: what a cell looks like while a formula is true."""

from __future__ import annotations

from typing import Any, Literal

from openpyxl.formatting.rule import Rule as ExcelRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle

from metricbook.formula.excel import template
from metricbook.layout.plan import Rule
from metricbook.workbook.colours import (
    ACCENT,
    BAD_FILL,
    BAD_TEXT,
    FAIR_FILL,
    FAIR_TEXT,
    GOOD_FILL,
    GOOD_TEXT,
    NEXT_FILL,
    OFF_FILL,
    OFF_TEXT,
    QUIET,
    WHITE,
)
from metricbook.workbook.places import area_address

_Look = Literal["good", "fair", "bad", "quiet", "wrong", "next", "next_header", "off"]

# look → (text colour, fill, whether accent lines stand left and right); "" leaves what the cell has
LOOKS: dict[_Look, tuple[str, str, bool]] = {
    "good": (GOOD_TEXT, GOOD_FILL, False),
    "fair": (FAIR_TEXT, FAIR_FILL, False),
    "bad": (BAD_TEXT, BAD_FILL, False),
    "quiet": (QUIET, "", False),
    "wrong": (BAD_TEXT, BAD_FILL, False),
    "next": ("", NEXT_FILL, True),
    "next_header": (WHITE, ACCENT, False),
    "off": (OFF_TEXT, OFF_FILL, False),
}


def add_rules(sheet: Any, rules: tuple[Rule, ...]) -> None:
    """Put the conditional formats on an openpyxl sheet; the first rule that is true wins."""
    for rule in rules:
        formula = template(rule.formula).at(rule.area.first.column)
        excel = ExcelRule("expression", dxf=_difference(*LOOKS[rule.look]), formula=[formula], stopIfTrue=True)
        sheet.conditional_formatting.add(area_address(rule.area), excel)


def _difference(text: str, fill: str, lines: bool) -> DifferentialStyle:
    side = Side("thin", "FF" + ACCENT)
    return DifferentialStyle(
        font=Font(color="FF" + text) if text else None,
        # Excel paints a conditional fill with the background colour, LibreOffice reads either
        fill=PatternFill("solid", fgColor="FF" + fill, bgColor="FF" + fill) if fill else None,
        border=Border(left=side, right=side) if lines else None,
    )
