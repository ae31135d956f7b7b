"""What each role looks like, and the numbers under which the stylesheet knows it."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any, get_args

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.numbers import BUILTIN_FORMATS_REVERSE

from metricbook.layout.plan import Role, Style
from metricbook.workbook.colours import (
    ACCENT,
    BAR,
    CARD,
    HAIRLINE,
    INPUT_EDGE,
    INPUT_FILL,
    INPUT_TEXT,
    LINK,
    LINK_TEXT,
    LOADED_EDGE,
    LOADED_FILL,
    NOTE_FILL,
    ON_BAR,
    QUIET,
    TEXT,
)
from metricbook.workbook.theme import Theme, theme_of

FONT = "Calibri"

# The Open XML SDK wants the children of a font in this order; openpyxl writes them in another.
Font.__elements__ = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name", "family",
    "charset", "scheme",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """A role's appearance. `edges` are pairs of a side's name and (line, colour); `open` cells may be typed into.

    Colours are six digits, or the name of one that the theme knows.
    """

    size: float = 10
    bold: bool = False
    italic: bool = False
    color: str = TEXT
    fill: str = ""
    edges: tuple[tuple[str, tuple[str, str]], ...] = ()
    across: str | None = None
    down: str = "center"
    indent: int = 0
    wrap: bool = False
    shrink: bool = False  # smaller letters rather than ####
    open: bool = False
    underline: bool = False


def _edges(sides: str, line: str, color: str) -> tuple[tuple[str, tuple[str, str]], ...]:
    return tuple((side, (line, color)) for side in sides.split())


_BOX = _edges("left right top bottom", "thin", INPUT_EDGE)
_LOADED = _edges("left right top bottom", "thin", LOADED_EDGE)
_UNDER = _edges("bottom", "thin", HAIRLINE)
_OVER = _edges("top", "thin", QUIET)
_CARD_TOP = _edges("top", "thin", HAIRLINE)
_STAR_TOP = _edges("top", "thick", ACCENT)

LOOKS: dict[Role, Look] = {
    "blank": Look(),
    "text": Look(),
    "quiet": Look(size=9, color=QUIET),
    "title": Look(size=20, bold=True),
    "question": Look(size=11, color=QUIET),
    "heading": Look(size=12, bold=True),
    "subheading": Look(bold=True),
    "header": Look(bold=True, color=ON_BAR, fill=BAR, across="left", indent=1, wrap=True),
    "header_right": Look(bold=True, color=ON_BAR, fill=BAR, across="right", wrap=True),
    "header_small": Look(size=8.5, bold=True, color=ON_BAR, fill=BAR, across="right", wrap=True),
    "header_flow": Look(bold=True, color=ON_BAR, fill=BAR, across="left", indent=1),
    "date_header": Look(bold=True, color=ON_BAR, fill=BAR, across="right"),
    "id": Look(size=8, color=QUIET),
    "key": Look(size=8, color=QUIET, across="right"),
    "label": Look(),
    "member": Look(color=QUIET, across="left", indent=1),
    "unit": Look(size=9, color=QUIET),
    "input": Look(color=INPUT_TEXT, fill=INPUT_FILL, edges=_BOX, open=True),
    "input_text": Look(color=INPUT_TEXT, fill=INPUT_FILL, edges=_BOX, across="left", indent=1, wrap=True, open=True),
    "input_loaded": Look(color=INPUT_TEXT, fill=LOADED_FILL, edges=_LOADED, open=True),
    "input_words": Look(color=INPUT_TEXT, fill=INPUT_FILL, edges=_BOX, across="left", indent=1, open=True),
    "input_words_loaded": Look(color=INPUT_TEXT, fill=LOADED_FILL, edges=_LOADED, across="left", indent=1, open=True),
    "input_text_loaded": Look(
        color=INPUT_TEXT, fill=LOADED_FILL, edges=_LOADED, across="left", indent=1, wrap=True, open=True
    ),
    "where_from": Look(size=9, color=INPUT_TEXT, fill=NOTE_FILL, edges=_BOX, across="left", indent=1, open=True),
    "setting": Look(color=INPUT_TEXT, fill=INPUT_FILL, edges=_BOX, across="left", open=True),
    "calc": Look(),
    "link": Look(color=LINK_TEXT),
    "result": Look(size=9, italic=True, color=QUIET),
    "total": Look(bold=True, edges=_OVER),
    "total_label": Look(bold=True, edges=_OVER),
    "preview": Look(italic=True, color=QUIET),
    "preview_label": Look(italic=True, color=QUIET, across="left", indent=1),
    "cell_label": Look(bold=True, edges=_UNDER, across="left", indent=1),
    "cell": Look(edges=_UNDER, across="right", shrink=True),
    "cell_text": Look(edges=_UNDER, across="left", indent=1),
    "cell_total": Look(bold=True, edges=_OVER, across="right", shrink=True),
    "cell_total_label": Look(bold=True, edges=_OVER, across="left", indent=1),
    "status": Look(bold=True, edges=_UNDER, across="left", indent=1),
    "card_label": Look(size=9, bold=True, color=QUIET, fill=CARD, edges=_CARD_TOP, across="left", indent=1),
    "card_star": Look(size=9, bold=True, color=QUIET, fill=CARD, edges=_STAR_TOP, across="left", indent=1),
    "card_value": Look(size=20, bold=True, fill=CARD, across="left", indent=1),
    "card_note": Look(size=9, color=QUIET, fill=CARD, across="left", indent=1),
    "card_note_right": Look(size=9, color=QUIET, fill=CARD, across="right", indent=1),
    "card_status": Look(bold=True, fill=CARD, across="left", indent=1),
    "card_spark": Look(fill=CARD),
    "item_label": Look(bold=True, across="left", indent=1),
    "item": Look(across="right", shrink=True),
    "item_text": Look(across="left", indent=1),
    "item_status": Look(bold=True, across="left", indent=1),
    "item_note": Look(size=9, color=QUIET, edges=_UNDER, across="left", indent=1),
    "explain_value": Look(across="center", shrink=True),
    "explain_sign": Look(color=QUIET, across="center"),
    "explain_result": Look(bold=True, across="center", shrink=True),
    "selector": Look(bold=True, color=INPUT_TEXT, fill=INPUT_FILL, edges=_BOX, across="center", open=True),
    "event_date": Look(size=9, color=QUIET, across="right"),
    "selector_label": Look(size=9, color=QUIET),
    "state": Look(size=9, color=QUIET),
    "constant": Look(),
    "code": Look(size=9, across="left"),
    "legend_input": Look(color=INPUT_TEXT, fill=INPUT_FILL, edges=_BOX),
    "legend_loaded": Look(color=INPUT_TEXT, fill=LOADED_FILL, edges=_LOADED),
    "legend_calc": Look(),
    "legend_link": Look(color=LINK_TEXT),
    "hyperlink": Look(color=LINK, underline=True),
    "rule_line": Look(size=4, edges=_edges("top", "medium", ACCENT)),
    "wrap": Look(down="top", wrap=True),
    "wrap_label": Look(bold=True, down="top", wrap=True),
    "wrap_value": Look(color=LINK_TEXT, down="top"),
    "remark": Look(size=9, color=QUIET, across="left", indent=1),
}
assert set(LOOKS) == set(get_args(Role)), "every role has a look"


class Styles:
    """Gives every (role, format, quoted) its number in the stylesheet of one workbook."""

    def __init__(self, workbook: Workbook, theme: Theme | None = None) -> None:
        self._book = workbook
        self._colour = (theme or theme_of()).colour
        self._numbers: dict[tuple[str, str, bool], int] = {}
        self._arrays: dict[str, StyleArray] = {}
        self._parts: dict[tuple[Callable[..., Any], tuple[Any, ...]], int] = {}

    def number(self, style: Style, quoted: bool = False) -> int:
        """The cell format's number; `quoted` keeps a text that looks like a formula a text when it is edited."""
        key = style.role, style.format, quoted
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = self._add(style, quoted)
        return found

    def _add(self, style: Style, quoted: bool) -> int:
        if style.role not in self._arrays:
            self._arrays[style.role] = self._array(LOOKS[style.role])
        array = copy(self._arrays[style.role])
        array.numFmtId, array.quotePrefix = self._format(style.format), int(quoted)
        return int(self._book._cell_styles.add(array))

    def _array(self, look: Look) -> StyleArray:
        """The numbers of a look's parts, without a number format."""
        book, array, argb = self._book, StyleArray(), self._argb
        edges = tuple((side, line, argb(colour)) for side, (line, colour) in look.edges)
        font = look.size, look.bold, look.italic, look.underline, argb(look.color)
        array.fontId = self._part(book._fonts, _font, *font)
        array.fillId = self._part(book._fills, _fill, look.fill and argb(look.fill))
        array.borderId = self._part(book._borders, _border, *edges)
        placed = look.across, look.down, look.wrap, look.shrink, look.indent
        array.alignmentId = self._part(book._alignments, _alignment, *placed)
        array.protectionId = self._part(book._protections, Protection, not look.open)
        return array

    def _part(self, table: Any, make: Callable[..., Any], *said: Any) -> int:
        """The number of a font, fill, border …; what is said of several looks is made once."""
        key = make, said
        if key not in self._parts:
            self._parts[key] = int(table.add(make(*said)))
        return self._parts[key]

    def _format(self, code: str) -> int:
        builtin = BUILTIN_FORMATS_REVERSE.get(code)
        return int(builtin if builtin is not None else 164 + self._book._number_formats.add(code))

    def _argb(self, colour: str) -> str:
        return "FF" + self._colour(colour)


def _font(size: float, bold: bool, italic: bool, underline: bool, colour: str) -> Font:
    line = "single" if underline else None
    return Font(name=FONT, sz=size, b=bold, i=italic, u=line, color=colour, family=2)


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour) if colour else PatternFill()


def _border(*edges: tuple[str, str, str]) -> Border:
    return Border(**{side: Side(line, colour) for side, line, colour in edges})


def _alignment(across: str | None, down: str, wrap: bool, shrink: bool, indent: int) -> Alignment:
    return Alignment(across, down, wrap_text=wrap or None, shrink_to_fit=shrink or None, indent=indent)
