"""Reads a filled workbook: what it was built from, and everything that people typed into it.

Read this first; blocks and cells are files beside it. The file is only ever read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from metricbook.filled.blocks import NO_CELL, Block, Found, id_of, row_ids
from metricbook.filled.cells import Book, Box, Row, place
from metricbook.filled.filled import Filled, Held, Pasted, Stray
from metricbook.filled.looks import looks_of
from metricbook.filled.package import open_package
from metricbook.layout.plan import Address, Constant
from metricbook.layout.settings import Settings
from metricbook.problems import Location, Problem, Refused

_SINGLE = re.compile(r"in_(?:(setting|used|signed)\.(.+)|(picked)_(.+))")
_BLOCK = re.compile(r"blk_(?:(inputs|own|notes|actions|targets)|(list|unlisted)_(.+))")
_STAMP = re.compile(r"(\w+) (\S+) · fingerprint (\w+)")
HEADER_ROWS = 2  # of a record table: ids and headings


def read_filled(path: str | Path) -> Filled:
    """Read a workbook that came back; raises Refused where it is none of ours or cannot be read."""
    return opened(path).filled()


def opened(path: str | Path) -> Reading:
    """A workbook that can be read, before anything of it is."""
    return Reading(str(path), Book(open_package(Path(path))))


@dataclass
class Reading:
    """One workbook being read."""

    file: str
    book: Book
    found: Found = field(default_factory=Found)
    findings: list[Problem] = field(default_factory=list)
    _sheets: dict[str, dict[int, Row]] = field(default_factory=dict)

    def filled(self) -> Filled:
        """All of it."""
        stamp, said = self.stamp(), self.said()
        self._blocks()
        self._single_cells()
        words = self._words()
        issued, left = self._issued(words), self._left()
        sheets = [str(issued.pop(address)) for address in list(issued) if address[0] == "sheets"]
        looks = self._looks()
        self._findings(sheets)
        found = self.found
        return Filled(
            file=self.file,
            framework=stamp[0],
            version=stamp[1],
            fingerprint=stamp[2],
            text="\n".join(self._lines("blk_framework")),
            profile=self.profile(),
            client=said["client"],
            currency=said["currency"],
            looks=looks,
            held=found.held,
            issued=issued,
            loaded=self._loaded(),
            lines=found.lines,
            keys=found.keys,
            words=words,
            records=dict(self._records()),
            left=left,
            strays=tuple(found.strays),
            findings=tuple(self.findings),
            shift=self.book.day(0.0),
        )

    def rows(self, sheet: str) -> dict[int, Row]:
        """The cells of a sheet, read once."""
        if sheet not in self._sheets:
            self._sheets[sheet] = self.book.cells(sheet) if sheet in self.book.sheets else {}
        return self._sheets[sheet]

    def _find(self, code: str, sentence: str, hint: str = "") -> None:
        self.findings.append(Problem(code, sentence, hint, Location(self.file)))

    def said(self) -> dict[str, str]:
        """What the file says of itself."""
        words = ("framework", "version", "fingerprint", "profile", "client", "currency")
        return {word: self.book.properties.get(f"metricbook.{word}", "") for word in words}

    def profile(self) -> dict[str, str]:
        """The options that were chosen."""
        pairs = (pair.partition("=") for pair in self.said()["profile"].split(", ") if pair)
        return {key: value for key, _, value in pairs}

    def stamp(self) -> tuple[str, str, str]:
        """Framework, version and fingerprint: from the properties, or as they stand on the sheet Framework."""
        said = tuple(self.said()[name] for name in ("framework", "version", "fingerprint"))
        box = self.book.names.get("blk_framework")
        shown = next((m.groups() for text in self._texts(box) if (m := _STAMP.match(text))), None) if box else None
        if not said[0] and shown is None:
            sentence = f'"{self.file}" was not made by Metricbook, or what says so was taken out of it.'
            hint = "Give a workbook that `metricbook build` made; it ends with a sheet Framework."
            raise Refused([Problem("not-ours", sentence, hint, Location(self.file))])
        if said[0] and shown and shown != said:
            self._find(
                "stamps-differ",
                f"The file says it is {' '.join(said[:2])}, its sheet Framework {' '.join(shown[:2])}.",
                "The sheet may come from another workbook; the file's own word is taken.",
            )
        first, second, third = said if said[0] else shown or said
        return str(first), str(second), str(third)

    def _texts(self, box: Box) -> Iterator[str]:
        """The texts above a block."""
        rows = self.rows(box.sheet)
        for row in range(max(1, box.top - 6), box.top):
            yield from (cell.value for cell in rows.get(row, {}).values() if isinstance(cell.value, str))

    def _lines(self, name: str) -> list[str]:
        """The texts of a column, line by line."""
        box = self.book.names.get(name)
        if box is None:
            return []
        rows = self.rows(box.sheet)
        cells = (rows.get(row, {}).get(box.left, NO_CELL) for row in range(box.top, box.bottom + 1))
        return [str(cell.value) if cell.value is not None else "" for cell in cells]

    def _blocks(self) -> None:
        for name, box in self.book.names.items():
            matched = _BLOCK.fullmatch(name)
            if matched:
                plain, _, dimension = matched.groups()
                Block(plain or f"list.{dimension}", box, self.rows(box.sheet)).read(self.found)

    def _single_cells(self) -> None:
        for name, box in self.book.names.items():
            matched = _SINGLE.fullmatch(name)
            if not matched:
                continue
            block, row = (each for each in matched.groups() if each)
            cell = self.rows(box.sheet).get(box.top, {}).get(box.left, NO_CELL)
            self.found.lines[block, row] = row.replace("_", " ")
            if not cell.blank:
                held = Held(cell.value, place(box.sheet, box.top, box.left), cell.formula, cell.error)
                self.found.held[block, row, "value"] = held

    def _issued(self, words: Mapping[str, Mapping[str, str]]) -> dict[Address, Constant]:
        """What stood in the cells when the workbook was issued."""
        found: dict[Address, Constant] = {}
        for line in self._lines("blk_issued")[1:]:
            try:
                block, row, key, content, *choice = json.loads(line)
            except (ValueError, TypeError):
                continue
            address = (str(block), str(row), str(key))
            held = self.found.held.get(address)
            if choice and held is not None and words.get(str(choice[0]), {}).get(str(held.value)) == choice[1]:
                content = held.value  # the same choice, said otherwise
            found[address] = content
        return found

    def _loaded(self) -> dict[Address, Constant]:
        """What files said when the workbook was issued."""
        found: dict[Address, Constant] = {}
        for line in self._lines("blk_loaded")[1:]:
            try:
                block, row, key, content = json.loads(line)
            except (ValueError, TypeError):
                continue
            found[str(block), str(row), str(key)] = content
        return found

    def _left(self) -> dict[Address, Stray]:
        """What an earlier build could not place, from the sheet that keeps it."""
        box = self.book.names.get("blk_left")
        found: dict[Address, Stray] = {}
        if box is None:
            return found
        for row in range(box.top, box.bottom + 1):
            cells = self.rows(box.sheet).get(row, {})
            label, cell, where, why, *ids = (cells.get(box.left + number, NO_CELL) for number in range(7))
            if cell.blank:
                continue
            held, address = Held(cell.value, str(where.value or "")), (id_of(ids[0]), id_of(ids[1]), id_of(ids[2]))
            stray = Stray(held, str(label.value or ""), str(why.value or ""), address)
            if all(address) and address not in found:
                found[address] = stray
                self.found.lines.setdefault(address[:2], stray.label)
            else:
                self.found.strays.append(stray)
        return found

    def _looks(self) -> Settings:
        looks = looks_of(self._lines("blk_client"))
        if looks is None:
            self._find("looks", "The client's looks and words on the sheet Framework were changed by hand.",
                       "They were not taken over.")  # fmt: skip
        return looks or Settings()

    def _words(self) -> dict[str, dict[str, str]]:
        """The ids of words that may be chosen: of lists, and of members as they are shown."""
        found: dict[str, dict[str, str]] = {}
        for name, box in self.book.names.items():
            prefix, _, rest = name.partition("_words_" if name.startswith("blk_words_") else "_list_")
            if prefix == "blk" and rest:
                rows = self.rows(box.sheet)
                words = ((rows.get(row, {}).get(box.left + 1, NO_CELL).value, id) for row, id in row_ids(box, rows))
                list_name = rest if name.startswith("blk_words_") else f"list.{rest}"
                found[list_name] = {str(word): id for word, id in words if word is not None}
        return found

    def _records(self) -> Iterator[tuple[str, Pasted]]:
        for name, box in self.book.names.items():
            if not name.startswith("blk_records_"):
                continue
            rows, table = self.rows(box.sheet), name.removeprefix("blk_records_")
            places = {column: id for column, cell in rows.get(box.top, {}).items() if (id := id_of(cell))}
            lines: list[tuple[Held | None, ...]] = []
            for row in sorted(each for each in rows if each >= box.top + HEADER_ROWS):
                cells = rows[row]
                line = tuple(self._held(cells, box.sheet, row, column) for column in places)
                if any(line):
                    lines.append(line)
                self._beside(table, box, row, {at: cells[at] for at in cells.keys() - places.keys()})
            yield table, Pasted(tuple(places.values()), tuple(lines))

    def _held(self, cells: Row, sheet: str, row: int, column: int) -> Held | None:
        cell = cells.get(column, NO_CELL)
        return None if cell.blank else Held(cell.value, place(sheet, row, column), cell.formula, cell.error)

    def _beside(self, table: str, box: Box, row: int, cells: Row) -> None:
        """What stands in columns that the table does not have."""
        for column, cell in cells.items():
            if not cell.blank and not cell.formula:
                held = Held(cell.value, place(box.sheet, row, column), error=cell.error)
                heading = self.rows(box.sheet).get(box.top + 1, {}).get(column, NO_CELL).value
                why = "the table has no such column"
                self.found.strays.append(Stray(held, str(heading or ""), why, ("records", table, "")))

    def _findings(self, sheets: list[str]) -> None:
        for id, places in self.found.twice.items():
            sentence = f"{id} stands there {len(places)} times: {', '.join(places[:6])}."
            self._find("id-twice", sentence, "What stands in these lines was not taken over; choose by hand.")
        for block in self.found.keyless:
            self._find("no-keys", f"The grey row of keys above {block} is gone, so nothing there can be found.", "")
        self._sorted_lines()
        self._own_sheets(sheets)
        if any(name.startswith("xl/externalLinks/") for name in self.book.package.names):
            self._find(
                "links", "The workbook reads other workbooks.", "They were not opened; stored values were taken."
            )

    def _own_sheets(self, issued: list[str]) -> None:
        """Sheets that somebody added; one that has another title now and a name of ours is none of them."""
        ours = {*issued, *(box.sheet for box in self.book.names.values())}
        own = [title for title in self.book.sheets if title not in ours]
        gone = [title for title in issued if title not in self.book.sheets]
        if issued and len(own) > len(gone):
            self._find(
                "own-sheets", f"Sheets of your own are not taken over: {', '.join(own)}.", "Copy them by hand."
            )

    def _sorted_lines(self) -> None:
        """The names of lines are a second witness: they stay where they were when lines are sorted."""
        box = self.book.names.get("blk_inputs")
        if box is None:
            self._find("no-block", "The name blk_inputs is gone, so no input can be found.",
                       "Take it from the workbook as it was issued.")  # fmt: skip
            return
        rows = self.rows(box.sheet)
        boxes = [box, *([self.book.names["blk_own"]] if "blk_own" in self.book.names else [])]
        ids = {row: id for each in boxes for row, id in row_ids(each, rows) if id != "id"}
        spelt = {_plain(id): id for id in ids.values()}
        moved: list[str] = []
        lost: list[tuple[str, Box]] = []
        for name, line in self.book.names.items():
            wanted = name.removeprefix("in_")
            if line.sheet != box.sheet or wanted == name or _plain(ids.get(line.top, "")) == wanted:
                continue
            if wanted in spelt:
                moved.append(wanted)
            else:
                lost.append((wanted, line))
        if moved:
            sentence = f"{len(moved)} lines of {box.sheet} stand in another order than they were built in."
            self._find("sorted", sentence, "Each was found by its id.")
        for wanted, line in lost:
            where = place(line.sheet, line.top, box.left)
            self._find("no-id", f"The id of {wanted} is gone from {where}.", "Its numbers were not taken over.")


def _plain(id: str) -> str:
    """A line's id as its name spells it: spend[paid] is spend.paid."""
    return re.sub(r"\[|, ", ".", id).rstrip("]")
