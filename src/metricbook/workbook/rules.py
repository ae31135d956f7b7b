"""Conditional formats: what a cell looks like while a formula is true."""

from __future__ import annotations

from typing import Literal

from openpyxl import Workbook
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from metricbook.formula.excel import template
from metricbook.layout.plan import Rule, RuleLook
from metricbook.workbook.colours import (
    ACCENT,
    BAD_FILL,
    BAD_TEXT,
    BAR,
    FAIR_FILL,
    FAIR_TEXT,
    GOOD_FILL,
    GOOD_TEXT,
    HAIRLINE,
    NEXT_BAR,
    NEXT_FILL,
    OFF_FILL,
    OFF_TEXT,
    ON_BAR,
    ON_NEXT_BAR,
    QUIET,
    WHITE,
)
from metricbook.workbook.places import area_address
from metricbook.workbook.text import escaped
from metricbook.workbook.theme import Theme, theme_of

_Sides = Literal["", "left right", "bottom"]

FIRST_FORMAT = 500  # numbers of formats that only conditional formats have; those of cells begin at 164

# look → (text colour, fill, on which sides lines stand); "" leaves what the cell has.
# The fill of the period to fill follows no brand: a tint of a red or an orange would look like a status.
LOOKS: dict[RuleLook, tuple[str, str, _Sides]] = {
    "good": (GOOD_TEXT, GOOD_FILL, ""),
    "fair": (FAIR_TEXT, FAIR_FILL, ""),
    "bad": (BAD_TEXT, BAD_FILL, ""),
    "quiet": (QUIET, "", ""),
    "wrong": (BAD_TEXT, BAD_FILL, ""),
    "next": ("", NEXT_FILL, "left right"),
    "next_header": (ON_NEXT_BAR, NEXT_BAR, ""),
    "off": (OFF_TEXT, OFF_FILL, ""),
    "unseen": (WHITE, "", ""),  # signs between numbers that are not there
    "number": ("", "", ""),
    "header": (ON_BAR, BAR, ""),
    "row": ("", "", "bottom"),
}


class Differences:
    """Gives every look its number among the differential styles of one workbook."""

    def __init__(self, workbook: Workbook, theme: Theme | None = None) -> None:
        self._styles, self._colour = workbook._differential_styles, (theme or theme_of()).colour
        self._numbers: dict[tuple[RuleLook, str], int] = {}
        self._formats: dict[str, int] = {}

    def number(self, look: RuleLook, format: str = "") -> int:
        """The place of a look with a number format in the stylesheet."""
        if (look, format) not in self._numbers:
            difference = self._difference(*LOOKS[look], bold=look == "header")
            if format:
                number = FIRST_FORMAT + self._formats.setdefault(format, len(self._formats))
                difference.numFmt = NumberFormat(numFmtId=number, formatCode=format)
            self._numbers[look, format] = int(self._styles.add(difference))
        return self._numbers[look, format]

    def _difference(self, text: str, fill: str, sides: _Sides, bold: bool) -> DifferentialStyle:
        side = Side("thin", "FF" + self._colour(HAIRLINE if sides == "bottom" else ACCENT))
        text, fill = self._colour(text), self._colour(fill)
        return DifferentialStyle(
            font=Font(color="FF" + text, b=bold or None) if text else None,
            # Excel paints a conditional fill with the background colour, LibreOffice reads either
            fill=PatternFill("solid", fgColor="FF" + fill, bgColor="FF" + fill) if fill else None,
            border=Border(**dict.fromkeys(sides.split(), side)) if sides else None,
        )


def rules_xml(rules: tuple[Rule, ...], differences: Differences) -> str:
    """The conditional formats of a sheet; the first rule that is true wins."""
    areas: dict[str, list[str]] = {}
    for priority, rule in enumerate(rules, 1):
        formula = escaped(template(rule.formula).at(rule.area.first.column))
        number = f'priority="{priority}" dxfId="{differences.number(rule.look, rule.format)}"'
        areas.setdefault(area_address(rule.area), []).append(
            f'<cfRule type="expression" {number} stopIfTrue="1"><formula>{formula}</formula></cfRule>'
        )
    return "".join(
        f'<conditionalFormatting sqref="{area}">{"".join(found)}</conditionalFormatting>'
        for area, found in areas.items()
    )
