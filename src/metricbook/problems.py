"""Problems: what is wrong with something a user wrote, as values that are collected and shown all at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Location:
    """Where in a file: `line` and `column` count from 1; 0 means the file as a whole. `width` is what to underline."""

    file: str = ""
    line: int = 0
    column: int = 0
    width: int = 1


@dataclass(frozen=True)
class Problem:
    """One fault: a stable code, a sentence that names the thing, a hint what to do, and the place."""

    code: str
    sentence: str
    hint: str = ""
    at: Location = Location()


class Refused(Exception):  # noqa: N818 - it says what happened: the input was refused, with these problems
    """Raised once at the edge of a stage with everything that stage found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.sentence for problem in self.problems))
