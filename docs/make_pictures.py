"""Draws the pictures of the README: builds sample workbooks, prints them with LibreOffice, keeps some pages.

Run it by `make pictures`; it needs soffice and poppler's pdftotext and pdftoppm.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from metricbook.api import build_workbook

DOCS = Path(__file__).parent
WIDTH, HEIGHT = 940, 660  # pixels; about what a README shows across


@dataclass(frozen=True)
class Picture:
    """The first printed page of a workbook on which some words stand; with many dots its top left corner."""

    name: str
    framework: str
    words: tuple[str, ...]
    dots: int = 80  # per inch


PICTURES = (
    Picture("growth", "growth", ("Are we growing, and at what price?", "NORTH STAR")),
    Picture("inputs", "growth", ("Inputs", "Type in the yellow cells"), 150),
    Picture("calculations", "growth", ("Calculations", "cac_blended"), 130),
    Picture("customer_marketing", "customer_marketing_roi", ("NORTH STAR",)),
)


def main() -> None:
    """Draw every picture."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for framework in dict.fromkeys(picture.framework for picture in PICTURES):
            pdf = printed(framework, folder)
            texts = run("pdftotext", "-layout", pdf, "-").split("\f")
            for picture in PICTURES:
                if picture.framework == framework:
                    draw(picture, pdf, page_with(picture, texts))


def printed(framework: str, folder: Path) -> Path:
    """The workbook with sample data as a PDF."""
    workbook = folder / f"{framework}.xlsx"
    workbook.write_bytes(build_workbook(framework, sample=True).content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, workbook)
    return workbook.with_suffix(".pdf")


def page_with(picture: Picture, texts: list[str]) -> int:
    """The number of the first page on which the words stand."""
    for number, text in enumerate(texts, 1):
        if all(word in text for word in picture.words):
            return number
    sys.exit(f"{picture.name}: no page of {picture.framework} holds {' and '.join(picture.words)}")


def draw(picture: Picture, pdf: Path, page: int) -> None:
    """Keep one page as docs/<name>.png."""
    corner = ("-x", 0, "-y", 0, "-W", WIDTH, "-H", HEIGHT)
    pages = ("-f", page, "-l", page)
    run("pdftoppm", "-png", "-singlefile", "-r", picture.dots, *corner, *pages, pdf, DOCS / picture.name)
    print(f"docs/{picture.name}.png")


def run(*command: object) -> str:
    """What a program prints."""
    done = subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=300)
    return done.stdout.decode("utf-8", errors="replace")


if __name__ == "__main__":
    main()
