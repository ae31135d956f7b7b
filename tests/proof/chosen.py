"""Types into a workbook as its reader does: cells of the file are written anew, everything else stays as it is."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from functools import cached_property
from xml.sax.saxutils import escape

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

Typed = float | str
PICKED = ("in_picked_period", "in_picked_view", "in_picked_comparison")


class File:
    """A workbook as it was written, with the names of its cells."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def cell(self, name: str, number: int = 0) -> tuple[str, str]:
        """Sheet and address of a named cell; of a named row the cell of that number."""
        ((sheet, area),) = self._book.defined_names[name].destinations
        column, row, *_ = range_boundaries(area.replace("$", ""))
        return sheet, f"{get_column_letter(int(column or 0) + number)}{row}"

    def chosen(self, period: float | None, view: str, comparison: str) -> dict[tuple[str, str], Typed | None]:
        """What is typed to look at another period, view or comparison."""
        return {self.cell(name): value for name, value in zip(PICKED, (period, view, comparison), strict=True)}

    def typed(self, cells: Mapping[tuple[str, str], Typed | None]) -> bytes:
        """The file with these cells typed; None empties one. The values stored beside formulas are then old ones."""
        changed = io.BytesIO()
        paths = {f"xl/worksheets/sheet{number}.xml": name for number, name in enumerate(self._book.sheetnames, 1)}
        with zipfile.ZipFile(io.BytesIO(self.content)) as given, zipfile.ZipFile(changed, "w") as copy:
            for name in given.namelist():
                text = given.read(name)
                here = {address: value for (sheet, address), value in cells.items() if sheet == paths.get(name)}
                copy.writestr(name, _typed(text.decode(), here).encode() if here else text)
        return changed.getvalue()

    @cached_property
    def _book(self):  # type: ignore[no-untyped-def]
        return load_workbook(io.BytesIO(self.content), read_only=True)


def _typed(xml: str, cells: Mapping[str, Typed | None]) -> str:
    for address, value in cells.items():
        pattern = rf'<c r="{address}"(?: s="(\d+)")?[^>]*?(?:/>|>.*?</c>)'
        xml, found = re.subn(pattern, lambda cell, a=address, v=value: _cell(a, cell[1], v), xml)  # type: ignore[misc]
        assert found == 1, (address, found)
    return xml


def _cell(address: str, style: str | None, value: Typed | None) -> str:
    start = f'<c r="{address}"' + (f' s="{style}"' if style else "")
    if value is None:
        return f"{start}/>"
    if isinstance(value, str):
        return f'{start} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f"{start}><v>{value}</v></c>"
