"""Other titles for the framework's pages and for the tables, charts and scorecards on them."""

from __future__ import annotations

from dataclasses import replace

from metricbook.model.client_pages import block_at, sheet_at
from metricbook.model.flat import Flat, Sheet
from metricbook.model.names import block_id, scorecard
from metricbook.problems import Problem
from metricbook.source.load import Source
from metricbook.source.schema import Block

TITLED = ("table", "chart", "reference")


def with_titles(flat: Flat, source: Source, notes: list[str]) -> Flat:
    """The pages with the titles that a client file gives them. What is titled otherwise keeps its id."""
    said = source.client.titles if source.client is not None else {}
    sheets, problems = list(flat.sheets), list(flat.problems)
    for place, title in said.items():
        problem = _retitle(sheets, place, title, source)
        if problem is not None and source.extended:
            notes.append(f"{source.document.file}: a title for {place} is passed over; {problem.sentence}")
        elif problem is not None:
            problems.append(problem)
    return replace(flat, sheets=tuple(sheets), problems=tuple(problems))


def _retitle(sheets: list[Sheet], place: str, title: str, source: Source) -> Problem | None:
    name, _, wanted = place.partition(".")
    at = source.document.key(("titles", place))
    if not title.strip():
        return Problem("empty-title", f"{place} has no words.", "Leave the line out to keep its title.", at)
    number = sheet_at(sheets, name, at)
    if isinstance(number, Problem):
        return number
    page, document, home = sheets[number]
    if not wanted:
        sheets[number] = (page.model_copy(update={"title": title}), document, home)
        return None
    found = block_at(page, wanted, at)
    if isinstance(found, Problem):
        return found
    block = _titled(page.blocks[found], title)
    if block is None:
        return Problem("no-title", f"{place} has no title.", "Tables, charts and scorecards have one.", at)
    blocks = [*page.blocks[:found], block, *page.blocks[found + 1 :]]
    sheets[number] = (page.model_copy(update={"blocks": blocks}), document, home)
    return None


def _titled(block: Block, title: str) -> Block | None:
    """The block with another title, under the id that it had; None where it has no room for one."""
    kept = {"id": block_id(block) or None}
    card = scorecard(block)
    if card is not None:
        return block.model_copy(update={**kept, "scorecard": card.model_copy(update={"title": title})})
    for kind in TITLED:
        part = getattr(block, kind)
        if part is not None:
            return block.model_copy(update={**kept, kind: part.model_copy(update={"title": title})})
    return None
