"""Text can be read on its fill, and lines be seen on paper. Contrast as WCAG 2 defines it."""

from __future__ import annotations

import pytest

from metricbook.workbook import colours, rules, styles

TEXT, LINE = 4.5, 3.0


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_known_pairs() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("777777", "FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("role", styles.LOOKS)
def test_every_role_can_be_read(role: str) -> None:
    look = styles.LOOKS[role]
    assert contrast(look.color, look.fill or colours.WHITE) >= TEXT


@pytest.mark.parametrize("look", rules.LOOKS)
def test_every_conditional_look_can_be_read(look: str) -> None:
    text, fill, _ = rules.LOOKS[look]
    texts = [text] if text else [colours.TEXT, colours.INPUT_TEXT]
    assert min(contrast(one, fill or colours.WHITE) for one in texts) >= TEXT


@pytest.mark.parametrize("colour", [*colours.SERIES.values(), colours.PLAN_LINE])
def test_lines_can_be_seen(colour: str) -> None:
    assert contrast(colour, colours.WHITE) >= LINE
