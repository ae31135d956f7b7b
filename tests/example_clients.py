"""The client files of the examples, worked out to their values, and the exports beside them read by plain means."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from metricbook.api import exported
from metricbook.build import sample_of, sample_records, subject_of, values_of
from metricbook.data_in import loaded
from metricbook.layout.lay_out import lay_out
from worked import Worked

EXAMPLES = Path(__file__).parents[1] / "examples"


def example(client: Path, view: str = "", sample: bool = False) -> Worked:
    """What the client's workbook calculates from its exports, or from sample data; seen over a month unless said."""
    subject = subject_of(None, client)
    model, settings = subject.model, subject.settings
    if sample:
        settings = replace(
            settings,
            inputs=sample_of(model),
            records={table: each.rows for table, each in sample_records(model).items()},
        )
    else:
        data = exported(model, subject.exports)
        settings = replace(settings, inputs=data.inputs, loaded=loaded(data), records=data.records)
    if view:
        settings = replace(settings, inputs={**settings.inputs, ("picked_view", (), None): view})
    return Worked(model, values_of(lay_out(model, settings)))


def rows(file: Path, above: int = 0, delimiter: str = ",", encoding: str = "utf-8") -> list[dict[str, str]]:
    """The rows of an export, without so many lines above its headings."""
    with file.open(encoding=encoding) as opened:
        return list(csv.DictReader(_after(opened, above), delimiter=delimiter))


def _after(lines: Iterator[str], above: int) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number >= above:
            yield line


def number(text: str) -> float:
    """A number as these exports spell it: 1,204.50 or 77.3%."""
    plain = text.replace(",", "")
    return float(plain[:-1]) / 100 if plain.endswith("%") else float(plain)
