"""The cells of a workbook as they were saved: values beside formulas, with sheets and names."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from xml.etree import ElementTree

from metricbook.filled.package import REPAIR, Package, damaged, local
from metricbook.formula.excel import letters
from metricbook.problems import Location, Problem, Refused

Value = float | str | bool | None

_REFERENCE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?([0-9]+)(?::\$?([A-Z]{1,3})\$?([0-9]+))?")
_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_CODE = re.compile("_x([0-9A-Fa-f]{4})_")
MOST_CELLS = 2_000_000
_SHIFT_1904 = 1462.0  # days between the two calendars that a workbook may count from


class Cell(NamedTuple):
    """What stands in a cell. An `error` is its text, such as #REF!. `locked` says whether it is protected."""

    value: Value = None
    formula: bool = False
    error: bool = False
    locked: bool = True

    @property
    def blank(self) -> bool:
        """Is there nothing to read?"""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


Row = dict[int, Cell]
"""The cells of a row that hold something, by column."""


class Box(NamedTuple):
    """A rectangle of a sheet, as a name gives it."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Book:
    """A workbook's sheets, names and properties. Sheets are read when they are asked for."""

    package: Package

    @cached_property
    def _workbook(self) -> ElementTree.Element:
        return self.package.tree("xl/workbook.xml")

    @cached_property
    def sheets(self) -> Mapping[str, str]:
        """The part of each worksheet by the sheet's title, in order."""
        relations = {}
        if "xl/_rels/workbook.xml.rels" in self.package.names:
            for each in self.package.tree("xl/_rels/workbook.xml.rels"):
                relations[each.get("Id", "")] = _part(each.get("Target", ""))
        found = {}
        for sheet in (each for each in self._workbook.iter() if local(each.tag) == "sheet"):
            relation = next((value for key, value in sheet.attrib.items() if local(key) == "id"), "")
            found[sheet.get("name", "")] = relations.get(relation, "")
        return found

    @cached_property
    def names(self) -> Mapping[str, Box]:
        """The names of the whole workbook that stand for a rectangle."""
        found = {}
        for each in (each for each in self._workbook.iter() if local(each.tag) == "definedName"):
            matched = _REFERENCE.fullmatch((each.text or "").strip())
            if matched and each.get("localSheetId") is None:
                quoted, plain, left, top, right, bottom = matched.groups()
                sheet = quoted.replace("''", "'") if quoted else plain
                box = Box(sheet, int(top), column(left), int(bottom or top), column(right or left))
                found[each.get("name", "")] = box
        return found

    @cached_property
    def properties(self) -> Mapping[str, str]:
        """The custom properties of the document."""
        if "docProps/custom.xml" not in self.package.names:
            return {}
        tree = self.package.tree("docProps/custom.xml")
        return {each.get("name", ""): "".join(each.itertext()) for each in tree}

    @cached_property
    def _is_1904(self) -> bool:
        settings = (each for each in self._workbook.iter() if local(each.tag) == "workbookPr")
        return any(each.get("date1904") in ("1", "true") for each in settings)

    @cached_property
    def _texts(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self.package.names:
            return []
        found: list[str] = []
        try:
            for _, element in ElementTree.iterparse(io.BytesIO(self.package.read("xl/sharedStrings.xml"))):
                if local(element.tag) == "si":
                    found.append(_text(element))
                    element.clear()
        except ElementTree.ParseError as error:
            raise damaged(self.package.file, "xl/sharedStrings.xml") from error
        return found

    @cached_property
    def _locked(self) -> list[bool]:
        """For each number of a cell's style: is the cell locked?"""
        if "xl/styles.xml" not in self.package.names:
            return []
        formats = (each for each in self.package.tree("xl/styles.xml") if local(each.tag) == "cellXfs")
        return [_is_locked(each) for each in next(formats, ())]

    def cells(self, sheet: str, most: int = 0) -> dict[int, Row]:
        """The cells of a sheet that hold something, by row and column; only its first rows where `most` says so."""
        rows: dict[int, Row] = {}
        count = 0
        try:
            for number, element in self._rows(sheet):
                if most and number > most:
                    break
                cells = self._row(element)
                if cells:
                    rows[number] = cells
                    count += len(cells)
                if count > MOST_CELLS:
                    sentence = f'"{self.package.file}" has more than {MOST_CELLS:,} filled cells on "{sheet}".'
                    raise Refused([Problem("too-large", sentence, "", Location(self.package.file))])
        except (ElementTree.ParseError, ValueError, LookupError, OverflowError) as error:
            file = self.package.file
            sentence = f'"{file}" is damaged: its sheet "{sheet}" cannot be read.'
            raise Refused([Problem("damaged", sentence, REPAIR, Location(file))]) from error
        return rows

    def _rows(self, sheet: str) -> Iterator[tuple[int, ElementTree.Element]]:
        part = self.sheets.get(sheet, "")
        content = io.BytesIO(self.package.read(part))
        number = 0
        opened: ElementTree.Element | None = None
        for event, element in ElementTree.iterparse(content, events=("start", "end")):
            name = local(element.tag)
            if event == "start" and name == "sheetData":
                opened = element
            elif event == "end" and name == "row" and opened is not None:
                number = int(element.get("r") or number + 1)
                yield number, element
                opened.clear()  # what has been read is let go

    def _row(self, element: ElementTree.Element) -> Row:
        found: Row = {}
        place = 0
        for each in element:
            if local(each.tag) != "c":
                continue
            matched = _ADDRESS.fullmatch(each.get("r", ""))
            place = column(matched[1]) if matched else place + 1
            cell = self._cell(each)
            if cell.value is not None or cell.formula:
                found[place] = cell
        return found

    def _cell(self, element: ElementTree.Element) -> Cell:
        kind, style = element.get("t", "n"), int(element.get("s", 0))
        formula, text, inline = False, "", None
        for each in element:
            name = local(each.tag)
            if name == "v":
                text = each.text or ""
            elif name == "f":
                formula = True
            elif name == "is":
                inline = _text(each)
        locked = self._locked[style] if 0 <= style < len(self._locked) else True
        if kind == "inlineStr":
            return Cell(inline or None, formula, False, locked)
        return Cell(self._value(kind, text), formula, kind == "e", locked)

    def _value(self, kind: str, text: str) -> Value:
        if text == "":
            return None
        if kind == "s":
            return self._texts[int(text)] or None
        if kind == "b":
            return text in ("1", "true")
        if kind in ("str", "e", "d"):
            return _decoded(text)
        number = float(text)
        return number if math.isfinite(number) else text

    def day(self, serial: float) -> float:
        """A date as it is counted in this workbook, counted from 1899-12-30 as everywhere else."""
        return serial + _SHIFT_1904 if self._is_1904 else serial


def column(name: str) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in name:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def place(sheet: str, row: int, at: int) -> str:
    """A cell for a reader: Inputs!K9."""
    return f"{sheet}!{letters(at)}{row}"


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _is_locked(format: ElementTree.Element) -> bool:
    protections = (each for each in format if local(each.tag) == "protection")
    return all(each.get("locked", "1") not in ("0", "false") for each in protections)


def _text(item: ElementTree.Element) -> str:
    """A text with its runs, without the readings of Asian characters that stand beside them."""
    parts = []
    for each in item:
        name = local(each.tag)
        if name == "t":
            parts.append(each.text or "")
        elif name == "r":
            parts += [run.text or "" for run in each if local(run.tag) == "t"]
    return _decoded("".join(parts))


def _decoded(text: str) -> str:
    """Excel writes some characters as _x000D_."""
    return _CODE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
