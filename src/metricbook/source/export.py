"""The shape of an export in a client file: a file of another program, and what its columns and words mean here."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from metricbook.source.part import Id, Part, PeriodKey

Said = PeriodKey
"""A text that stands in a file; a number needs no quotes."""
SaidOften = Said | list[Said]


class Export(Part):
    """A file that another program exported: rows of a day or a period each, or rows of a record table."""

    file: str = Field(description="CSV or Excel, relative to this file; with * for several: exports/ads-*.csv.")
    sheet: Said | None = Field(default=None, description="The sheet of an Excel file; its first one by default.")
    header_row: int | None = Field(
        default=None, ge=1, description="The line of its headings; found by the headings by default."
    )
    records: Id | None = Field(default=None, description="The record table that its rows go into.")
    dated: Said | None = Field(
        default=None, description="The column of days or periods; days are taken together by period."
    )
    dates: Literal["day_first", "month_first"] | None = Field(
        default=None, description="What 03/04/2026 is, where no date of the column tells."
    )
    columns: dict[str, str] = Field(
        default_factory=dict,
        description="Headings with what they are here: a metric, a metric[member], a dimension, or a record column.",
    )
    at: dict[Id, PeriodKey] = Field(
        default_factory=dict, description="What holds for all rows: {channel: paid_search, period: 2026-03}."
    )
    members: dict[Id, dict[str, str]] = Field(
        default_factory=dict,
        description="By dimension: words of the file with the members they mean, or `ignore`.",
    )
    where: dict[str, SaidOften] = Field(
        default_factory=dict, description="Only rows with these words under these headings: {Status: Enabled}."
    )
    missing: Literal[0] | None = Field(
        default=None, description="0: a period without rows, between others with rows, had none of it."
    )
