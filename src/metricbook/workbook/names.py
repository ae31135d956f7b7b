"""Defined names: anchors for programs and the Name box. No formula uses them."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from openpyxl.workbook._writer import WorkbookWriter
from openpyxl.workbook.defined_name import DefinedName, DefinedNameList
from openpyxl.xml.functions import Element, SubElement

from metricbook.layout.plan import Anchor
from metricbook.workbook.places import sheet_reference


class NamesWriter(WorkbookWriter):  # type: ignore[misc]
    """Writes the workbook's part with the anchors before the names that openpyxl has for printing."""

    def __init__(self, workbook: Workbook, anchors: tuple[Anchor, ...]) -> None:
        super().__init__(workbook)
        self.anchors = anchors

    def write_names(self) -> None:
        """All names."""
        super().write_names()
        self.package.definedNames = _Names(self.anchors, self.package.definedNames.definedName)


class _Names(DefinedNameList):  # type: ignore[misc]
    """There are hundreds of anchors, so they become elements straight away, without openpyxl's objects."""

    __elements__ = DefinedNameList.__elements__  # a class of openpyxl's forgets those of the class before

    def __init__(self, anchors: tuple[Anchor, ...], others: list[DefinedName]) -> None:
        super().__init__(others)
        self.references = {anchor.name: sheet_reference(anchor.area) for anchor in anchors}

    def to_tree(self, tagname: str | None = None, idx: int | None = None, namespace: str | None = None) -> Any:
        """The list of names."""
        names = Element("definedNames")
        for name, reference in self.references.items():
            SubElement(names, "definedName", name=name).text = reference
        names.extend(super().to_tree(tagname, idx, namespace))
        return names
