"""The shape of a framework file. Strict at the door, frozen inside; meaning is proven later, in `model`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Scalar = float | str | bool | None
Values = Scalar | list[Scalar] | dict[str, Scalar | list[Scalar]]
"""One value for all, a list by period, or a mapping by member (of one value or a list by period)."""

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
When = dict[str, str | list[str]]
Need = Literal["essential", "useful", "optional"]
Blank = Literal["missing", "unused", "carry"]
Good = Literal["higher", "lower", "range"]
PeriodRollup = Literal["sum", "last", "first", "average", "none", "recompute"]


def _percent(value: Any) -> Any:
    """Read "22%" as 0.22 and "1.5 %" as 0.015; leave anything else alone."""
    if isinstance(value, str) and value.endswith("%"):
        try:
            # scaled as text: 7 / 100 is exact enough, 0.07 is what a reader means
            return float(f"{float(value[:-1].strip().replace('_', ''))}e-2")
        except ValueError:
            return value
    return value


Amount = Annotated[float, BeforeValidator(_percent)]
AmountOrFormula = Annotated[float | str | list[float | None], BeforeValidator(_percent)]


class Part(BaseModel):
    """The base of every part of a framework file: unknown keys are refused, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Option(Part):
    """A choice that the client makes; `when:` and `follow:` refer to it by its id."""

    label: str = Field("", description="The question as the reader sees it.")
    options: dict[str, str] | list[str] = Field(description="Option ids with their words.")
    default: str = Field(description="The option in force unless a client chooses another.")


class Group(Part):
    """Members of a dimension that have a subtotal."""

    label: str
    members: dict[str, str]


class Dimension(Part):
    """A named axis along which metrics have values."""

    label: str = Field("", description="Heading of the member column.")
    grain: Literal["month", "quarter", "week", "year"] | None = Field(None, description="Only for `period`.")
    count: int | None = Field(None, ge=1, le=60, description="How many periods; only for `period`.")
    first: str | None = Field(None, description="Key of the first period: 2026-01, 2026-Q1, 2026-W01 or 2026.")
    fiscal_year_start: int | None = Field(None, ge=1, le=12, description="Month in which the fiscal year begins.")
    members: dict[str, str] | list[str] | None = Field(None, description="Ids with labels, or labels alone.")
    groups: dict[str, Group] | None = Field(None, description="Members by group; a group has a subtotal.")
    spare: int = Field(0, ge=0, le=100, description="Rows for members that the reader names on Lists.")
    total: bool | str = Field(
        True, description="False where members are alternatives or overlap; or the total's label."
    )
    of: str | None = Field(None, description="The dimension whose members this one takes a part of.")


class Constant(Part):
    """A documented number of the framework that stands among the settings."""

    label: str
    unit: str
    value: Amount
    definition: str = ""
    source: str = ""


class Section(Part):
    """A part of Inputs with its own heading."""

    title: str
    used: bool = Field(True, description="False: off until somebody says yes on Start.")


class Input(Part):
    """How a metric is typed in."""

    example: Values = Field(None, description="Sample data: one for all, a list by period, or a mapping by member.")
    min: Amount | None = None
    max: Amount | None = None
    need: Need = "useful"
    blank: Blank = Field("missing", description="What an empty cell means: missing, unused (0), or carry.")
    initial: Values = Field(None, description="Stands in the cell of an empty workbook.")
    prompt: str = Field("", description="Shown when the cell is selected.")
    options: dict[str, str] | None = Field(None, description="What may be chosen; ids with words (unit choice).")
    of: str | None = Field(None, description="The dimension of which a member is chosen (unit member).")
    required: bool = Field(True, description="False: never counted as missing.")


class Benchmark(Part):
    """A range that others reach. `from` and `to` include the bound; `above` and `below` exclude it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)
    id: str = ""
    from_: Amount | None = Field(None, alias="from")
    to: Amount | None = None
    above: Amount | None = None
    below: Amount | None = None
    source: str = ""


class Band(Part):
    """A step of an ordered scale: its upper bound (`to` includes it, `below` excludes it; the last has none)."""

    to: Amount | None = None
    below: Amount | None = None
    word: str
    status: Literal["good", "fair", "bad"]


class Target(Part):
    """What a metric should reach: an own value, or a range; last year, industry and a model stand beside it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)
    value: AmountOrFormula | None = Field(None, description="The own target; a list gives one per period (phased).")
    history: AmountOrFormula | None = Field(None, description="What was reached before, as known when it was set.")
    model: AmountOrFormula | None = Field(None, description="What the plan needs: a formula.")
    path: Amount | None = Field(None, description="A straight line from the opening to this value at the end.")
    opening: str | None = Field(None, description="The metric or number at which the path begins.")
    from_: AmountOrFormula | None = Field(None, alias="from")
    to: AmountOrFormula | None = None
    per: Literal["period", "quarter", "year"] = "period"
    use: Literal["value", "history", "benchmark", "model"] = "value"
    by: list[str] | None = None


class Variant(Part):
    """One of several ways to define a metric."""

    label: str = ""
    formula: str | dict[str, str] | None = None
    input: Input | None = None
    by: list[str | list[str]] | None = None
    rollup: PeriodRollup | dict[str, PeriodRollup] | None = None
    weight: str | None = None
    definition: str = ""
    source: str = ""
    python: str | None = None
    undefined_if: str | None = None


class Metric(Part):
    """A value over named dimensions: typed in (`input`) or calculated (`formula`)."""

    label: str | None = None
    unit: str | None = None
    definition: str | None = None
    by: list[str | list[str]] | None = Field(None, description="Its dimensions; a list inside the list is margins.")
    input: Input | None = None
    formula: str | dict[str, str] | None = None
    rollup: PeriodRollup | dict[str, PeriodRollup] | None = None
    weight: str | None = Field(None, description="The metric by which an average is weighted.")
    undefined_if: str | None = Field(None, description="Where this is true the result is n/a.")
    good: Good | None = None
    target: Target | None = None
    benchmark: Benchmark | list[Benchmark] | None = None
    bands: list[Band] | None = None
    owner: str | None = None
    tier: str | None = None
    cadence: str | None = None
    source: str | None = None
    python: str | None = Field(None, description="The plain Python function that gives the same number.")
    aliases: list[str] | None = None
    signed: bool | None = Field(None, description="Show a plus sign too.")
    decimals: int | None = Field(None, ge=0, le=6)
    section: str | None = Field(None, description="The part of Inputs it is typed in.")
    tags: dict[str, str] | None = None
    when: When | None = None
    follow: str | None = Field(None, description="The profile key whose option chooses the variant.")
    variants: dict[str, Variant] | None = None
    default: str | None = Field(None, description="The variant in force where none is followed.")


class Check(Part):
    """A statement that must hold wherever its operands are there."""

    id: Id
    formula: str
    severity: Literal["error", "warning", "note"] = "error"
    message: str
    when: When | None = None


class Choice(Part):
    """A metric or heading with a condition, where a list has plain names otherwise."""

    metric: str | None = None
    heading: str | None = None
    when: When | None = None


Item = str | Choice
Items = list[Item]
Axis = str | Items


class Table(Part):
    """Metrics or members down, views, members or periods across."""

    title: str = ""
    rows: Axis
    columns: Axis
    metric: str | None = Field(None, description="The metric, when both axes are dimensions.")
    groups: Literal["headings", "subtotals"] | None = None
    total: bool = False
    headers: dict[str, str] = Field(default_factory=dict)
    at: dict[str, str] = Field(default_factory=dict)
    note: str = ""


class Scorecard(Part):
    """Target, actual, variance and status, one metric a row."""

    title: str = ""
    rows: Items | None = None
    where: dict[str, str] | None = None
    order: str | None = None
    columns: list[str] | None = None
    headers: dict[str, str] = Field(default_factory=dict)


class ChartBlock(Part):
    """A picture of metrics over the periods, or over the members of a dimension."""

    kind: Literal["line", "column", "bar"]
    title: str
    metrics: Items
    over: str | None = None
    target: bool = False
    events: str | None = None


class TextTable(Part):
    """A table of plain words."""

    title: str = ""
    columns: list[str]
    rows: list[list[str]]


class Block(Part):
    """One part of a page: exactly one of these keys."""

    id: str | None = None
    when: When | None = None
    headline: Items | None = None
    scorecard: Scorecard | Items | None = None
    table: Table | None = None
    chart: ChartBlock | None = None
    reference: TextTable | None = None
    heading: str | None = None


class Page(Part):
    """A page of the workbook, or `from:` a page of a used framework."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)
    sheet: str | None = None
    from_: str | None = Field(None, alias="from")
    title: str | None = None
    question: str = ""
    audience: str = ""
    cadence: str = ""
    review: str = ""
    when: When | None = None
    at: dict[str, str] = Field(default_factory=dict)
    blocks: list[Block] = Field(default_factory=list)


class Tier(Part):
    """A level of the hierarchy of metrics, with what its metrics inherit."""

    label: str
    cadence: str = ""
    audience: str = ""
    review: str = ""


class Defaults(Part):
    """What every metric of the file has unless it says otherwise. `by` applies to inputs."""

    by: list[str | list[str]] | None = None
    source: str | None = None
    owner: str | None = None
    tier: str | None = None
    cadence: str | None = None
    section: str | None = None


class Framework(Part):
    """A framework file."""

    framework: Id = Field(description="Its id: lower case, digits and underscores.")
    title: str
    summary: str = ""
    version: str = Field("1.0.0", description="Quoted, as major.minor.patch.")
    uses: list[str] = Field(default_factory=list, description="Frameworks whose metrics are usable here.")
    north_star: str | list[Choice] | None = None
    sources: dict[str, str] = Field(default_factory=dict, description="Short names of the sources cited.")
    defaults: Defaults = Defaults()
    profile: dict[str, Option] = Field(default_factory=dict)
    tags: dict[str, dict[str, str]] = Field(default_factory=dict)
    tiers: dict[str, Tier] = Field(default_factory=dict)
    dimensions: dict[Id, Dimension] = Field(default_factory=dict)
    constants: dict[Id, Constant] = Field(default_factory=dict)
    sections: dict[Id, Section] = Field(default_factory=dict)
    metrics: dict[Id, Metric] = Field(default_factory=dict)
    checks: list[Check] = Field(default_factory=list)
    choose: dict[str, str] = Field(default_factory=dict, description="Variants in force, by metric id.")
    hide: list[str] = Field(default_factory=list, description="Metrics, dimensions, sheets and blocks left out.")
    sheets: list[Page] = Field(default_factory=list)
