"""Numbers and dates that were typed as text: read where they can be one thing only, said to be two where they can."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from metricbook.source.record_text import Reader, date_reader, flag_reader, number_reader

_NUMBER = re.compile(r"[-+−(]?\s*(?:[A-Z]{3}|[$€£¥₹])?\s*[0-9][0-9.,'’\s]*(?:[A-Z]{3}|[$€£¥₹]|%)?\s*\)?")
DAY_ZERO = dt.date(1899, 12, 30)


@dataclass(frozen=True)
class Unreadable:
    """Why a text is neither a number nor a date."""

    why: str


class Spelling:
    """How one workbook spells; all its texts together settle what one alone leaves open (1,200 or 03/04/2026)."""

    def __init__(self, texts: Iterable[str]) -> None:
        known = list(texts)
        numbers = [text for text in known if _NUMBER.fullmatch(text.strip())]
        self._together = _both_ways(numbers)
        self._date: Reader = date_reader(known)

    def number(self, text: str) -> float | Unreadable:
        """A number: 1 200, 12 %, (35), 1.234,50."""
        # where some have decimal points and others decimal commas, each speaks for itself
        readings = _readings(text, self._together) or _readings(text, _both_ways([text]))
        if len(readings) == 1:
            return readings.pop()
        if readings:
            low, high = sorted(readings)
            return Unreadable(f'"{text}" is {low:.15g} or {high:.15g}, depending on where it was typed.')
        return Unreadable(f'"{text}" is no number.')

    def date(self, text: str) -> float | Unreadable:
        """A date as a spreadsheet counts days."""
        found = self._date(text)
        if isinstance(found, dt.date):
            return float((found - DAY_ZERO).days)
        return Unreadable(str(found or f'"{text}" is no date.'))

    @staticmethod
    def flag(text: str) -> float | Unreadable | None:
        """1 for yes, None for no."""
        found = flag_reader(text)
        return found if isinstance(found, float) or found is None else Unreadable(str(found))


def _both_ways(texts: list[str]) -> tuple[Reader, Reader]:
    """Readers that take a sign which nothing settles for a decimal point, and for a decimal comma."""
    return number_reader(texts, continental=False), number_reader(texts, continental=True)


def _readings(text: str, readers: tuple[Reader, Reader]) -> set[float]:
    return {each for read in readers if isinstance(each := read(text), float)}
