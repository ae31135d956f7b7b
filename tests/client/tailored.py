"""A client file written in a test, over a small framework beside it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from metricbook.build import Subject, subject_of, values_of
from metricbook.layout.lay_out import lay_out
from metricbook.problems import Refused
from small import SMALL
from worked import Worked


@contextmanager
def written(client: str, files: Mapping[str, str] | None = None) -> Iterator[Path]:
    """The client file in a folder with the small framework and other files."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"small.yaml": SMALL, **(files or {})}.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        path = Path(folder) / "client.yaml"
        path.write_text(client, encoding="utf-8")
        yield path


def tailored(client: str, files: Mapping[str, str] | None = None) -> Subject:
    """What a client file makes of the small framework."""
    with written(client, files) as path:
        return subject_of(None, path)


def worked(subject: Subject) -> Worked:
    """The workbook with its values, empty."""
    return Worked(subject.model, values_of(lay_out(subject.model, subject.settings)))


def refused(client: str, files: Mapping[str, str] | None = None) -> list[str]:
    """What is wrong with a client file, as "file:line: code: sentence hint"."""
    try:
        tailored(client, files)
    except Refused as found:
        return [
            f"{Path(p.at.file).name}:{p.at.line}: {p.code}: {p.sentence} {p.hint}".rstrip() for p in found.problems
        ]
    return []
