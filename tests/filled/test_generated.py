"""Generated inputs, saved by LibreOffice and built again: the same inputs, and the same file to the byte."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from metricbook.api import build_workbook
from metricbook.build import model_of, workbook_of
from metricbook.filled.read import read_filled
from metricbook.layout.lay_out import lay_out
from metricbook.layout.plan import Address, Constant, Field
from metricbook.layout.settings import Settings
from recalculate import libreoffice
from small import small

pytestmark = [
    pytest.mark.soffice,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice"),
]
TEXTS = (
    "plain", "Two lines\nand “quotes” & <b>", "=1+1", "+cmd", "-3", "@x", "'apostrophe", "01", "1,200", "TRUE",
    "n/a", "#REF!", "_x0041_", "]]>", "2026-01", "12 %", "עברית", "日本", "😀", "a*b?c~d", "é" * 200, "x", "-", ".",
)  # fmt: skip
FILLED = {"small-1": 0.3, "small-2": 0.9, "growth": 0.5, "customer_marketing_roi": 0.7, "funnel": 0.2}
"""The workbooks, and how much of each is typed."""


def framework(name: str, folder: Path) -> Path | str:
    return small(folder) if name.startswith("small") else name


def typed(name: str, fields: tuple[Field, ...]) -> Iterator[tuple[Address, Constant]]:
    """Something in some of the cells. The period that pages show has to be one of them, so it stays as it is."""
    chance = random.Random(name)
    for field in fields:
        if field.block == "picked" and field.kind != "option":
            continue
        for address, issued in zip(field.addresses(), field.issued, strict=True):
            value = _value(chance, field)
            if chance.random() < FILLED[name] and value != issued:
                yield address, value


def _value(chance: random.Random, field: Field) -> Constant:
    if field.kind == "option":
        return chance.choice([word for _, word in field.options if word])
    if field.kind == "text":
        return chance.choice(TEXTS)
    if field.kind == "date":
        return float(chance.randint(1, 60_000))
    size = 10.0 ** chance.randint(-4, 9)
    return float(f"{chance.choice([0, 1, 1, 1, -1]) * chance.uniform(0, size):.12g}")  # LibreOffice saves 15 digits


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, dict[Address, Constant]]]:
    """The folder of workbooks, with a folder `saved` of what LibreOffice made of them, and what is typed in each."""
    folder = tmp_path_factory.mktemp("generated")
    cells = {}
    for name in FILLED:
        model = model_of(framework(name, folder))
        cells[name] = dict(typed(name, lay_out(model).fields))
        (folder / f"{name}.xlsx").write_bytes(workbook_of(model, Settings(typed=cells[name])))
    (folder / "saved").mkdir()
    libreoffice([folder / f"{name}.xlsx" for name in FILLED], folder / "saved")
    return folder, cells


@pytest.mark.parametrize("name", FILLED)
def test_nothing_is_other_after_libreoffice(
    name: str, given: tuple[Path, dict[str, dict[Address, Constant]]]
) -> None:
    folder, cells = given
    saved = folder / "saved" / f"{name}.xlsx"
    filled = read_filled(saved)
    assert {at: held.value for at in filled.held if (held := filled.typed(at))} == cells[name]
    assert len(cells[name]) > 50
    again = build_workbook(framework(name, folder), filled_in=saved)
    assert again.content == (folder / f"{name}.xlsx").read_bytes()
