"""Problems: what is wrong with something a user wrote, as values that are collected and shown all at once."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Location:
    """Where in a file: `line` and `column` count from 1; 0 is the whole file. `width` is what to underline."""

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


MOST_LISTED = 24


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return 'Did you mean "x"?' for the nearest choice, or "" when none is near."""
    near = difflib.get_close_matches(word, sorted(choices), n=1, cutoff=0.7)
    return f'Did you mean "{near[0]}"?' if near else ""


def there_is(names: Iterable[str], verb: str = "is") -> str:
    """Return 'There is a, b, c.', or "" of nothing; of very many the first."""
    listed = list(names)
    more = " …" if len(listed) > MOST_LISTED else ""
    return f"There {verb} {', '.join(listed[:MOST_LISTED])}{more}." if listed else ""


def as_dict(problem: Problem) -> dict[str, str | int]:
    """Return a problem as plain data, for programs."""
    at = problem.at
    said = {"code": problem.code, "sentence": problem.sentence, "hint": problem.hint}
    return {**said, "file": at.file, "line": at.line, "column": at.column, "width": at.width}


def show(problem: Problem, text_of: Callable[[str], str | None]) -> str:
    """Return a problem as lines for a reader: place, sentence and hint, then the source line with a caret beneath."""
    at = problem.at
    place = ":".join(str(part) for part in (at.file, at.line, at.column) if part)
    heading = f"{place}: " if place else ""
    sentence = problem.sentence if problem.sentence.endswith((".", "?", "!")) else f"{problem.sentence}."
    head = f"{heading}{problem.code}: {sentence} {problem.hint}".rstrip()
    lines = (text_of(at.file) or "").split("\n")
    if not 0 < at.line <= len(lines) or not at.column:
        return head
    line = lines[at.line - 1].rstrip("\r").removeprefix("\ufeff")
    # a tab stays a tab beneath a tab, so the caret stands right however wide the terminal shows it
    margin = "".join("\t" if sign == "\t" else " " for sign in line[: at.column - 1])
    return f"{head}\n    {line}\n    {margin}{'^' * at.width}"
