"""The shape of pages: blocks of headline numbers, scorecards, tables, charts and words."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from metricbook.source.part import Part, When


class Choice(Part):
    """A metric or heading with a condition, where a list has plain names otherwise."""

    metric: str | None = Field(default=None, description="The metric to show.")
    heading: str | None = Field(default=None, description="A line of words instead of a metric.")
    when: When | None = Field(default=None, description="The options under which the item is there.")


Item = str | Choice
Items = Annotated[list[Item], Field(min_length=1)]
Texts = Annotated[list[str], Field(min_length=1)]
Axis = str | Items


class Table(Part):
    """Metrics or members down, views, members or periods across."""

    title: str = Field(default="", description="Stands above the table.")
    rows: Axis = Field(description="A dimension, or a list of metrics and headings.")
    columns: Axis = Field(
        description="A dimension, a list of metrics, or views such as value, previous, target, status."
    )
    metric: str | None = Field(default=None, description="The metric, when both axes are dimensions.")
    groups: Literal["headings", "subtotals"] | None = Field(
        default=None, description="How the groups of the rows are shown."
    )
    total: bool = Field(default=False, description="True: with a line for the total.")
    headers: dict[str, str] = Field(
        default_factory=dict, description="Own words for column heads; `rows` is the first."
    )
    at: dict[str, str] = Field(default_factory=dict, description="Member, or input that chooses one, by dimension.")
    note: str = Field(default="", description="Stands beneath the table.")


class Scorecard(Part):
    """Target, actual, variance and status, one metric a row."""

    title: str = Field(default="", description="Stands above the scorecard.")
    rows: Items | None = Field(default=None, description="The metrics, in order.")
    where: dict[str, str] | None = Field(
        None, description="Chooses this file's metrics by tag or tier instead of rows."
    )
    order: str | None = Field(default=None, description="The tag by which chosen metrics are ordered.")
    columns: Texts | None = Field(
        default=None, description="Views: actual, target, variance, status, previous, trend, …"
    )
    headers: dict[str, str] = Field(default_factory=dict, description="Own words for column heads.")


class ChartBlock(Part):
    """A picture of metrics: over the periods, over the members of a dimension, or one metric after the other."""

    kind: Literal["line", "column", "bar", "stacked", "bullet", "funnel", "waterfall"] = Field(
        description=(
            "line, column and bar; stacked: parts of 100%; bullet: the first metric in front of the second; "
            "funnel: stages with what is left of the one before; waterfall: from the first metric to the last."
        )
    )
    title: str = Field(description="Says what the picture shows.")
    metrics: Items = Field(description="The metrics that are drawn; of a funnel and a waterfall in their order.")
    over: str | None = Field(
        default=None, description="The dimension along which they are drawn; the last twelve periods by default."
    )
    by: str | None = Field(
        default=None, description="A second dimension, whose members are drawn side by side; of one metric."
    )
    sort: bool = Field(default=False, description="True: the largest of `over` first, by the first metric.")
    minus: Texts | None = Field(default=None, description="The metrics of a waterfall that are taken away.")
    target: bool = Field(default=False, description="True: with a line for the target.")
    events: str | None = Field(
        default=None, description="A text metric by period whose words are marked on the line."
    )


class TextTable(Part):
    """A table of plain words."""

    title: str = Field(default="", description="Stands above the table.")
    columns: Texts = Field(description="The column heads.")
    rows: list[list[str]] = Field(min_length=1, description="The lines, each with one text per column.")


class Listing(Part):
    """A short list that fills itself: what is worst, or what is still to do."""

    title: str = Field(default="", description="Stands above the list in place of the usual words.")
    rows: int = Field(default=5, ge=1, le=12, description="How many lines it has.")


class Block(Part):
    """One part of a page: exactly one kind of content."""

    id: str | None = Field(default=None, description="The name by which another file hides it.")
    when: When | None = Field(default=None, description="The options under which the block is there.")
    headline: Items | None = Field(default=None, description="Metrics as large numbers at the top of a page.")
    scorecard: Scorecard | Items | None = Field(
        None, description="Metrics against their targets; a list is its rows."
    )
    table: Table | None = Field(
        default=None, description="Metrics or members down; views, members or periods across."
    )
    chart: ChartBlock | None = Field(default=None, description="A picture.")
    reference: TextTable | None = Field(default=None, description="A table of plain words.")
    worst: Listing | None = Field(default=None, description="What is off track or at risk, worst first.")
    actions: Listing | None = Field(default=None, description="Open actions of Notes, the next due first.")
    explain: Items | None = Field(default=None, description="Metrics as a line of numbers: how they come about.")
    heading: str | None = Field(default=None, description="A line of words.")


class Page(Part):
    """A page of the workbook, or `from:` a page of a used framework."""

    sheet: str | None = Field(default=None, description="The page's id.")
    from_: str | None = Field(
        default=None, alias="from", description="A used framework whose page (or pages) stand here."
    )
    title: str | None = Field(default=None, description="The name on the tab and at the top.")
    question: str = Field(default="", description="The question that the page answers.")
    audience: str = Field(default="", description="Who reads it.")
    cadence: str = Field(default="", description="How often it is filled.")
    review: str = Field(default="", description="How often it is discussed.")
    when: When | None = Field(default=None, description="The options under which the page is there.")
    at: dict[str, str] = Field(default_factory=dict, description="Member, or input that chooses one, by dimension.")
    blocks: list[Block] = Field(
        default_factory=list, min_length=1, description="What stands on the page, from top to bottom."
    )
