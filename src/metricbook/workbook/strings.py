"""The table of texts that the cells of all sheets share."""

from __future__ import annotations

from typing import NamedTuple

from openpyxl.xml.constants import SHEET_MAIN_NS

from metricbook.workbook.text import looks_active, plain_text, xml_text


class Shared(NamedTuple):
    """A text's place in the table, and whether a program might take it for a formula."""

    number: int
    active: bool


class Strings:
    """Gives each different text a number, in the order in which the texts come."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._found: dict[str, Shared | None] = {}  # by the text as it comes, before it is made to fit
        self._uses = 0

    def find(self, text: str) -> Shared | None:
        """The text in the table; None where nothing of it can stand in a cell."""
        if text not in self._found:
            self._found[text] = self._add(plain_text(text))
        shared = self._found[text]
        self._uses += shared is not None
        return shared

    def _add(self, text: str) -> Shared | None:
        return Shared(self._numbers.setdefault(text, len(self._numbers)), looks_active(text)) if text else None

    def xml(self) -> str:
        """The table's part."""
        items = "".join(map(_item, self._numbers))
        counts = f'count="{self._uses}" uniqueCount="{len(self._numbers)}"'
        return f'<?xml version="1.0"?>\n<sst xmlns="{SHEET_MAIN_NS}" {counts}>{items}</sst>'


def _item(text: str) -> str:
    space = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f"<si><t{space}>{xml_text(text)}</t></si>"
