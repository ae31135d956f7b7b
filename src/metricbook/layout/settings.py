"""What a build may choose beyond the framework: client, currency, tolerances, and the data that is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from metricbook.layout.plan import Address
from metricbook.model.metric import Where

Typed = float | str | None
Row = tuple[Typed, ...]
"""A record: one cell for each pasted column of its table; dates as a spreadsheet counts them."""
Key = tuple[str, Where, int | None]
"""A metric, its coordinate, and the number of its period from 0 (None for one value for all)."""


ShowIn = Literal["full", "thousands", "millions"]


@dataclass(frozen=True)
class Prepared:
    """Whom to ask about the workbook, and what they want its reader to know."""

    name: str = ""
    contact: str = ""
    note: str = ""


@dataclass(frozen=True)
class Left:
    """Something typed into an earlier workbook for which this one has no place, and why."""

    address: Address
    label: str
    place: str
    value: Typed
    why: str


@dataclass(frozen=True)
class Settings:
    """One workbook's choices. `inputs` are numbers already typed in, `records` rows already pasted, by table.

    `loaded` says where inputs come from that were loaded from files.
    `accent` is the brand's colour as six hex digits, `logo` a PNG or JPEG picture.
    `typed` is what was typed into an earlier workbook, by the address of the cell it belongs into; `left` is what
    has no such cell, `corrected` where something was typed over what a file says, which it goes before.
    """

    client: str = ""
    currency: str = "USD"
    accent: str = ""
    logo: bytes | None = None
    at_risk: float = 0.05
    tolerance: float = 0.001
    show_in: ShowIn = "full"
    prepared: Prepared = Prepared()
    words: Mapping[str, str] = field(default_factory=dict)
    formats: Mapping[str, str] = field(default_factory=dict)  # number formats by unit, and for `date` and `period`
    inputs: Mapping[Key, Typed] = field(default_factory=dict)
    loaded: Mapping[Key, str] = field(default_factory=dict)
    records: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    typed: Mapping[Address, Typed] = field(default_factory=dict)
    left: tuple[Left, ...] = ()
    corrected: frozenset[Address] = frozenset()
