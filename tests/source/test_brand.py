"""A brand's colour and its logo, and what is said where they are none."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from metricbook.problems import Location, Refused
from metricbook.source.brand import hex_colour, read_logo


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#0B5FFF", "0B5FFF"),
        (" 0b5fff ", "0B5FFF"),
        ("#05f", "0055FF"),
        ("blue", None),
        ("#0B5FF", None),
        ("##0B5FFF", None),
        ("٠٠٠٠٠٠", None),
        ("", None),
    ],
)
def test_colours(text: str, colour: str | None) -> None:
    assert hex_colour(text) == colour


def picture(width: int, height: int, kind: str = "PNG", mode: str = "RGB") -> bytes:
    file = BytesIO()
    Image.new(mode, (width, height)).save(file, kind)
    return file.getvalue()


SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'
BAD = {
    "empty": (b"", "is empty"),
    "words": (b"not a picture", "is not a picture that can be read"),
    "svg": (SVG, "is an SVG drawing"),
    "gif": (picture(100, 100, "GIF"), "is a GIF picture"),
    "half": (picture(600, 200, mode="RGB")[:200], "is not a picture that can be read"),
    "heavy": (picture(20, 20) + bytes(1_000_001), "is larger than 1 MB"),
    "huge": (picture(2_001, 2_000, mode="1"), "has more than 4 million pixels"),
    "bomb": (picture(15_000, 15_000, mode="1"), "has more than 4 million pixels"),
    "tiny": (picture(8, 8), "has 8 × 8 pixels"),
    "long": (picture(1_300, 100), "has 1,300 × 100 pixels"),
    "printed": (picture(300, 100, "JPEG", "CMYK"), "is in the colours of a printing press"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_logo_is_refused_where_it_is_named(name: str, tmp_path: Path) -> None:
    content, sentence = BAD[name]
    path = tmp_path / "acme.png"
    path.write_bytes(content)
    at = Location("acme.yaml", 4, 12)
    with pytest.raises(Refused) as refused:
        read_logo(path, at)
    (problem,) = refused.value.problems
    assert (problem.code, problem.at) == ("bad-logo", at)
    assert problem.sentence.startswith(f'The logo "acme.png" {sentence}')
    assert problem.hint


def test_a_logo_that_is_not_there() -> None:
    with pytest.raises(Refused) as refused:
        read_logo(Path("nowhere.png"))
    (problem,) = refused.value.problems
    assert (problem.code, problem.sentence) == (
        "no-logo",
        'The logo "nowhere.png" cannot be read: No such file or directory.',
    )


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_stays_as_it_is(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "acme.picture"  # what it is counts, not what it is called
    path.write_bytes(picture(300, 100, kind))
    assert read_logo(path) == path.read_bytes()
