"""The pipeline, one line per stage: read this first.

YAML → framework → model → plan → values → workbook. Each stage hands on one type and knows nothing of those after it.
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from metricbook.data_in import open_table
from metricbook.formula.evaluate import Grid
from metricbook.layout.client import settings_of
from metricbook.layout.fields import VALUE
from metricbook.layout.lay_out import lay_out
from metricbook.layout.plan import Plan
from metricbook.layout.sections import sections
from metricbook.layout.settings import Settings
from metricbook.layout.words import USED
from metricbook.model.data import Key, Typed, examples, match
from metricbook.model.export_proof import prove_exports
from metricbook.model.exports import Proven
from metricbook.model.model import Model
from metricbook.model.overlay import flatten
from metricbook.model.own import is_own
from metricbook.model.prove import possible, prove
from metricbook.model.record_data import Loaded, load_records
from metricbook.model.remarks import Address, placed
from metricbook.model.tailor import sources_of
from metricbook.problems import Location, Problem, Refused, did_you_mean
from metricbook.source.client_chain import Chain, ClientSource, framework_file, is_client, read_chain
from metricbook.source.data import read_data
from metricbook.source.load import Source, find, load, read_document
from metricbook.source.remarks import read_remarks


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


def model_of(framework: str | Path, profile: Mapping[str, str] | None = None) -> Model:
    """The proven model of a shipped framework or of a file, a client's too. Raises Refused with every fault."""
    return subject_of(framework, None, profile).model


@dataclass(frozen=True)
class Subject:
    """What is built: the model, the looks and words of the client, and what its file brings along."""

    model: Model
    settings: Settings = field(default_factory=Settings)
    client: bool = False
    exports: tuple[Proven, ...] = ()
    file: str = ""  # of the client
    formerly: tuple[str, ...] = ()  # other names of the client in workbooks that come back


@_undisturbed()
def subject_of(
    framework: str | Path | None,
    client: str | Path | None = None,
    profile: Mapping[str, str] | None = None,
    before: Mapping[str, str] | None = None,
) -> Subject:
    """What a framework, a client file, or both say. Raises Refused with every fault found.

    Options that were chosen `before`, in an earlier workbook, stand where nothing else is said and they still can.
    """
    if client is None:
        path = find(str(framework))
        document = read_document(path)
        if not is_client(document.data):
            flat = flatten(load(path), _used)
            return Subject(prove(flat, {**possible(flat, before or {}), **(profile or {})}))
        framework, client = None, path
    return subject_of_chain(read_chain(Path(client)), framework, profile, before)


def subject_of_chain(
    chain: Chain,
    framework: str | Path | None = None,
    profile: Mapping[str, str] | None = None,
    before: Mapping[str, str] | None = None,
) -> Subject:
    """What a client file says that was read already, with those that it extends."""
    frameworks = _agreed(chain, framework)
    flat = flatten(*sources_of(chain, frameworks, _used))
    said = chain.merged("profile") if before else {}
    earlier = {key: option for key, option in (before or {}).items() if key not in said}
    model = prove(flat, {**possible(flat, earlier), **(profile or {})})
    link = chain.first("data")[1]
    exports, problems = prove_exports(model, link) if link else ((), ())
    if problems:
        raise Refused(sorted(problems, key=lambda problem: problem.at))
    formerly = chain.says("formerly") or []
    names = (formerly,) if isinstance(formerly, str) else tuple(formerly)
    return Subject(model, settings_of(chain), True, exports, chain.file, names)


def house_of(file: str | Path) -> tuple[ClientSource, ...]:
    """A file with what clients have in common, and those that it extends; nothing where it is about a client."""
    found = read_chain(Path(file))
    return () if found.says("client") else found.links


def _agreed(chain: Chain, framework: str | Path | None) -> tuple[str, ...]:
    """The files of the frameworks that a client file names, or of the one that is named beside it."""
    named, link = chain.first("framework")
    listed = [named] if isinstance(named, str) else named or []
    found = []
    for number, name in enumerate(listed):
        at = link.document.locate(("framework", number)) if link else Location(chain.file)
        found.append(framework_file(name, link.document.file if link else "", at))
    if framework is not None:
        wanted = find(str(framework))
        if found and [each.resolve() for each in found] != [wanted.resolve()]:
            sentence = f"The client file is about {', '.join(listed)}, not about {framework}."
            at = link.document.locate(("framework",)) if link else Location(chain.file)
            raise Refused([Problem("other-framework", sentence, "Name one of them only.", at)])
        found = [wanted]
    if not found:
        hint = "Add `framework:`, or name one on the command line."
        at = chain.links[0].document.locate(("client",))
        raise Refused([Problem("no-framework", "The file names no framework.", hint, at)])
    return tuple(map(str, found))


def _used(name: str, user: Source) -> Source:
    """A framework that another uses: a file beside it, or a shipped one."""
    beside = Path(user.document.file).parent / f"{name}.yaml"
    return load(beside if user.client is None and beside.exists() else find(name))


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
            if isinstance(content, (float, int, str)):
                grid.put_all(sheet.name, run.row, run.first, [content] * (run.last - run.first + 1))
            elif isinstance(content, tuple):
                grid.put_all(sheet.name, run.row, run.first, content)
            elif content is not None:
                grid.fill(sheet.name, run.row, run.first, run.last, content)
    grid.calculate()
    return grid


def records_of(model: Model, files: Mapping[str, Path], sample: bool = False) -> dict[str, Loaded]:
    """The rows of files by table. Raises Refused with every cell that cannot be read."""
    problems = []
    for name in files:
        if name not in model.tables:
            hint = did_you_mean(name, model.tables) or f"There is {', '.join(model.tables) or 'none'}."
            problems.append(Problem("unknown-table", f"{name} is no record table of this workbook.", hint))
    loaded = {
        name: load_records(model, model.tables[name], open_table(files[name]), sample=sample)
        for name in files
        if name in model.tables
    }
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
    return records_of(model, found, sample=True)


def sample_notes(model: Model) -> tuple[str, ...]:
    """Whose sample data a client's own members show, and which of them have none."""
    there = {(id, each.id): each.label for id, part in model.dimensions.items() for each in part.members}
    return tuple(model.stand_ins.notes(there))


def sample_remarks(model: Model) -> dict[Address, float | str]:
    """What is remarked on the sample data: `<framework>.notes.sample.csv` beside it and beside those it uses.

    Notes come along from all, the nearest wins; actions are those of the nearest file that has some. An option of the
    profile may have a file of its own, `<framework>.<key>-<option>.notes.sample.csv`, used instead.
    """
    typed: dict[Address, float | str] = {}
    for number, file in enumerate(map(Path, model.files), 1):
        paths = _samples(model, file, "notes.sample.csv")
        found, problems = placed(model, read_remarks(paths[-1])) if paths else ({}, [])
        if problems and number == len(model.files):
            raise Refused(problems)
        own = any(block == "actions" for block, _, _ in found)
        typed = {at: value for at, value in typed.items() if not (own and at[0] == "actions")} | found
    return typed


def sample_sections(model: Model, inputs: Collection[Key]) -> dict[Address, str]:
    """The sections of Inputs that begin switched off and that the sample fills: they are used."""
    lines = {(id, where) for id, where, _ in inputs}
    filled = [each for each in sections(model) if any((line.metric.id, line.where) in lines for line in each.lines)]
    return {("used", each.id, VALUE): USED[0] for each in filled if not each.used}


@_undisturbed()
def sample_of(model: Model, folder: Path | None = None) -> dict[Key, Typed]:
    """The sample data of a framework: its examples, and `<framework>.sample.csv` beside it and beside those it uses.

    Over each lies what it says otherwise for an option of the profile, `<framework>.<key>-<option>.sample.csv`. The
    nearest wins, so a framework's own rows do. Of the others' rows those are taken that have a place here; the free
    lines are not, because they belong to a workbook and not to its metrics.
    """
    inputs = examples(model)
    name = model.framework.framework
    for file in map(Path, model.files if model.tailored else model.files[:-1]):
        for used in _samples(model, file):
            rows = model.stand_ins.rows(read_data(used), model.adds)
            found = match(model, rows, sample=True).inputs
            with_own = model.tailored and file.stem == name
            inputs |= {key: value for key, value in found.items() if with_own or not is_own(key[0])}
    if model.tailored:  # a client's file has no sample data of its own
        return inputs
    for path in _samples(model, (folder or Path(model.files[-1]).parent) / f"{name}.yaml"):
        matched = match(model, read_data(path), sample=True)
        if matched.problems:
            raise Refused(matched.problems)
        inputs |= matched.inputs
    return inputs


def _samples(model: Model, framework: Path, kind: str = "sample.csv") -> list[Path]:
    """The files of sample data beside a framework that are there: the plain one, then those of chosen options."""
    chosen = [f"{key}-{option}" for key, option in model.profile.items()]
    names = [f"{framework.stem}.{kind}", *(f"{framework.stem}.{each}.{kind}" for each in chosen)]
    return [path for path in map(framework.with_name, names) if path.exists()]
