"""The colours that follow a client's brand. What a colour means in the workbook never follows it.

Yellow is for inputs, the pale fills are for a status, the green of links between sheets and the greys stay. A brand
colour that comes near one of the pale fills is darkened, so that a bar is never taken for a cell to fill in or for a
metric at risk; a warm brand colour is not the one in which a bridge rises, for beside it the fall is orange.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from metricbook.workbook.colours import (
    ACCENT,
    BAD_FILL,
    BAR,
    CARD,
    DARK,
    FAIR_FILL,
    FILL_TAB,
    GOOD_FILL,
    INPUT_FILL,
    LINK,
    LOADED_FILL,
    NEXT_BAR,
    NOTE_FILL,
    OFF_FILL,
    ON_BAR,
    ON_NEXT_BAR,
    STANDARD_ACCENT,
    TEXT,
    TO_CHECK_TAB,
    WHITE,
)
from metricbook.workbook.contrast import (
    LINE_CONTRAST,
    TEXT_CONTRAST,
    at_luminance,
    contrast,
    darkened,
    distance,
    hue_and_saturation,
    lightness,
    luminance,
    luminance_of,
)

MEANINGS = (WHITE, CARD, INPUT_FILL, LOADED_FILL, NOTE_FILL, GOOD_FILL, FAIR_FILL, BAD_FILL, OFF_FILL)
APART = 25.0  # the least distance of a bar from a fill that means something, and from the page
TWO_BARS = 1.6  # the contrast of the heading of the period to fill with the other headings
BLACKEST, PALEST, GAP = 18, 61, range(50, 58)
"""The lightness of series: 3:1 on the page, and no tone in the gap, on which neither white nor dark text is read."""
ENOUGH = 13  # tones that are so far apart are told from each other in grey print
NEXT_PARTS = ("second", "third", "fourth", "fifth", "sixth")
QUIET_PART, SLATE = "third", (0.6, 0.16)  # a bluish grey, quiet between two colours
HUES = ((0.07, 0.85), (0.52, 0.8), (0.91, 0.6), (0.73, 0.5), (0.36, 0.5))
"""Hue and saturation of the other series: orange, teal, pink, violet, green, those like the accent last."""
ONE_HUE = 0.12
GREYISH = 0.15  # a saturation at which no hue is seen
ORANGE, WARM = HUES[0], 1 / 7  # a fall is orange; hues within a seventh of the circle from it are warm
RISE_IS_DARK = 45
DARK_FALL, TOTAL = 33, 25  # lightness


@dataclass(frozen=True)
class Theme:
    """`colours` by name, `series` by a series' part, `tabs` by a sheet's kind."""

    colours: dict[str, str]
    series: dict[str, str]
    tabs: dict[str, str]

    def colour(self, name: str) -> str:
        """The six digits of a colour that is given by its name or by its digits."""
        return self.colours.get(name, name)

    def text_on(self, fill: str) -> str:
        """White, or the dark text where the fill is too light for it."""
        return _text_on(fill)

    def office(self) -> dict[str, str]:
        """The colours that Excel offers for what people add to the workbook, by their name in its theme."""
        parts = ("main", *NEXT_PARTS)
        return {f"accent{n}": self.series[part] for n, part in enumerate(parts, 1)} | {"hlink": self.colour(LINK)}


@cache
def theme_of(accent: str = "") -> Theme:
    """The theme of a brand colour such as "0B5FFF"; without one the workbook's own."""
    own = not accent
    accent = accent.removeprefix("#").upper() or STANDARD_ACCENT
    line = darkened(accent, WHITE, LINE_CONTRAST)
    bar = DARK if own else _bar(accent)
    following = accent if own else _beside(bar)
    colours = {
        ACCENT: line, LINK: darkened(accent, WHITE, TEXT_CONTRAST), BAR: bar, ON_BAR: _text_on(bar),
        NEXT_BAR: following, ON_NEXT_BAR: _text_on(following),
    }  # fmt: skip
    series = _series(accent)
    tabs = {"start": DARK if own else _tab(_beside(bar)), "page": line if own else _tab(bar)}
    others = {"fill": FILL_TAB, "records": FILL_TAB, "check": TO_CHECK_TAB}
    return Theme(colours, series | _steps(series["main"]), tabs | others)


def _text_on(fill: str) -> str:
    return WHITE if contrast(WHITE, fill) >= TEXT_CONTRAST else TEXT


def _bar(accent: str) -> str:
    """The brand's own colour where one text or the other can be read on it and it looks like nothing else."""
    is_own = all(distance(accent, each) >= APART for each in MEANINGS)
    is_read = max(contrast(WHITE, accent), contrast(TEXT, accent)) >= TEXT_CONTRAST
    return accent if is_own and is_read else darkened(accent, WHITE, TEXT_CONTRAST)


def _beside(bar: str) -> str:
    """A darker shade of a bar, or a lighter one of a bar that is nearly black; white is read on both."""
    hue, saturation = hue_and_saturation(bar)
    darker = (luminance(bar) + 0.05) / TWO_BARS - 0.05
    light = darker if darker >= 0 else (luminance(bar) + 0.05) * TWO_BARS - 0.05
    return darkened(at_luminance(hue, saturation, light), WHITE, TEXT_CONTRAST)


def _tab(colour: str) -> str:
    """Tabs to fill in are yellow, tabs to check grey; others are neither."""
    near = any(distance(colour, each) < APART for each in (FILL_TAB, TO_CHECK_TAB))
    return darkened(colour, WHITE, 2 * TEXT_CONTRAST) if near else colour


def _series(accent: str) -> dict[str, str]:
    """Six colours that differ in lightness, for grey print and for eyes that see few hues; the accent is the first.

    Two or three are far apart; the more there are, the nearer they come.
    """
    main = darkened(accent, WHITE, LINE_CONTRAST)
    if max(contrast(WHITE, main), contrast(TEXT, main)) < TEXT_CONTRAST:
        main = darkened(accent, WHITE, TEXT_CONTRAST)
    hue, saturation = hue_and_saturation(main)
    others = iter(HUES if saturation < GREYISH else sorted(HUES, key=lambda each: _apart(hue, each[0]) < ONE_HUE))
    series, taken = {"main": main}, [lightness(main)]
    for part in NEXT_PARTS:
        taken.append(_next_tone(taken))
        series[part] = at_luminance(*(SLATE if part == QUIET_PART else next(others)), luminance_of(taken[-1]))
    return series


def _next_tone(taken: list[float]) -> float:
    """The lightest of those far enough from all that are taken, or the farthest."""
    tones = [tone for tone in range(BLACKEST, PALEST + 1) if tone not in GAP]
    return max(tones, key=lambda tone: (min(ENOUGH, *(abs(tone - each) for each in taken)), tone))


def _apart(one: float, other: float) -> float:
    """Two hues on their circle."""
    return min(abs(one - other), 1 - abs(one - other))


def _steps(main: str) -> dict[str, str]:
    """A bridge: totals are grey, a rise has the accent, a fall is orange and lighter or darker than the rise."""
    hue, saturation = hue_and_saturation(main)
    up = STANDARD_ACCENT if _apart(hue, ORANGE[0]) < WARM and saturation > GREYISH else main
    down = at_luminance(*ORANGE, luminance_of(PALEST if lightness(up) < RISE_IS_DARK else DARK_FALL))
    return {"total": at_luminance(*SLATE, luminance_of(TOTAL)), "up": up, "down": down}
