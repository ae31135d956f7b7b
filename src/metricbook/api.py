"""What the command line asks for, for other programs too: load, check and build, with typed results."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain, islice, product
from pathlib import Path
from typing import TYPE_CHECKING

from metricbook.build import (
    Subject,
    house_of,
    model_of,
    records_of,
    sample_notes,
    sample_of,
    sample_records,
    sample_remarks,
    sample_sections,
    subject_of,
    workbook_of,
)
from metricbook.client_folder import alike
from metricbook.data_in import DataIn, exported, from_file, together
from metricbook.data_in import loaded as loaded_from
from metricbook.layout.lay_out import lay_out
from metricbook.layout.settings import Settings
from metricbook.model.data import Key, Typed
from metricbook.model.export_use import Use
from metricbook.model.house import house_faults
from metricbook.model.model import Model
from metricbook.model.profile import options
from metricbook.problems import Location, Problem, Refused

if TYPE_CHECKING:
    from metricbook.filled.filled import Filled
    from metricbook.filled.report import Report

PROFILES = 64
"""How many combinations of profile options a check looks at."""


@dataclass(frozen=True)
class Built:
    """A workbook: the content of an .xlsx file, the model it was made from, and what is worth knowing about it."""

    content: bytes
    model: Model
    client: str = ""  # whose it is
    notes: tuple[str, ...] = ()
    report: Report | None = None
    data: tuple[Use, ...] = ()  # what became of the rows of the client's exports


@dataclass(frozen=True)
class Checked:
    """What a check found: how many metrics there are, in how many profiles of how many, and every problem."""

    file: str
    metrics: int
    profiles: int
    of_profiles: int
    problems: tuple[Problem, ...]
    house: bool = False  # what client files have in common, about no framework


def load(framework: str | Path, profile: Mapping[str, str] | None = None) -> Model:
    """The proven model of a shipped framework or a file; raises Refused with every problem found."""
    return model_of(framework, profile)


def build_workbook(
    framework: str | Path | None = None,
    *,
    client: str | Path | None = None,
    profile: Mapping[str, str] | None = None,
    sample: bool = False,
    data: str | Path | None = None,
    records: Mapping[str, str | Path] | None = None,
    client_name: str = "",
    currency: str = "",
    filled_in: str | Path | None = None,
) -> Built:
    """The workbook of a framework, a client file, or both: empty, with sample data, or with the data of files.

    `framework` is a shipped id or a path, `client` a client file; `client_name` and `currency` win over what it says.
    `data` is a file of numbers by metric; `records` are CSV files by record table. With `sample` the exports that
    the client file names are not read. `filled_in` is an earlier workbook that somebody filled in: all that was typed
    there is carried over, and `report` says how. Data given goes first,
    unless it comes from a file whose number was typed over.
    """
    before = _read(filled_in)
    subject = subject_of(framework, client, profile, before.profile if before else None)
    model = subject.model
    inputs = sample_of(model) if sample else {}
    found = exported(model, subject.exports) if not sample else DataIn()
    if data is not None:
        found = together(found, from_file(model, Path(data)))
    inputs |= found.inputs
    pasted = sample_records(model) if sample else {}
    loaded = records_of(model, {table: Path(file) for table, file in (records or {}).items()})
    rows = {table: each.rows for table, each in pasted.items()} | found.records
    rows |= {table: each.rows for table, each in loaded.items()}
    typed = {**sample_sections(model, inputs), **sample_remarks(model)} if sample else {}
    looks = subject.settings
    if before is not None and not subject.client:
        looks = replace(before.looks, client=before.client, currency=before.currency or looks.currency)
    settings = replace(looks, inputs=inputs, loaded=loaded_from(found), records=rows, typed=typed)
    others = _another_client(before, subject, client_name) if before is not None else ()
    if client_name:
        settings = replace(settings, client=client_name)
    if currency:
        settings = replace(settings, currency=currency)
    notes = (
        *others,
        *model.notes,
        *(sample_notes(model) if sample else ()),
        *(note for each in loaded.values() for note in each.notes),
    )
    report = None
    if before is not None:
        settings, report = carried_into(before, model, settings)
    return Built(workbook_of(model, settings), model, settings.client, notes, report, found.uses)


def _read(path: str | Path | None) -> Filled | None:
    """An earlier workbook, if there is one; what reads it is loaded only then."""
    if path is None:
        return None
    from metricbook.filled.read import read_filled

    return read_filled(path)


def _another_client(before: Filled, subject: Subject, client_name: str) -> tuple[str, ...]:
    """Refuse one client's numbers for another; a name of the command line is taken as meant, and said."""
    name = client_name or subject.settings.client
    known = [name, *subject.formerly]
    if not name or not before.client or any(alike(before.client, each) for each in known):
        return ()
    if client_name:
        return (f"Look at: the workbook was {before.client}'s, and the new one is {client_name}'s",)
    sentence = f"The workbook {before.file} is {before.client}'s, and the client file says {name}."
    said = json.dumps([before.client], ensure_ascii=False)  # quoted as YAML reads it too
    hint = f"Where both are one client, say `formerly: {said}` in the client file."
    raise Refused([Problem("another-client", sentence, hint, Location(subject.file))])


def carried_into(before: Filled, model: Model, settings: Settings) -> tuple[Settings, Report]:
    """Settings with all that was typed into an earlier workbook, and what became of it."""
    from metricbook.filled.carry import carry
    from metricbook.filled.forward import forward

    carried = forward(before, model, settings, carry(before, lay_out(model, settings), model))
    typed, records = {**settings.typed, **carried.typed}, {**carried.records, **settings.records}
    told = carried.report
    return replace(settings, typed=typed, records=records, left=told.dropped, corrected=carried.corrected), told


def sampled(framework: str | Path, model: Model) -> dict[Key, Typed]:
    """The sample data that a framework brings along."""
    return sample_of(model)


def check(framework: str | Path) -> Checked:
    """Prove a framework in every combination of its profile options."""
    try:
        subject = subject_of(framework)
    except Refused as refused:
        if [each.code for each in refused.problems] == ["no-framework"] and (house := house_of(framework)):
            return Checked(str(framework), 0, 1, 1, tuple(chain.from_iterable(map(house_faults, house))), True)
        return Checked(str(framework), 0, 1, 1, refused.problems)
    model = subject.model
    if model.tailored:  # the client has chosen
        try:
            exported(model, subject.exports)
        except Refused as refused:
            return Checked(str(framework), 0, 1, 1, refused.problems)
        there = model.framework.metrics.keys() & model.metrics.keys()  # what is hidden or not needed is not
        return Checked(str(framework), len(there), 1, 1, ())
    choices = {key: list(options(model.framework.profile[key])) for key in model.profile}
    combinations = [
        dict(zip(choices, picked, strict=True)) for picked in islice(product(*choices.values()), PROFILES)
    ]
    found: dict[tuple[object, ...], Problem] = {}
    for profile in combinations:
        for problem in _problems(framework, profile):
            found.setdefault((problem.at, problem.code, problem.sentence), problem)
    count = 1
    for ids in choices.values():
        count *= len(ids)
    return Checked(str(framework), len(model.framework.metrics), len(combinations), count, tuple(found.values()))


def _problems(framework: str | Path, profile: dict[str, str]) -> list[Problem]:
    """What is wrong in one profile; the hint says which, since the default one is fine."""
    try:
        model_of(framework, profile)
    except Refused as refused:
        words = ", ".join(f"{key}={value}" for key, value in profile.items())
        return [replace(each, hint=f"{each.hint} (With {words}.)".strip()) for each in refused.problems]
    return []
