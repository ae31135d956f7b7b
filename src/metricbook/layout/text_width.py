"""How wide a text and a column are on a screen, in pixels at 96 to the inch, as Excel shows the workbook's type."""

from __future__ import annotations

from functools import cache
from math import ceil

from metricbook.layout.glyphs import BOLD, EM, REGULAR
from metricbook.layout.plan import DIGIT, PADDING

INDENT = 9  # pixels of one step
PIXELS_A_POINT = 96 / 72
LINE_HEIGHT = 1.22  # of a line of text, in its size


def text_width(text: str, size: float, bold: bool = False) -> int:
    """The width of one line of text. A letter that Calibri lacks counts as a square."""
    widths = _widths(bold)
    units = sum(widths.get(letter, EM) for letter in text)
    return ceil(units / EM * size * PIXELS_A_POINT)


def column_pixels(characters: float) -> int:
    """The width of a column that is so many digits wide."""
    return int(DIGIT * characters + 0.5) + PADDING


def characters(pixels: int) -> float:
    """How many digits wide a column of so many pixels is."""
    return (pixels - PADDING) / DIGIT


def lines_of(text: str, size: float, width: float, bold: bool = False) -> int:
    """How many lines a text takes that is broken between words."""
    lines = 0
    for paragraph in text.split("\n"):
        line = ""
        lines += 1
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and text_width(longer, size, bold) > width:
                lines, line = lines + 1, word
            else:
                line = longer
    return lines


def lines_height(lines: int, size: float) -> float:
    """The height of lines of text, in points."""
    return lines * size * LINE_HEIGHT + 2


@cache
def _widths(bold: bool) -> dict[str, int]:
    table = BOLD if bold else REGULAR
    return {letter: width for width, letters in table.items() for letter in letters}
