"""Run by the Python that LibreOffice's bridge belongs to: edits a workbook as a user does, says what it holds.

    python3 calc_session.py WORKBOOK EDITS PROFILE

EDITS is JSON: a list of ["cut", sheet, from, to], ["insert", sheet, row, count], ["delete", sheet, row, count],
["columns", sheet, column, count], ["sort", sheet, area, column], ["rename", sheet, name], ["move", sheet, position]
and ["save", sheet, file]. The answer is JSON, a list with one state before and one after each edit:
{sheet: {"formulas": [[…]], "values": [[…]]}}.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]
from com.sun.star.table import TableSortField  # type: ignore[import-not-found]

SHEETS = ("Inputs", "Calculations", "Row calculations", "Checks")


def main(workbook: str, edits: str, profile: str) -> None:
    pipe = (
        f"proof{os.getpid()}"  # sessions run side by side, and the second would talk to the first one's LibreOffice
    )
    office = subprocess.Popen(
        ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore", "--nologo",
         f"--accept=pipe,name={pipe};urp;"]
    )  # fmt: skip
    try:
        desktop = _desktop(pipe)
        hidden = PropertyValue()
        hidden.Name, hidden.Value = "Hidden", True
        document = desktop.loadComponentFromURL(Path(workbook).as_uri(), "_blank", 0, (hidden,))
        document.calculateAll()
        states = [_state(document)]
        for edit in json.loads(edits):
            _apply(document, *edit)
            document.calculateAll()
            states.append(_state(document))
        document.close(True)
        json.dump(states, sys.stdout)
        desktop.terminate()
    finally:
        office.wait(30)


def _desktop(pipe: str) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            time.sleep(0.5)
    raise TimeoutError("LibreOffice did not answer")


def _apply(document: Any, kind: str, name: str, *details: Any) -> None:
    sheet = document.Sheets.getByName(name)
    sheet.unprotect("")
    if kind == "cut":
        source, target = details
        cell = sheet.getCellRangeByName(target).getRangeAddress()
        corner = sheet.getCellRangeByName(target).getCellByPosition(0, 0).getCellAddress()
        assert cell.Sheet == corner.Sheet
        sheet.moveRange(corner, sheet.getCellRangeByName(source).getRangeAddress())
    elif kind == "sort":
        area, column = details
        field, order = TableSortField(), PropertyValue()
        field.Field, field.IsAscending = column, False
        order.Name, order.Value = "SortFields", uno.Any("[]com.sun.star.table.TableSortField", (field,))
        sheet.getCellRangeByName(area).sort((order,))
    elif kind == "columns":
        column, count = details
        sheet.Columns.insertByIndex(column - 1, count)
    elif kind == "rename":
        (sheet.Name,) = details
    elif kind == "move":
        document.Sheets.moveByName(name, *details)
    elif kind == "save":
        written = PropertyValue()
        written.Name, written.Value = "FilterName", "Calc MS Excel 2007 XML"
        document.storeToURL(Path(*details).as_uri(), (written,))
    else:
        row, count = details
        change = sheet.Rows.insertByIndex if kind == "insert" else sheet.Rows.removeByIndex
        change(row - 1, count)


def _state(document: Any) -> dict[str, Any]:
    found = {}
    for name in filter(document.Sheets.hasByName, SHEETS):
        sheet = document.Sheets.getByName(name)
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        last = cursor.getRangeAddress()
        area = sheet.getCellRangeByPosition(0, 0, last.EndColumn, last.EndRow)
        found[name] = {"formulas": area.getFormulaArray(), "values": area.getDataArray()}
    return found


main(*sys.argv[1:])
