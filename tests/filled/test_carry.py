"""What was typed into a workbook stands in the next one: same cells, whatever happened to rows, sheets and ids."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from filled.edited import TYPED, typed
from metricbook.api import build_workbook
from metricbook.filled.read import read_filled
from small import small


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("filled")


@pytest.fixture(scope="module")
def issued(folder: Path) -> bytes:
    """The small workbook as it is sent out."""
    return build_workbook(small(folder)).content


def test_everything_typed_is_read_by_its_address(issued: bytes, folder: Path) -> None:
    filled = read_filled(typed(issued, folder / "typed.xlsx", TYPED))
    assert {address: held.value for address in filled.held if (held := filled.typed(address))} == TYPED
    assert (filled.framework, filled.version, filled.findings, filled.strays) == ("small", "1.0.0", (), ())


def test_a_workbook_that_is_built_anew_with_it_is_the_same_to_the_byte(issued: bytes, folder: Path) -> None:
    path = typed(issued, folder / "again.xlsx", TYPED)
    digest = hashlib.sha256(path.read_bytes()).digest()
    first = build_workbook(small(folder), filled_in=path)
    (folder / "first.xlsx").write_bytes(first.content)
    second = build_workbook(small(folder), filled_in=folder / "first.xlsx")
    assert first.content == second.content != issued
    assert first.report is not None and first.report.carried == len(TYPED)
    assert hashlib.sha256(path.read_bytes()).digest() == digest


def test_an_untouched_workbook_carries_nothing(issued: bytes, folder: Path) -> None:
    path = folder / "untouched.xlsx"
    path.write_bytes(issued)
    built = build_workbook(small(folder), filled_in=path)
    assert built.content == issued
    assert built.report is not None and built.report.carried == 0
