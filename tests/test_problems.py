"""Problems → lines for readers, data for programs."""

from __future__ import annotations

import pytest

from metricbook.problems import Location, Problem, Refused, as_dict, did_you_mean, show

UNKNOWN = Problem("unknown-metric", '"mmr" is not a metric here.', 'Did you mean "mrr"?', Location("a.yaml", 2, 8, 3))


def test_a_problem_is_shown_with_its_line_and_a_caret() -> None:
    assert show(UNKNOWN, {"a.yaml": "top\nwins: mmr\nend"}.get) == (
        'a.yaml:2:8: unknown-metric: "mmr" is not a metric here. Did you mean "mrr"?\n    wins: mmr\n           ^^^'
    )


def test_the_caret_stands_under_a_tab() -> None:
    at = Location("a", 1, 4, 2)
    assert show(Problem("x", "Y.", "", at), {"a": "\ta\tbc\r\n"}.get).split("\n")[1:] == [
        "    \ta\tbc",
        "    \t \t^^",
    ]


@pytest.mark.parametrize(
    ("at", "head"),
    [
        (Location(), "x: Y."),
        (Location("a.yaml"), "a.yaml: x: Y."),
        (Location("a.yaml", 3), "a.yaml:3: x: Y."),
        (Location("gone.yaml", 3, 1), "gone.yaml:3:1: x: Y."),
    ],
)
def test_without_a_line_there_is_only_the_sentence(at: Location, head: str) -> None:
    assert show(Problem("x", "Y.", "", at), {"a.yaml": "one"}.get) == head


def test_a_sentence_ends_before_the_hint_begins() -> None:
    assert (
        show(Problem("x", "A value is missing", "Write one"), lambda file: None) == "x: A value is missing. Write one"
    )


def test_a_problem_as_data() -> None:
    assert as_dict(UNKNOWN) == {
        "code": "unknown-metric",
        "sentence": '"mmr" is not a metric here.',
        "hint": 'Did you mean "mrr"?',
        "file": "a.yaml",
        "line": 2,
        "column": 8,
        "width": 3,
    }


def test_the_nearest_word_is_offered() -> None:
    assert did_you_mean("lable", {"label", "unit"}) == 'Did you mean "label"?'
    assert did_you_mean("colours", {"label", "unit"}) == ""


def test_refused_names_all_its_problems() -> None:
    assert str(Refused([UNKNOWN, Problem("x", "Y.")])) == '"mmr" is not a metric here.; Y.'
