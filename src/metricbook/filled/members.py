"""Members that were named by hand and are members of the framework now, and names that pasted rows still say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from metricbook.filled.filled import Filled
from metricbook.layout.plan import Field

_POINTS = re.compile(r"(.+)\[(.+)\]")
LIST = "list."


@dataclass(frozen=True)
class Member:
    """A member of a dimension: its block on Lists, and its id."""

    block: str
    id: str


def named_by_hand(filled: Filled, fields: Iterable[Field]) -> dict[Member, str]:
    """Members that the earlier workbook has as a spare row with the very name: by the new member, the spare's id."""
    spares: dict[tuple[str, str], list[str]] = {}
    for (block, row, key), held in filled.held.items():
        if block.startswith(LIST) and key == "shown" and row.startswith("spare_"):
            spares.setdefault((block, _plain(held.value)), []).append(row)
    found = {}
    for field in fields:
        if field.block.startswith(LIST) and field.keys == ("shown",) and (field.block, field.row) not in filled.lines:
            ids = spares.get((field.block, _plain(field.issued[0])), [])
            if len(ids) == 1:
                found[Member(field.block, field.row)] = ids[0]
    return found


def with_earlier(field: Field, renamed: Mapping[Member, str]) -> Field:
    """A field that knows its line under the ids that its members had."""
    if not renamed:
        return field
    if field.block.startswith(LIST):
        old = renamed.get(Member(field.block, field.row))
        return replace(field, earlier=(*field.earlier, old)) if old else field
    old_ids = {member.id: old for member, old in renamed.items()}
    ids = []
    for id in (field.row, *field.earlier):
        matched = _POINTS.fullmatch(id)
        if matched:
            points = matched[2].split(", ")
            changed = [_renamed(point, old_ids) for point in points]
            ids += [f"{matched[1]}[{', '.join(changed)}]"] if changed != points else []
    return replace(field, earlier=(*field.earlier, *ids)) if ids else field


def said_in_rows(filled: Filled, field: Field) -> str | None:
    """The name of a member that pasted rows say and the new workbook would not know any more."""
    issued = filled.issued.get((field.block, field.row, "shown"))
    if not isinstance(issued, str) or issued == field.issued[0]:
        return None
    said = _plain(issued)
    cells = (cell for table in filled.records.values() for row in table.rows for cell in row)
    return issued if any(cell is not None and _plain(cell.value) == said for cell in cells) else None


def _renamed(point: str, old_ids: Mapping[str, str]) -> str:
    dimension, dot, member = point.rpartition(".")
    return f"{dimension}{dot}{old_ids.get(member, member)}"


def _plain(value: object) -> str:
    return str(value).strip().casefold() if value is not None else ""
