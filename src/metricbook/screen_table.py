"""A table as a screen shows it: a title, faint headings, no lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.table import Table


def screen_table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A table of texts; what is too wide is folded."""
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold", header_style="dim")
    for row in rows:
        table.add_row(*row)
    return table
