"""A framework laid over those it uses: one flat framework, and where each of its parts was written.

The rule is one for every overlay: the same keys, the nearer declaration wins. Of a metric defined further down only
words and duties may be changed; its meaning stays, so that the same id means the same thing everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from metricbook.model.defaults import definitions, with_defaults
from metricbook.model.picks import with_picks
from metricbook.problems import Location, Problem, Refused, did_you_mean
from metricbook.source.document import Document, Steps
from metricbook.source.load import Source
from metricbook.source.schema import Check, Defaults, Dimension, Framework, Input, Metric, Page, Records

Load = Callable[[str, Source], Source]
"""Gives the framework of a name, as seen from the file that uses it."""
Sheet = tuple[Page, Document, int]
"""A page with the document it was written in, and its number there."""
Stated = tuple[Check, Document, int]
"""A check with the document it was written in, and its number there."""

CHANGEABLE = {
    "label", "short", "definition", "owner", "tier", "cadence", "source", "target", "benchmark", "bands", "section",
    "tags", "aliases", "decimals", "good", "default",
}  # fmt: skip
DUTIES = {"need", "prompt", "example"}
"""What may be changed of how a used metric is typed in."""
MERGED = ("sources", "profile", "tags", "tiers", "constants", "sections", "choose")


@dataclass(frozen=True)
class Flat:
    """A framework that uses no other, with the documents its parts come from, nearest first."""

    framework: Framework
    documents: tuple[Document, ...]
    sheets: tuple[Sheet, ...] = ()
    checks: tuple[Stated, ...] = ()
    own: frozenset[str] = frozenset()  # the metrics that the file itself declares
    used: tuple[Flat, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """The files of all the frameworks, each after those that it uses, the nearest last."""
        return tuple(dict.fromkeys([*(file for each in self.used for file in each.files), self.documents[0].file]))

    def at(self, *path: str | int) -> Location:
        """Where the value at a path of the flat framework was written."""
        document, steps = self._home(path)
        return document.locate(steps)

    def span(self, path: Steps, start: int, end: int) -> Location:
        """Where the characters `start` to `end` of the text at a path were written."""
        document, steps = self._home(path)
        return document.span(steps, start, end)

    def is_own(self, path: Steps) -> bool:
        """Was this written in the file itself, not in one that it uses?"""
        return self._home(path)[0] is self.documents[0]

    def _home(self, path: Steps) -> tuple[Document, Steps]:
        """The document that says most of a path, the nearest of several; what is borrowed is numbered anew."""
        if path[:1] in (("sheets",), ("checks",)) and len(path) > 1 and isinstance(path[1], int):
            _, document, number = (self.sheets if path[0] == "sheets" else self.checks)[path[1]]
            return document, (path[0], number, *path[2:])
        return max(self.documents, key=lambda document: _depth(document, path)), path


def _depth(document: Document, path: Steps) -> int:
    return sum(path[:n] in document.places for n in range(1, len(path) + 1))


def flatten(source: Source, load: Load, seen: tuple[str, ...] = ()) -> Flat:
    """Lay a framework over those it uses; what is wrong with that is among the flat framework's problems."""
    own = source.framework
    problems: list[Problem] = []
    used = _used(source, load, (*seen, own.framework), problems)
    base = _together(source, used, problems)
    metrics = _laid_over(base.metrics, with_defaults(own, base.metrics), source, problems)
    update: dict[str, Any] = {key: {**getattr(base, key), **getattr(own, key)} for key in MERGED}
    update["dimensions"] = {**base.dimensions, **_dimensions(base.dimensions, own.dimensions)}
    update["records"] = _records(base.records, own.records, source, problems)
    update["hide"] = list(dict.fromkeys([*own.hide, *base.hide]))
    laid = own.model_copy(update={**update, "metrics": metrics, "uses": [], "defaults": Defaults()})
    sheets = _sheets(with_picks(laid, own.metrics, source.document, problems), used, source, problems)
    checks = _checks(own, used, source, problems)
    parts = {"sheets": [page for page, _, _ in sheets], "checks": [check for check, _, _ in checks]}
    return Flat(
        laid.model_copy(update=parts),
        (source.document, *(document for each in used for document in each.documents)),
        tuple(sheets),
        tuple(checks),
        frozenset(own.metrics),
        tuple(used),
        tuple(problems),
    )


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
            if _meaning(theirs.metrics[id]) != _meaning(found.metrics[id]):
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


def _meaning(metric: Metric) -> dict[str, Any]:
    found = {key: value for key, value in metric.model_dump().items() if key not in CHANGEABLE}
    for part in (found, *(found["variants"] or {}).values()):
        if part["input"]:
            part["input"] = {key: value for key, value in part["input"].items() if key not in DUTIES}
    return found


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


def _laid_over(
    base: Mapping[str, Metric], own: Mapping[str, Metric], source: Source, problems: list[Problem]
) -> dict[str, Metric]:
    laid = dict(base)
    for id, metric in own.items():
        at = source.document.key(("metrics", id))
        if id not in base:
            laid[id] = metric
            problems += _undefined(id, metric, base, source)
            continue
        refused = sorted(
            metric.model_fields_set - CHANGEABLE - ({"input"} if _keeps_meaning(metric.input) else set())
        )
        if refused:
            sentence = f"{id} is defined in a used framework; {', '.join(refused)} cannot be changed here."
            hint = "Words, owners and targets may change; for another meaning use a new id."
            problems.append(Problem("redefined", sentence, hint, at))
            continue
        update = {key: getattr(metric, key) for key in metric.model_fields_set - {"input"}}
        laid[id] = _typed_as(base[id], metric.input).model_copy(update=update)
    return laid


def _keeps_meaning(given: Input | None) -> bool:
    """Does an input only say how much it is needed and how it is asked for?"""
    return given is not None and given.model_fields_set <= DUTIES


def _typed_as(metric: Metric, given: Input | None) -> Metric:
    """The metric with other duties of its input, or of the inputs among its variants."""
    if given is None:
        return metric
    duties = {key: getattr(given, key) for key in given.model_fields_set}

    def each(part: Input | None) -> Input | None:
        return part and part.model_copy(update=duties)

    variants = metric.variants and {
        name: variant.model_copy(update={"input": each(variant.input)}) for name, variant in metric.variants.items()
    }
    return metric.model_copy(update={"input": each(metric.input), "variants": variants})


def _undefined(id: str, metric: Metric, base: Mapping[str, Metric], source: Source) -> list[Problem]:
    """A metric, and each of its variants, has an input or a formula, and not both."""
    found: list[Problem] = []
    parts = {("metrics", id): (id, definitions(metric))}
    for name, variant in (metric.variants or {}).items():
        parts["metrics", id, "variants", name] = (f"{id}.{name}", definitions(variant))  # type: ignore[index]
    for path, (name, given) in parts.items():
        at = source.document.key(path)
        if not given:
            hint = did_you_mean(id, base) or "Give it an `input:` or a `formula:`."
            found.append(Problem("no-definition", f"{name} has neither input nor formula.", hint, at))
        if len(given) > 1:
            sentence = f"{name} has {' and '.join(given)}; it can only be one of them."
            found.append(Problem("two-definitions", sentence, "Give the other an id of its own.", at))
    return found


def _checks(own: Framework, used: list[Flat], source: Source, problems: list[Problem]) -> list[Stated]:
    """The file's own checks, then those of the used frameworks that it does not say anew."""
    said = {check.id for check in own.checks}
    found: dict[str, Stated] = {}
    for stated in (stated for each in used for stated in each.checks if stated[0].id not in said):
        id = stated[0].id
        if found.setdefault(id, stated)[0] != stated[0]:
            sentence = f"The check {id} is in two of the used frameworks, and not the same."
            hint = "Give one of them another id, or say it here."
            problems.append(Problem("defined-twice", sentence, hint, source.document.locate(("uses",))))
    return [*((check, source.document, number) for number, check in enumerate(own.checks)), *found.values()]


def _sheets(own: Framework, used: list[Flat], source: Source, problems: list[Problem]) -> list[Sheet]:
    known = {each.framework.framework: each.sheets for each in used}
    sheets: list[Sheet] = []
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
