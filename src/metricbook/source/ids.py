"""Ids and labels: what Excel would misread, what would stand twice, what a pattern in a formula would match."""

from __future__ import annotations

import re
from collections.abc import Iterator

from metricbook.problems import Location, Problem
from metricbook.source.document import Data, Document, Steps, value_at
from metricbook.source.faults import thing
from metricbook.source.part import ID_PATTERN, LONGEST_ID

LONGEST_LABEL = 80
OWN_LINES = 8
"""How many free lines every workbook has; their ids are own_1, own_2 and so on."""
SHARED = ("metrics", "constants", "dimensions", "records")

_CELL = re.compile(r"[a-z]{1,3}[0-9]{1,7}|r[0-9]*|c[0-9]*|r[0-9]*c[0-9]*")
_OWN_WORDS = {
    "true": "a value",
    "false": "a value",
    "total": "the total of a dimension",
    "north_star": "the north star",
    **{f"own_{number + 1}": "a line of “Your own numbers”" for number in range(OWN_LINES)},
}


def slug(label: str) -> str:
    """Return the id of a member that is given by its label alone: "Paid search" is paid_search."""
    return re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")


def is_free(name: str) -> bool:
    """Can this be the id of a member: does it have an id's shape, and mean nothing else?"""
    misread = _CELL.fullmatch(name) or name in _OWN_WORDS or name == "period"
    return len(name) <= LONGEST_ID and bool(re.fullmatch(ID_PATTERN, name)) and not misread


def id_faults(document: Document) -> Iterator[Problem]:
    """Find ids that Excel or the formula language reads as something else, and ids that stand for two things."""
    first: dict[str, tuple[str, Location]] = {}
    for kind in SHARED:
        for name in _keys(document.data, (kind,)):
            path: Steps = (kind, name)
            yield from _misread(document, path, name)
            if name in first:
                other, at = first[name]
                sentence = f'{thing(document, path)}: "{name}" is also a {other}, on line {at.line}.'
                yield Problem(
                    "same-id",
                    sentence,
                    "Metrics, constants, dimensions and tables share one space of names.",
                    document.key(path),
                )
            else:
                first[name] = (thing(document, path).split()[0].lower(), document.key(path))


def member_faults(document: Document) -> Iterator[Problem]:
    """Find faulty members: their ids, and labels that are empty, double, too long or hold a wildcard."""
    for dimension in _keys(document.data, ("dimensions",)):
        base: Steps = ("dimensions", dimension)
        borrowed = "of" in _keys(document.data, base)
        seen: dict[str, str] = {}
        for path, name, label in _members(document, base):
            if not borrowed or isinstance(path[-1], str):
                yield from _label_faults(document, path, label, seen)
            yield from _misread(document, path, name)
            if path[-1] == "label":
                yield from _spelling_faults(document, (*path[:-1], "exports"), seen)


def _members(document: Document, base: Steps) -> Iterator[tuple[Steps, str, str]]:
    """Give path, id and label of every member of a dimension; groups after plain members."""
    groups = [(*base, "groups", group, "members") for group in _keys(document.data, (*base, "groups"))]
    for holder in ((*base, "members"), *groups):
        match value_at(document.data, holder):
            case dict() as pairs:
                for name, said in pairs.items():
                    label = said.get("label") if isinstance(said, dict) else said
                    path: Steps = (*holder, name, "label") if isinstance(said, dict) else (*holder, name)
                    if isinstance(label, str):
                        yield path, name, label
            case list() as items:
                labels = [(number, label) for number, label in enumerate(items) if isinstance(label, str)]
                yield from (((*holder, number), slug(label), label) for number, label in labels)


def _spelling_faults(document: Document, path: Steps, seen: dict[str, str]) -> Iterator[Problem]:
    """What exports call a member is looked up like its label, so it is as plain, and stands for one member only."""
    names = value_at(document.data, path)
    for number, name in enumerate(names if isinstance(names, list) else ()):
        if isinstance(name, str):
            yield from _label_faults(document, (*path, number), name, seen)


def _label_faults(document: Document, path: Steps, label: str, seen: dict[str, str]) -> Iterator[Problem]:
    same = seen.setdefault(label.strip().casefold(), label)
    wild = [sign for sign in "*?~" if sign in label]
    faults = [
        (not label.strip(), "a label is empty", "", "empty-label"),
        (
            bool(wild),
            f'"{label}" holds {" ".join(wild)}',
            "Excel's SUMIFS would read it as a pattern.",
            "wildcard-label",
        ),
        (len(label) > LONGEST_LABEL, f'"{label[:20]}…" is longer than {LONGEST_LABEL} characters', "", "long-label"),
        (
            bool(label.strip()) and same is not label,
            f'"{label}" is here twice',
            "Capitals make no difference.",
            "same-label",
        ),
    ]
    for wrong, said, hint, code in faults:
        if wrong:
            yield Problem(code, f"{thing(document, path)}: {said}.", hint, document.locate(path))


def _misread(document: Document, path: Steps, name: str) -> Iterator[Problem]:
    what = "a cell" if _CELL.fullmatch(name) else _OWN_WORDS.get(name, "")
    if name == "period" and path[0] != "dimensions":
        what = "the dimension of time"
    if not what:
        return
    label = isinstance(path[-1], int)
    hint = 'Give it an id of its own: {first_quarter: "Q1"}.' if label else "Add a word, as in cac_blended."
    said = f'"{name}" cannot be an id: it means {what}' + (" in Excel." if what == "a cell" else ".")
    yield Problem("reserved-id", f"{thing(document, path)}: {said}", hint, document.key(path))


def _keys(data: Data, path: Steps) -> list[str]:
    part = value_at(data, path)
    return list(part) if isinstance(part, dict) else []
