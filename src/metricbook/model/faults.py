"""Where the proof collects what it finds wrong, each fault at its place in the files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from metricbook.model.flat import Flat
from metricbook.model.orphans import blamed
from metricbook.problems import Location, Problem, Refused
from metricbook.source.document import Steps

Span = tuple[int, int]


@dataclass(frozen=True)
class Faults:
    """The faults of a flat framework; each is said once."""

    flat: Flat
    found: list[Problem] = field(default_factory=list)
    paths: set[Steps] = field(default_factory=set)

    def add(self, code: str, path: Steps, sentence: str, hint: str = "", span: Span | None = None) -> None:
        """Add a fault of the value at a path, or of the characters `span` of a text there."""
        at = self.flat.at(*path) if span is None else self.flat.span(path, *span)
        self._once(blamed(self.flat, path, Problem(code, sentence, hint, at)))
        self.paths.add(path)

    def add_at(self, code: str, at: Location, sentence: str, hint: str = "") -> None:
        """Add a fault at a place."""
        self._once(Problem(code, sentence, hint, at))

    def add_in_text(self, path: Steps, problems: Iterable[Problem]) -> None:
        """Add faults of a formula, whose columns count from 0 at the formula's first character."""
        for each in problems:
            at = self.flat.span(path, each.at.column, each.at.column + each.at.width)
            self._once(Problem(each.code, each.sentence, each.hint, at))
            self.paths.add(path)

    def add_nowhere(self, code: str, sentence: str, hint: str = "") -> None:
        """Add a fault that no file holds, such as a wish for an option that does not exist."""
        self._once(Problem(code, sentence, hint))

    def stop(self) -> None:
        """Raise Refused if there is anything wrong so far."""
        if self.found:
            raise Refused(sorted(self.found, key=lambda each: (each.at, each.code, each.sentence)))

    def _once(self, problem: Problem) -> None:
        if problem not in self.found:
            self.found.append(problem)
