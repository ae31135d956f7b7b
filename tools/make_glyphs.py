"""Writes src/metricbook/layout/glyphs.py: how wide the letters of the workbooks' type are.

Workbooks are written in Calibri. Carlito has its advance widths (that is what it was made for) and is free, so they
are read from it: Debian's package fonts-crosextra-carlito. Run it by `make glyphs`.
"""

from __future__ import annotations

from pathlib import Path

from PIL import ImageFont

FONTS = Path("/usr/share/fonts/truetype/crosextra")
TABLE = Path(__file__).parents[1] / "src/metricbook/layout/glyphs.py"
EM = 2048  # units of the font; drawn at this size, a letter is as many pixels wide as it has units
LETTERS = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x218, 0x21C)]))
SIGNS = "–—‘’“”„†•…‰‹›₹€™Δ Σ−≠≤≥←↑→↓●○▼"
WEIGHTS = {"REGULAR": "Carlito-Regular.ttf", "BOLD": "Carlito-Bold.ttf"}
HEAD = '''"""How wide the letters of Calibri are, in parts of its em. Written by `make glyphs`; do not edit.

Each line: a width, and the letters that have it.
"""

from __future__ import annotations

EM = 2048
'''


def main() -> None:
    """Write the table anew."""
    TABLE.write_text(table(), encoding="utf-8")
    print(TABLE)


def table() -> str:
    """The text of the module."""
    parts = [HEAD]
    for name, file in WEIGHTS.items():
        lines = [f"    {width}: {_quoted(letters)}," for width, letters in sorted(by_width(FONTS / file).items())]
        parts.append("\n".join([f"{name} = {{", *lines, "}"]) + "\n")
    return "\n".join(parts)


def by_width(font: Path) -> dict[int, str]:
    """The letters of each width; those that the font lacks are left out."""
    type, small = (ImageFont.truetype(str(font), size, layout_engine=ImageFont.Layout.BASIC) for size in (EM, 32))
    missing = bytes(small.getmask("\uffff"))
    found: dict[int, str] = {}
    for letter in dict.fromkeys(LETTERS + SIGNS):
        if letter in "\xa0\xad " or bytes(small.getmask(letter)) != missing:
            width = round(type.getlength(letter))
            found[width] = found.get(width, "") + letter
    return found


def _quoted(letters: str) -> str:
    text = letters.replace("\\", "\\\\").replace('"', '\\"').replace("\xa0", "\\xa0").replace("\xad", "\\xad")
    return f'"{text}"' if '"' not in letters else f"'{letters.replace(chr(92), chr(92) * 2)}'"


if __name__ == "__main__":
    main()
