"""metric[where]: a member, a group, the total, a live selector, two coordinates."""

from __future__ import annotations

import pytest

from worked import refused, worked

CHANNELS = """
dimensions:
  period: {grain: month, count: 2, first: 2026-01}
  channel:
    label: Channel
    groups:
      paid: {label: Paid, members: {search: Search, social: Social}}
      free: {label: Free, members: {events: Events}}
metrics:
  spend: {label: Spend, unit: currency, by: [channel, period], rollup: sum, input: {}}
"""
SPENT = {"spend[search]": [100, 10], "spend[social]": [50, 20], "spend[events]": [30, 40]}


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("search", [100, 10]),
        ("paid", [150, 30]),
        ("free", [30, 40]),
        ("total", [180, 70]),
    ],
)
def test_a_member_a_group_and_the_total(where: str, expected: list[float]) -> None:
    text = CHANNELS + f'  read: {{label: Read, unit: currency, formula: "spend[{where}]"}}\n'
    book = worked(text, SPENT)
    assert book("read") == expected
    assert book("read", "current") == expected[1]


def test_a_difference_from_one_member_is_by_all_members() -> None:
    text = CHANNELS + '  lift: {label: Lift, unit: currency, formula: "spend - spend[events]"}\n'
    book = worked(text, SPENT)
    assert book("lift[search]") == [70, -30]
    assert book("lift[events]") == [0, 0]
    assert book("lift") == [150, 30]  # the formula again, at Total


def test_a_share_of_the_total() -> None:
    text = CHANNELS + '  share: {label: Share, unit: percent, formula: "spend / spend[total]"}\n'
    book = worked(text, SPENT)
    assert book("share[social]") == [round(50 / 180, 9), round(20 / 70, 9)]
    assert book("share") == [1, 1]


def test_a_selector_chooses_the_member_in_the_workbook() -> None:
    text = CHANNELS + (
        "  shown: {label: Shown, unit: member, by: [], input: {of: channel}}\n"
        '  read: {label: Read, unit: currency, formula: "spend[shown]"}\n'
    )
    assert worked(text, {**SPENT, "shown": "social"})("read") == [50, 20]
    assert worked(text, {**SPENT, "shown": "events"})("read") == [30, 40]
    assert worked(text, SPENT)("read") == ["", ""]


CREDIT = """
dimensions:
  period: {grain: month, count: 1, first: 2026-01}
  stage: {label: Stage, members: {lead: Lead, won: Won}}
  rule: {label: Rule, total: false, members: {first: First touch, last: Last touch}}
metrics:
  credit: {label: Credit, unit: count, by: [stage, rule, period], rollup: sum, input: {}}
  chosen: {label: Rule in force, unit: member, by: [], input: {of: rule, initial: last}}
"""
CREDITED = {
    "credit[lead, first]": [1],
    "credit[lead, last]": [2],
    "credit[won, first]": [4],
    "credit[won, last]": [8],
}


@pytest.mark.parametrize(
    ("formula", "line", "expected"),
    [
        ("credit[lead, last]", "read", [2]),
        ("credit[last, lead]", "read", [2]),  # in any order
        ("credit[won, chosen]", "read", [8]),
        ("credit[first, total]", "read", [5]),  # `total` covers what is left
        ("credit[chosen]", "read[lead]", [2]),
        ("credit[chosen]", "read", [10]),
    ],
)
def test_two_coordinates(formula: str, line: str, expected: list[float]) -> None:
    book = worked(CREDIT + f'  read: {{label: Read, unit: count, formula: "{formula}"}}\n', CREDITED)
    assert book(line) == expected


def test_alternatives_have_no_total() -> None:
    text = CREDIT + '  read: {label: Read, unit: count, formula: "credit[lead, total]"}\n'
    assert "no-total: credit has no total over rule." in refused(text)[0]


def test_a_member_that_is_in_two_margins_is_ambiguous() -> None:
    text = """
dimensions:
  period: {grain: month, count: 1}
  channel: {members: {events: Events}}
  source: {members: {events: Trade events}}
metrics:
  spend: {label: Spend, unit: currency, by: [[channel, source], period], rollup: sum, input: {}}
  read: {label: Read, unit: currency, formula: "spend[events]"}
"""
    assert "ambiguous-member: spend[events]: events is in channel and in source." in refused(text)[0]
