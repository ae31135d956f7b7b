"""Draws the pictures of the README and the examples: builds workbooks, prints them, keeps some sheets.

Run it by `make pictures`; it needs soffice and poppler's pdftotext and pdftoppm.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image, ImageChops

from metricbook.build import (
    Subject,
    sample_of,
    sample_records,
    sample_remarks,
    sample_sections,
    subject_of,
    values_of,
)
from metricbook.data_in import exported, loaded
from metricbook.layout.lay_out import lay_out
from metricbook.layout.plan import Print, Sheet
from metricbook.layout.settings import Settings
from metricbook.workbook.write import write

ROOT = Path(__file__).parents[1]
EXAMPLES = "examples"
CLIENT = "Acme Robotics"
DOTS = 220  # per inch, before the picture is made smaller
WIDTH = 1240  # pixels; a README shows about 900, and screens are finer
COLOURS = 256
MARGIN = 0.41  # inches of a printed page above and below, where its header and footer are
EDGE = 16  # white pixels around what is kept


@dataclass(frozen=True)
class Picture:
    """The printed page of a sheet on which some words stand: a part of its width, and a share of that as height.

    `framework` comes along, or is a file below examples (a framework or a client), and its picture lies beside it.
    `whole` prints the sheet upright on as few pages as it takes, so that a page is seen as on a screen.
    """

    name: str
    framework: str
    sheet: str
    words: str
    whole: bool = True
    across: float = 1.0
    down: float = 1.0


PICTURES = (
    Picture("cmo_dashboard", "cmo_dashboard", "CMO dashboard", "Off track or at risk, worst first", down=0.7),
    Picture("growth", "growth", "Growth", "NORTH STAR", down=1.27),
    Picture("attribution", "attribution", "Attribution", "NORTH STAR", down=1.25),
    Picture("inputs", "growth", "Inputs", "Start here", whole=False, down=0.62),
    Picture("dictionary", "growth", "Dictionary", "cac_blended", whole=False, down=0.62),
    Picture("growth", "saas_sales_led/client.yaml", "Growth", "NORTH STAR", down=0.685),
    Picture("funnel", "product_led/client.yaml", "Funnel", "NORTH STAR", down=0.685),
    Picture("delivery", "services_firm/client.yaml", "Delivery", "By service line", down=0.685),
    Picture(
        "brightwell", "practice/brightwell.yaml", "Seven essentials", "Off track or at risk, worst first", down=0.685
    ),
    Picture("network", "podcast_network/framework.yaml", "Network", "NORTH STAR", down=0.685),
)
UPRIGHT = Print(landscape=False, pages_wide=1)


def main(wanted: Sequence[str] = ()) -> None:
    """Draw every picture, or those of the frameworks and files named."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for framework in dict.fromkeys(picture.framework for picture in PICTURES):
            if wanted and framework not in wanted:
                continue
            pictures = [picture for picture in PICTURES if picture.framework == framework]
            pdf = printed(framework, {each.sheet for each in pictures if each.whole}, folder)
            texts = run("pdftotext", "-layout", pdf, "-").split("\f")
            for picture in pictures:
                draw(picture, pdf, page_with(picture, texts), folder)


def printed(framework: str, whole: set[str], folder: Path) -> Path:
    """The workbook with its data as a PDF."""
    about = subject_of(ROOT / EXAMPLES / framework if "/" in framework else framework)
    plan = lay_out(about.model, filled(about, CLIENT if "/" not in framework else ""))
    sheets = tuple(upright(sheet) if sheet.name in whole else sheet for sheet in plan.sheets)
    plan = replace(plan, sheets=sheets)
    workbook = folder / "workbook.xlsx"
    workbook.write_bytes(write(plan, values_of(plan)))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, workbook)
    return workbook.with_suffix(".pdf")


def filled(about: Subject, client: str) -> Settings:
    """The settings with a client's exports, or with sample data where there are none."""
    if about.exports:
        data = exported(about.model, about.exports)
        return replace(about.settings, inputs=data.inputs, loaded=loaded(data), records=data.records)
    rows = {table: each.rows for table, each in sample_records(about.model).items()}
    inputs = sample_of(about.model)
    typed = {**sample_sections(about.model, inputs), **sample_remarks(about.model)}
    settings = replace(about.settings, inputs=inputs, records=rows, typed=typed)
    return settings if about.client else replace(settings, client=client)


def upright(sheet: Sheet) -> Sheet:
    """The sheet as one upright page."""
    return replace(sheet, print=UPRIGHT)


def page_with(picture: Picture, texts: list[str]) -> int:
    """The number of the first page of the sheet on which the words stand.

    The footer names the sheet; where a chart runs into it and it cannot be read, the words alone decide.
    """
    footer = re.compile(rf"\w+ [\d.]+ +{re.escape(picture.sheet)} +\d+ / \d+")
    holding = [number for number, text in enumerate(texts, 1) if picture.words in text]
    named = [number for number in holding if footer.search(texts[number - 1])]
    for number in (*named, *holding):
        return number
    sys.exit(f"{picture.name}: no page of {picture.sheet} holds {picture.words}")


def draw(picture: Picture, pdf: Path, page: int, folder: Path) -> None:
    """Keep one page as docs/<name>.png, or beside the file of an example."""
    pages = ("-f", page, "-l", page)
    run("pdftoppm", "-png", "-singlefile", "-r", DOTS, *pages, pdf, folder / picture.name)
    with Image.open(folder / f"{picture.name}.png") as drawn:
        found = kept(drawn.convert("RGB"), picture)
    smaller = found.resize((WIDTH, round(found.height * WIDTH / found.width)), Image.Resampling.LANCZOS)
    beside = ROOT / EXAMPLES / picture.framework if "/" in picture.framework else Path(__file__)
    file = beside.with_name(f"{picture.name}.png")
    smaller.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    print(f"{file.relative_to(ROOT)}  {smaller.width} × {smaller.height}, {file.stat().st_size // 1000} kB")


def kept(page: Image.Image, picture: Picture) -> Image.Image:
    """The part of a page that is shown: without margins, header and footer, and as high as its width allows."""
    margin = round(MARGIN * DOTS)
    page = page.crop((0, margin, page.width, page.height - margin))
    box = ImageChops.difference(page, Image.new("RGB", page.size, "white")).getbbox()
    assert box is not None, picture.name
    left, top, right, bottom = box
    right = left + round((right - left) * picture.across)
    bottom = min(bottom, top + round((right - left) * picture.down))
    framed = Image.new("RGB", (right - left + 2 * EDGE, bottom - top + 2 * EDGE), "white")
    framed.paste(page.crop((left, top, right, bottom)), (EDGE, EDGE))
    return framed


def run(*command: object) -> str:
    """What a program prints."""
    done = subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=300)
    return done.stdout.decode("utf-8", errors="replace")


if __name__ == "__main__":
    main(sys.argv[1:])
