from __future__ import annotations

import pytest

from metricbook.workbook.text import looks_active, plain_text, shortened, xml_text


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("plain", "plain"),
        ("a\x00b\x08c\x1fd\x7f", "abcd"),
        ("lone \ud83d surrogate \udc00", "lone  surrogate "),
        ("not \ufffe a character \uffff", "not  a character "),
        ("one\r\ntwo\rthree\nfour\tfive", "one\ntwo\nthree\nfour\tfive"),
        ("rocket 🚀 é ×", "rocket 🚀 é ×"),
        ("x" * 40_000, "x" * 32_767),
        ("🚀" * 20_000, "🚀" * 16_383),  # two units each: 32,767 has room for 16,383
    ],
)
def test_what_a_cell_cannot_hold_goes(given: str, kept: str) -> None:
    assert plain_text(given) == kept


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd", "-2", "@SUM(A1)", "\tx", "\nx", "＝1+1", "＋1", "－1", "﹣1", "＠x"]
)
def test_text_that_a_program_might_run(text: str) -> None:
    assert looks_active(text)


@pytest.mark.parametrize("text", ["", "a=b", " =1", "−5 pts", "– none", "1-2", "'=1"])
def test_text_that_stays_text_by_itself(text: str) -> None:
    assert not looks_active(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("_x0041_", "_x005F_x0041_"),
        ("_x004_ and x_x", "_x004_ and x_x"),
        ("&amp;", "&amp;amp;"),
    ],
)
def test_xml_text(text: str, written: str) -> None:
    assert xml_text(text) == written


def test_a_cut_never_splits_a_character() -> None:
    assert shortened("ab🚀", 3) == "ab"
    assert shortened("ab🚀", 4) == "ab🚀"
