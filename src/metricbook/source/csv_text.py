"""CSV as spreadsheets save it, with the place of every cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from metricbook.problems import Location, Problem, Refused
from metricbook.source.document import Lines


class Cell(NamedTuple):
    """One cell: its text without quotes, and where it begins and ends inside them."""

    text: str
    start: int
    end: int
    lines: Lines

    @property
    def at(self) -> Location:
        """Its place."""
        return self.lines.at(self.start, self.end)

    @property
    def line(self) -> int:
        """Its line."""
        return self.at.line

    @property
    def number(self) -> None:
        """A text; what number it spells is for its reader to say."""
        return None


LOOKED_AT = 50  # lines; of a long file the first tell enough
_QUOTED = re.compile(r'"(?:[^"]|"")*"')


def separator(text: str) -> str:
    """Return what separates the cells: the sign that most lines have equally often, a comma, a semicolon or a tab.

    Lines of words above the table, and decimal commas in it, mislead whoever looks at one line.
    """
    lines = [_QUOTED.sub("", line) for line in text.split("\n", LOOKED_AT)[:LOOKED_AT]]

    def alike(sign: str) -> tuple[int, int]:
        counts = Counter(count for line in lines if (count := line.count(sign)))
        return max(((often, count) for count, often in counts.items()), default=(0, 0))

    return max(",;\t", key=alike)


def rows(text: str, file: str, sign: str = "") -> Iterator[list[Cell]]:
    """Give the lines that hold anything, as cells; raise Refused at a quote that is never closed."""
    lines, sign = Lines(file, text), sign or separator(text)
    between = re.escape(sign)
    cell = re.compile(rf' *"((?:[^"]|"")*)" *(?={between}|\r?\n|\Z)|([^{between}\r\n]*)')
    row: list[Cell] = []
    at = 0
    while at <= len(text):
        if not row and (plain := _plain_line(text, at, sign, lines)) is not None:
            cells, at = plain
            if cells:
                yield cells
            continue
        found = cell.match(text, at)
        assert found is not None  # the second branch matches anything, even nothing
        quoted = found.group(1) is not None
        start, end = found.span(1 if quoted else 2)
        if not quoted and text[start:end].lstrip().startswith('"'):
            hint = 'A quote inside quotes is written twice: "a ""b"" c".'
            raise Refused(
                [Problem("open-quote", "This quote is not closed properly.", hint, lines.at(start, start + 1))]
            )
        inside = text[start:end].replace('""', '"') if quoted else text[start:end].strip()
        row.append(Cell(inside, start, end, lines))
        at = found.end()
        if text.startswith(sign, at):
            at += 1
            continue
        if any(part.text for part in row):
            yield row
        row = []
        at += 2 if text.startswith("\r\n", at) else 1


def _plain_line(text: str, at: int, sign: str, lines: Lines) -> tuple[list[Cell], int] | None:
    """The cells of a line without quotes and where the next begins; most lines are such, and splitting is quick."""
    end = text.find("\n", at)
    end = end if end >= 0 else len(text)
    line = text[at:end]
    if '"' in line or "\r" in line[:-1]:
        return None
    cells = []
    for part in line.removesuffix("\r").split(sign):
        cells.append(Cell(part.strip(), at, at + len(part), lines))
        at += len(part) + 1
    return cells if any(each.text for each in cells) else [], end + 1
