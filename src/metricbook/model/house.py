"""Names in a file that others extend: what one framework has not another may have; a misspelt one none has."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from metricbook.model.kept import hideable
from metricbook.problems import Problem, Refused, did_you_mean
from metricbook.source.client_chain import ClientSource
from metricbook.source.document import Document, Steps
from metricbook.source.load import headline, load, shipped
from metricbook.source.schema import Framework


def house_faults(link: ClientSource) -> Iterator[Problem]:
    """What is misspelt in a file that names no framework."""
    for path in _named(link):
        said = link.client.hide[path[1]] if isinstance(path[1], int) else str(path[1])
        if problem := misspelt(link.document, path, said):
            yield problem


def misspelt(document: Document, path: Steps, name: str) -> Problem | None:
    """The fault of a name that no framework has, where one has a name much like it."""
    known = _known(Path(document.file).parent)
    near = "" if name in known else did_you_mean(name, known)
    at = document.locate(path) if isinstance(path[-1], int) else document.key(path)
    return Problem("unknown-name", f"No framework has {name}.", near, at) if near else None


def _named(link: ClientSource) -> Iterator[Steps]:
    """The places of names that belong to a framework."""
    client = link.client
    yield from (("metrics", id) for id, each in client.metrics.items() if each.unit is None)
    yield from (("constants", id) for id in client.constants)
    yield from (("sections", id) for id, each in client.sections.items() if each.title is None)
    yield from (("profile", id) for id in client.profile)
    whole = {"members", "groups", "of"}
    yield from (("dimensions", id) for id, each in client.dimensions.items() if not whole & each.model_fields_set)
    yield from (("hide", number) for number in range(len(client.hide)))


@lru_cache(maxsize=64)
def _known(folder: Path) -> frozenset[str]:
    """Every name of the shipped frameworks, and of those beside the file."""
    found: set[str] = {"period"}
    for path in [*shipped().values(), *sorted(folder.glob("*.yaml"))]:
        try:
            found |= _names(load(path).framework) if headline(path).title else set()
        except Refused:  # whoever uses it will be told
            continue
    return frozenset(found)


def _names(framework: Framework) -> set[str]:
    parts = (framework.constants, framework.sections, framework.profile)
    return hideable(framework).union(*parts)
