"""How light a colour is, how well it stands out against another, and how to change it until it does.

Colours are six hex digits. Luminance and contrast are those of WCAG 2, lightness and distance those of CIELAB (D65).
"""

from __future__ import annotations

from colorsys import hls_to_rgb, rgb_to_hls

TEXT_CONTRAST, LINE_CONTRAST = 4.5, 3.0
"""What WCAG 2 asks of text on its fill (1.4.3), and of lines and bars on the page (1.4.11)."""

_TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
_WHITE_XYZ = (0.9505, 1.0, 1.0890)
_HALVINGS = 16  # digits have 256 steps
_HAIR = 1e-9


def luminance(colour: str) -> float:
    """From 0, black, to 1, white."""
    return _xyz(colour)[1]


def contrast(one: str, other: str) -> float:
    """From 1, the same, to 21, black on white."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lightness(colour: str) -> float:
    """From 0 to 100 in steps that look alike."""
    return _lab(colour)[0]


def luminance_of(light: float) -> float:
    """The luminance of a lightness."""
    part = (light + 16) / 116
    return part**3 if part > 6 / 29 else (part - 4 / 29) * 3 * (6 / 29) ** 2


def distance(one: str, other: str) -> float:
    """How different two colours look: 2 can just be told apart, black and white are 100 apart."""
    return float(sum((a - b) ** 2 for a, b in zip(_lab(one), _lab(other), strict=True)) ** 0.5)


def at_luminance(hue: float, saturation: float, light: float) -> str:
    """The colour of a hue (0 to 1) and a saturation with this luminance, or a hair darker."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if luminance(_hex(hls_to_rgb(hue, middle, saturation))) > light:
            high = middle
        else:
            low = middle
    return _hex(hls_to_rgb(hue, low, saturation))


def hue_and_saturation(colour: str) -> tuple[float, float]:
    """Both from 0 to 1."""
    hue, _, saturation = rgb_to_hls(*_channels(colour))
    return hue, saturation


def darkened(colour: str, against: str, least: float) -> str:
    """The colour as it is where it stands out against a light one, else dark enough, in its own hue."""
    if contrast(colour, against) >= least:
        return colour
    return at_luminance(*hue_and_saturation(colour), (luminance(against) + 0.05) / least - 0.05 - _HAIR)


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4))
    return red, green, blue


def _hex(channels: tuple[float, float, float]) -> str:
    return "".join(f"{round(255 * min(1.0, max(0.0, channel))):02X}" for channel in channels)


def _xyz(colour: str) -> tuple[float, float, float]:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)]
    x, y, z = (sum(weight * part for weight, part in zip(row, linear, strict=True)) for row in _TO_XYZ)
    return x, y, z


def _lab(colour: str) -> tuple[float, float, float]:
    x, y, z = (_root(part / white) for part, white in zip(_xyz(colour), _WHITE_XYZ, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(part: float) -> float:
    return float(part ** (1 / 3)) if part > (6 / 29) ** 3 else part / (3 * (6 / 29) ** 2) + 4 / 29
