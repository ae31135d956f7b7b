"""The texts of a chart, in the workbook's own type."""

from __future__ import annotations

from openpyxl.chart.layout import Layout
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.fill import ColorChoice
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)

from metricbook.workbook.colours import QUIET
from metricbook.workbook.styles import FONT
from metricbook.workbook.text import plain_text


def title(
    words: str, size: int, colour: str, bold: bool = False, layout: Layout | None = None, note: str = ""
) -> Title:
    """A chart's or an axis' title, with a note behind it in small grey letters."""
    look = _look(size, colour, bold)
    runs = [RegularTextRun(rPr=look, t=plain_text(words))]
    if note:
        runs.append(RegularTextRun(rPr=_look(9, QUIET, bold=False), t=plain_text(f"   {note}")))
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=look), r=runs)
    return Title(tx=Text(rich=RichText(bodyPr=RichTextProperties(), p=[paragraph])), layout=layout, overlay=False)


def text_style(size: int, colour: str, bold: bool = False) -> RichText:
    """How labels look whose words come from cells."""
    look = _look(size, colour, bold)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=look), endParaRPr=CharacterProperties())
    return RichText(bodyPr=RichTextProperties(), p=[paragraph])


def _look(size: int, colour: str, bold: bool) -> CharacterProperties:
    return CharacterProperties(
        sz=size * 100, b=bold, solidFill=ColorChoice(srgbClr=colour), latin=Font(typeface=FONT)
    )
