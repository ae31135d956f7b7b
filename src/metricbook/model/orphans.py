"""What a client file leaves without something it needs: said where the client file takes it away, both ends named."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from metricbook.model.client_members import members_of
from metricbook.model.flat import Flat
from metricbook.problems import Location, Problem
from metricbook.source.document import Steps, value_at
from metricbook.source.schema import Dimension

OF_MEMBERS = ("unknown-member", "members-differ", "no-members")


def blamed(flat: Flat, path: Steps, problem: Problem) -> Problem:
    """A fault of the framework, which has none by itself, at the place in a client file that brings it about."""
    files = [document.file for document in flat.client_documents]
    if not files or problem.at.file in files:
        return problem
    if problem.code == "no-sheets" and flat.framework.hide:
        return replace(problem, at=hidden_at(flat, flat.framework.hide[0]))
    found = _of_members(flat, path, problem) if problem.code in OF_MEMBERS else None
    return found or replace(problem, hint=f"{problem.hint} (With {Path(files[0]).name}.)".strip())


def hidden_at(flat: Flat, name: str) -> Location:
    """Where something is hidden, by the nearest file that says so."""
    for document in flat.documents:
        names = value_at(document.data, ("hide",))
        if isinstance(names, list) and name in names:
            return document.locate(("hide", names.index(name)))
    return flat.at("hide")


def _of_members(flat: Flat, path: Steps, problem: Problem) -> Problem | None:
    said = set(re.findall(r"\w+", problem.sentence))
    for document in flat.client_documents:
        for id, base in flat.base.framework.dimensions.items():
            spots: list[Steps] = [("dimensions", id, key) for key in ("members", "groups")]
            spot = next((each for each in spots if each in document.places), None)
            gone = sorted((_tokens(base) - _tokens(flat.framework.dimensions[id])) & said)
            if spot and gone:
                owner = _owner(flat, path)
                what = "group" if gone[0] in (base.groups or {}) else "member"
                sentence = f"{id} has no {what} {gone[0]} here, but {owner} needs it."
                hint = f"Keep it: {gone[0]} is its id; or hide {owner}."
                if path[0] == "dimensions":
                    hint = f"Say the members of {owner} too."
                return Problem(problem.code, sentence, hint, document.locate(spot))
    return None


def _tokens(dimension: Dimension) -> set[str]:
    """What brackets may name of a dimension: its members and its groups."""
    return {*members_of(dimension), *(dimension.groups or {})}


def _owner(flat: Flat, path: Steps) -> str:
    """What stands at a path: a metric, a page, a check."""
    if path[0] == "sheets" and len(path) > 1 and isinstance(path[1], int):
        return f"the page {flat.framework.sheets[path[1]].sheet}"
    if path[0] == "checks" and len(path) > 1 and isinstance(path[1], int):
        return f"the check {flat.framework.checks[path[1]].id}"
    return str(path[1]) if len(path) > 1 else "the framework"
