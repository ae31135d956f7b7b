"""The shape of dimensions: their members, groups of members, and the periods."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from metricbook.source.part import Id, Part, PeriodKey


class Member(Part):
    """A member of a dimension that is known by more than its label."""

    label: str = Field(description="The name as the reader sees it.")
    exports: list[str] = Field(default_factory=list, description="What it is called in pasted rows.")
    closed_after: PeriodKey | None = Field(default=None, description="The last period in which it counts.")


class Group(Part):
    """Members of a dimension that have a subtotal."""

    label: str = Field(description="The group's name, above its members and on its subtotal.")
    members: dict[Id, str | Member] = Field(description="Ids of the members with their labels.")


class Dimension(Part):
    """A named axis along which metrics have values."""

    label: str = Field(default="", description="Heading of the member column.")
    grain: Literal["month", "quarter", "week", "year"] | None = Field(default=None, description="Only for `period`.")
    count: int | None = Field(default=None, ge=1, le=60, description="How many periods; only for `period`.")
    first: PeriodKey | None = Field(
        default=None, description="Key of the first period: 2026-01, 2026-Q1, 2026-W01 or 2026."
    )
    fiscal_year_start: int | None = Field(
        default=None, ge=1, le=12, description="Month in which the fiscal year begins."
    )
    covered: Id | None = Field(
        default=None, description="The input that says how many months of a period its numbers cover."
    )
    members: dict[Id, str | Member] | list[str] | None = Field(
        default=None, description="Ids with labels (or with label, exports and closed_after), or labels alone."
    )
    groups: dict[Id, Group] | None = Field(default=None, description="Members by group; a group has a subtotal.")
    spare: int = Field(default=0, ge=0, le=100, description="Rows for members that the reader names on Lists.")
    total: bool | str = Field(
        True, description="False where members are alternatives or overlap; or the total's label."
    )
    of: str | None = Field(default=None, description="The dimension whose members this one takes a part of.")
    other: str = Field(default="", description="What records with none of these names stand under.")
