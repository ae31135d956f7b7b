"""What a build answers, in words and as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from metricbook.api import Built


def said_of(built: Built) -> Iterable[str]:
    """What is worth knowing about a workbook, what became of the client's data, and what was carried over."""
    yield from built.notes
    yield from (line for use in built.data for line in use.lines())
    if built.report is not None:
        from metricbook.filled.words import report_lines

        yield from report_lines(built.report)


def data_of(built: Built, path: Path) -> dict[str, Any]:
    """The same as plain data."""
    carried = {"carried": asdict(built.report)} if built.report is not None else {}
    return {"file": str(path), "notes": built.notes, "data": [use.data() for use in built.data], **carried}
