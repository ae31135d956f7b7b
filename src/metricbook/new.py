"""A new client file: the answers of an interview as a commented file that builds at once."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from metricbook.build import model_of, subject_of_chain
from metricbook.interview import accepted, channels_of, no_answer, propose, questions
from metricbook.layout.wording import catalogue
from metricbook.model.dimensions import PER_YEAR, Periods
from metricbook.model.model import Model
from metricbook.model.profile import options
from metricbook.output import file_name
from metricbook.problems import Location, Problem, Refused, did_you_mean
from metricbook.source.client_chain import Chain, client_from
from metricbook.source.client_text import SCHEMA, Line, client_text, member_ids
from metricbook.source.json_schema import text_with_ids
from metricbook.source.load import shipped
from metricbook.source.schema import Member
from metricbook.source.yaml_text import read

CHANNEL = "channel"
PAID_WORDS = frozenset({
    "paid", "ad", "ads", "adverts", "advertising", "ppc", "cpc", "sem", "sea", "sponsored", "adwords", "display",
    "banner", "banners", "retargeting", "remarketing", "programmatic", "anzeigen", "werbung",
})  # fmt: skip
"""Words in the name of a channel that is paid for by the click or the view."""


@dataclass(frozen=True)
class Written:
    """A client file that was written, the model it gives, and what is worth knowing."""

    path: Path
    model: Model
    notes: tuple[str, ...] = ()


def default_path(client: str) -> Path:
    """The name of a client's file.

    >>> default_path("Acme Robotics").name
    'acme_robotics.yaml'
    """
    return Path(file_name(client, suffix=".yaml").lower())


def new_client(answers: Mapping[str, str], path: str | Path | None = None, today: dt.date | None = None) -> Written:
    """Write the client file that answers speak for; a question without an answer takes its default.

    `path` is a file or a folder; without it the file is named after the client. Raises Refused, and writes nothing,
    where an answer cannot be one or the file is already there.
    """
    known = questions()
    strange = sorted(answers.keys() - {each.key for each in known})
    if strange:
        hint = did_you_mean(strange[0], [each.key for each in known])
        raise Refused([Problem("unknown-question", f"Nobody asks for {strange[0]}.", hint)])
    said = {each.key: accepted(each, answers[each.key]) for each in known if answers.get(each.key)}
    said = {each.key: said.get(each.key, each.default) for each in known}
    said["framework"] = said["framework"] or propose(said).framework
    target = free_path(said["client_name"], path)
    model = model_of(said["framework"])
    if model.tailored:
        raise no_answer(f'"{said["framework"]}" is a client file, not a framework')
    lines, notes = _lines(said, model, target, today or dt.date.today())
    proven = _proven(lines, said["framework"], target)
    _write(target, client_text(lines))
    return Written(target, proven, (*notes, *_schema_beside(target)))


def free_path(client: str, path: str | Path | None = None) -> Path:
    """Where the file goes; raises Refused where something is there already."""
    target = Path(path) if path else default_path(client)
    if target.is_dir():
        target /= default_path(client)
    if target.exists():
        sentence = f'"{target}" is already there, and nothing is written over it.'
        raise Refused([Problem("file-exists", sentence, "Give another name, or move that file away.")])
    return target


def _lines(said: Mapping[str, str], model: Model, target: Path, today: dt.date) -> tuple[list[Line], list[str]]:
    periods = model.periods
    first = first_period(periods, int(said["fiscal_year_start"]), today)
    proposal = propose(said)
    why = f"because {proposal.reason}" if said["framework"] == proposal.framework else "as it was asked for"
    framework = model.framework
    lines = [
        Line("client", said["client_name"], "Whose workbook it is; stands at the top of it and in its file's name."),
        Line(
            "framework",
            _named(said["framework"], target),
            f"What is measured: {framework.title}, {why}.",
        ),
        Line("currency", said["currency"], "The currency of all money; nothing is converted."),
        Line(
            "first_period",
            first,
            f"Where the workbook begins. It has {periods.count} {periods.grain}s unless `periods:` says otherwise.",
        ),
        Line(
            "fiscal_year_start",
            int(said["fiscal_year_start"]),
            "The month in which the fiscal year begins: quarters, the year to date and targets of a year follow it.",
        ),
    ]
    notes = []
    if model.profile:
        lines.append(_profile(said, model))
    labels = channels_of(said["channels"])
    if labels and CHANNEL not in framework.dimensions:
        notes.append(f"{framework.title} has no channels, so none were written.")
    elif labels:
        line = _channel_line(labels, model)
        lines.append(line)
        notes += [
            f"{name} has no channel yet: write one under it, or hide what is counted by it." for name in _empty(line)
        ]
    return lines, notes


def _empty(channels: Line) -> list[str]:
    """The labels of groups that no channel went into."""
    groups = channels.value[CHANNEL].get("groups", {})
    return [group["label"] for group in groups.values() if not group["members"]]


def _named(framework: str, target: Path) -> str:
    """A shipped id, or the way from the client file to the framework's file."""
    if framework in shipped():
        return framework
    return Path(os.path.relpath(framework, target.parent)).as_posix()


def _profile(said: Mapping[str, str], model: Model) -> Line:
    """What the framework asks about a client, with the answers given; the rest as the framework has it."""
    chosen, whys = {}, {}
    for key, default in model.profile.items():
        option = model.framework.profile[key]
        known = options(option)
        chosen[key] = said[key] if said.get(key) in known else default
        meanings = " · ".join(f"{id} ({words})" for id, words in known.items())
        whys[key] = f"{option.label or key} {meanings}"
    return Line("profile", chosen, "What the framework asks about a client.", whys)


def _channel_line(labels: list[str], model: Model) -> Line:
    declared = model.framework.dimensions[CHANNEL]
    why = "Where customers come from. The word before the colon stays for good, the one after it may change."
    if not declared.groups:
        members = declared.members if isinstance(declared.members, dict) else {}
        return Line("dimensions", {CHANNEL: {"members": member_ids(labels, _labels(members))}}, why)
    groups = {id: _labels(group.members) for id, group in declared.groups.items()}
    known = {id: label for members in groups.values() for id, label in members.items()}
    ids = member_ids(labels, known, groups)
    homes = {id: _group(id, label, groups) for id, label in ids.items()}
    placed = {
        name: {"label": group.label, "members": {id: ids[id] for id, home in homes.items() if home == name}}
        for name, group in declared.groups.items()
    }
    why += " They are sorted by their names: move a line to the other group where that is wrong."
    return Line("dimensions", {CHANNEL: {"groups": placed}}, why)


def _labels(members: Mapping[str, str | Member]) -> dict[str, str]:
    return {id: each if isinstance(each, str) else each.label or id for id, each in members.items()}


def _group(id: str, label: str, groups: Mapping[str, Mapping[str, str]]) -> str:
    """The group of a channel: that of the framework's own channel, else by the words in its name."""
    home = next((group for group, members in groups.items() if id in members), None)
    if home is not None:
        return home
    paid = bool(PAID_WORDS & set(label.casefold().replace("-", " ").split()))
    wanted = "paid" if paid else "unpaid"
    return wanted if wanted in groups else list(groups)[-1]


def first_period(periods: Periods, fiscal_start: int, today: dt.date) -> str:
    """The first period of the last fiscal year where the workbook has room for this one too, else of this one.

    >>> first_period(Periods("month", 24), 4, dt.date(2026, 2, 14))
    '2024-04'
    >>> first_period(Periods("month", 12), 4, dt.date(2026, 2, 14))
    '2025-04'
    """
    year = today.year if today.month >= fiscal_start else today.year - 1
    if periods.count >= 2 * PER_YEAR[periods.grain]:
        year -= 1
    if periods.grain == "week":
        found = dt.date(year, fiscal_start, 1).isocalendar()
        return f"{found.year}-W{found.week:02}"
    keys = {"month": f"{year}-{fiscal_start:02}", "quarter": f"{year}-Q{(fiscal_start + 2) // 3}", "year": str(year)}
    return keys[periods.grain]


def _proven(lines: Sequence[Line], framework: str, target: Path) -> Model:
    """The model of the file before it is written; raises Refused where it would not build."""
    # the folder may not be there yet, so the way from it to the framework leads nowhere
    named = framework if framework in shipped() else str(Path(framework).absolute())
    text = client_text(replace(line, value=named) if line.key == "framework" else line for line in lines)
    try:
        return subject_of_chain(Chain((client_from(read(text, str(target))),))).model
    except Refused as refused:
        here = str(target)
        raise Refused(
            Problem(each.code, each.sentence, each.hint, Location() if each.at.file == here else each.at)
            for each in refused.problems
        ) from refused


def _write(target: Path, text: str) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8") as file:  # fails where somebody was faster
            file.write(text)
    except OSError as error:
        reason = error.strerror or "it cannot be written"
        raise Refused([Problem("not-writable", f'"{target}" cannot be written: {reason}.')]) from error


def _schema_beside(target: Path) -> list[str]:
    """Write the schema that the first line of the file names, unless there is one."""
    path = target.with_name(SCHEMA)
    text = text_with_ids(catalogue())
    if not path.exists():
        path.write_text(text, encoding="utf-8")
        return [f"{path} lets an editor complete and underline it."]
    if path.read_text(encoding="utf-8", errors="replace") != text:
        return [f"{path} is of another version; `metricbook schema --client --ids` prints this one's."]
    return []
