"""YAML as this package reads it: plain data with the place of every value, and nothing that surprises.

Values are null, true, false, numbers and text, in lists and mappings; `NO`, `012`, `1:30` and `2026-01` are text.
Keys are always text. Aliases, tags and repeated keys are refused, size and depth are bounded, so a file from a
stranger is safe to read. It is built from YAML's events, not by its loader, which would lose the places.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

import yaml

from metricbook.problems import Location, Problem, Refused
from metricbook.source.document import Data, Document, Lines, Place, Span, Steps
from metricbook.source.yaml_slips import diagnose, hash_cut

LARGEST = 1_000_000
DEEPEST = 50
MOST_SLIPS = 20

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: dict[str, Data] = {"": None, "~": None, "null": None, "true": True, "false": False}
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*(_[0-9]+)*)")
_FLOAT = re.compile(r"[-+]?((0|[1-9][0-9]*(_[0-9]+)*)(\.[0-9]+)?|\.[0-9]+)([eE][-+]?[0-9]+)?")
_COLON, _COMMA = re.compile(r"\s*:"), re.compile(r"\s*,")
_UNREADABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# control characters, and those that make text read in another order than it is written
_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def read(text: str, file: str) -> Document:
    """Read YAML text; raise Refused with every fault that can be found at once."""
    text = text.removeprefix("\ufeff")
    lines = Lines(file, text)
    if len(text) > LARGEST:
        raise Refused([Problem("too-large", "The file is larger than 1 MB.", at=Location(file))])
    if found := _UNREADABLE.search(text):
        raise Refused([_control(lines.at(found.start(), found.end()))])
    problems: list[Problem] = []
    readable = text
    for _ in range(MOST_SLIPS):
        reader = _Reader(file, readable)
        try:
            data = reader.document()
        except yaml.MarkedYAMLError as error:
            slip = diagnose(error, readable)
            problems += [Problem(slip.code, slip.sentence, slip.hint, lines.at(*spot)) for spot in slip.spots]
            if slip.readable is None:
                break
            readable = slip.readable
        else:
            problems += reader.problems
            break
    if problems:
        raise Refused(sorted(problems, key=lambda problem: problem.at))
    return Document(file, text, data, reader.places)


def top(text: str, file: str) -> Iterator[tuple[str, str]]:
    """Give the plain texts at the top level of a file as it is read, so a caller can stop early."""
    depth, key = 0, None
    try:
        for event in yaml.parse(text.removeprefix("\ufeff"), Loader=_Loader):
            if isinstance(event, yaml.ScalarEvent) and depth == 1:
                if key is not None:
                    yield key, event.value
                key = event.value if key is None else None
            elif isinstance(event, yaml.CollectionStartEvent):
                depth, key = depth + 1, None
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError:
        read(text, file)
        raise


class _TooDeep(Exception):  # noqa: N818 - stops the reading; the problem is already noted
    pass


class _Reader:
    """Reads one text: its events become data, and every value's place is noted."""

    def __init__(self, file: str, text: str) -> None:
        self.lines = Lines(file, text)
        self.text = text
        self.problems: list[Problem] = []
        self.places: dict[Steps, Place] = {}
        self.events = iter(yaml.parse(text, Loader=_Loader))

    def document(self) -> Data:
        data: Data = None
        seen = False
        try:
            for event in self.events:
                if isinstance(event, yaml.DocumentStartEvent):
                    if seen:
                        self._fault("second-document", "A file holds one document; another begins here.", "", event)
                        break
                    data, seen = self._value(next(self.events), (), 0), True
        except _TooDeep:
            pass
        return data

    def _value(self, event: yaml.Event, path: Steps, depth: int, key: Span | None = None) -> Data:
        if depth > DEEPEST:
            self._fault("too-deep", f"Lists and mappings are nested more than {DEEPEST} deep.", "", event)
            raise _TooDeep
        self._refuse_marks(event)
        self.places[path] = place = self._place(event, key)
        match event:
            case yaml.ScalarEvent():
                return self._scalar(event, place)
            case yaml.SequenceStartEvent():
                return self._list(event, path, depth)
            case yaml.MappingStartEvent():
                return self._mapping(event, path, depth)
        return None

    def _list(self, start: yaml.SequenceStartEvent, path: Steps, depth: int) -> Data:
        items: list[Data] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            if isinstance(event, yaml.ScalarEvent) and start.flow_style:
                self._cut_by_comma(event)
            items.append(self._value(event, (*path, len(items)), depth + 1))
        return items

    def _mapping(self, start: yaml.MappingStartEvent, path: Steps, depth: int) -> Data:
        pairs: dict[str, Data] = {}
        lost = -1  # where a text ended that a comma cut; the rest of it is one fault, however many commas it has
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._fault("odd-key", "A key must be plain text.", "", event)
                self._value(event, (*path, ""), depth + 1)
                self._value(next(self.events), (*path, ""), depth + 1)
                continue
            self._refuse_marks(event)
            name, key = event.value, self._place(event, None).value
            self._refuse_control(name, key)
            value = next(self.events)
            if start.flow_style and self._without_colon(event, value):
                if lost < 0 or "\n" in self.text[lost : _span(event)[0]]:
                    self._fault_comma(event)
                lost = _span(event)[1]
                continue
            if name in pairs:
                line = self.lines.at(*self.places[(*path, name)].key).line
                hint = "Write it once, with everything that belongs under it."
                self._fault("duplicate-key", f'"{name}" is here twice; the first is on line {line}.', hint, event)
            data = self._value(value, (*path, name), depth + 1, key)
            pairs.setdefault(name, data)
        return pairs

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> Data:
        self._refuse_control(event.value, place.value)
        if event.style:
            return event.value
        if spot := hash_cut(self.text, place.value[1]):
            self._fault_hash(spot, event.value)
        return plain(event.value)

    def _place(self, event: yaml.Event, key: Span | None) -> Place:
        start, end = _span(event)
        style = getattr(event, "style", None) or ""
        if isinstance(event, yaml.CollectionStartEvent):
            end = start + 1
        elif style in ("'", '"'):
            start, end = start + 1, end - 1
        elif style:
            found = re.compile(r"[^\n]*\n\s*").match(self.text, start)
            start = min(found.end(), end) if found else start
        return Place(key or (start, end), (start, end), style)

    def _without_colon(self, key: yaml.ScalarEvent, value: yaml.Event) -> bool:
        """Say whether a key in { } has no value and not even a colon."""
        start, end = _span(value)
        empty = isinstance(value, yaml.ScalarEvent) and start == end
        return empty and not _COLON.match(self.text, _span(key)[1])

    def _refuse_marks(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            hint = "Write the value out; a text that begins with it needs quotes."
            self._fault("alias", f'"{sign}" would be a YAML anchor or alias; they are not used here.', hint, event)
        if getattr(event, "tag", None) is not None:
            self._fault("tag", '"!" would be a YAML tag; they are not used here.', "A text needs quotes.", event)

    def _refuse_control(self, text: str, span: Span) -> None:
        if found := _UNWANTED.search(text):
            self.problems.append(_control(self.lines.at(*span), found.group()))

    def _cut_by_comma(self, event: yaml.ScalarEvent) -> None:
        opened = event.value.count("(") > event.value.count(")")
        if not event.style and opened and _COMMA.match(self.text, _span(event)[1]):
            self._fault_comma(event)

    def _fault_comma(self, event: yaml.ScalarEvent) -> None:
        if re.match(r"[a-z_]+:\S", event.value):
            self._fault("missing-space", "A space is missing after the colon.", "", event)
            return
        sentence = "A text with a comma inside { } or [ ] needs quotes."
        hint = f'The comma beside "{event.value}" ends a text.'
        self._fault("comma-in-text", sentence, hint, event)

    def _fault_hash(self, spot: tuple[int, int], before: str) -> None:
        rest = self.text[slice(*spot)].strip()
        what = "A colour" if re.match(r"#[0-9A-Fa-f]{3,8}\b", rest) and not before else "A text with #"
        hint = f'Write "{f"{before} {rest}".strip()}" in quotes; if it is a comment, put a space after #.'
        problem = Problem("cut-by-hash", f"{what} needs quotes, because # starts a comment.", hint)
        self.problems.append(Problem(problem.code, problem.sentence, hint, self.lines.at(*spot)))

    def _fault(self, code: str, sentence: str, hint: str, event: yaml.Event) -> None:
        at = self.lines.at(*_span(event))
        self.problems.append(Problem(code, sentence, hint, at))


def _span(event: yaml.Event) -> Span:
    start, end = event.start_mark, event.end_mark
    return (start.index, end.index) if start and end else (0, 0)


def plain(text: str) -> Data:
    """Return what unquoted text stands for: null, true, false, a number, or itself."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text) and len(text) <= 20:
        return int(text)
    if _FLOAT.fullmatch(text) and math.isfinite(number := float(text)):
        return number
    return text


def _control(at: Location, character: str = "") -> Problem:
    name = f" (U+{ord(character):04X})" if character else ""
    return Problem("control-character", f"There is a character here that cannot be shown{name}.", "Delete it.", at)
