"""A number as Excel shows it, so that its column can be wide enough. It knows the formats that workbooks use here."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import cache

QUOTED = re.compile(r'"[^"]*"')
EPOCH = dt.date(1899, 12, 30)
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
TOKEN = re.compile(r'"(?P<text>[^"]*)"|(?P<digits>[#0][#0,]*(?:\.[0#]+)?,*)|(?P<other>.)')
CONDITION = re.compile(r"\[([<>=]+)([\d.]+)\](.*)")
DATE = re.compile(r"yyyy|yy|mmmm|mmm|mm|d")
OPERATORS: dict[str, Callable[[float, float], bool]] = {
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
}

LAST_DAY = 2_958_466  # 9999-12-31 and a day


def number_text(value: float, code: str) -> str:
    """What stands in the cell: 0.25 with "0.0%" is "25.0%"."""
    if code in ("General", "@"):
        return f"{value:.10g}"
    if not re.search(r"[#0]", QUOTED.sub("", code)) and DATE.search(code):
        return _date(value, code)
    section, has_own_sign = _section(value, code)
    text = _number(abs(value), section)
    return f"-{text}" if value < 0 and not has_own_sign else text


def _section(value: float, code: str) -> tuple[str, bool]:
    """The part of a format that applies, and whether it says itself that a number is negative."""
    parts = code.split(";")
    conditions = [found for part in parts if (found := CONDITION.match(part))]
    for found in conditions:
        if OPERATORS[found[1]](value, float(found[2])):
            return found[3], found[1] == "<"
    if conditions or len(parts) == 1:
        return parts[-1], False
    if value < 0:
        return parts[1], True
    return parts[2] if value == 0 and len(parts) > 2 else parts[0], False


def _number(number: float, section: str) -> str:
    scaled = number * 100 if "%" in QUOTED.sub("", section) else number
    texts = []
    for found in TOKEN.finditer(section):
        texts.append(_digits(scaled, found["digits"]) if found["digits"] else found["text"] or found["other"] or "")
    return "".join(texts)


def _digits(number: float, pattern: str) -> str:
    scale = len(pattern) - len(pattern.rstrip(","))
    whole, _, decimals = pattern.rstrip(",").partition(".")
    comma = "," if "," in whole else ""
    return f"{number / 1000**scale:{comma}.{len(decimals)}f}"


@cache
def _date(value: float, code: str) -> str:
    if not 0 <= value < LAST_DAY:
        return "#" * 11  # as a spreadsheet shows a number that is no day
    day = EPOCH + dt.timedelta(days=int(value))
    words = {
        "yyyy": f"{day:%Y}",
        "yy": f"{day:%y}",
        "mmm": MONTHS[day.month - 1],
        "mm": f"{day:%m}",
        "d": str(day.day),
    }
    return DATE.sub(lambda found: words[found[0]], code).replace('"', "")
