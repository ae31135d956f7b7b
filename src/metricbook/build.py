"""The pipeline, one line per stage: read this first.

YAML → framework → model → plan → values → workbook. Each stage hands on one type and knows nothing of those after it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from metricbook.formula.evaluate import Grid
from metricbook.layout.lay_out import lay_out
from metricbook.layout.plan import Plan
from metricbook.layout.settings import Settings
from metricbook.model.data import Key, Typed, examples, match
from metricbook.model.model import Model
from metricbook.model.overlay import flatten
from metricbook.model.prove import prove
from metricbook.model.record_data import Loaded, load_records
from metricbook.problems import Problem, Refused, did_you_mean
from metricbook.source.data import read_data
from metricbook.source.load import Source, find, load


@contextmanager
def _undisturbed() -> Iterator[None]:
    """A build makes many small objects that all live until its end; collecting in between only costs time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@_undisturbed()
def model_of(framework: str | Path, profile: Mapping[str, str] | None = None) -> Model:
    """The proven model of a shipped framework or a file. Raises Refused with every fault found."""
    source = load(find(str(framework)))
    return prove(flatten(source, _used), profile)


def _used(name: str, user: Source) -> Source:
    """A framework that another uses: a file beside it, or a shipped one."""
    beside = Path(user.document.file).parent / f"{name}.yaml"
    return load(beside if beside.exists() else find(name))


@_undisturbed()
def workbook_of(model: Model, settings: Settings | None = None) -> bytes:
    """The workbook of a model: an .xlsx file with live formulas, each with its value."""
    from metricbook.workbook.write import write

    plan = lay_out(model, settings)
    return write(plan, values_of(plan))


def values_of(plan: Plan) -> Grid:
    """Every cell of a plan with its value, calculated in Python."""
    grid = Grid()
    for sheet in plan.sheets:
        rows = max((run.row for run in sheet.runs), default=1)
        columns = max((run.last for run in sheet.runs), default=1)
        if sheet.table is not None:
            columns = max(columns, sheet.table.area.last.row)  # rows without a record are read too
        grid.add_sheet(sheet.name, rows + 1, columns + 1, sheet.down)
    for sheet in plan.sheets:
        for run in sheet.runs:
            content = run.content
            if content is None:
                continue
            if isinstance(content, (float, int, str)):
                for column in range(run.first, run.last + 1):
                    grid.put(sheet.name, run.row, column, content)
            elif isinstance(content, tuple):
                for column, value in enumerate(content, run.first):
                    grid.put(sheet.name, run.row, column, value)
            else:
                grid.fill(sheet.name, run.row, run.first, run.last, content)
    grid.calculate()
    return grid


def records_of(model: Model, files: Mapping[str, Path]) -> dict[str, Loaded]:
    """The rows of files by table. Raises Refused with every cell that cannot be read."""
    problems = []
    for name in files:
        if name not in model.tables:
            hint = did_you_mean(name, model.tables) or f"There is {', '.join(model.tables) or 'none'}."
            problems.append(Problem("unknown-table", f"{name} is no record table of this workbook.", hint))
    loaded = {name: load_records(model, model.tables[name], files[name]) for name in files if name in model.tables}
    problems += [problem for each in loaded.values() for problem in each.problems]
    if problems:
        raise Refused(problems)
    return loaded


def sample_records(model: Model) -> dict[str, Loaded]:
    """The sample rows of its tables: `<framework>.<table>.sample.csv` beside it or one that it uses, the nearest."""
    found: dict[str, Path] = {}
    for file in map(Path, model.files):
        samples = {table: file.with_name(f"{file.stem}.{table}.sample.csv") for table in model.tables}
        found |= {table: sample for table, sample in samples.items() if sample.exists()}
    return records_of(model, found)


def sample_of(model: Model, folder: Path | None = None) -> dict[Key, Typed]:
    """The sample data of a framework: its examples, and `<framework>.sample.csv` beside it and beside those it uses.

    The nearest wins, so a framework's own rows do. Of the others' rows those are taken that have a place here.
    """
    inputs = examples(model)
    name = model.framework.framework
    path = (folder or find(name).parent) / f"{name}.sample.csv"
    for file in model.files[:-1]:
        used = Path(file).with_name(f"{Path(file).stem}.sample.csv")
        if used.exists():
            inputs |= match(model, read_data(used), sample=True).inputs
    if path.exists():
        matched = match(model, read_data(path), sample=True)
        if matched.problems:
            raise Refused(matched.problems)
        inputs |= matched.inputs
    return inputs
