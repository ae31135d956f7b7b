"""What a brand brings along: a colour as people write it, and a picture that every spreadsheet program can show."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from metricbook.problems import Location, Problem, Refused

KINDS = ("PNG", "JPEG")
LARGEST = 1_000_000  # bytes; it stands in the workbook as it is, and workbooks are sent by mail
MOST_PIXELS = 4_000_000
SMALLEST, LONGEST = 16, 12  # pixels of a side; how often one side may hold the other
_WANTED = "A logo is a PNG or a JPEG file."
_SVG = re.compile(rb"<svg[\s>]", re.IGNORECASE)


def hex_colour(text: str) -> str | None:
    """The six digits of a colour: "#0b5fff" and "0B5FFF" are 0B5FFF, "#05f" is 0055FF; None where it is none."""
    digits = text.strip().removeprefix("#").upper()
    if re.fullmatch(r"[0-9A-F]{3}", digits):
        digits = "".join(2 * digit for digit in digits)
    return digits if re.fullmatch(r"[0-9A-F]{6}", digits) else None


def read_logo(path: Path, at: Location | None = None) -> bytes:
    """The content of a logo's file; raise Refused with what is wrong with it, at the place that names it."""
    place = at or Location(str(path))
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise _refused(
            "no-logo", f'The logo "{path.name}" cannot be read: {reason}.', f"Looked for {path}.", place
        ) from error
    fault = _fault(content)
    if fault:
        raise _refused("bad-logo", f'The logo "{path.name}" {fault[0]}.', fault[1], place)
    return content


def _refused(code: str, sentence: str, hint: str, at: Location) -> Refused:
    return Refused([Problem(code, sentence, hint, at)])


def _fault(content: bytes) -> tuple[str, str] | None:
    """What is wrong with a picture, and what to do."""
    if not content:
        return "is empty", _WANTED
    if len(content) > LARGEST:
        return f"is larger than {LARGEST // 1_000_000} MB", "600 pixels across are plenty."
    if _SVG.search(content[:2_000]):
        return "is an SVG drawing, which older Excels do not show", "Export it as PNG, 600 pixels across."
    kind, mode, width, height = _measured(content)
    if not kind:
        return "is not a picture that can be read", _WANTED
    if kind not in KINDS:
        return f"is a {kind} picture", f"{_WANTED} Save it as PNG."
    if width * height > MOST_PIXELS:
        return f"has more than {MOST_PIXELS // 1_000_000} million pixels", "600 pixels across are plenty."
    if min(width, height) < SMALLEST or max(width, height) > LONGEST * min(width, height):
        bounds = f"At least {SMALLEST} pixels each way are needed, and no side more than {LONGEST} times the other."
        return f"has {width:,} × {height:,} pixels", bounds
    if mode == "CMYK":
        return "is in the colours of a printing press (CMYK)", "Save it as PNG, for screens."
    return None


def _measured(content: bytes) -> tuple[str, str, int, int]:
    """Kind, colours, width and height of a picture that is whole; its kind is "" where it is none."""
    import warnings

    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a huge picture is spoken of here, with its own words
        try:
            with Image.open(BytesIO(content)) as picture:
                width, height = picture.size
                if width * height <= MOST_PIXELS:
                    picture.load()  # half a file opens too
                return picture.format or "", picture.mode, width, height
        except Image.DecompressionBombError:
            return KINDS[0], "", MOST_PIXELS, MOST_PIXELS
        except (OSError, SyntaxError, ValueError):
            return "", "", 0, 0
