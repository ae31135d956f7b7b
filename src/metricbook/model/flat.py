"""A framework that uses no other: all that it is made of in one, and where each of its parts was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from metricbook.formula.parse import parse
from metricbook.formula.tree import Tree
from metricbook.model.stand_ins import StandIns
from metricbook.problems import Location, Problem
from metricbook.source.document import Document, Steps
from metricbook.source.schema import Check, Framework, Page

Sheet = tuple[Page, Document, int]
"""A page with the document it was written in, and its number there."""
Stated = tuple[Check, Document, int]
"""A check with the document it was written in, and its number there."""

Home = tuple[Document, Steps]
"""A document, and a path in it."""

START = Location("", 1, 0)
"""Where a formula begins while it is not said where it stands."""


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
    homes: tuple[Document, ...] = ()  # the files whose formulas and checks are all compiled; the nearest, if none
    tailored: bool = False  # a client file lies over it
    new: frozenset[str] = frozenset()  # the metrics that client files add, which are there whether shown or not
    notes: tuple[str, ...] = ()  # what was passed over
    added: Mapping[Steps, Home] = field(
        default_factory=dict
    )  # blocks to which a client file adds, and where it says so
    stand_ins: StandIns = field(default_factory=StandIns)  # own members, for sample data
    _trees: dict[str, Tree] = field(default_factory=dict, repr=False, compare=False)  # formulas read so far

    def parsed(self, text: str) -> Tree:
        """The tree of a formula, as if it stood at START. Raises Refused with what is wrong."""
        if text not in self._trees:
            self._trees[text] = parse(text, START)
        return self._trees[text]

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

    @property
    def base(self) -> Flat:
        """The framework beneath all client files; of several the first."""
        return self.used[0].base if self.tailored and self.used else self

    @property
    def client_documents(self) -> tuple[Document, ...]:
        """The client files that lie over the framework, the nearest first."""
        beneath = self.used[0].client_documents if self.used else ()
        return (self.documents[0], *beneath) if self.tailored else ()

    def with_parts(self) -> Flat:
        """The same, its framework with all the sheets and checks."""
        parts = {"sheets": [page for page, _, _ in self.sheets], "checks": [check for check, _, _ in self.checks]}
        return replace(self, framework=self.framework.model_copy(update=parts))

    def is_own(self, path: Steps) -> bool:
        """Was this written in the file itself, not in one that it uses?"""
        home = self._home(path)[0]
        return any(home is each for each in self.homes or self.documents[:1])

    def _home(self, path: Steps) -> tuple[Document, Steps]:
        """The document that says most of a path, the nearest of several; what is borrowed is numbered anew."""
        if path[:4] in self.added:
            return self.added[path[:4]]
        if path[:1] in (("sheets",), ("checks",)) and len(path) > 1 and isinstance(path[1], int):
            _, document, number = (self.sheets if path[0] == "sheets" else self.checks)[path[1]]
            return document, (path[0], number, *path[2:])
        return max(self.documents, key=lambda document: _depth(document, path)), path


def _depth(document: Document, path: Steps) -> int:
    return sum(path[:n] in document.places for n in range(1, len(path) + 1))
