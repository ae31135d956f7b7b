"""Builds the workbooks that lie ready to download in examples/workbooks: each empty, and with made-up numbers.

Run it by `make workbooks`. A workbook whose contents are as they were is left alone, so that nothing changes for git.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

from metricbook.api import build_workbook, load

ROOT = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "workbooks"
FRAMEWORKS = ("growth", "cmo_dashboard", "customer_marketing_roi")
READY = {f"{id}{end}.xlsx": (id, bool(end)) for id in FRAMEWORKS for end in ("", "_example")}
"""By file name the framework, and whether it has the sample data."""
MADE_FROM = FOLDER / "made_from.sha256"


def main() -> None:
    """Build every workbook, and write down what they were made from."""
    for name in READY:
        file, content = FOLDER / name, built(name)
        same = file.exists() and parts(file.read_bytes()) == parts(content)
        if not same:
            file.write_bytes(content)
        print(f"examples/workbooks/{name}{' is current' if same else ''}")
    MADE_FROM.write_text(sources(), encoding="utf-8")


def built(name: str) -> bytes:
    """One of the workbooks."""
    framework, sample = READY[name]
    return build_workbook(framework, sample=sample).content


def parts(workbook: bytes) -> Mapping[str, bytes]:
    """The parts of a workbook unpacked: how tightly a zip file is packed says nothing of what is in it."""
    with ZipFile(io.BytesIO(workbook)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sources() -> str:
    """The frameworks and sample data that the workbooks are made from, as `sha256sum -c` reads it."""
    files = {Path(file) for framework in FRAMEWORKS for file in load(framework).files}
    beside = {path for file in files for path in (file, *file.parent.glob(f"{file.stem}.*csv"))}
    named = sorted((path.resolve().relative_to(ROOT).as_posix(), path) for path in beside)
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n" for name, path in named)


if __name__ == "__main__":
    main()
