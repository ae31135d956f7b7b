"""Defined names: anchors for programs and the Name box. No formula uses them."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from metricbook.layout.plan import Anchor
from metricbook.workbook.places import sheet_reference


def add_names(workbook: Workbook, anchors: tuple[Anchor, ...]) -> None:
    """Put the anchors into the workbook."""
    for anchor in anchors:
        workbook.defined_names.add(DefinedName(anchor.name, attr_text=sheet_reference(anchor.area)))
