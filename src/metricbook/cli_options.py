"""Options that several commands have, and how answers for programs are printed."""

from __future__ import annotations

import json

import click


def _remember(ctx: click.Context, _option: click.Parameter, value: bool) -> bool:
    ctx.meta["json"] = value
    return value


json_option = click.option("--json", "as_json", is_flag=True, callback=_remember, help="Print data for programs.")


def print_json(data: object) -> None:
    """Print an answer for programs."""
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))
