"""Text can be read on its fill, and lines be seen on paper, whatever the brand. Contrast as WCAG 2 defines it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, pairwise
from random import Random

import pytest

from metricbook.workbook import colours, rules, styles
from metricbook.workbook.contrast import distance, lightness
from metricbook.workbook.theme import Theme, theme_of

TEXT, LINE = 4.5, 3.0
RANDOM = [f"{Random(number).randrange(1 << 24):06X}" for number in range(250)]
KNOWN = ["FFFFFF", "000000", "808080", "FFFF00", "00FFFF", "FF0000", "0000FF", "00FF00", "FFE699", "F8CBAD", "CFE2F3",
         "FFF2CC", "F2C94C", "8A94A6", "7B1E00", "777777", "0B5FFF"]  # fmt: skip
BRANDS = ["", *KNOWN, *RANDOM]
MEANS = {"yellow of inputs": "FFF2CC", "good": "CFE2F3", "fair": "FFE699", "bad": "F8CBAD", "off": "EEF0F3"}


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


def test_lightness_and_distance_of_known_colours() -> None:
    # CIELAB of sRGB red is 53.24, 80.09, 67.20; of white 100, 0, 0
    assert [round(lightness(each), 1) for each in ("000000", "777777", "FFFFFF", "FF0000")] == [0, 50.0, 100, 53.2]
    assert distance("FF0000", "FFFFFF") == pytest.approx((46.76**2 + 80.09**2 + 67.20**2) ** 0.5, abs=0.1)


def pairs(theme: Theme) -> Iterator[tuple[str, str, str]]:
    """Every place where text stands on a fill: its name, the text's colour and the fill's."""
    for role, cell in styles.LOOKS.items():
        yield role, theme.colour(cell.color), theme.colour(cell.fill) or colours.WHITE
    for look, (text, fill, _) in (each for each in rules.LOOKS.items() if each[0] != "unseen"):
        for one in [text] if text else [colours.TEXT, colours.INPUT_TEXT]:
            yield look, theme.colour(one), theme.colour(fill) or colours.WHITE
    for part, colour in theme.series.items():
        yield part, theme.text_on(colour), colour


def unread(theme: Theme) -> list[str]:
    found = [place for place, text, fill in pairs(theme) if contrast(text, fill) < TEXT]
    lines = {**theme.series, "accent": theme.colour(colours.ACCENT), "plan": colours.PLAN_LINE}
    return found + [name for name, line in lines.items() if contrast(line, colours.WHITE) < LINE]


def mistaken(theme: Theme) -> list[str]:
    bars = theme.colour(colours.BAR), theme.colour(colours.NEXT_BAR)
    found = [name for name, meant in MEANS.items() if min(distance(bar, meant) for bar in bars) < 25]
    tabs = theme.tabs
    found += [tab for tab in ("start", "page") if min(distance(tabs[tab], tabs[o]) for o in ("fill", "check")) < 25]
    return found + ["next"] * (contrast(*bars) < 1.5) + ["fall"] * (distance(*_steps(theme)) < 25)


def alike_in_grey(theme: Theme) -> list[str]:
    tones = [lightness(theme.series[part]) for part in ("main", "second", "third", "fourth", "fifth", "sixth")]
    up, down = map(lightness, _steps(theme))
    found = ["three"] * (min(abs(a - b) for a, b in combinations(tones[:3], 2)) < 12)
    return found + ["six"] * (min(b - a for a, b in pairwise(sorted(tones))) < 4) + ["steps"] * (abs(up - down) < 12)


def _steps(theme: Theme) -> tuple[str, str]:
    return theme.series["up"], theme.series["down"]


@pytest.mark.parametrize("wrong", [unread, mistaken, alike_in_grey])
def test_no_brand_makes_anything_hard_to_read(wrong: Callable[[Theme], list[str]]) -> None:
    assert len(BRANDS) > 250
    assert {brand: found for brand in BRANDS if (found := wrong(theme_of(brand)))} == {}


def test_inputs_and_statuses_follow_no_brand() -> None:
    own = {colours.INPUT_FILL, colours.INPUT_TEXT, colours.NOTE_FILL, colours.LINK_TEXT}
    used = {each for look in styles.LOOKS.values() for each in (look.color, look.fill)}
    assert own <= used
    assert {name for name, (*_, sides) in rules.LOOKS.items() if "left" in sides} == {"next"}
    for name in ("good", "fair", "bad", "wrong", "off", "quiet"):
        assert not set(rules.LOOKS[name][:2]) & set(theme_of("E4002B").colours)  # type: ignore[index]


@pytest.mark.parametrize(
    ("brand", "bar", "on_bar"),
    [
        ("0B5FFF", "0B5FFF", "FFFFFF"),  # as it is
        ("#0b5fff", "0B5FFF", "FFFFFF"),
        ("FFD400", "FFD400", "1B2430"),  # light: the text goes dark
        ("", "1F3864", "FFFFFF"),
    ],
)
def test_a_brand_that_can_be_read_stays_as_it_is(brand: str, bar: str, on_bar: str) -> None:
    theme = theme_of(brand)
    assert (theme.colour(colours.BAR), theme.colour(colours.ON_BAR)) == (bar, on_bar)
