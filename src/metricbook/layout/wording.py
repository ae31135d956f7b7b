"""The fixed words of the workbook said otherwise: each has an id, and a client file may give it other words.

A word is known by its letters: "● On track" and "On track" are one, so marks and blanks around it stay as they are.
What a sentence is filled in with stands in it as {}.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

from metricbook.formula.tree import Cell
from metricbook.layout.fixed_words import FIXED, PHRASES
from metricbook.layout.frame import RESERVED
from metricbook.layout.plan import Constant, Field, Plan, Run, Sheet, Style
from metricbook.source.ids import slug

OWN = ("input", "input_text", "input_words", "where_from", "id", "key", "code")
"""The roles of cells in which nothing fixed stands."""
DECLARED = ("options.", "list.")
"""Lists whose words are the framework's or the client's own."""
GAP = "{}"
WORDS_OF_AN_ID = 6

_AROUND = re.compile(r"^((?:\d\.)?[\s●▲■○✓▼←;.,:·]*)(.*?)([\s.:;,·]*)$", re.DOTALL)
_SHEET = re.compile(rf"\b((?:at|in|into|of|on|see|under) )({'|'.join(RESERVED)})\b()")
"""Where a sentence names a sheet; "Inputs filled" does not."""
_HEADING = re.compile("(“)([^”]+)(”)")
_QUOTED = re.compile(r'"([^"]*)"')


@cache
def catalogue() -> Mapping[str, str]:
    """Every fixed word by its id: the first words of what it says. Plain words have the plainest ids."""
    cores = [core for core in dict.fromkeys((*map(core_of, FIXED), *PHRASES)) if slug(core.replace(GAP, ""))]
    found: dict[str, str] = {}
    for core in sorted(cores, key=lambda core: (GAP in core, core[0].islower(), core.lower() != _spaced(core))):
        parts = slug(core.replace(GAP, " ")).split("_")
        length = WORDS_OF_AN_ID
        while (id := "_".join(parts[:length])) in found and length < len(parts):
            length += 1
        if id in found:
            id += "_with" if GAP in core else "_inside" if core[0].islower() else "_2"
        found[id] = core
    return found


def _spaced(core: str) -> str:
    return slug(core).replace("_", " ")


def core_of(text: str) -> str:
    """A text without the marks and blanks around it."""
    found = _AROUND.match(text)
    return found[2] if found else text


class Wording:
    """Says texts in a client's words."""

    def __init__(self, words: Mapping[str, str]) -> None:
        known = catalogue()
        self.plain = {known[id]: said for id, said in words.items() if GAP not in known[id]}
        self.phrases = {known[id]: said for id, said in words.items() if GAP in known[id]}
        for core, said in self._with_new_names(known.values()):
            (self.phrases if GAP in core else self.plain)[core] = said
        # what is not said otherwise may still be filled in with something that is; the longest fits best
        same = {text: text for text in sorted(known.values(), key=len, reverse=True) if GAP in text}
        # a phrase such as "{} and {}" would be found in sentences of the framework
        spoken = {
            text: said for text, said in {**self.phrases, **same, **self.phrases}.items() if text not in PHRASES
        }
        self.gaps = [(_pattern(text), said) for text, said in spoken.items()]

    def _with_new_names(self, texts: Iterable[str]) -> list[tuple[str, str]]:
        """The texts that name a sheet, or quote a heading, that has another name; unless they are said otherwise."""
        own = self.plain.keys() | self.phrases.keys()
        told = ((text, _HEADING.sub(self._named, _SHEET.sub(self._named, text))) for text in texts if text not in own)
        return [(text, said) for text, said in told if said != text]

    def _named(self, found: re.Match[str]) -> str:
        return f"{found[1]}{self.plain.get(found[2], found[2])}{found[3]}"

    def said(self, text: str) -> str:
        """The text in the client's words; as it is where they say nothing of it."""
        found = _AROUND.match(text)
        if found is None or not found[2]:
            return text
        lead, core, tail = found.groups()
        other = self.plain.get(core)
        for pattern, said in self.gaps if other is None else ():
            if filled := pattern.fullmatch(core):
                parts = [*map(self.said, filled.groups()), ""]
                other = "".join(f"{text}{part}" for text, part in zip(said.split(GAP), parts, strict=True))
                break
        # a framework's own sentence may name a sheet too
        return _SHEET.sub(self._named, text) if other is None else f"{lead}{other}{tail}"

    def phrase(self, phrase: str) -> str:
        """A phrase of the catalogue with its places still open."""
        return self.plain.get(phrase) or self.phrases.get(phrase, phrase)

    def sheet_names(self) -> dict[str, str]:
        """The technical sheets that have another name."""
        return {name: self.plain[name] for name in RESERVED if name in self.plain}


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile("(.+?)".join(map(re.escape, text.split(GAP))), re.DOTALL)


def reworded(plan: Plan, words: Mapping[str, str]) -> Plan:
    """The plan with its fixed words said otherwise; values and places stay."""
    if not words:
        return plan
    wording = Wording(words)
    plan = replace(plan, sheets=tuple(_sheet(sheet, wording) for sheet in plan.sheets))
    names = wording.sheet_names()
    return _Renamer(names).renamed(plan) if names else plan


def redated(plan: Plan, codes: Mapping[str, str]) -> Plan:
    """The plan with other number formats for its dates."""
    if not codes:
        return plan

    def styled(run: Run) -> Run:
        code = codes.get(run.style.format)
        return run if code is None else replace(run, style=Style(run.style.role, code))

    sheets = []
    for sheet in plan.sheets:
        charts = (
            replace(each, category_format=codes.get(each.category_format, each.category_format))
            for each in sheet.charts
        )
        sheets.append(replace(sheet, runs=tuple(map(styled, sheet.runs)), charts=tuple(charts)))
    return replace(plan, sheets=tuple(sheets))


def _sheet(sheet: Sheet, wording: Wording) -> Sheet:
    validations = (
        replace(
            each,
            title=wording.said(each.title)[:32],
            prompt=wording.said(each.prompt)[:255],
            error=wording.said(each.error)[:255],
        )
        for each in sheet.validations
    )
    links = (replace(each, tip=wording.said(each.tip)) for each in sheet.links)
    charts = (
        replace(each, axis_title=wording.said(each.axis_title), note=wording.said(each.note)) for each in sheet.charts
    )
    runs = sheet.runs if sheet.table is not None else tuple(_run(run, wording) for run in sheet.runs)
    asked = tuple(_field(each, wording) for each in sheet.fields)
    parts = {"validations": tuple(validations), "links": tuple(links), "charts": tuple(charts), "fields": asked}
    return replace(sheet, runs=runs, **parts)  # type: ignore[arg-type]


def _field(field: Field, wording: Wording) -> Field:
    """A choice from a list of fixed words is made from what they say now."""
    if not field.words or field.words.startswith(DECLARED):
        return field
    return replace(field, options=tuple((id, wording.said(word)) for id, word in field.options))


def _run(run: Run, wording: Wording) -> Run:
    if run.style.role in OWN:
        return run
    content: Any = run.content
    if isinstance(content, str):
        content = wording.said(content)
    elif isinstance(content, tuple):
        content = tuple(_constant(each, wording) for each in content)
    code = _QUOTED.sub(lambda found: f'"{wording.said(found[1])}"', run.style.format)
    if content is run.content and code == run.style.format:
        return run
    return replace(run, content=content, style=Style(run.style.role, code))


def _constant(content: Constant, wording: Wording) -> Constant:
    return wording.said(content) if isinstance(content, str) else content


class _Renamer:
    """Gives sheets other names, wherever something refers to them."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names
        self.seen: dict[int, tuple[Any, Any]] = {}  # what is shared stays shared

    def renamed(self, part: Any) -> Any:
        """The same part with other names of sheets."""
        if isinstance(part, Cell):
            return replace(part, sheet=self.names[part.sheet]) if part.sheet in self.names else part
        if isinstance(part, Sheet):
            part = replace(part, name=self.names.get(part.name, part.name))
        if not isinstance(part, tuple) and not is_dataclass(part):
            return part
        if id(part) in self.seen:
            return self.seen[id(part)][1]
        if isinstance(part, tuple):
            parts = [self.renamed(each) for each in part]
            found: Any = tuple(parts) if any(a is not b for a, b in zip(parts, part, strict=True)) else part
        else:
            update = {each.name: self.renamed(getattr(part, each.name)) for each in fields(part)}
            same = all(update[name] is getattr(part, name) for name in update)
            found = part if same else replace(part, **update)  # type: ignore[type-var]
        self.seen[id(part)] = (part, found)
        return found
