"""What a filled workbook is, at a glance: whose, of which framework, and how far it is filled in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from metricbook.filled.read import opened
from metricbook.filled.spelling import DAY_ZERO

FIRST_ROWS = 40


@dataclass(frozen=True)
class Headline:
    """Whose workbook it is, what it was built from, and the first day of the latest period that is filled in."""

    file: str
    client: str
    framework: str
    version: str
    data_through: dt.date | None
    profile: dict[str, str]
    currency: str


def headline_of(path: str | Path) -> Headline:
    """Read only what stands on Start and in the file's properties; raises Refused as reading it whole does."""
    reading = opened(path)
    framework, version, _ = reading.stamp()
    box = reading.book.names.get("out_data_through")
    value = None
    if box is not None:
        cells = (
            reading.book.cells(box.sheet, most=max(FIRST_ROWS, box.bottom))
            if box.sheet in reading.book.sheets
            else {}
        )
        value = cells[box.top][box.left].value if box.left in cells.get(box.top, {}) else None
    through = DAY_ZERO + dt.timedelta(days=int(reading.book.day(value))) if isinstance(value, float) else None
    said = reading.said()
    return Headline(str(path), said["client"], framework, version, through, reading.profile(), said["currency"])
