"""How wide a text and a column are on a screen, in pixels at 96 to the inch, as Excel shows the workbook's type."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from math import ceil

from metricbook.layout.glyphs import BOLD, EM, REGULAR
from metricbook.layout.plan import DIGIT, PADDING

INDENT = 9  # pixels of one step
PIXELS_A_POINT = 96 / 72
_BREAKS = re.compile(r"(?<=[ -])")
LINE_HEIGHT = 1.22  # of a line of text, in its size


@lru_cache(maxsize=20_000)
def text_width(text: str, size: float, bold: bool = False) -> int:
    """The width of one line of text. A letter that Calibri lacks counts as a square."""
    units = sum(map(_widths(bold).__getitem__, text))
    return ceil(units / EM * size * PIXELS_A_POINT)


def column_pixels(characters: float) -> int:
    """The width of a column that is so many digits wide."""
    return int(DIGIT * characters + 0.5) + PADDING


def characters(pixels: int) -> float:
    """How many digits wide a column of so many pixels is."""
    return (pixels - PADDING) / DIGIT


def shortened(text: str, size: float, width: float, bold: bool = False) -> str:
    """As many words as fit, and … for the others."""
    if text_width(text, size, bold) <= width:
        return text
    words = text.split()
    while len(words) > 1 and text_width(f"{' '.join(words)} …", size, bold) > width:
        words.pop()
    return f"{' '.join(words)} …"


def lines_of(text: str, size: float, width: float, bold: bool = False) -> int:
    """How many lines a text takes that is broken between words, after hyphens, and inside a word that is too long."""
    lines = 0
    for paragraph in text.split("\n"):
        lines, line = lines + 1, ""
        for piece in _BREAKS.split(paragraph):
            if line and text_width((line + piece).rstrip(), size, bold) > width:
                lines, line = lines + 1, ""
            line += piece
            if text_width(line, size, bold) > width:
                more = ceil(text_width(line.rstrip(), size, bold) / width) - 1
                lines, line = lines + more, line if more == 0 else ""
    return lines


def lines_height(lines: int, size: float) -> float:
    """The height of lines of text, in points."""
    return lines * size * LINE_HEIGHT + 2


class _Widths(dict[str, int]):
    """The width of each letter; one that is not there is a square."""

    def __missing__(self, letter: str) -> int:
        return EM


@cache
def _widths(bold: bool) -> _Widths:
    table = BOLD if bold else REGULAR
    return _Widths((letter, width) for width, letters in table.items() for letter in letters)
