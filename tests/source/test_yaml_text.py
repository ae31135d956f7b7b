"""YAML text → data and places."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from metricbook.problems import Location, Refused
from metricbook.source.document import Steps
from metricbook.source.yaml_text import read


def codes(text: str) -> list[tuple[str, int, int]]:
    with pytest.raises(Refused) as refused:
        read(text, "f")
    return [(p.code, p.at.line, p.at.column) for p in refused.value.problems]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("false", False),
        ("4_200_000", 4_200_000),
        ("-5", -5),
        ("0.25", 0.25),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("2026", 2026),
        ("NO", "NO"),
        ("on", "on"),
        ("yes", "yes"),
        ("True", "True"),
        ("012", "012"),
        ("1:30", "1:30"),
        ("0x1F", "0x1F"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("1e999", "1e999"),
        ("4__2", "4__2"),
        ("2026-01", "2026-01"),
        ("2026-01-31", "2026-01-31"),
        ("1.0.0", "1.0.0"),
        ("22%", "22%"),
        ("'5'", "5"),
        ('"true"', "true"),
        ("a # a comment", "a"),
        ("<<", "<<"),
    ],
)
def test_what_unquoted_text_stands_for(written: str, meant: Any) -> None:
    data = read(f"key: {written}\n", "f").data
    assert isinstance(data, dict)
    assert data["key"] == meant
    assert type(data["key"]) is type(meant)


def test_keys_are_text_whatever_they_look_like() -> None:
    assert read("{2026: 1, true: 2, 2026-01: 3, NO: 4}", "f").data == {"2026": 1, "true": 2, "2026-01": 3, "NO": 4}


DOCUMENT = read(
    """\
title: Growth
metrics:
  cac: {label: 'CAC', formula: "spend / wins"}
  long:
    formula: >-
      spend
      / wins
    input:
""",
    "f.yaml",
)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ((), (1, 1, 1)),
        (("title",), (1, 8, 6)),
        (("metrics", "cac", "label"), (3, 17, 3)),
        (("metrics", "cac", "formula"), (3, 33, 12)),
        (("metrics", "long", "formula"), (6, 7, 5)),
        (("metrics", "cac", "target", "value"), (3, 8, 1)),  # missing: the nearest that is there
        (("metrics", "long", "input"), (8, 11, 1)),  # empty: just after its colon
    ],
)
def test_a_value_is_located(path: Steps, place: tuple[int, int, int]) -> None:
    assert DOCUMENT.locate(path) == Location("f.yaml", *place)


def test_a_key_is_located() -> None:
    assert DOCUMENT.key(("metrics", "cac", "formula")) == Location("f.yaml", 3, 23, 7)
    assert DOCUMENT.key(("metrics", "cac", "unit")) == Location("f.yaml", 3, 3, 3)


def test_a_part_of_a_text_is_located_in_quotes_and_folded() -> None:
    assert DOCUMENT.span(("metrics", "cac", "formula"), 8, 12) == Location("f.yaml", 3, 41, 4)
    assert DOCUMENT.span(("metrics", "long", "formula"), 8, 12) == Location("f.yaml", 7, 9, 4)


def test_names_for_branches_of_a_union_are_not_steps() -> None:
    assert DOCUMENT.follow(("metrics", "cac", "Metric", "formula", "str")) == ("metrics", "cac", "formula")


def test_a_byte_order_mark_moves_nothing() -> None:
    assert read("\ufefftitle: x", "f").locate(("title",)) == Location("f", 1, 8, 1)


WORDS = st.text(alphabet="ab 'ü\"\\:#,[]{}😀-?", min_size=1, max_size=30).map(str.strip).filter(bool)
TREES = st.recursive(
    WORDS | st.integers(-999, 999) | st.booleans(),
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(WORDS, inner, min_size=1, max_size=3),
    max_leaves=8,
)


def texts(data: Any, path: Steps = ()) -> list[tuple[Steps, str]]:
    if isinstance(data, str):
        return [(path, data)]
    steps: Any = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [found for step, inner in steps for found in texts(inner, (*path, step))]


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(WORDS, TREES, min_size=1, max_size=3), st.booleans(), st.sampled_from([None, "'", '"', ">"]))
def test_every_character_of_every_text_is_where_its_place_says(data: Any, flow: bool, style: str | None) -> None:
    if flow and style is None:
        style = '"'  # unquoted text in { } is read more strictly here than PyYAML writes it
    written = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, default_style=style, width=20)
    try:
        document = read(written, "f")
    except Refused as refused:
        # PyYAML may write "a #b" or "!!int" where an author would not
        assert {p.code for p in refused.problems} <= {"tag", "cut-by-hash"}
        return
    assert document.data == data
    lines = written.split("\n")
    for path, text in texts(data):
        for number, character in enumerate(text):
            if not character.isspace():
                at = document.span(path, number, number + 1)
                assert lines[at.line - 1][at.column - 1] in (character, "\\")  # or where its escape begins


def test_aliases_cannot_multiply() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert {code for code, _, _ in codes(bomb)} == {"alias"}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_depth_is_bounded(opening: str) -> None:
    assert [code for code, _, _ in codes(opening * 200_000)] == ["too-deep"]


def test_size_is_bounded() -> None:
    assert codes("#" * 1_000_001) == [("too-large", 0, 0)]


@pytest.mark.parametrize("text", ["a: \x00", "a: \ud800", "a: \x1b[31m"])
def test_characters_that_no_text_holds_are_refused_with_their_place(text: str) -> None:
    assert codes(f"b: 1\n{text}") == [("control-character", 2, 4)]


def test_text_that_reads_backwards_is_refused_in_keys_too() -> None:
    assert codes('"a\u202eb": "c\u202ed"') == [("control-character", 1, 2), ("control-character", 1, 9)]


def test_slips_are_reported_together_with_faults_of_the_tree() -> None:
    text = "a: @x\nb: 1\nb: 2\nc: `y\nd: one: two\n"
    assert codes(text) == [
        ("needs-quotes", 1, 4),
        ("duplicate-key", 3, 1),
        ("needs-quotes", 4, 4),
        ("colon-in-text", 5, 7),
    ]


def test_the_quote_that_was_left_open_is_found_far_above() -> None:
    assert codes("a: 'x\nb: 1\nc: 2\nd: 'y'\n") == [("open-quote", 1, 4)]


@given(st.text(alphabet=" \n\t:-,[]{}'\"#&*!|>%@?abc1.", max_size=40))
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read(text, "f")
    except Refused as refused:
        assert refused.problems
        count = text.count("\n") + 1
        assert all(0 <= p.at.line <= count for p in refused.problems)


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("brand: {color: #0B5FFF}\n", (1, 16), "cut-by-hash"),
        ("brand: {color: #0B5FFF}", (1, 16), "cut-by-hash"),
        ("title: A\nhide: [{a: b}, c", (2, 7), "open-bracket"),
    ],
)
def test_what_is_open_at_the_end_is_said_where_it_opens(text: str, place: tuple[int, int], code: str) -> None:
    with pytest.raises(Refused) as refused:
        read(text, "a.yaml")
    assert [(each.at.line, each.at.column, each.code) for each in refused.value.problems] == [(*place, code)]
