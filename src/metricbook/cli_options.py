"""Options that several commands have, and how answers and problems are printed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from metricbook.problems import Problem, as_dict, show

if TYPE_CHECKING:
    from metricbook.model.export_use import Use

SHOWN = 50
"""How many problems are printed; a file that is wrong from end to end has the same few, many times."""


def _remember(ctx: click.Context, _option: click.Parameter, value: bool) -> bool:
    ctx.meta["json"] = value
    return value


json_option = click.option("--json", "as_json", is_flag=True, callback=_remember, help="Print data for programs.")


def print_json(data: object) -> None:
    """Print an answer for programs."""
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))


def say(problems: Iterable[Problem], as_json: bool = False, uses: Sequence[Use] = ()) -> None:
    """Print problems: for people on stderr with the line in question, for programs as the answer."""
    found = list(problems)
    if as_json:
        used = {"data": [use.data() for use in uses]} if uses else {}
        print_json({"problems": [as_dict(problem) for problem in found], **used})
        return
    for line in (line for use in uses for line in use.lines()):
        click.echo(line, err=True)
    text_of = _reader()
    for problem in found[:SHOWN]:
        click.echo(show(problem, text_of), err=True)
    if len(found) > SHOWN:
        click.echo(f"… and {len(found) - SHOWN} more", err=True)


def _reader() -> Callable[[str], str | None]:
    """Reads each source file once, for its faulty lines; None where it cannot be read."""

    @cache
    def text_of(file: str) -> str | None:
        try:
            return Path(file).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None

    return text_of
