"""A client file with exports beside it, and what they put into the cells of Inputs."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from metricbook.api import exported
from metricbook.build import Subject, subject_of
from metricbook.data_in import DataIn
from metricbook.problems import Refused

HERE = Path(__file__).parent
SAMPLES = HERE / "exports"
Files = Mapping[str, str | bytes] | None
HEAD = "client: Acme\nframework: crm\ndata:\n"


def subject(folder: Path, data: str, files: Files = None) -> tuple[Path, Subject]:
    """The client file with these exports, and what it is about."""
    shutil.copy(HERE / "crm.yaml", folder)
    for name, content in (files or {}).items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    path = folder / "acme.yaml"
    path.write_text(HEAD + data, encoding="utf-8")
    return path, subject_of(None, path)


def taken(folder: Path, data: str, files: Files = None) -> DataIn:
    """What the exports give."""
    about = subject(folder, data, files)[1]
    return exported(about.model, about.exports)


def cells(folder: Path, data: str, files: Files = None) -> dict[str, dict[str, float | str]]:
    """The values by line and period: {"spend[email]": {"2026-01": 5}}."""
    about = subject(folder, data, files)[1]
    keys = about.model.periods.keys()
    found: dict[str, dict[str, float | str]] = {}
    for (id, where, period), value in exported(about.model, about.exports).inputs.items():
        members = ", ".join(point.member for point in where if point)
        line = found.setdefault(f"{id}[{members}]" if members else id, {})
        line[keys[period] if period is not None else ""] = value
    return found


def refused(folder: Path, data: str, files: Files = None) -> list[str]:
    """What is wrong, as "file:line:column code: sentence hint"."""
    try:
        taken(folder, data, files)
    except Refused as found:
        return [
            f"{Path(p.at.file).name}:{p.at.line}:{p.at.column} {p.code}: {p.sentence} {p.hint}".rstrip()
            for p in found.problems
        ]
    return []
