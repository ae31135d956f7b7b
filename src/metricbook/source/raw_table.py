"""Tables as files hold them, before anything is known of their meaning: CSV, or a sheet of a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from metricbook.problems import Location
from metricbook.source.csv_text import rows, separator
from metricbook.source.files import read_export

LARGEST_CSV = 20_000_000


class Cell(Protocol):
    """One cell. A workbook holds numbers as such, and dates among them; CSV has texts alone."""

    @property
    def text(self) -> str:
        """What stands in it."""

    @property
    def number(self) -> float | None:
        """The number it holds, where it holds one."""

    @property
    def line(self) -> int:
        """The line of the file, or the row of the sheet."""

    @property
    def at(self) -> Location:
        """Its place."""


Line = Sequence[Cell]


@dataclass(frozen=True)
class RawTable:
    """The lines of a table that hold anything.

    `continental`: its texts seem to write decimals with commas. `shift` is added to its numbers that are dates.
    """

    file: str
    lines: Sequence[Line]
    continental: bool = False
    shift: float = 0.0
    notes: tuple[str, ...] = ()


def read_csv(path: Path) -> RawTable:
    """Read a CSV file in whichever encoding and with whichever separator programs save it."""
    text, encoding = read_export(path, LARGEST_CSV)
    sign = separator(text)
    notes = () if encoding.startswith("UTF") else (f"read as {encoding}",)
    return RawTable(str(path), list(rows(text, str(path), sign)), sign == ";", notes=notes)
