"""What lies in a folder of client files, and in a folder of workbooks that clients sent back."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from metricbook.output import file_name
from metricbook.parallel import run_all
from metricbook.problems import Location, Problem, Refused
from metricbook.source.load import headline, read_document, shipped

SUFFIXES = (".yaml", ".yml")
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
"""What may be a workbook that came back; those that cannot be read say why."""
FOREIGN = "not-ours"
"""The code of a workbook that another program made: it is nobody's, and may lie there."""
Failed = dict[str, tuple[Problem, ...]]
"""Problems by client file."""


@dataclass(frozen=True)
class ClientFile:
    """A client file at a glance: whose it is, about what, and what its workbook is called."""

    file: str
    client: str = ""
    framework: str = ""
    workbook: str = ""
    filled_in: str = ""  # the workbook that came back
    through: dt.date | None = None  # how far that one is filled in
    formerly: tuple[str, ...] = ()  # what the client was called


def client_files(folder: Path, sample: bool = False) -> tuple[tuple[ClientFile, ...], tuple[str, ...], Failed]:
    """The client files of a folder by name, what else lies there, and what keeps some of them from being built."""
    found: list[ClientFile] = []
    others: dict[str, Mapping[str, Any]] = {}
    failed: Failed = {}
    extended: set[Path] = set()
    for path in _listed(folder, SUFFIXES):
        try:
            data = read_document(path).data
        except Refused as refused:  # it may be a client's
            found.append(ClientFile(str(path)))
            failed[str(path)] = refused.problems
            continue
        said = data if isinstance(data, dict) else {}
        if isinstance(said.get("extends"), str):
            extended.add((path.parent / str(said["extends"])).resolve())
        if said.get("client") is None:
            others[str(path)] = said
        else:
            found.append(_at_a_glance(path, said, sample))
    if not found:
        hint = "A client file says `client:`; `metricbook new` writes one."
        raise Refused([Problem("no-clients", f'There is no client file in "{folder}".', hint, Location(str(folder)))])
    return tuple(found), tuple(_passed_over(others, extended)), failed | _same_names(found)


def _listed(folder: Path, suffixes: Iterable[str]) -> list[Path]:
    """The files of a folder by name; those that a program keeps while a file is open begin with a sign."""
    try:
        files = [each for each in folder.iterdir() if each.suffix.lower() in suffixes and each.is_file()]
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        problem = Problem("no-folder", f'"{folder}" cannot be read: {reason}.', at=Location(str(folder)))
        raise Refused([problem]) from error
    return sorted(each for each in files if not each.name.startswith((".", "~$")))


def _at_a_glance(path: Path, said: Mapping[str, Any], sample: bool) -> ClientFile:
    client, framework = str(said["client"]), "_".join(_frameworks(path, said))
    workbook = file_name(client, framework, "sample" if sample else "")
    named = said.get("formerly") or []
    formerly = tuple(map(str, named if isinstance(named, list) else [named]))
    return ClientFile(str(path), client, framework, workbook, formerly=formerly)


def _frameworks(path: Path, said: Mapping[str, Any]) -> Iterator[str]:
    """The ids of the frameworks that a client file names, or one that it extends."""
    seen = {path.resolve()}
    while said.get("framework") is None and isinstance(said.get("extends"), str):
        path = path.parent / str(said["extends"])
        if path.resolve() in seen:
            return
        seen.add(path.resolve())
        try:
            data = read_document(path).data
        except Refused:  # building it will say so
            return
        said = data if isinstance(data, dict) else {}
    named = said.get("framework")
    for name in [named] if isinstance(named, str) else named or []:
        yield _id(path.parent, str(name))


def _id(folder: Path, name: str) -> str:
    beside = (path for path in (folder / name, folder / f"{name}.yaml", Path(name)) if path.is_file())
    path = None if name in shipped() else next(beside, None)
    try:
        return headline(path).id if path else name
    except Refused:
        return name


def _passed_over(others: Mapping[str, Mapping[str, Any]], extended: set[Path]) -> Iterator[str]:
    for file, said in others.items():
        if Path(file).resolve() in extended:
            yield f"{file} is what others extend, so it has no workbook of its own"
        elif "title" in said and "framework" in said:
            yield f"{file} is a framework, not a client file"
        else:
            yield f"{file} is passed over; it does not say `client:`"


def _same_names(clients: Sequence[ClientFile]) -> Failed:
    """Client files whose workbooks would have one name: none of them is built, and each names the others."""
    homes: dict[str, list[str]] = defaultdict(list)
    for each in clients:
        if each.workbook:
            homes[each.workbook.casefold()].append(each.file)
    failed: Failed = {}
    for each in clients:
        others = [file for file in homes[each.workbook.casefold()] if each.workbook and file != each.file]
        if others:
            sentence = f"{each.workbook} would be the workbook of {' and '.join(others)} too."
            hint = "Give one of the clients another name."
            failed[each.file] = (Problem("same-name", sentence, hint, Location(each.file)),)
    return failed


@dataclass(frozen=True)
class Sent:
    """A workbook that came back: whose it is, of which framework, and how far it is filled in."""

    file: str
    client: str = ""
    framework: str = ""
    through: dt.date | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Returned:
    """The client files with the workbooks that came back for them."""

    clients: tuple[ClientFile, ...]
    notes: tuple[str, ...] = ()
    failed: Failed = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def returned(
    folder: Path, clients: Sequence[ClientFile], executor: Executor | None = None, workers: int | None = None
) -> Returned:
    """Find the workbook of each client in a folder; of several the one that is filled in furthest."""
    files = [str(path) for path in _listed(folder, WORKBOOKS)]
    read = dict(run_all(files, sent_by, _unread, executor, workers))
    sent = [read[number] for number in range(len(files))]
    foreign = [each for each in sent if {problem.code for problem in each.problems} == {FOREIGN}]
    sent = [each for each in sent if each not in foreign]
    problems = [problem for each in sent for problem in each.problems]
    homes: dict[str, list[Sent]] = defaultdict(list)
    notes = [f"{each.file} is passed over; it is no workbook of this kind" for each in foreign]
    for one in (one for one in sent if not one.problems):
        home = _home(one, clients)
        if home is None:
            whose = one.client or "nobody"
            notes.append(f"{one.file} is passed over; it is of {whose} ({one.framework}), who has no client file")
        else:
            homes[home].append(one)
    failed: Failed = {}
    unread = [each.file for each in sent if each.problems]
    for each in clients:
        if unread and not homes[each.file]:  # an empty workbook may take the place of what somebody typed
            sentence = f"No workbook of {each.client} was found, and {' and '.join(unread)} cannot be read."
            hint = "Mend what cannot be read, or take it out of the folder."
            failed[each.file] = (Problem("which-workbook", sentence, hint, Location(each.file)),)
    found = [_with_sent(each, homes[each.file], notes, failed) for each in clients]
    return Returned(tuple(found), tuple(notes), failed, tuple(problems))


def sent_by(file: str) -> Sent:
    """Who sent a workbook. Runs in a process of its own."""
    from metricbook.filled.headline import headline_of

    try:
        said = headline_of(file)
    except Refused as refused:
        return Sent(file, problems=refused.problems)
    return Sent(file, said.client, said.framework, said.data_through)


def _unread(file: str, error: BaseException) -> Sent:
    said = " ".join(f"{type(error).__name__}: {error}".split())
    problem = Problem("broke-off", f"Reading {file} broke off: {said.rstrip('.')}.", at=Location(file))
    return Sent(file, problems=(problem,))


def _home(sent: Sent, clients: Sequence[ClientFile]) -> str | None:
    """The client file that a workbook belongs to: of the same framework, or the client's only one."""
    named = [each for each in clients if each.client]
    own = [each for each in named if alike(each.client, sent.client)]
    own = own or [each for each in named if any(alike(name, sent.client) for name in each.formerly)]
    same = [each for each in own if each.framework == sent.framework]
    fitting = same or (own if len(own) == 1 else [])
    return fitting[0].file if fitting else None


def alike(one: str, other: str) -> bool:
    """Are these one client's name, but for capitals and blanks?"""
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def _with_sent(client: ClientFile, sent: Sequence[Sent], notes: list[str], failed: Failed) -> ClientFile:
    """A client file with the workbook that is filled in furthest; the others are named."""
    if not sent:
        if client.client and client.file not in failed:
            notes.append(f"{client.file}: nothing came back, so its workbook is empty")
        return client
    ranked = sorted(sent, key=lambda each: each.through or dt.date.min)
    best = ranked.pop()
    if ranked and ranked[-1].through == best.through:
        sentence = f"{ranked[-1].file} and {best.file} are both of {client.client}, and filled in equally far."
        hint = "Leave the right one in the folder."
        failed[client.file] = (Problem("which-workbook", sentence, hint, Location(client.file)),)
        return client
    notes += [f"{each.file} is passed over; {best.file} of {client.client} reaches further" for each in ranked]
    return replace(client, filled_in=best.file, through=best.through)
