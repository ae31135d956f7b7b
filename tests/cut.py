"""Which cells of a workbook are cut off or shown as ####, by the widths of letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from metricbook.formula.evaluate import Error
from metricbook.layout.plan import Plan, Run, Sheet
from metricbook.layout.text_width import column_pixels, lines_of, text_width
from metricbook.workbook.fit import fitted
from metricbook.workbook.number_text import number_text
from metricbook.workbook.rows import Value, Values
from metricbook.workbook.styles import LOOKS

AROUND_NUMBER, AROUND_TEXT, INDENT, LINE = 5, 3, 9, 1.2


def cut_off(plan: Plan, values: Values) -> list[str]:
    """The cells whose content does not fit, as the workbook is written."""
    return [cell for each in fitted(plan, values).sheets for cell in Shown(each, values).cut()]


@dataclass
class Shown:
    """A sheet with its values: how wide things are, and in which cells something stands."""

    sheet: Sheet
    values: Values

    def __post_init__(self) -> None:
        self.widths = {column: column_pixels(width) for column, width in self.sheet.widths}
        self.heights = dict(self.sheet.heights)
        full = (
            (run.row, run.first, run.last, run.content) for run in self.sheet.runs if run.content not in (None, "")
        )
        self.filled = {
            (row, column)
            for row, first, last, content in full
            for column in range(first, last + 1)
            if not isinstance(content, tuple) or content[column - first] not in (None, "")
        }

    def cut(self) -> Iterator[str]:
        """The cells whose content does not fit."""
        for run in self.sheet.runs:
            values = self.values.row(self.sheet.name, run.row)
            for place in range(run.first, run.last + 1):
                if values[place] not in (None, "") and not self._fits(run, place, values[place]):
                    yield f"{self.sheet.name} {run.row}/{place} {run.style.role}: {str(values[place])[:60]}"

    def _fits(self, run: Run, place: int, value: Value) -> bool:
        look = LOOKS[run.style.role]
        indent = INDENT * look.indent
        column = run.row if self.sheet.down else place
        width = self.widths.get(column, 64)
        if isinstance(value, float):
            text = number_text(value, run.style.format)
            return text_width(text, look.size, look.bold) + AROUND_NUMBER + indent <= width
        text = (value.code if isinstance(value, Error) else str(value)).replace("\n", "")
        needed = text_width(text, look.size, look.bold) + AROUND_TEXT + indent
        if needed <= width or (run.last > run.first and not self.sheet.down):
            return True  # what is typed as a text in a period may be of any length
        if look.wrap:
            words = [] if text.startswith("=") else text.replace("-", "- ").split()
            longest = max((text_width(word, look.size, look.bold) for word in words), default=0)
            lines = lines_of(text, look.size, width - AROUND_NUMBER - indent, look.bold)
            height = self.heights.get(run.row)
            return longest + indent <= width and (height is None or lines * look.size * LINE <= height)
        return needed <= width + (0 if self.sheet.down else self._free(run.row, column, look.across))

    def _free(self, row: int, column: int, across: str | None) -> int:
        """Empty cells beside it."""
        free, step, end = 0, -1 if across == "right" else 1, max(self.widths)
        column += step
        while 1 <= column <= end and (row, column) not in self.filled:
            free, column = free + self.widths.get(column, 64), column + step
        return free if 1 <= column <= end else 10_000
