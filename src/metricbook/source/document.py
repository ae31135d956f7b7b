"""A file that was read: its data as plain values, and beside them the place of each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from metricbook.frozen import frozen
from metricbook.problems import Location

Step = str | int
Steps = tuple[Step, ...]
Data = None | bool | int | float | str | list["Data"] | dict[str, "Data"]

# one sign of a value, as it is written: in quotes it may be an escape
_SIGN = re.compile(".", re.DOTALL)
_SIGNS = {
    '"': re.compile(r"\\(?:x..|u.{4}|U.{8}|.)|.", re.DOTALL),
    "'": re.compile("''|.", re.DOTALL),
}
_SPACES = ("\\n", "\\t", "\\r", "\\ ", "\\\n", "\\_", "\\N", "\\L", "\\P")


Span = tuple[int, int]
"""Where something begins and ends, as offsets in the text."""


@frozen
class Place:
    """Where a key and its value stand, in the text as it was read; the value inside its quotes."""

    key: Span
    value: Span
    style: str = ""


@dataclass(frozen=True)
class Document:
    """What a YAML file says, and where it says it."""

    file: str
    text: str
    data: Data
    places: Mapping[Steps, Place] = field(repr=False, default_factory=dict)

    def locate(self, path: Steps) -> Location:
        """Return the place of the value at `path`, or of the nearest part of the path that is in the file."""
        place = self._nearest(path)
        return self._lines.at(*place.value) if place else Location(self.file)

    def key(self, path: Steps) -> Location:
        """Return the place of the key at `path`, or of the nearest part of the path that is in the file."""
        place = self._nearest(path)
        return self._lines.at(*place.key) if place else Location(self.file)

    def span(self, path: Steps, start: int, end: int) -> Location:
        """Return the place of the characters `start` to `end` of the text at `path`, folded and quoted text too."""
        place = self.places.get(path)
        if place is None or not isinstance(value_at(self.data, path), str):
            return self.locate(path)
        text = str(value_at(self.data, path))
        first = _offset(self.text, place, len("".join(text[:start].split())))
        return self._lines.at(first, first + max(1, end - start))

    def follow(self, loc: Steps) -> Steps:
        """Return the part of a pydantic `loc` that is in the file: its names for branches of a union fall away."""
        steps: Steps = ()
        for step in loc:
            if (*steps, step) in self.places:
                steps = (*steps, step)
        return steps

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.file, self.text)

    def _nearest(self, path: Steps) -> Place | None:
        known = next((path[:n] for n in range(len(path), 0, -1) if path[:n] in self.places), ())
        return self.places.get(known)


def value_at(data: Data, path: Steps) -> Data:
    """Return the value at `path`, or None where there is none."""
    for step in path:
        match data:
            case dict() if isinstance(step, str):
                data = data.get(step)
            case list() if isinstance(step, int) and step < len(data):
                data = data[step]
            case _:
                return None
    return data


class Lines:
    """Turns offsets in a text into places."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def at(self, start: int, end: int) -> Location:
        """Return the place from `start` to `end`, or to the end of its first line."""
        line = bisect_right(self.starts, start)
        stop = self.text.find("\n", start)
        end = min(end, stop if stop >= 0 else len(self.text))
        width = len(self.text[start:end].rstrip())
        return Location(self.file, line, start - self.starts[line - 1] + 1, max(1, width))


def _offset(text: str, place: Place, visible: int) -> int:
    """Return the offset in the file after so many visible characters of a value."""
    start, end = place.value
    for found in _SIGNS.get(place.style, _SIGN).finditer(text, start, end):
        if not found.group().isspace() and found.group() not in _SPACES:
            if visible == 0:
                return found.start()
            visible -= 1
    return end
