"""What became of a filled workbook, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from metricbook.filled.report import Report
from metricbook.filled.spelling import DAY_ZERO
from metricbook.layout.not_carried import is_day
from metricbook.layout.plan import Constant
from metricbook.layout.settings import Left

LAST_DAY = 2_958_466
MOST_SAID = 12
"""Lines of one kind; the others are counted."""


def report_lines(report: Report) -> Iterator[str]:
    """The report as lines of text, what needs a look after what went well."""
    way = report.target if report.source == report.target else f"{report.source} → {report.target}"
    rows = "".join(f", {count:,} rows of {label}" for label, count in report.records)
    yield f"Carried over from {report.file} ({way}): {_number(report.carried, 'cell')}{rows}"
    yield from _listed("Renamed", (f"{each.old} is {each.new} now ({each.label})" for each in report.renamed))
    yield from _listed(
        "Begins anew",
        (f"{each.label}: {_value(each.new)}, {each.why}; was {_value(each.old)}" for each in report.forward),
    )
    yield from _listed(
        "Kept as typed, though issued differently now",
        (f"{each.label}: {_value(each.typed)} (issued: {_value(each.issued)})" for each in report.kept),
    )
    yield from _listed(
        "Kept as corrected, though a file says otherwise",
        (f"{each.label}: {_value(each.typed)} (the file: {_value(each.issued)})" for each in report.corrected),
    )
    yield from _listed(
        "Typed as text, read as numbers",
        (f"{each.place} {each.label}: {each.text} is {_value(each.value)}" for each in report.read),
    )
    yield from _listed("Look at", (f"{each.sentence} {each.hint}".strip() for each in report.findings))
    yield from _listed("Cannot be read", (f"{each.place} {each.label}: {each.why}" for each in report.unreadable))
    yield from _listed(
        "Not carried over; kept on a sheet of that name",
        (f"{each.place} {each.label}: {_left(each)}, {each.why}".strip() for each in report.dropped),
    )
    yield from _listed("New here and blank", report.new)


def _listed(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield f"{title}: {len(found):,}"
        yield from (f"  {line}" for line in found[:MOST_SAID])
        if len(found) > MOST_SAID:
            yield f"  … and {len(found) - MOST_SAID:,} more"


def _left(each: Left) -> str:
    if isinstance(each.value, float) and is_day(each.address) and 0 < each.value < LAST_DAY:
        return f"{DAY_ZERO + dt.timedelta(days=int(each.value))}"
    return _value(each.value)


def _value(value: Constant) -> str:
    if value is None:
        return "blank"
    return f"{value:,.15g}" if isinstance(value, float | int) else f'"{value[:60]}"'


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
