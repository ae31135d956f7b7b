"""The text of a new client file: each key with one line why, values quoted so that they are read as said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from metricbook.problems import Refused
from metricbook.source.ids import is_free, slug
from metricbook.source.part import LONGEST_ID
from metricbook.source.yaml_text import read

SCHEMA = "client.schema.json"
"""The file beside client files by which editors complete and underline them."""
HEAD = f"""\
# yaml-language-server: $schema={SCHEMA}
# What is otherwise for this client than in the framework. Lines that begin with # are only read by people.
# `metricbook check` says what does not fit, `metricbook build --client` makes the workbook.
"""
OTHERS = frozenset({"unlisted"})
"""Ids that no member may have: what stands on no list is counted under it."""
MORE = """\
# What else a client may have otherwise; take away the # in front of a line and put in your own words.
# brand: {color: "#0B5FFF"}    # the accent; a logo beside this file is `logo: acme.png`
# prepared_by: {name: Dana Roy, contact: dana@roy.example, note: "Please send it back by the 5th"}
# show_in: thousands           # how money is written on pages; the values stay whole
# at_risk: 5%                  # how far a target may be missed and still be at risk
# titles: {}                   # other titles of pages (growth) and of their blocks (growth.arr_bridge), by id
# hide: []                     # ids of metrics, sheets and blocks to leave out; `metricbook show` lists them
"""


@dataclass(frozen=True)
class Line:
    """One key of the file with its value, and what it is for."""

    key: str
    value: Any
    why: str
    inner: Mapping[str, str] = field(default_factory=dict)  # keys below it with their own line


def client_text(lines: Iterable[Line]) -> str:
    """The whole file."""
    return "\n".join([HEAD, *("\n".join(_written(line)) + "\n" for line in lines), MORE])


def _written(line: Line) -> Iterator[str]:
    yield from _comment(line.why)
    if not line.inner:
        yield from dumped({line.key: line.value}).splitlines()
        return
    yield f"{line.key}:"
    for key, value in line.value.items():
        if key in line.inner:
            yield from (f"  {words}" for words in _comment(line.inner[key]))
        yield from (f"  {text}" for text in dumped({key: value}).splitlines())


def _comment(words: str) -> Iterator[str]:
    """A sentence as lines of comment; what came with line breaks in it stays comment."""
    line = "#"
    for word in words.split():
        if len(line) + len(word) > 110:
            yield line
            line = "#"
        line += f" {word}"
    yield line


def dumped(data: dict[str, Any]) -> str:
    """Data as YAML in which a text is read as that text, by this program too.

    >>> print(dumped({"client": "R&D: #1", "code": "1e5"}), end="")
    client: 'R&D: #1'
    code: "1e5"
    """
    return "".join(_entry(key, value, "") for key, value in data.items())


def _entry(key: str, value: Any, margin: str) -> str:
    if isinstance(value, dict) and value:
        return f"{margin}{key}:\n" + "".join(_entry(name, each, f"{margin}  ") for name, each in value.items())
    for style in (None, '"'):
        text = yaml.safe_dump(value, default_style=style, allow_unicode=True, width=10**6, default_flow_style=True)
        text = text.removesuffix("...\n").strip()
        if not isinstance(value, str) or _is_read_as(text, value):
            break
    return f"{margin}{key}: {text}\n"


def _is_read_as(text: str, value: str) -> bool:
    """Does this program read the text as that value? It takes more for numbers than other readers do."""
    try:
        return "\n" not in text and read(f"key: {text}\n", "").data == {"key": value}
    except Refused:
        return False


def readable(value: str) -> Refused | None:
    """Why a text cannot stand in a file, such as control characters; None where it can."""
    try:
        read(dumped({"key": value}), "")
    except Refused as refused:
        return refused
    return None


def member_ids(labels: Sequence[str], known: Mapping[str, str], taken: Iterable[str] = ()) -> dict[str, str]:
    """Labels of members by id: those the framework has keep theirs, others get one made of their letters.

    >>> member_ids(["Events", "Q1", "日本"], {"events": "Events"})
    {'events': 'Events', 'member_q1': 'Q1', 'member_3': '日本'}
    """
    own = {label.casefold(): id for id, label in known.items()}
    found: dict[str, str] = {}
    for number, label in enumerate(labels, 1):
        id = own.get(label.casefold()) or _fitting(slug(label), number)
        while id in found or id in {*taken, *OTHERS}:
            id = f"{id}_{number}"
        found[id] = label
    return found


def _fitting(id: str, number: int) -> str:
    """An id made of a label; one that the language reads as something else gets a word in front."""
    for each in (id, f"member_{id}"[:LONGEST_ID].strip("_")):
        if id and is_free(each):
            return each
    return f"member_{number}"
