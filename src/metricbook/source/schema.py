"""The shape of a framework file. Strict at the door, frozen inside; meaning is proven later, in `model`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from metricbook.source.dimensions import Dimension, Group, Member
from metricbook.source.pages import (
    Axis,
    Block,
    ChartBlock,
    Choice,
    Item,
    Items,
    Page,
    Scorecard,
    Table,
    TextTable,
)
from metricbook.source.part import (
    Amount,
    AmountOrFormula,
    Blank,
    Good,
    Id,
    Need,
    Part,
    PeriodRollup,
    Scalar,
    Values,
    When,
)
from metricbook.source.records import Column, Records

__all__ = [
    "Amount",
    "AmountOrFormula",
    "Axis",
    "Band",
    "Benchmark",
    "Blank",
    "Block",
    "ChartBlock",
    "Check",
    "Choice",
    "Column",
    "Constant",
    "Defaults",
    "Dimension",
    "Framework",
    "Good",
    "Group",
    "Id",
    "Input",
    "Item",
    "Items",
    "Member",
    "Metric",
    "Need",
    "Option",
    "Page",
    "Part",
    "PeriodRollup",
    "Records",
    "Scalar",
    "Scorecard",
    "Section",
    "Table",
    "Target",
    "TextTable",
    "Tier",
    "Values",
    "Variant",
    "When",
]


class Option(Part):
    """A choice that the client makes; `when:` and `follow:` refer to it by its id."""

    label: str = Field(default="", description="The question as the reader sees it.")
    options: dict[Id, str] | list[str] = Field(description="Option ids with their words.")
    default: str = Field(description="The option in force unless a client chooses another.")


class Constant(Part):
    """A documented number of the framework that stands among the settings."""

    label: str = Field(description="The name as the reader sees it.")
    unit: str = Field(description="currency, count, percent, ratio, days, months, …")
    value: Amount = Field(description="The number; a percent as 22% or 0.22.")
    definition: str = Field(default="", description="What the number is and why it is this one.")
    source: str = Field(default="", description="Where it comes from.")


class Section(Part):
    """A part of Inputs with its own heading."""

    title: str = Field(description="The heading.")
    used: bool = Field(default=True, description="False: off until somebody says yes on Start.")


class Input(Part):
    """How a metric is typed in."""

    example: Values = Field(
        default=None, description="Sample data: one for all, a list by period, or a mapping by member."
    )
    min: Amount | None = Field(default=None, description="The least value that may be typed.")
    max: Amount | None = Field(default=None, description="The greatest value that may be typed.")
    need: Need = Field(default="useful", description="How much the workbook loses without it.")
    blank: Blank = Field(default="missing", description="What an empty cell means: missing, unused (0), or carry.")
    initial: Values = Field(default=None, description="Stands in the cell of an empty workbook.")
    prompt: str = Field(default="", description="Shown when the cell is selected.")
    options: dict[Id, str] | None = Field(
        default=None, description="What may be chosen; ids with words (unit choice)."
    )
    of: str | None = Field(default=None, description="The dimension of which a member is chosen (unit member).")
    required: bool = Field(default=True, description="False: never counted as missing.")


class Benchmark(Part):
    """A range that others reach. `from` and `to` include the bound; `above` and `below` exclude it."""

    id: str = Field(default="", description="Its name, where there are several to choose from.")
    from_: Amount | None = Field(
        default=None, alias="from", description="The lower end, which still belongs to the range."
    )
    to: Amount | None = Field(default=None, description="The upper end, which still belongs to the range.")
    above: Amount | None = Field(default=None, description="The range lies above this.")
    below: Amount | None = Field(default=None, description="The range lies below this.")
    source: str = Field(default="", description="Who measured it.")


class Band(Part):
    """A step of an ordered scale: its upper bound (`to` includes it, `below` excludes it; the last has none)."""

    to: Amount | None = Field(default=None, description="The step's upper end, which still belongs to it.")
    below: Amount | None = Field(default=None, description="The step ends below this.")
    word: str = Field(description="What the reader sees.")
    status: Literal["good", "fair", "bad"] = Field(description="How it is coloured and counted.")


class Target(Part):
    """What a metric should reach: an own value, or a range; last year, industry and a model stand beside it."""

    value: AmountOrFormula | None = Field(default=None, description="The own target; a list gives one per period.")
    history: AmountOrFormula | None = Field(
        default=None, description="What was reached before, as known when it was set."
    )
    model: AmountOrFormula | None = Field(default=None, description="What the plan needs: a formula.")
    path: Amount | None = Field(
        default=None, description="A straight line from the opening to this value at the end."
    )
    opening: str | None = Field(default=None, description="The metric or number at which the path begins.")
    from_: AmountOrFormula | None = Field(default=None, alias="from", description="The lower end of a target range.")
    to: AmountOrFormula | None = Field(default=None, description="The upper end of a target range.")
    per: Literal["period", "quarter", "year"] = Field(
        default="period", description="The time that the value is meant for."
    )
    use: Literal["value", "history", "benchmark", "model"] = Field(
        default="value", description="Which one is in force."
    )
    by: list[str] | None = Field(default=None, description="Its dimensions; only `period` by default.")
    example: bool = Field(
        default=False, description="Its numbers are the sample company's; other workbooks begin without them."
    )


class Variant(Part):
    """One of several ways to define a metric."""

    label: str = Field(default="", description="Names the definition, not the metric.")
    formula: str | dict[str, str] | None = Field(
        default=None, description="How it is calculated; or a formula per member."
    )
    input: Input | None = Field(default=None, description="How it is typed in.")
    by: list[str | list[str]] | None = Field(
        default=None, description="Its dimensions; a list inside the list is margins."
    )
    rollup: PeriodRollup | dict[str, PeriodRollup] | None = Field(
        default=None, description="How members and periods add up."
    )
    weight: str | None = Field(default=None, description="The metric by which an average is weighted.")
    definition: str = Field(default="", description="What it means, in a sentence.")
    source: str = Field(default="", description="Whose definition it is.")
    python: str | None = Field(default=None, description="The plain Python function that gives the same number.")
    undefined_if: str | None = Field(default=None, description="Where this is true the result is n/a.")


class Metric(Part):
    """A value over named dimensions: typed in (`input`) or calculated (`formula`)."""

    label: str | None = Field(default=None, description="The name as the reader sees it.")
    unit: str | None = Field(
        default=None, description="currency, count, percent, points, ratio, days, text, …, or x/month."
    )
    definition: str | None = Field(default=None, description="What it means, in a sentence.")
    by: list[str | list[str]] | None = Field(
        default=None, description="Its dimensions; a list inside the list is margins."
    )
    input: Input | None = Field(default=None, description="How it is typed in.")
    formula: str | dict[str, str] | None = Field(
        default=None, description="How it is calculated; or a formula per member."
    )
    rollup: PeriodRollup | dict[str, PeriodRollup] | None = Field(
        default=None, description="How members and periods add up."
    )
    weight: str | None = Field(default=None, description="The metric by which an average is weighted.")
    undefined_if: str | None = Field(default=None, description="Where this is true the result is n/a.")
    good: Good | None = Field(default=None, description="Which way is better; without it a metric has no status.")
    target: Target | None = Field(default=None, description="What it should reach.")
    benchmark: Benchmark | list[Benchmark] | None = Field(default=None, description="What others reach.")
    bands: list[Band] | None = Field(default=None, description="An ordered scale of words, from the lowest step up.")
    owner: str | None = Field(default=None, description="Who answers for it.")
    tier: str | None = Field(default=None, description="Its level, one of `tiers`.")
    cadence: str | None = Field(default=None, description="How often it is looked at.")
    source: str | None = Field(default=None, description="Whose definition it is.")
    python: str | None = Field(default=None, description="The plain Python function that gives the same number.")
    aliases: list[str] | None = Field(
        default=None, description="Its earlier ids, so that older workbooks are understood."
    )
    short: str | None = Field(default=None, description="Its label on a card, where there is little room.")
    signed: bool | None = Field(default=None, description="Show a plus sign too.")
    last_year: bool | None = Field(
        default=None, description="Is it judged by last year's value where it has no target? Usually yes."
    )
    decimals: int | None = Field(default=None, ge=0, le=6, description="Digits after the point.")
    section: str | dict[str, str] | None = Field(
        default=None, description="The part of Inputs it is typed in; or one for each of its margins."
    )
    tags: dict[str, str] | None = Field(default=None, description="Attributes by which pages choose it.")
    when: When | None = Field(default=None, description="The options under which it is there.")
    follow: str | None = Field(default=None, description="The profile key whose option chooses the variant.")
    variants: dict[Id, Variant] | None = Field(default=None, description="Several ways to define it.")
    default: str | None = Field(default=None, description="The variant in force where none is followed.")


class Check(Part):
    """A statement that must hold wherever its operands are there."""

    id: Id = Field(description="Its name in the list of checks.")
    formula: str = Field(description="What must be true.")
    severity: Literal["error", "warning", "note"] = Field(default="error", description="How bad it is if it fails.")
    message: str = Field(description="What the reader is told if it fails.")
    over: Id | None = Field(default=None, description="A record table: the check is made in each of its rows.")
    when: When | None = Field(default=None, description="The options under which it is there.")


class Tier(Part):
    """A level of the hierarchy of metrics, with what its metrics inherit."""

    label: str = Field(description="The name as the reader sees it.")
    cadence: str = Field(default="", description="How often its metrics are looked at.")
    audience: str = Field(default="", description="Who looks at them.")
    review: str = Field(default="", description="How often they are discussed.")


class Defaults(Part):
    """What every metric of the file has unless it says otherwise. `by` applies to inputs."""

    by: list[str | list[str]] | None = Field(default=None, description="Dimensions of inputs.")
    source: str | None = Field(default=None, description="Whose definitions they are.")
    owner: str | None = Field(default=None, description="Who answers for them.")
    tier: str | None = Field(default=None, description="Their level.")
    cadence: str | None = Field(default=None, description="How often they are looked at.")
    section: str | None = Field(default=None, description="The part of Inputs they are typed in.")


class Framework(Part):
    """A framework file."""

    framework: Id = Field(description="Its id: lower case, digits and underscores.")
    title: str = Field(description="The name as the reader sees it.")
    summary: str = Field(default="", description="What it measures, in a sentence.")
    version: str = Field(default="1.0.0", description="As major.minor.patch.")
    uses: list[str] = Field(default_factory=list, description="Frameworks whose metrics are usable here.")
    north_star: str | list[Choice] | None = Field(
        default=None, description="The one metric above all, or one per option."
    )
    sources: dict[str, str] = Field(default_factory=dict, description="Short names of the sources cited.")
    defaults: Defaults = Field(default=Defaults(), description="What every metric has unless it says otherwise.")
    profile: dict[Id, Option] = Field(default_factory=dict, description="What a client chooses.")
    tags: dict[Id, dict[Id, str]] = Field(default_factory=dict, description="Attributes of metrics with their words.")
    tiers: dict[Id, Tier] = Field(default_factory=dict, description="Levels of the hierarchy, from the top down.")
    dimensions: dict[Id, Dimension] = Field(default_factory=dict, description="Axes along which metrics have values.")
    constants: dict[Id, Constant] = Field(default_factory=dict, description="Documented numbers among the settings.")
    sections: dict[Id, Section] = Field(default_factory=dict, description="Parts of Inputs with their own heading.")
    records: dict[Id, Records] = Field(default_factory=dict, description="Tables of rows to paste in.")
    metrics: dict[Id, Metric] = Field(default_factory=dict, description="All metrics, typed in or calculated.")
    checks: list[Check] = Field(default_factory=list, description="Statements that must hold.")
    choose: dict[str, str] = Field(default_factory=dict, description="Variants in force, by metric id.")
    hide: list[str] = Field(default_factory=list, description="Metrics, dimensions, sheets and blocks left out.")
    sheets: list[Page] = Field(default_factory=list, description="The pages of the workbook, in order.")
