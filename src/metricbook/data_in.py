"""Data on its way into a workbook: `--data`, `--records`, and the exports that a client file names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from metricbook.layout.settings import Row
from metricbook.model.data import Key, Typed, match
from metricbook.model.export_data import take
from metricbook.model.export_parts import Parts
from metricbook.model.export_sums import Sums
from metricbook.model.export_use import Use
from metricbook.model.exports import Proven
from metricbook.model.metric import Where
from metricbook.model.model import Model
from metricbook.model.record_data import load_records
from metricbook.problems import Problem, Refused
from metricbook.source.data import read_data
from metricbook.source.raw_table import RawTable, read_csv

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
"""What is opened as a workbook; of these the reader takes the first and says what to do about the others."""
Origins = dict[tuple[str, Where], str]
"""Where the numbers of a line come from, by its metric and coordinate."""


@dataclass(frozen=True)
class DataIn:
    """Values by input cell, where those of each line come from, and what became of the rows."""

    inputs: dict[Key, Typed] = field(default_factory=dict)
    origins: Origins = field(default_factory=dict)
    records: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    uses: tuple[Use, ...] = ()


class DataRefused(Refused):
    """Something in the exports is wrong; `uses` says what became of the rows all the same."""

    def __init__(self, problems: Sequence[Problem], uses: Sequence[Use]) -> None:
        super().__init__(problems)
        self.uses = tuple(uses)


def open_table(path: Path, sheet: str = "") -> RawTable:
    """Read a CSV file, or a sheet of an Excel file; what reads workbooks is loaded only where there is one."""
    if path.suffix.lower() not in WORKBOOKS:
        return read_csv(path)
    from metricbook.filled.raw_sheet import read_sheet

    return read_sheet(path, sheet)


def exported(model: Model, exports: Sequence[Proven]) -> DataIn:
    """The data of a client file's exports; raises DataRefused with everything that has no place."""
    parts: Parts = defaultdict(list)
    problems: list[Problem] = []
    uses: list[Use] = []
    records: dict[str, tuple[Row, ...]] = defaultdict(tuple)
    for number, proven in enumerate(exports):
        files = list(_tables(proven, problems))
        if proven.table is not None:
            for raw in files:
                loaded = load_records(model, proven.table, raw, proven)
                problems += loaded.problems
                uses += [loaded.use] if loaded.use else []
                records[proven.table.id] += loaded.rows
        elif files:
            taken = take(model, parts, proven, number, files)
            problems += taken.problems
            uses.append(taken.use)
    sums = Sums(model)
    for key, found in parts.items():
        sums.take(key, found)
    problems += sums.problems
    if problems:
        raise DataRefused(problems, uses)
    return DataIn(dict(sums.inputs), sums.origins(parts), dict(records), tuple(uses))


def _tables(proven: Proven, problems: list[Problem]) -> Iterator[RawTable]:
    """The tables of an export's files, in the order of their names."""
    export = proven.export
    found = proven.paths()
    if not found:
        sentence = f'There is no file "{export.file}" beside the client file.'
        problems.append(Problem("no-file", sentence, "Export it anew, or give its name.", proven.at))
    for path in found:
        try:
            yield open_table(path, export.sheet or "")
        except Refused as refused:
            problems += refused.problems


def from_file(model: Model, path: Path) -> DataIn:
    """The numbers of a data file; raises Refused with every row that has no place."""
    is_text = path.suffix.lower() not in WORKBOOKS
    matched = match(model, read_data(path) if is_text else read_data(path, open_table(path)))
    if matched.problems:
        raise Refused(sorted(matched.problems, key=lambda problem: problem.at))
    periods: dict[tuple[str, Where], list[int]] = defaultdict(list)
    for id, where, period in matched.inputs:
        periods[id, where] += [period] if period is not None else []
    names = model.periods.keys()
    origins = {
        line: _origin(path.name, [names[number] for number in sorted(found)]) for line, found in periods.items()
    }
    return DataIn(matched.inputs, origins)


def _origin(name: str, periods: Sequence[str]) -> str:
    if not periods:
        return name
    return f"{name}, {periods[0]}" + (f" – {periods[-1]}" if len(periods) > 1 else "")


def together(first: DataIn, second: DataIn) -> DataIn:
    """Both; where both fill a cell the second wins."""
    origins = {
        line: "; ".join(filter(None, (first.origins.get(line), second.origins.get(line))))
        for line in {**first.origins, **second.origins}
    }
    return DataIn(first.inputs | second.inputs, origins, first.records | second.records, first.uses + second.uses)


def loaded(data: DataIn) -> Mapping[Key, str]:
    """Where each loaded cell comes from."""
    return {key: data.origins[key[:2]] for key in data.inputs}
