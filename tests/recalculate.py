"""Recalculates workbooks with engines that are not ours, and says what counts as the same value.

Values come back by sheet and address: `values["Results"]["C8"]`. A blank cell and an empty text are both None, a date
is its serial number, an error is its text ("#N/A").
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

import formualizer as formualizer_engine
from openpyxl import load_workbook
from openpyxl.utils.datetime import to_excel

Value = float | str | bool | None
Values = dict[str, dict[str, Value]]

TOLERANCE = 1e-9

# LibreOffice otherwise trusts the values stored in a file and recalculates nothing
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


_DEEP = rb"(?:[^(),]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+"  # an argument, with brackets three deep
_FIXED = re.compile(rb"FIXED\((%b),(%b)\)" % (_DEEP, _DEEP))


def libreoffice(paths: Sequence[Path], out_dir: Path) -> list[Values]:
    """The values of workbooks as LibreOffice computes them; one call for many files costs least.

    The recalculated copies stay in `out_dir`. File names must differ.
    """
    command = [
        "soffice",
        f"-env:UserInstallation={_profile().as_uri()}",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    command += ["--outdir", str(out_dir), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=60 + 10 * len(paths))
    return [read((out_dir / path.name).read_bytes()) for path in paths]


def formualizer(workbook: bytes) -> Values:
    """The values of a workbook as formualizer computes them: fast, so for every test.

    Its FIXED writes 28.749999999999996 as 28.7, where its ROUND makes it 28.8, as both do in LibreOffice; so numbers
    are rounded here before they are written.
    """
    rounded = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as given, zipfile.ZipFile(rounded, "w") as copy:
        for name in given.namelist():
            copy.writestr(name, _FIXED.sub(rb"FIXED(ROUND(\1,\2),\2)", given.read(name)))
    return read(formualizer_engine.recalculate_xlsx_bytes(rounded.getvalue())["bytes"])


def read(workbook: bytes) -> Values:
    """The values stored in a workbook. Read-only, because openpyxl otherwise puts link targets into blank cells."""
    book = load_workbook(io.BytesIO(workbook), data_only=True, read_only=True)
    return {
        sheet.title: {
            cell.coordinate: _plain(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None
        }
        for sheet in book.worksheets
    }


def same(one: Value, other: Value) -> bool:
    """Whether two values are the same; numbers to nine digits, nothing and an empty text alike."""
    one, other = one if one != "" else None, other if other != "" else None
    if isinstance(one, bool) or isinstance(other, bool) or not _numbers(one, other):
        return one == other and isinstance(one, bool) == isinstance(other, bool)
    return abs(one - other) <= TOLERANCE * max(1.0, abs(one), abs(other))


def differences(expected: Values, found: Values) -> list[str]:
    """One line for each cell of `expected` that is not the same in `found`, ready to be shown."""
    return [
        f"{sheet}!{address}: expected {value!r}, found {found.get(sheet, {}).get(address)!r}"
        for sheet, cells in expected.items()
        for address, value in cells.items()
        if not same(value, found.get(sheet, {}).get(address))
    ]


def _numbers(one: Value, other: Value) -> bool:
    return isinstance(one, int | float) and isinstance(other, int | float)


def _plain(value: object) -> Value:
    if isinstance(value, bool | str) or value is None:
        return value
    if isinstance(value, datetime | date | time | timedelta):
        return float(to_excel(value))
    assert isinstance(value, int | float), value
    return float(value)


@lru_cache(maxsize=1)
def _profile() -> Path:
    """A LibreOffice profile of this process; the first call pays for setting it up."""
    folder = tempfile.TemporaryDirectory(prefix="soffice-")
    _KEPT.append(folder)
    user = Path(folder.name) / "user"
    user.mkdir()
    (user / "registrymodifications.xcu").write_text(_PROFILE)
    return Path(folder.name)


_KEPT: list[tempfile.TemporaryDirectory[str]] = []  # removed when the process ends

HAS_LIBREOFFICE = shutil.which("soffice") is not None
