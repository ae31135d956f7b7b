"""Dates and numbers as exports of other systems spell them; a spelling that could be two values is refused.

A file is read as a whole: 03/04/2026 alone could be March or April, but beside 17/04/2026 it is the third of April.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable
from functools import cache

DATES = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%d.%m.%Y", "%d.%m.%y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y",
    "%d-%b-%y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y",
)  # fmt: skip
DAY_FIRST, MONTH_FIRST = ("%d/%m/%Y", "%d-%m-%Y", "%d/%m/%y"), ("%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y")
NOTHING = ("", "-", "--", "–", "—", "n/a", "N/A", "null")
"""How exports say that there is no number or no date."""
YES, NO = ("1", "true", "yes", "y", "x", "ja", "wahr", "✓"), ("", "0", "false", "no", "n", "nein", "falsch", "-")

_TIME = re.compile(r"(?:T|,? )\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AP]M)?( ?(Z|UTC|[-+]\d{2}:?\d{2}))?$", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})")
_MONEY = re.compile(r"^(?:[A-Z]{3}|S?Fr\.)\s*|\s*[A-Z]{3}$|[$€£¥₹]|[\s  '’]")
_NO_CENTS = re.compile(r"(?<=\d)[.,][-–—]{1,2}(?=\)?$)")
"""How Swiss and German prices say that there are none: 900.– and 900,-."""

Reader = Callable[[str], "float | dt.date | str | None"]
"""Gives the value of a cell, or a text that says what is wrong with it; None for a blank."""


def date_reader(texts: Iterable[str], order: str = "") -> Reader:
    """A reader for dates; whether days or months come first is settled by all dates of a file, or by `order`."""
    parts = [found for text in texts if (found := _SLASHED.fullmatch(_TIME.sub("", text.strip())))]
    by_day = next((found[0] for found in parts if int(found[1]) > 12), "")
    by_month = next((found[0] for found in parts if int(found[2]) > 12), "")
    day_first, month_first = bool(by_day or order == "day_first"), bool(by_month or order == "month_first")
    formats = DATES + (DAY_FIRST if day_first else ()) + (MONTH_FIRST if month_first else ())

    @cache  # the same days come again and again
    def read(text: str) -> float | dt.date | str | None:
        plain = _TIME.sub("", text.strip())
        if plain in NOTHING:
            return None
        slashed = _SLASHED.fullmatch(plain)
        same = slashed is not None and slashed[1] == slashed[2]
        settled = slashed is None or day_first != month_first or same
        found = next(
            (day for format in (*formats, *(DAY_FIRST if same else ())) if (day := _parsed(plain, format))), None
        )
        if found is not None and settled:
            return found
        if slashed is not None and day_first and month_first:
            one, other = by_day or "as said", by_month or "as said"
            return f"Days come first in some dates ({one}) and months in others ({other}), so none is certain."
        if slashed is not None and not settled:
            return f'"{text}" could be two days, depending on whether days or months come first.'
        return f'"{text}" is no date.'

    return read


def _parsed(text: str, format: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text, format).date()
    except ValueError:
        return None


def number_reader(texts: Iterable[str], continental: bool) -> Reader:
    """A reader for a column of numbers: 1,234.50 or 1.234,50, with a currency or a percent sign, (12) for −12.

    A sign with three digits behind it may part thousands or decimals. The column settles it where another cell can
    only be read in one way; else a file with semicolons has decimal commas, and others have decimal points.
    """
    plain = [_bare(text) for text in texts]
    comma = any(re.search(r",\d{1,2}$|,\d{4,}$|\.\d{3},", text) for text in plain)
    point = any(re.search(r"\.\d{1,2}$|\.\d{4,}$|,\d{3}\.", text) for text in plain)
    decimal = "," if comma and not point else "." if point and not comma else "," if continental else "."

    def read(text: str) -> float | dt.date | str | None:
        bare = _bare(text)
        if bare in NOTHING or text.strip() in NOTHING:
            return None
        if comma and point:
            return f'"{text}" stands in a column with decimal points and decimal commas.'
        number = bare.replace("." if decimal == "," else ",", "").replace(decimal, ".")
        percent, number = number.endswith("%"), number.rstrip("%")
        try:
            value = float(f"{number}e-2") if percent else float(number)
        except ValueError:
            return f'"{text}" is no number.'
        return value if math.isfinite(value) and re.search(r"\d", number) else f'"{text}" is no number.'

    return read


def _bare(text: str) -> str:
    """The number alone: without currency and blanks, a minus sign for parentheses."""
    bare = _NO_CENTS.sub("", _MONEY.sub("", text.strip())).replace("−", "-")
    return f"-{bare[1:-1]}" if bare.startswith("(") and bare.endswith(")") else bare


def flag_reader(text: str) -> float | dt.date | str | None:
    """1 for yes, blank for no."""
    word = text.strip().casefold()
    if word in YES:
        return 1.0
    return None if word in NO else f'"{text}" is neither yes nor no.'
