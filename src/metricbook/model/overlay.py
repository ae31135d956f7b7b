"""A framework laid over those it uses: one flat framework, and where each of its parts was written.

The rule is one for every overlay: the same keys, the nearer declaration wins. Of a metric defined further down only
words and duties may be changed; its meaning stays, so that the same id means the same thing everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from metricbook.model.client_members import without_members
from metricbook.model.client_pages import renamed, together, with_shown, without_lost_groups, without_unknown
from metricbook.model.client_titles import with_titles
from metricbook.model.defaults import with_defaults
from metricbook.model.flat import Flat, Sheet, Stated
from metricbook.model.laid_over import laid_over, meaning
from metricbook.model.picks import with_picks
from metricbook.model.stand_ins import StandIns, stand_ins
from metricbook.model.tailor import Load, grain_faults, inherited, tailored
from metricbook.problems import Location, Problem, Refused, did_you_mean
from metricbook.source.load import Source
from metricbook.source.schema import Defaults, Dimension, Framework, Page, Records

MERGED = ("sources", "profile", "tags", "tiers", "constants", "sections", "choose")


def flatten(source: Source, load: Load, seen: tuple[str, ...] = ()) -> Flat:
    """Lay a file over the frameworks that it uses; what is wrong with that is among the flat framework's problems."""
    problems: list[Problem] = []
    used = _used(source, load, (*seen, source.framework.framework), problems)
    base = _together(source, used, problems)
    notes: list[str] = []
    if source.client is not None and used:
        problems += grain_faults(source, [each.framework for each in used])
        if problems:
            raise Refused(problems)
        base = inherited(base, [each.framework for each in used])
        source = tailored(source, source.client, base, problems, notes)
    own = source.framework
    metrics = laid_over(base.metrics, with_defaults(own, base.metrics), source, problems)
    update: dict[str, Any] = {key: {**getattr(base, key), **getattr(own, key)} for key in MERGED}
    update["dimensions"] = {**base.dimensions, **_dimensions(base.dimensions, own.dimensions)}
    update["records"] = _records(base.records, own.records, source, problems)
    stood_in = StandIns()
    if source.client is not None:
        own_stand_ins = stand_ins(base.dimensions, update["dimensions"])
        taken = {id: own_stand_ins.of(id) for id in base.dimensions}
        metrics = without_members(metrics, base.dimensions, update["dimensions"], taken)
        stood_in = own_stand_ins.beneath(each.stand_ins for each in used)
    update["hide"] = list(dict.fromkeys([*own.hide, *base.hide]))
    laid = own.model_copy(update={**update, "metrics": metrics, "uses": [], "defaults": Defaults()})
    sheets = _sheets(with_picks(laid, own.metrics, source.document, problems), used, source, problems)
    checks = _checks(own, used, source, problems)
    flat = Flat(
        laid,
        (source.document, *(document for each in used for document in each.documents)),
        tuple(sheets),
        tuple(checks),
        frozenset(own.metrics),
        tuple(used),
        tuple(problems),
        stand_ins=stood_in,
    )
    return flat.with_parts() if source.client is None else _for_client(flat, source, notes)


def _for_client(flat: Flat, source: Source, notes: list[str]) -> Flat:
    """A client's workbook is the framework's own: all that it compiles is compiled here too."""
    own = {id for each in flat.used for id in each.own}
    added = {id for id in source.framework.metrics if not any(id in each.framework.metrics for each in flat.used)}
    new = frozenset(added & flat.framework.metrics.keys()).union(*(each.new for each in flat.used))
    own |= added
    homes = (source.document, *(home for each in flat.used for home in each.homes or each.documents[:1]))
    notes = [*(note for each in flat.used for note in each.notes), *notes]
    flat = replace(flat, own=frozenset(own & flat.framework.metrics.keys()), homes=homes, tailored=True, new=new)
    flat = with_titles(with_shown(flat, source, notes), source, notes)
    flat = without_lost_groups(flat).with_parts()
    flat = without_unknown(flat, source, notes)
    return replace(flat, notes=tuple(notes))


def _used(source: Source, load: Load, seen: tuple[str, ...], problems: list[Problem]) -> list[Flat]:
    found: list[Flat] = []
    for number, name in enumerate(source.framework.uses):
        at = source.document.locate(("uses", number))
        if name in seen:
            sentence = f"Frameworks use each other in a circle: {' → '.join((*seen, name))}."
            problems.append(Problem("uses-itself", sentence, "Drop one `uses`.", at))
            continue
        try:
            flat = flatten(load(name, source), load, seen)
        except Refused as refused:
            problems += [each if each.at.file else _placed(each, at) for each in refused.problems]
            continue
        found.append(flat)
        problems += flat.problems
    return found


def _placed(problem: Problem, at: Location) -> Problem:
    return Problem(problem.code, problem.sentence, problem.hint, at)


def _together(source: Source, used: list[Flat], problems: list[Problem]) -> Framework:
    """Everything that the used frameworks declare, as one framework. They must agree on what a metric means."""
    found = Framework(framework="used", title="")
    for each in used:
        theirs = each.framework
        for id in theirs.metrics.keys() & found.metrics.keys():
            if meaning(theirs.metrics[id]) != meaning(found.metrics[id]):
                sentence = f"{id} is defined by two of the used frameworks, and not in the same way."
                at = source.document.locate(("uses",))
                problems.append(Problem("defined-twice", sentence, "Use only one of them.", at))
        keys = (*MERGED, "metrics", "dimensions")
        update: dict[str, Any] = {key: {**getattr(found, key), **getattr(theirs, key)} for key in keys}
        update["records"] = _joined(found.records, theirs.records, source, problems)
        found = found.model_copy(update={**update, "hide": [*found.hide, *theirs.hide]})
    return found


def _joined(
    found: Mapping[str, Records], theirs: Mapping[str, Records], source: Source, problems: list[Problem]
) -> dict[str, Records]:
    """The tables of two used frameworks, each with the columns that either of them works out."""
    joined = {**found, **theirs}
    for id in found.keys() & theirs.keys():
        one, other = found[id].columns, theirs[id].columns
        for name in sorted(one.keys() & other.keys()):
            if one[name] != other[name]:
                sentence = f"{id}.{name} is defined by two of the used frameworks, and not in the same way."
                at = source.document.locate(("uses",))
                problems.append(Problem("defined-twice", sentence, "Use only one of them.", at))
        joined[id] = theirs[id].model_copy(update={"columns": {**one, **other}})
    return joined


def _dimensions(base: Mapping[str, Dimension], own: Mapping[str, Dimension]) -> dict[str, Dimension]:
    """The file's own dimensions; what one leaves open stays as the used frameworks have it."""
    return {id: _over(base[id], each) if id in base else each for id, each in own.items()}


def _records(
    base: Mapping[str, Records], own: Mapping[str, Records], source: Source, problems: list[Problem]
) -> dict[str, Records]:
    """The tables of all files; a file may add columns that are worked out to a table of another."""
    laid = dict(base)
    for id, records in own.items():
        if id not in base:
            laid[id] = records
            continue
        columns = dict(base[id].columns)
        for name, column in records.columns.items():
            at = source.document.key(("records", id, "columns", name))
            if name in base[id].columns:
                sentence = f"{id}.{name} is defined in a used framework."
                problems.append(Problem("redefined", sentence, "Give the new column another id.", at))
            elif column.type is not None:
                sentence = f"{id} is a table of a used framework; {name} cannot be pasted into it."
                problems.append(Problem("redefined", sentence, "Only columns with a `formula:` can be added.", at))
            else:
                columns[name] = column
        update = {key: getattr(records, key) for key in records.model_fields_set}
        laid[id] = base[id].model_copy(update={**update, "columns": columns})
    return laid


def _over(base: Dimension, own: Dimension) -> Dimension:
    update = {key: getattr(own, key) for key in own.model_fields_set}
    if {"members", "groups", "of"} & own.model_fields_set:
        update = {"members": None, "groups": None, "of": None, **update}
    if "grain" in own.model_fields_set and own.grain != base.grain:
        update = {"first": None, "count": None, **update}
    return base.model_copy(update=update)


def _checks(own: Framework, used: list[Flat], source: Source, problems: list[Problem]) -> list[Stated]:
    """The file's own checks, then those of the used frameworks that it does not say anew."""
    said = {check.id for check in own.checks}
    found: dict[str, Stated] = {}
    theirs = [(each.framework.framework, stated) for each in used for stated in each.checks]
    for name, stated in ((name, stated) for name, stated in theirs if stated[0].id not in said):
        id = stated[0].id
        if source.client is not None and found.get(id, stated)[0] != stated[0]:
            found[f"{name}_{id}"] = renamed(stated, f"{name}_{id}")
        elif found.setdefault(id, stated)[0] != stated[0]:
            sentence = f"The check {id} is in two of the used frameworks, and not the same."
            hint = "Give one of them another id, or say it here."
            problems.append(Problem("defined-twice", sentence, hint, source.document.locate(("uses",))))
    return [*((check, source.document, number) for number, check in enumerate(own.checks)), *found.values()]


def _sheets(own: Framework, used: list[Flat], source: Source, problems: list[Problem]) -> list[Sheet]:
    known = {each.framework.framework: each.sheets for each in used}
    sheets: list[Sheet] = []
    if source.client is not None and all(page.from_ is None for page in own.sheets):
        sheets = together([(each.framework.framework, each.sheets) for each in used])
    for number, page in enumerate(own.sheets):
        if page.from_ is None:
            sheets.append((page, source.document, number))
            continue
        found = [sheet for sheet in known.get(page.from_, ()) if page.sheet in (None, sheet[0].sheet)]
        if not found:
            at = source.document.locate(("sheets", number))
            problems.append(_unknown_sheet(page, page.from_, known.get(page.from_), at, known))
        sheets += found
    return sheets


def _unknown_sheet(
    page: Page, name: str, sheets: tuple[Sheet, ...] | None, at: Location, known: Mapping[str, object]
) -> Problem:
    if sheets is None:
        hint = did_you_mean(name, known) or "Name it under `uses:`."
        return Problem("unknown-sheet", f"{name} is not used here.", hint, at)
    ids = [each.sheet or "" for each, _, _ in sheets]
    hint = did_you_mean(page.sheet or "", ids) or f"It has {', '.join(ids) or 'none'}."
    return Problem("unknown-sheet", f"There is no sheet {page.sheet or ''} in {name}.", hint, at)
