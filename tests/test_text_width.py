"""How wide texts and columns are: as the font says, where it is installed, and as Excel says."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from metricbook.layout.glyphs import BOLD, REGULAR
from metricbook.layout.text_width import characters, column_pixels, lines_of, text_width

TOOL = Path(__file__).parents[1] / "tools/make_glyphs.py"


def test_the_table_is_what_the_font_says() -> None:
    spec = importlib.util.spec_from_file_location("make_glyphs", TOOL)
    assert spec and spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    if not tool.FONTS.is_dir():
        pytest.skip("the font is not installed")
    assert tool.TABLE.read_text(encoding="utf-8") == tool.table(), "Run `make glyphs`."


@pytest.mark.parametrize(
    ("text", "size", "bold", "pixels"),
    [
        ("0", 11, False, 8),  # 1038 of 2048 parts of 14.67 pixels are 7.43
        ("0000000000", 11, False, 75),
        ("1,234", 10, False, 31),  # (4 × 1038 + 511) ÷ 2048 × 13.33
        ("W", 20, True, 25),  # 1856
        ("✓", 12, False, 16),  # not in the font: a square
        ("", 10, False, 0),
    ],
)
def test_texts(text: str, size: float, bold: bool, pixels: int) -> None:
    assert text_width(text, size, bold) == pixels


@pytest.mark.parametrize(("width", "pixels"), [(8.43, 64), (10, 75), (1, 12), (255, 1790)])
def test_columns_are_as_wide_as_excel_says(width: float, pixels: int) -> None:
    assert column_pixels(width) == pixels
    assert characters(pixels) == pytest.approx(width, abs=0.01)


def test_texts_are_broken_between_words_and_long_words_inside() -> None:
    width = text_width("aaa bbb", 10)
    assert [lines_of(text, 10, width) for text in ("aaa", "aaa bbb", "aaa bbb c", "a\nb", "aaaaaaaaaaaaa")] == [
        1, 1, 2, 2, 2,
    ]  # fmt: skip


def test_letters_of_latin_languages_and_signs_are_known() -> None:
    for table in (REGULAR, BOLD):
        known = set("".join(table.values()))
        assert set("Azß€é ő Ł–—…×÷−≤≥↑→↓←●○") <= known
