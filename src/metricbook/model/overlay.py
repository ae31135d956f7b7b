"""A framework laid over those it uses: one flat framework, and where each of its parts was written.

The rule is one for every overlay: the same keys, the nearer declaration wins. Of a metric defined further down only
words and duties may be changed; its meaning stays, so that the same id means the same thing everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from metricbook.problems import Location, Problem, Refused, did_you_mean
from metricbook.source.load import Source
from metricbook.source.schema import Defaults, Framework, Metric, Page

Load = Callable[[str, Source], Source]
"""Gives the framework of a name, as seen from the file that uses it."""

CHANGEABLE = {
    "label", "definition", "owner", "tier", "cadence", "source", "target", "benchmark", "bands", "section", "tags",
    "aliases", "decimals", "good", "default",
}  # fmt: skip
MERGED = ("sources", "profile", "tags", "tiers", "dimensions", "constants", "sections", "choose")


@dataclass(frozen=True)
class Flat:
    """A framework that uses no other, with the documents its parts come from, nearest first."""

    framework: Framework
    documents: tuple[Any, ...]

    def at(self, *path: str | int) -> Location:
        """Where the value at a path of the flat framework was written, in the nearest document that has it."""
        holders = [document for document in self.documents if _holds(document.data, path)]
        return (holders or self.documents)[0].locate(path)  # type: ignore[no-any-return]


def _holds(data: Any, path: Iterable[str | int]) -> bool:
    for step in path:
        if isinstance(data, dict) and step in data:
            data = data[step]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return False
    return True


def flatten(source: Source, load: Load, seen: tuple[str, ...] = ()) -> Flat:
    """Lay a framework over those it uses. Refused where one uses itself, or changes what another's metric means."""
    own = source.framework
    if own.framework in seen:
        chain = " → ".join((*seen, own.framework))
        raise Refused([Problem("uses-itself", f"Frameworks use each other in a circle: {chain}.", "Drop one `uses`.")])
    used = [flatten(load(name, source), load, (*seen, own.framework)) for name in own.uses]
    documents = (source.document, *(document for each in used for document in each.documents))
    base: dict[str, Any] = {key: {} for key in (*MERGED, "metrics")}
    for each in used:
        for key in base:
            base[key] = {**base[key], **getattr(each.framework, key)}
    problems: list[Problem] = []
    metrics = _laid_over(base["metrics"], with_defaults(own), source, problems)
    merged = {key: {**base[key], **getattr(own, key)} for key in MERGED}
    pages = _pages(own, used, source, problems)
    if problems:
        raise Refused(problems)
    update = {**merged, "metrics": metrics, "sheets": pages, "uses": [], "defaults": Defaults()}
    return Flat(own.model_copy(update=update), documents)


def with_defaults(framework: Framework) -> dict[str, Metric]:
    """The file's own metrics with the file's defaults filled in. `by` applies to inputs."""
    return {id: _filled(metric, framework.defaults) for id, metric in framework.metrics.items()}


def _filled(metric: Metric, defaults: Defaults) -> Metric:
    if not is_definition(metric):
        return metric
    update: dict[str, Any] = {
        key: getattr(defaults, key)
        for key in ("source", "owner", "tier", "cadence", "section")
        if getattr(metric, key) is None and getattr(defaults, key) is not None
    }
    if metric.by is None and defaults.by is not None and metric.input is not None:
        update["by"] = defaults.by
    if metric.variants is not None and defaults.by is not None and metric.by is None:
        update["variants"] = {
            id: variant.model_copy(update={"by": defaults.by})
            if variant.input is not None and variant.by is None
            else variant
            for id, variant in metric.variants.items()
        }
    return metric.model_copy(update=update)


def is_definition(metric: Metric) -> bool:
    """Does it say what the metric is, or only change words and duties of one defined elsewhere?"""
    return metric.input is not None or metric.formula is not None or metric.variants is not None


def _laid_over(
    base: Mapping[str, Metric], own: Mapping[str, Metric], source: Source, problems: list[Problem]
) -> dict[str, Metric]:
    laid = dict(base)
    for id, metric in own.items():
        at = source.document.key(("metrics", id))
        if id not in base:
            if not is_definition(metric):
                hint = did_you_mean(id, base) or "Give it an `input:` or a `formula:`."
                problems.append(Problem("no-definition", f"{id} has neither input nor formula.", hint, at))
            laid[id] = metric
            continue
        refused = sorted(metric.model_fields_set - CHANGEABLE)
        if refused:
            sentence = f"{id} is defined in a used framework; {', '.join(refused)} cannot be changed here."
            problems.append(Problem("redefined", sentence, "Words, owners and targets may change; or use a new id.", at))
            continue
        laid[id] = base[id].model_copy(update={key: getattr(metric, key) for key in metric.model_fields_set})
    return laid


def _pages(own: Framework, used: list[Flat], source: Source, problems: list[Problem]) -> list[Page]:
    known = {each.framework.framework: each.framework.sheets for each in used}
    pages: list[Page] = []
    for index, page in enumerate(own.sheets):
        if page.from_ is None:
            pages.append(page)
            continue
        found = [each for each in known.get(page.from_, []) if page.sheet in (None, each.sheet)]
        if not found:
            at = source.document.locate(("sheets", index))
            sentence = f"No sheet {page.sheet or ''} comes from {page.from_}.".replace("  ", " ")
            problems.append(Problem("unknown-sheet", sentence, did_you_mean(page.from_, known), at))
        pages += found
    return pages
