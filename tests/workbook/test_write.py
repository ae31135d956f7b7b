"""The file as a whole: valid, the same every time, and labelled."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openxml_audit import FileFormat, OpenXmlValidator
from package_parts import one, opened, part, text
from small_plan import SMALL, small_values

from metricbook.workbook.write import write

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def file() -> bytes:
    return write(SMALL, small_values())


def test_the_same_plan_gives_the_same_bytes(file: bytes) -> None:
    assert write(SMALL, small_values()) == file


@pytest.mark.parametrize("seed", ["1", "4242"])
def test_another_process_gives_the_same_bytes(file: bytes, seed: str) -> None:
    program = (
        "import hashlib, small_plan; from metricbook.workbook.write import write;"
        "print(hashlib.sha256(write(small_plan.SMALL, small_plan.small_values())).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(HERE), "TZ": "Asia/Tokyo"}
    found = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == hashlib.sha256(file).hexdigest()


def test_names_are_anchors(file: bytes) -> None:
    names = opened(file).defined_names
    assert names["in_arr"].attr_text == "'Inputs'!$D$6:$I$6"
    assert names["chk_all"].attr_text == "'Bob''s checks'!$A$2"


def test_properties(file: bytes) -> None:
    book = opened(file)
    assert (book.properties.title, book.properties.subject) == ("Acme Robotics: growth", "Marketing performance")
    assert book.properties.created == book.properties.modified
    found = {item.name: item.value for item in book.custom_doc_props.props}
    assert found == {"metricbook.framework": "growth 1.0.0", "metricbook.fingerprint": "abc & def"}


def test_everything_is_calculated_again_on_opening(file: bytes) -> None:
    assert one(part(file, "xl/workbook.xml"), "calcPr").get("fullCalcOnLoad") == "1"


def test_the_list_of_content_types_comes_first(file: bytes) -> None:
    with ZipFile(BytesIO(file)) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "sharedStrings+xml" in text(file, "[Content_Types].xml")
    assert "sharedStrings.xml" in text(file, "xl/_rels/workbook.xml.rels")


def test_the_file_is_valid(file: bytes, tmp_path: Path) -> None:
    path = tmp_path / "small.xlsx"
    path.write_bytes(file)
    result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(path)
    assert [error.description for error in result.errors] == []
