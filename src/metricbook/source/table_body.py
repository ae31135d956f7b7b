"""Finds the table in an export: beneath lines of words, above totals and fine print, without rows not asked for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from metricbook.problems import Location, Problem, did_you_mean, there_is
from metricbook.source.raw_table import Cell, Line, RawTable
from metricbook.source.record_text import NOTHING

LOOKED_AT = 60
"""How many lines may stand above the headings."""

LONGEST_SAID = 60

# a whole cell, so "Total Wine & More" is nobody's total
_TOTAL = re.compile(
    r"(grand |sub[- ]?)?totals?(\s*[:(–—-].*)?|gesamt(summe)?|gesamtergebnis|summe|insgesamt|sum", re.IGNORECASE
)
ABOVE, COMMENT, TOTAL, BELOW = "above the headings", "comment", "total", "below the table"


def plain(name: str) -> str:
    """A heading without what people spell differently: capitals, blanks, underscores.

    >>> plain("Camp. Type ") == plain("camp_type")
    True
    """
    return "".join(letter for letter in name.casefold() if letter.isalnum()) or name.strip()


class Words:
    """Texts of a file and what they stand for. A * stands for any letters; what is written out goes first."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._exact = {key.strip().casefold(): value for key, value in known.items()}
        starred = ((key, value) for key, value in self._exact.items() if "*" in key)
        self._starred = [(re.compile(".*".join(map(re.escape, key.split("*"))), re.DOTALL), v) for key, v in starred]
        self._seen: dict[str, str | None] = {}

    def __call__(self, text: str) -> str | None:
        """What the text stands for; None where nothing says."""
        word = text.strip().casefold()
        if word not in self._seen:
            starred = (value for pattern, value in self._starred if pattern.fullmatch(word))
            self._seen[word] = self._exact[word] if word in self._exact else next(starred, None)
        return self._seen[word]


def quoted(word: str) -> str:
    """A word of a file for a reader: short, and without signs that would move a terminal's cursor."""
    shown = "".join(sign if sign.isprintable() else "·" for sign in word.strip())
    return f'"{shown if len(shown) <= LONGEST_SAID else shown[:LONGEST_SAID] + "…"}"' if shown else "(blank)"


@dataclass
class Body:
    """The rows of a table, what was left aside and why, and what is wrong."""

    header: Line = ()
    places: dict[str, int] = field(default_factory=dict)  # of the headings asked for
    rows: list[Line] = field(default_factory=list)
    aside: list[Line] = field(default_factory=list)  # rows not asked for
    total: int = 0  # the rows that there were
    passed: Counter[str] = field(default_factory=Counter)  # lines that are no rows, by what they are
    ignored: Counter[str] = field(default_factory=Counter)  # rows not asked for, by the reason
    refused: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)


def body_of(
    raw: RawTable,
    wanted: Collection[str],
    needed: Collection[str],
    where: Mapping[str, Words],
    anchors: Collection[str] = (),
    header_row: int | None = None,
) -> Body:
    """The rows beneath the headings. `wanted` are the headings asked for, `needed` those that must be there.

    `anchors` are headings whose cell is filled in every row (a date, a key); a total has none.
    """
    return _Finding(raw, wanted, needed, where, anchors, Body()).find(header_row)


@dataclass
class _Finding:
    raw: RawTable
    wanted: Collection[str]
    needed: Collection[str]
    where: Mapping[str, Words]
    anchors: Collection[str]
    body: Body

    def find(self, header_row: int | None) -> Body:
        lines, body = self.raw.lines, self.body
        number = self._header(header_row)
        if number is None:
            return body
        body.header = lines[number]
        self._place()
        if body.problems:
            return body
        if number:
            body.passed[ABOVE] = number
        below = self._without_fine_print(lines[number + 1 :])
        anchors = [body.places[name] for name in self.anchors if name in body.places]
        for line in below:
            self._take(line, anchors)
        return body

    def _header(self, header_row: int | None) -> int | None:
        """The number of the line of headings: the first that has all that are needed, else the one with most."""
        lines, at = self.raw.lines, Location(self.raw.file)
        if not lines:
            self.body.problems.append(Problem("no-rows", "The file is empty.", "", at))
            return None
        if header_row is not None:
            found = next((number for number, line in enumerate(lines) if line[0].line == header_row), None)
            if found is None:
                sentence = f"There is nothing on line {header_row}, where the headings should be."
                self.body.problems.append(Problem("no-headings", sentence, "Leave `header_row` out.", at))
            return found
        known = {plain(name) for name in self.wanted}
        counts = [len(known & {plain(cell.text) for cell in line}) for line in lines[:LOOKED_AT]]
        most = max(counts)
        return counts.index(most) if most else 0

    def _place(self) -> None:
        body = self.body
        wanted = {plain(name): name for name in self.wanted}
        for number, cell in enumerate(body.header):
            name = wanted.get(plain(cell.text))
            if name is None:
                continue
            if name in body.places:
                hint = "Rename one of them in the file, or leave it out of the export."
                body.problems.append(
                    Problem("same-column", f'The column "{cell.text}" is here twice.', hint, cell.at)
                )
            body.places.setdefault(name, number)
        others = [cell.text for cell in body.header if cell.text and plain(cell.text) not in wanted]
        for name in self.needed:
            if name not in body.places:
                hint = did_you_mean(name, others) or there_is(others)
                at = body.header[0].at
                body.problems.append(Problem("missing-column", f'There is no column "{name}".', hint, at))

    def _without_fine_print(self, lines: Sequence[Line]) -> Sequence[Line]:
        """The lines up to the last that fills more than one cell; beneath it stand dates, names and legal words."""
        end = len(lines)
        while end and len(self.body.header) > 2 and sum(1 for cell in lines[end - 1] if cell.text) == 1:
            end -= 1
        for line in lines[end:]:
            self.body.passed[TOTAL if self._is_total(line, []) else BELOW] += 1
        return lines[:end]

    def _is_total(self, line: Line, anchors: Sequence[int]) -> bool:
        """Does a cell say so, and is there nothing where every row has something? Without such a cell, the first."""
        there = [line[place].text.strip() for place in anchors if place < len(line)]
        if any(word not in NOTHING and not _TOTAL.fullmatch(word) for word in there):
            return False
        words = [word for cell in line if (word := cell.text.strip())]
        return any(_TOTAL.fullmatch(word) for word in (words if anchors else words[:1]))

    def _take(self, line: Line, anchors: Sequence[int]) -> None:
        body = self.body
        if line[0].text.startswith("#") and len([cell for cell in line if cell.text]) == 1:
            body.passed[COMMENT] += 1
        elif self._is_total(line, anchors):
            body.passed[TOTAL] += 1
        elif len(line) != len(body.header) and not _padded(line, len(body.header)):
            body.total += 1
            body.refused["another number of cells than headings"] += 1
            sentence = f"This row has {len(line)} cells, the headings {len(body.header)}."
            hint = "A cell with a separator inside needs quotes."
            body.problems.append(Problem("cell-count", sentence, hint, line[-1].at))
        else:
            body.total += 1
            reason = self._not_asked_for(line)
            if reason:
                body.ignored[reason] += 1
                body.aside.append(line)
            else:
                body.rows.append(line)

    def _not_asked_for(self, line: Line) -> str:
        """Why a row is left aside; "" where it is asked for."""
        for name, words in self.where.items():
            if words(line[self.body.places[name]].text) is None:
                return f"{name} is another"
        return ""


def _padded(line: Sequence[Cell], count: int) -> bool:
    """Are there only empty cells more than headings?"""
    return len(line) > count and not any(cell.text for cell in line[count:])
