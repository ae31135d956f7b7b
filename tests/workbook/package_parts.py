"""Reads a written workbook: its parts without openpyxl, and the whole with it."""

from __future__ import annotations

import re
import warnings
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def part(file: bytes, name: str) -> Element:
    """One part, parsed."""
    return ElementTree.fromstring(text(file, name))


def text(file: bytes, name: str) -> str:
    """One part as text."""
    with ZipFile(BytesIO(file)) as archive:
        return archive.read(name).decode()


def sheet(file: bytes, number: int) -> Element:
    """The worksheet in that place, from 1."""
    return part(file, f"xl/worksheets/sheet{number}.xml")


def one(element: Element, path: str) -> Element:
    """The only element at a path, spelled without namespaces."""
    (found,) = every(element, path)
    return found


def every(element: Element, path: str) -> list[Element]:
    """All elements at a path, spelled without namespaces."""
    return element.findall(re.sub(r"\w+", r"{*}\g<0>", path))


def cell(root: Element, address: str) -> Element:
    """The cell at an address."""
    (found,) = [c for c in root.iter(MAIN + "c") if c.get("r") == address]
    return found


def opened(file: bytes, values: bool = False) -> Workbook:
    """The workbook as openpyxl reads it, which says aloud that it does not keep sparklines."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sparkline Group extension")
        return load_workbook(BytesIO(file), data_only=values)
