"""Client files as they are read: one file, and those that it extends, the nearest first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metricbook.problems import Location, Problem, Refused, did_you_mean
from metricbook.source.brand import read_logo
from metricbook.source.document import Data, Document, Steps
from metricbook.source.load import find, read_document, shaped, shipped

if TYPE_CHECKING:
    from metricbook.source.client import ClientFile

TELLING = {"client", "extends"}
LONGEST_FORMAT = 40
LARGEST_LOGO = 2_000_000


@dataclass(frozen=True)
class ClientSource:
    """A client file whose shape is valid, with the file it stands in."""

    client: ClientFile
    document: Document

    def beside(self, name: str) -> Path:
        """A file that this one names."""
        return Path(self.document.file).parent / name


@dataclass(frozen=True)
class Chain:
    """A client file and those that it extends. Of what several say the nearest wins, key by key."""

    links: tuple[ClientSource, ...]

    def first(self, *path: str) -> tuple[Any, ClientSource | None]:
        """What the nearest file says under a key, and which file that is; (None, None) where none says it."""
        for link in self.links:
            value: Any = link.client
            for key in path:
                value = getattr(value, key)
            if value not in (None, "", [], {}):
                return value, link
        return None, None

    def says(self, *path: str) -> Any:
        """What the nearest file says under a key."""
        return self.first(*path)[0]

    def merged(self, key: str) -> dict[str, tuple[Any, ClientSource]]:
        """A mapping that every file may add to: for each key its value, and the file that says it."""
        found: dict[str, tuple[Any, ClientSource]] = {}
        for link in reversed(self.links):
            found |= {name: (value, link) for name, value in getattr(link.client, key).items()}
        return found

    @property
    def frameworks(self) -> tuple[str, ...]:
        """The frameworks that the client works with, as they are named."""
        stated = self.says("framework")
        return (stated,) if isinstance(stated, str) else tuple(stated or ())

    @property
    def file(self) -> str:
        """The client's own file."""
        return self.links[0].document.file

    def logo(self) -> bytes | None:
        """The picture of the logo."""
        name, link = self.first("brand", "logo")
        return read_logo(link.beside(name)) if link is not None else None


def is_client(data: Data) -> bool:
    """Is this what a client file says, rather than a framework?"""
    from metricbook.source.client import OWN_KEYS, ClientFile

    keys = set(data) if isinstance(data, dict) else set()
    nameless = bool(keys) and not keys & {"framework", "title"} and keys <= ClientFile.model_fields.keys()
    return bool(keys & TELLING) or (bool(keys & OWN_KEYS) and "title" not in keys) or nameless


def read_chain(path: Path) -> Chain:
    """A client file and all that it extends; raise Refused with every fault of them."""
    links: list[ClientSource] = []
    problems: list[Problem] = []
    seen: list[Path] = []
    at = Location()
    while path is not None:
        seen.append(path.resolve())
        try:
            link = client_from(read_document(path))
        except Refused as refused:
            lost = at.file and not path.is_file()
            problems += [
                Problem(each.code, each.sentence, each.hint, at if lost else each.at) for each in refused.problems
            ]
            break
        links.append(link)
        problems += _faults(link)
        if link.client.extends is None:
            break
        at, path = link.document.locate(("extends",)), link.beside(link.client.extends)
        if path.resolve() in seen:
            sentence = f"Files extend each other in a circle: {' → '.join(each.name for each in (*seen, path))}."
            problems.append(Problem("extends-itself", sentence, "Drop one `extends`.", at))
            break
    if problems:
        raise Refused(sorted(problems, key=lambda problem: problem.at))
    return Chain(tuple(links))


def client_from(document: Document) -> ClientSource:
    """Prove the shape of a client file that was read; raise Refused with every fault."""
    from metricbook.source.client import ClientFile

    return ClientSource(shaped(document, ClientFile), document)


def framework_file(name: str, user: str, at: Location) -> Path:
    """A framework that a client file names: a shipped one, or a file beside it."""
    folder = Path(user).parent
    beside = (path for path in (folder / name, folder / f"{name}.yaml") if path.is_file())
    if name not in shipped() and (path := next(beside, None)):
        return path
    try:
        return find(name)
    except Refused as refused:
        raise Refused(replace(each, at=at) for each in refused.problems) from refused


def _faults(link: ClientSource) -> Iterator[Problem]:
    """What the shape cannot say: frameworks and currencies that do not exist, logos that are none."""
    named = link.client.framework
    for number, name in enumerate([named] if isinstance(named, str) else named or []):
        try:
            framework_file(name, link.document.file, link.document.locate(("framework", number)))
        except Refused as refused:
            yield from refused.problems
    code, logo = link.client.currency, link.client.brand.logo
    if code is not None:
        from babel.numbers import list_currencies

        known = list_currencies()
        if code not in known:
            hint = did_you_mean(code.upper(), known) if code.upper() not in known else f"Write it {code.upper()}."
            yield _fault(
                link,
                ("currency",),
                "unknown-currency",
                f'"{code}" is no currency.',
                hint or "Write its ISO code, such as EUR.",
            )
    yield from _format_faults(link)
    if logo is not None:
        try:
            read_logo(link.beside(logo), link.document.locate(("brand", "logo")))
        except Refused as refused:
            yield from refused.problems


_NUMBER = re.compile(r'(?:[-+ $€£¥]|"[^"]*")*(?:#,##0|0)(?:\.0{1,6})?(?:[ %$€£¥]|"[^"]*")*')
_DATE = re.compile(r'(?:d{1,4}|m{1,4}|yyyy|yy|[-./, ]|"[^"]*")+')


def _format_faults(link: ClientSource) -> Iterator[Problem]:
    """Number formats that Excel may not understand: it would take the file for a broken one."""
    from metricbook.source.client import DATES, FORMATS

    for key, code in link.client.formats.items():
        known = (*FORMATS, *DATES)
        if key not in known:
            hint = did_you_mean(key, known) or f"There is {', '.join(known)}."
            at = link.document.key(("formats", key))
            yield Problem("unknown-format", f"Nothing has the format {key}.", hint, at)
        elif not (_DATE if key in DATES else _NUMBER).fullmatch(code) or len(code) > LONGEST_FORMAT:
            hint = (
                "Such as dd.mm.yyyy, in Excel's English letters."
                if key in DATES
                else 'Such as #,##0.0 or 0% or #,##0" €".'
            )
            yield _fault(
                link,
                ("formats", key),
                "bad-format",
                f"{code} is no format of a {'date' if key in DATES else 'number'}.",
                hint,
            )


def _fault(link: ClientSource, path: Steps, code: str, sentence: str, hint: str) -> Problem:
    return Problem(code, sentence, hint, link.document.locate(path))
