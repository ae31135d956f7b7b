"""The shape of a client file: what one client has otherwise than the framework, in a small file.

It says the same things as a framework where it says them at all: the parts are those of `schema`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from metricbook.source.export import Export
from metricbook.source.part import Amount, Id, Part, PeriodKey
from metricbook.source.schema import Check, Choice, Defaults, Dimension, Framework, Metric, Page, Records

COLOUR = r"^#?([0-9A-Fa-f]{3}){1,2}$"
Several = Annotated[list[str], Field(min_length=1)]


class Brand(Part):
    """How the client's own things look."""

    color: str | None = Field(default=None, pattern=COLOUR, description='The accent, in quotes: "#0B5FFF".')
    logo: str | None = Field(default=None, description="A PNG or JPEG file, beside this file.")


class PreparedBy(Part):
    """Whom to ask; stands on Start and on Checks."""

    name: str | None = Field(default=None, description="Who made the workbook.")
    contact: str | None = Field(default=None, description="Where to reach them.")
    note: str | None = Field(default=None, description="What to know, or until when to send it back.")


class ClientSection(Part):
    """A part of Inputs under another heading, or used from the beginning."""

    title: str | None = Field(default=None, description="The heading.")
    used: bool | None = Field(default=None, description="True: asked for from the beginning; false: off.")


class ClientFile(Part):
    """A client file."""

    client: str | None = Field(default=None, description="Whose workbook it is; stands at the top of it.")
    formerly: str | Several | None = Field(
        default=None, description="What the client was called in workbooks that came back, where it was another name."
    )
    extends: str | None = Field(
        default=None, description="Another such file with what all clients have in common; the nearer one wins."
    )
    framework: str | Several | None = Field(
        default=None, description="The framework, an id or a path; or several for one workbook."
    )
    currency: str | None = Field(default=None, description="ISO code of the currency: EUR.")
    first_period: PeriodKey | None = Field(default=None, description="2026-01, 2026-Q1, 2026-W01 or 2026.")
    periods: int | None = Field(default=None, ge=1, le=60, description="How many periods the workbook has.")
    fiscal_year_start: int | None = Field(
        default=None, ge=1, le=12, description="Month in which the fiscal year begins."
    )
    brand: Brand = Field(default=Brand(), description="Colour and logo.")
    prepared_by: PreparedBy = Field(default=PreparedBy(), description="Whom to ask.")
    formats: dict[str, str] = Field(
        default_factory=dict,
        description='Excel number formats by unit, and for `date` and `period`: {date: "dd.mm.yyyy"}.',
    )
    show_in: Literal["full", "thousands", "millions"] | None = Field(
        default=None, description="How money is written on pages; the values stay whole."
    )
    at_risk: Amount | None = Field(default=None, ge=0, le=1, description="How far a target may be missed: 5%.")
    tolerance: Amount | None = Field(
        default=None, ge=0, le=1, description="How far two amounts may differ and still count as equal: 0.1%."
    )
    profile: dict[Id, str] = Field(default_factory=dict, description="The options chosen, by key.")
    words: dict[str, str] = Field(default_factory=dict, description="Fixed words of the workbook said otherwise.")
    dimensions: dict[Id, Dimension] = Field(default_factory=dict, description="Own members, or dimensions.")
    constants: dict[Id, Amount] = Field(
        default_factory=dict, description="Other numbers for constants of the framework."
    )
    sections: dict[Id, ClientSection] = Field(default_factory=dict, description="Parts of Inputs, by id.")
    records: dict[Id, Records] = Field(default_factory=dict, description="Own tables, or columns worked out.")
    metrics: dict[Id, Metric] = Field(
        default_factory=dict, description="Own labels, owners and targets of metrics; and own metrics."
    )
    checks: list[Check] = Field(default_factory=list, description="Own statements that must hold.")
    north_star: str | list[Choice] | None = Field(default=None, description="The one metric above all.")
    defaults: Defaults = Field(default=Defaults(), description="What every metric of this file has.")
    choose: dict[str, str] = Field(default_factory=dict, description="Variants in force, by metric id.")
    hide: list[str] = Field(
        default_factory=list, description="Metrics, dimensions, sheets, blocks and checks left out."
    )
    show: dict[str, str | Several] = Field(
        default_factory=dict, description="Where metrics are added: sheet.block, by metric id."
    )
    titles: dict[str, str] = Field(
        default_factory=dict, description="Other titles of pages, and of their blocks by sheet.block."
    )
    sheets: list[Page] = Field(default_factory=list, description="Own pages, after those of the framework.")
    data: list[Export] = Field(default_factory=list, description="Exports of other programs that are filled in.")


FORMATS = (
    "currency", "count", "percent", "points", "ratio", "score", "days", "weeks", "months", "quarters", "years",
    "seconds",
)  # fmt: skip
DATES = ("date", "period")
"""What may have a number format of the client's: units, days, and the heads of periods."""


OWN_KEYS = frozenset(ClientFile.model_fields.keys() - Framework.model_fields.keys())
"""The keys by which a client file is known: no framework has them."""
