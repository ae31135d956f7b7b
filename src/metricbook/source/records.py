"""The shape of record tables in a framework file: rows that are pasted in, and columns worked out from them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from metricbook.source.part import Id, Part

ColumnType = Literal["key", "text", "date", "currency", "count", "percent", "member", "choice", "flag"]


class Column(Part):
    """One column of a record table: pasted in (`type`), or worked out row by row (`formula`)."""

    label: str = Field(default="", description="The heading as the reader sees it.")
    type: ColumnType | None = Field(default=None, description="What the pasted cells hold.")
    of: str | None = Field(
        default=None, description="The dimension of a member, or the table in which a key points to a row."
    )
    options: dict[Id, str] | None = Field(default=None, description="What a choice may be; ids with words.")
    required: bool = Field(default=True, description="False: a row may leave it blank.")
    unit: str | None = Field(default=None, description="What a formula gives: currency, count, days, date, …")
    formula: str | dict[str, str] | None = Field(
        default=None, description="Worked out from the same row, other rows, or the row a key points to."
    )
    definition: str = Field(default="", description="What it means, in a sentence.")


class Records(Part):
    """A table of records: one worksheet to paste rows into."""

    label: str = Field(default="", description="The worksheet's name.")
    definition: str = Field(default="", description="What one row is, and where rows come from.")
    capacity: int | None = Field(
        default=None, ge=1, le=100_000, description="How many rows formulas read; 1000 by default."
    )
    columns: dict[Id, Column] = Field(default_factory=dict, description="The columns, in order.")
