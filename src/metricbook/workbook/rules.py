"""Conditional formats: what a cell looks like while a formula is true."""

from __future__ import annotations

from typing import Literal

from openpyxl import Workbook
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
    NEXT_BAR,
    NEXT_FILL,
    OFF_FILL,
    OFF_TEXT,
    ON_NEXT_BAR,
    QUIET,
    WHITE,
)
from metricbook.workbook.places import area_address
from metricbook.workbook.text import escaped
from metricbook.workbook.theme import Theme, theme_of

_Look = Literal["good", "fair", "bad", "quiet", "wrong", "next", "next_header", "off", "unseen"]

# look → (text colour, fill, whether accent lines stand left and right); "" leaves what the cell has.
# The fill of the period to fill follows no brand: a tint of a red or an orange would look like a status.
LOOKS: dict[_Look, tuple[str, str, bool]] = {
    "good": (GOOD_TEXT, GOOD_FILL, False),
    "fair": (FAIR_TEXT, FAIR_FILL, False),
    "bad": (BAD_TEXT, BAD_FILL, False),
    "quiet": (QUIET, "", False),
    "wrong": (BAD_TEXT, BAD_FILL, False),
    "next": ("", NEXT_FILL, True),
    "next_header": (ON_NEXT_BAR, NEXT_BAR, False),
    "off": (OFF_TEXT, OFF_FILL, False),
    "unseen": (WHITE, "", False),  # signs between numbers that are not there
}


class Differences:
    """Gives every look its number among the differential styles of one workbook."""

    def __init__(self, workbook: Workbook, theme: Theme | None = None) -> None:
        self._styles, self._colour = workbook._differential_styles, (theme or theme_of()).colour
        self._numbers: dict[_Look, int] = {}

    def number(self, look: _Look) -> int:
        """The look's place in the stylesheet."""
        if look not in self._numbers:
            self._numbers[look] = int(self._styles.add(self._difference(*LOOKS[look])))
        return self._numbers[look]

    def _difference(self, text: str, fill: str, lines: bool) -> DifferentialStyle:
        side, text, fill = Side("thin", "FF" + self._colour(ACCENT)), self._colour(text), self._colour(fill)
        return DifferentialStyle(
            font=Font(color="FF" + text) if text else None,
            # Excel paints a conditional fill with the background colour, LibreOffice reads either
            fill=PatternFill("solid", fgColor="FF" + fill, bgColor="FF" + fill) if fill else None,
            border=Border(left=side, right=side) if lines else None,
        )


def rules_xml(rules: tuple[Rule, ...], differences: Differences) -> str:
    """The conditional formats of a sheet; the first rule that is true wins."""
    areas: dict[str, list[str]] = {}
    for priority, rule in enumerate(rules, 1):
        formula = escaped(template(rule.formula).at(rule.area.first.column))
        number = f'priority="{priority}" dxfId="{differences.number(rule.look)}"'
        areas.setdefault(area_address(rule.area), []).append(
            f'<cfRule type="expression" {number} stopIfTrue="1"><formula>{formula}</formula></cfRule>'
        )
    return "".join(
        f'<conditionalFormatting sqref="{area}">{"".join(found)}</conditionalFormatting>'
        for area, found in areas.items()
    )
