"""A client file over its framework: as a framework that uses it, with the places where its parts are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from metricbook.model.client_members import with_known_ids
from metricbook.model.house import misspelt
from metricbook.problems import Problem, did_you_mean
from metricbook.source.client import ClientFile, ClientSection
from metricbook.source.client_chain import Chain, ClientSource
from metricbook.source.document import Document, Steps
from metricbook.source.load import Source
from metricbook.source.schema import Constant, Dimension, Framework, Metric, Option, Section
from metricbook.source.shape import AMOUNTS, amount_faults

Load = Callable[[str, Source], Source]
"""Gives the framework of a name, as seen from the file that uses it."""
PERIOD: dict[str, str] = {"first": "first_period", "count": "periods", "fiscal_year_start": "fiscal_year_start"}
"""Keys of the dimension `period` that a client file says at its top."""
SAID_ALIKE = ("dimensions", "records", "metrics", "checks", "choose", "hide", "sheets", "defaults", "north_star")
INHERITED = ("framework", "title", "summary", "version", "north_star")
LONG_SUMMARY = 150
"""Letters that fit beneath the title."""
TIME: Steps = ("dimensions", "period")
WHAT = {
    "dimensions": "dimension",
    "profile": "option",
    "constants": "constant",
    "sections": "section",
    "metrics": "metric",
}


def sources_of(chain: Chain, frameworks: Sequence[str], load: Load) -> tuple[Source, Load]:
    """The client's file in the shape of a framework, and what gives the files below it, down to its frameworks."""
    last = len(chain.links) - 1
    sources: dict[str, Source] = {}
    for number, link in enumerate(chain.links):
        uses = frameworks if number == last else [chain.links[number + 1].document.file]
        sources[link.document.file] = _as_framework(link, uses, number > 0)
    return sources[chain.file], lambda name, user: sources[name] if name in sources else load(name, user)


def _as_framework(link: ClientSource, uses: Sequence[str], extended: bool) -> Source:
    """A client file in the shape of a framework that uses its frameworks, or the file that it extends."""
    client = link.client
    parts: dict[str, Any] = {key: getattr(client, key) for key in SAID_ALIKE}
    time = {key: getattr(client, said) for key, said in PERIOD.items() if getattr(client, said) is not None}
    if time:
        stated = parts["dimensions"].get("period")
        period = stated.model_copy(update=time) if stated else Dimension(**time)
        parts["dimensions"] = {**parts["dimensions"], "period": period}
    # the file's name can be no framework's id, so a framework below is never taken for this one
    named = {"framework": link.document.file, "title": client.client or "", "uses": list(uses)}
    framework = Framework(framework="client", title="").model_copy(update={**parts, **named})
    return Source(framework, _placed(link.document, len(uses)), client, extended)


def _placed(document: Document, uses: int) -> Document:
    """The document with the places that its parts have in the shape of a framework."""
    places, known = dict(document.places), document.places

    def put(path: Steps, *said: Steps) -> None:
        place = next((known[each] for each in said if each in known), None)
        if place is not None and path not in known:
            places[path] = place

    for number in range(uses):
        put(("uses", number), ("framework", number), ("framework",), ("extends",))
    put(("uses",), ("framework",), ("extends",))
    for key, said in PERIOD.items():
        for length in range(1, 4):
            put((*TIME, key)[:length], (said,))
    return replace(document, places=places)


def grain_faults(source: Source, used: Sequence[Framework]) -> Iterator[Problem]:
    """Frameworks of one workbook share its periods, so they count in the same ones, or the client says in which."""
    timed = [each for each in used if "period" in each.dimensions]
    times = {each.framework: each.dimensions["period"].grain or "month" for each in timed}
    own = source.framework.dimensions.get("period")
    if len(set(times.values())) > 1 and (own is None or own.grain is None):
        told = " and ".join(f"{name} in {grain}s" for name, grain in times.items())
        hint = "Say which: `dimensions: {period: {grain: month}}`."
        yield Problem("grains-differ", f"They do not count alike: {told}.", hint, source.document.locate(("uses",)))


def inherited(base: Framework, used: Sequence[Framework]) -> Framework:
    """What lies below a client file, with its name: of several frameworks all their names."""
    first = used[0]
    update: dict[str, Any] = {key: getattr(first, key) for key in INHERITED}
    if len(used) > 1:
        update["framework"] = "_".join(each.framework for each in used)
        update["title"] = " and ".join([", ".join(each.title for each in used[:-1]), used[-1].title])
        summary = " ".join(each.summary for each in used)
        update["summary"] = summary if len(summary) < LONG_SUMMARY else update["title"]
        period = next((each.dimensions["period"] for each in used if "period" in each.dimensions), None)
        update["dimensions"] = {**base.dimensions, "period": period} if period else base.dimensions
        update["north_star"] = next((each.north_star for each in used if each.north_star), None)
    return base.model_copy(update=update)


def tailored(
    source: Source, client: ClientFile, base: Framework, problems: list[Problem], notes: list[str]
) -> Source:
    """The client file with what it leaves open as its framework has it; what does not fit is among the problems."""
    below = _Below(source, base, problems, notes)
    own = source.framework
    update: dict[str, Any] = {key: getattr(base, key) for key in INHERITED}
    if own.north_star is not None:
        update["north_star"] = own.north_star
    update["profile"] = below.options(client.profile)
    update["constants"] = below.constants(client.constants)
    update["sections"] = below.sections(client.sections)
    update["metrics"] = below.metrics(own.metrics)
    update["dimensions"] = below.dimensions(own.dimensions)
    if own.defaults.by is None and "period" in (base.dimensions | own.dimensions):
        update["defaults"] = own.defaults.model_copy(update={"by": ["period"]})
    return replace(source, framework=own.model_copy(update=update))


@dataclass(frozen=True)
class _Below:
    """What lies below a client file. What an extended file says of things that are not there is passed over."""

    source: Source
    base: Framework
    problems: list[Problem]
    notes: list[str]

    def options(self, chosen: Mapping[str, str]) -> dict[str, Option]:
        """The profile's questions with the client's answers."""
        found, questions = {}, self.base.profile
        for key, value in chosen.items():
            if not self._there("unknown-profile", ("profile", key), questions, f"There is no profile key {key}."):
                continue
            known = questions[key].options
            if value in known:
                found[key] = questions[key].model_copy(update={"default": value})
            else:
                hint = did_you_mean(value, known) or f"Choose {' or '.join(known)}."
                at = self.source.document.locate(("profile", key))
                self.problems.append(Problem("unknown-option", f"{value} is not an option of {key}.", hint, at))
        return found

    def constants(self, amounts: Mapping[str, float]) -> dict[str, Constant]:
        """The constants with the client's numbers."""
        found, known = {}, self.base.constants
        for id, value in amounts.items():
            if self._there("unknown-name", ("constants", id), known, f"There is no constant {id}."):
                self._fits(("constants",), [id], known[id].unit)
                found[id] = known[id].model_copy(update={"value": value})
        return found

    def sections(self, own: Mapping[str, ClientSection]) -> dict[str, Section]:
        """The parts of Inputs with the client's headings; a new one needs a title."""
        found, known = {}, self.base.sections
        for id, each in own.items():
            update = {key: getattr(each, key) for key in each.model_fields_set}
            if id not in known and each.title is not None:
                found[id] = Section(**{"title": "", **update})
            elif self._there("unknown-section", ("sections", id), known, f"There is no section {id}."):
                found[id] = known[id].model_copy(update=update)
        return found

    def metrics(self, own: Mapping[str, Metric]) -> dict[str, Metric]:
        """The client's metrics; amounts without a unit are in that of the framework."""
        for id in own.keys() & self.base.metrics.keys():
            unit = self.base.metrics[id].unit
            if unit is not None and own[id].unit is None:
                self._fits(("metrics", id), AMOUNTS, unit)
        if not self.source.extended:
            return dict(own)
        known = self.base.metrics
        return {
            id: metric
            for id, metric in own.items()
            if id in known or metric.unit is not None or self._there("", ("metrics", id), known, "")
        }

    def dimensions(self, own: Mapping[str, Dimension]) -> dict[str, Dimension]:
        """The client's dimensions. In a list of members, one that the framework has keeps its id and its names."""
        known = self.base.dimensions
        return {id: with_known_ids(known.get(id), each) for id, each in own.items() if self._is_one(id, each)}

    def _is_one(self, id: str, own: Dimension) -> bool:
        """Is it a dimension of the framework, or a whole new one?"""
        known = self.base.dimensions
        if id in known or (id != "period" and {"members", "groups", "of"} & own.model_fields_set):
            return True
        at = next(each for each in (("dimensions", id), ("dimensions",)) if each in self.source.document.places)
        return self._there("unknown-dimension", at, known, f"The framework has no dimension {id}.", id)

    def _fits(self, path: Steps, keys: Iterable[str], unit: str) -> None:
        self.problems.extend(amount_faults(self.source.document, path, keys, unit))

    def _there(self, code: str, path: Steps, known: Mapping[str, object], sentence: str, named: str = "") -> bool:
        """Is this a name below? If not, that is a fault, or a note where the file is extended by others."""
        name = named or str(path[-1])
        if name in known:
            return True
        document = self.source.document
        fault = misspelt(document, path, name) if self.source.extended else None
        if fault is not None:
            self.problems.append(fault)
        elif self.source.extended:
            self.notes.append(
                f"{document.file}: {name} is passed over; the framework has no such {WHAT[str(path[0])]}"
            )
        else:
            hint = did_you_mean(name, known) or (f"There is {', '.join(known)}." if known else "")
            self.problems.append(Problem(code, sentence, hint, document.key(path)))
        return False
