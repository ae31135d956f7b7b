"""A value as Excel shows it: its number format applied. Holds the formats that the workbooks use, and no others."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import cache

EPOCH = dt.date(1899, 12, 30)
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
TOKEN = re.compile(r'"(?P<text>[^"]*)"|(?P<digits>[#0][#0,]*(?:\.[0#]+)?,*)|(?P<other>.)')
DATE = re.compile(r"yyyy|yy|mmmm|mmm|mm|d")
OPERATORS: dict[str, Callable[[float, float], bool]] = {
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
}


def shown(value: float, code: str) -> str:
    """What stands in the cell."""
    if code == "General":
        return f"{value:.10g}"
    if not re.search(r"[#0]", re.sub(r'"[^"]*"', "", code)) and DATE.search(code):
        return _date(value, code)
    condition, section, bare = _section(value, code)
    number = value if condition and not bare else abs(value)
    text = _number(number, section)
    return f"-{text}" if value < 0 and bare and section == code.split(";")[0] else text


def _section(value: float, code: str) -> tuple[bool, str, bool]:
    """Whether the part that applies has a condition, the part, and whether its minus sign comes by itself."""
    parts = code.split(";")
    for part in parts:
        found = re.match(r"\[([<>=]+)([\d.]+)\](.*)", part)
        if found and OPERATORS[found[1]](value, float(found[2])):
            return True, found[3], False
    plain = [part for part in parts if not part.startswith("[<") and not part.startswith("[>")]
    if len(plain) < len(parts):
        return True, plain[-1], False
    if value < 0 and len(parts) > 1:
        return False, parts[1], False
    if value == 0 and len(parts) > 2:
        return False, parts[2], False
    return False, parts[0], True


def _number(number: float, section: str) -> str:
    scaled = number * 100 if "%" in re.sub(r'"[^"]*"', "", section) else number
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
    day = EPOCH + dt.timedelta(days=int(value))
    words = {"yyyy": f"{day:%Y}", "yy": f"{day:%y}", "mmm": MONTHS[day.month - 1], "mm": f"{day:%m}", "d": str(day.day)}
    return DATE.sub(lambda found: words[found[0]], code).replace('"', "")
