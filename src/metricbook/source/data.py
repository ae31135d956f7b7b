"""Data to fill a workbook with: rows of metric, members, period and value, from tidy CSV or from YAML."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from metricbook.frozen import frozen
from metricbook.problems import Location, Problem, Refused, did_you_mean
from metricbook.source.csv_text import rows, separator
from metricbook.source.document import Data, Document, Steps, value_at
from metricbook.source.files import read_text
from metricbook.source.raw_table import LARGEST_CSV, Cell, Line, RawTable
from metricbook.source.yaml_text import LARGEST, read

DAY_ZERO = dt.date(1899, 12, 30)  # from which spreadsheets count days
LATEST_YEAR = 9999
OWN_COLUMNS = ("metric", "period", "value")

_NUMBER = re.compile(r"[-+−]?([0-9]+(_[0-9]+)*(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]{1,3}| ?%)?")
# digits with signs between them or a currency beside them: a number to a reader, but which one?
_NUMBERISH = re.compile(r"[-+−(]?\s*[^\w\s.,-]?\s*[0-9][0-9.,'’_\s]*\s*[^\w\s.,]?\s*%?\)?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}([.,'’\s])[0-9]{3}(\1[0-9]{3})*")
_PERIOD = re.compile(r"[0-9]{4}(-([0-9]{2}|Q[1-4]|W[0-9]{2}))?")


@frozen
class Row:
    """One value. `where` names members by dimension; `period` is a key, its first day, "#2" for the second, or "".

    In YAML a member stands without its dimension, which is then "": the metric's own dimensions in their order.
    """

    metric: str
    where: tuple[tuple[str, str], ...]
    period: str
    value: float | str
    at: Location


def read_data(path: Path, raw: RawTable | None = None) -> tuple[Row, ...]:
    """Read a data file; raise Refused with every row that cannot be read. Empty values are left out.

    `raw` is its table where it is not a text, a workbook.

    CSV has the columns `metric` and `value`, perhaps `period`, and one per dimension. YAML has a value by metric id:
    one for all periods, a list by period ("#1", "#2", …), a mapping by period key or by member, or both.
    """
    found: list[Row | Problem]
    if path.suffix.lower() in (".yaml", ".yml"):
        found = list(_yaml_rows(read(read_text(path, LARGEST), str(path))))
    elif raw is not None:
        found = list(_table_rows(raw.lines, raw.file, False, raw.shift))
    else:
        text = read_text(path, LARGEST_CSV)
        found = list(_table_rows(rows(text, str(path)), str(path), separator(text) == ";"))
    good = [row for row in found if isinstance(row, Row)]
    problems = [row for row in found if isinstance(row, Problem)] + list(_doubles(good))
    if problems:
        raise Refused(sorted(problems, key=lambda problem: problem.at))
    return tuple(good)


def _table_rows(table: Iterable[Line], file: str, continental: bool, shift: float = 0.0) -> Iterator[Row | Problem]:
    lines = iter(table)
    header = next(lines, [])
    names = [cell.text.lower() for cell in header]
    faults = list(_header_faults(names, header, file))
    if faults:
        yield from faults
        return
    for cells in lines:
        yield from _table_row(names, cells, continental, shift)


def _header_faults(names: list[str], header: Line, file: str) -> Iterator[Problem]:
    for name in ("metric", "value"):
        if name not in names:
            hint = did_you_mean(name, names) or "The first line names the columns: metric, dimensions, period, value."
            at = Location(file, 1, 1)
            yield Problem("missing-column", f'There is no column "{name}".', hint, at)
    for number, cell in enumerate(header):
        if not cell.text:
            yield Problem("no-column-name", f"Column {number + 1} has no name.", "", cell.at)
        elif names[number] in names[:number]:
            yield Problem("same-column", f'The column "{cell.text}" is here twice.', "", cell.at)


def _table_row(names: list[str], cells: Line, continental: bool, shift: float) -> Iterator[Row | Problem]:
    if len(cells) > len(names):
        hint = "A value with a separator inside needs quotes, a number no thousands separators."
        sentence = f"This row has {len(cells)} cells, the first line {len(names)}."
        yield Problem("extra-cells", sentence, hint, cells[len(names)].at)
        return
    if len(cells) < len(names):
        sentence = f"This row has {len(cells)} cells, the first line {len(names)}."
        yield Problem("missing-cells", sentence, "An empty cell needs its separator.", cells[-1].at)
        return
    by_name = dict(zip(names, cells, strict=True))
    metric, given = by_name["metric"], by_name["value"]
    at = given.at
    period = _period(by_name["period"], shift) if "period" in by_name else ""
    where = tuple((name, cell.text) for name, cell in by_name.items() if name not in OWN_COLUMNS and cell.text)
    if not metric.text:
        yield Problem("no-metric", "This row names no metric.", "", at)
    elif given.number is not None:
        yield Row(metric.text, where, period, given.number, at)
    elif isinstance(value := _read(given.text, at, continental), Problem):
        yield value
    elif value != "":
        yield Row(metric.text, where, period, value, at)


def _period(cell: Cell, shift: float) -> str:
    """A period's key; where a spreadsheet made a date of it, the day."""
    if cell.number is None or cell.number <= LATEST_YEAR:
        return cell.text
    return (DAY_ZERO + dt.timedelta(days=int(cell.number + shift))).isoformat()


def _yaml_rows(document: Document) -> Iterator[Row | Problem]:
    if not isinstance(document.data, dict):
        yield Problem(
            "wrong-type", "A data file is a mapping from metric ids to values.", "", Location(document.file)
        )
        return
    for metric in document.data:
        yield from _below(document, (metric,), (), "")


def _below(document: Document, path: Steps, where: tuple[str, ...], period: str) -> Iterator[Row | Problem]:
    value: Data = value_at(document.data, path)
    match value:
        case dict():
            for key in value:
                if _PERIOD.fullmatch(key):
                    yield from _leaf(document, (*path, key), where, key)
                else:
                    yield from _below(document, (*path, key), (*where, key), period)
        case list():
            for number in range(len(value)):
                yield from _leaf(document, (*path, number), where, f"#{number + 1}")
        case _:
            yield from _leaf(document, path, where, period)


def _leaf(document: Document, path: Steps, where: tuple[str, ...], period: str) -> Iterator[Row | Problem]:
    value, at = value_at(document.data, path), document.locate(path)
    if isinstance(value, dict | list | bool):
        hint = "Members first, then periods: {paid: {2026-01: 5}} or {paid: [5, 6]}."
        yield Problem("wrong-type", f'"{path[0]}" needs a number or a text here.', hint, at)
        return
    read_value = _read(value, at, False) if isinstance(value, str) else value
    if isinstance(read_value, Problem):
        yield read_value
    elif read_value is not None and read_value != "":
        number = read_value if isinstance(read_value, str) else float(read_value)
        yield Row(str(path[0]), tuple(("", member) for member in where), period, number, at)


def _read(text: str, at: Location, continental: bool) -> float | str | Problem:
    """Read a number or a percent; keep what is clearly a text; refuse what could be two numbers."""
    grouped = _GROUPED.fullmatch(text)
    if _NUMBER.fullmatch(text) and not (continental and grouped):
        number = _number(text)
        return number if math.isfinite(number) else _unreadable(text, at, "It is too large for a spreadsheet.")
    if grouped and grouped.group(1) in ".,":
        return _two_readings(text, grouped.group(1), at)
    if _NUMBERISH.fullmatch(text):
        comma = re.fullmatch(r"[-+]?[0-9]+,[0-9]+", text)
        return _unreadable(text, at, f"Write {text.replace(',', '.')}." if comma else "Write 1200, 0.22 or 22%.")
    return text


def _two_readings(text: str, sign: str, at: Location) -> Problem:
    whole = text.replace(sign, "")
    readings = whole if text.count(sign) > 1 else f"{whole} or {float(text.replace(sign, '.')):g}"
    sentence = f'"{text}" is {readings}, depending on where it was written.'
    return Problem("two-readings", sentence, f"Write {readings}, without thousands separators.", at)


def _unreadable(text: str, at: Location, hint: str) -> Problem:
    return Problem("unreadable-number", f'"{text}" is not written as a plain number.', hint, at)


def _number(text: str) -> float:
    plain = text.replace("−", "-").replace("_", "")
    return float(f"{plain[:-1].strip()}e-2") if plain.endswith("%") else float(plain)


def _doubles(found: list[Row]) -> Iterator[Problem]:
    first: dict[tuple[str, tuple[tuple[str, str], ...], str], int] = {}
    for row in found:
        key = (row.metric, tuple(sorted(row.where)), row.period)
        if key in first:
            where = ", ".join([f"{member}" for _, member in row.where] + [row.period] * bool(row.period))
            sentence = f'"{row.metric}"{f" for {where}" if where else ""} is here twice, first on line {first[key]}.'
            yield Problem("same-row", sentence, "", row.at)
        first.setdefault(key, row.at.line)
