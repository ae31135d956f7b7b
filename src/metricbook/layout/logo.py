"""The client's logo at the right end of a sheet's first row, as high as the row allows, its shape kept."""

from __future__ import annotations

from io import BytesIO
from typing import Literal

from metricbook.formula.tree import Cell
from metricbook.layout.book import Book
from metricbook.layout.canvas import Canvas
from metricbook.layout.plan import Picture
from metricbook.layout.text_width import characters, column_pixels, text_width

ROW = 1
ROW_HEIGHT = 37  # pixels; titles have as many, so that a logo takes no room from what is below
HEIGHT, WIDEST, EDGE = 34, 210, 2  # pixels; a long logo is lower
TITLE_SIZE = 20


def draw(book: Book, canvas: Canvas, last: int, title: str = "", title_at: int = 0) -> None:
    """Put the logo at the right end of the column `last`; without a logo nothing changes.

    Where a title that begins in the column `title_at` would run under it, the logo gets a column of its own.
    """
    content = book.settings.logo
    if content is None:
        return
    kind, width, height = _measured(content)
    scale = min(HEIGHT / height, WIDEST / width)
    across, high = max(1, round(width * scale)), max(1, round(height * scale))
    free = sum(_pixels(canvas, column) for column in range(title_at, last + 1)) if title else 0
    if title and text_width(title, TITLE_SIZE, bold=True) + across + 2 * EDGE > free:
        column, left = last + 1, EDGE
        canvas.widths[column] = characters(across + 2 * EDGE)
    else:
        column, left = _from_the_right(canvas, last, across + EDGE)
    alt = f"Logo of {book.settings.client}" if book.settings.client else "Logo"
    offset = left, (ROW_HEIGHT - high) // 2
    canvas.pictures.append(Picture(content, kind, alt, Cell(ROW, column, fixed=True), offset, (across, high)))


def _pixels(canvas: Canvas, column: int) -> int:
    return column_pixels(canvas.widths[column])


def _from_the_right(canvas: Canvas, column: int, distance: int) -> tuple[int, int]:
    """The column, and the pixels inside it, so far left of the end of a column."""
    while _pixels(canvas, column) < distance:
        distance -= _pixels(canvas, column)
        column -= 1
    return column, _pixels(canvas, column) - distance


def _measured(content: bytes) -> tuple[Literal["png", "jpeg"], int, int]:
    """The kind of a picture (png or jpeg), its width and its height."""
    from PIL import Image

    with Image.open(BytesIO(content)) as picture:
        return "jpeg" if picture.format == "JPEG" else "png", *picture.size
