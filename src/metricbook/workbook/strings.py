"""The table of texts that the cells of all sheets share."""

from __future__ import annotations

from openpyxl.xml.constants import SHEET_MAIN_NS

from metricbook.workbook.text import xml_text


class Strings:
    """Gives each different text a number, in the order in which the texts come."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._uses = 0

    def number(self, text: str) -> int:
        """The text's place in the table."""
        self._uses += 1
        return self._numbers.setdefault(text, len(self._numbers))

    def xml(self) -> str:
        """The table's part."""
        items = "".join(map(_item, self._numbers))
        counts = f'count="{self._uses}" uniqueCount="{len(self._numbers)}"'
        return f'<?xml version="1.0"?>\n<sst xmlns="{SHEET_MAIN_NS}" {counts}>{items}</sst>'


def _item(text: str) -> str:
    space = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f"<si><t{space}>{xml_text(text)}</t></si>"
