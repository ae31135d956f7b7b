"""What a filled workbook holds, as plain data: no file and no sheet is needed any more to work with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from metricbook.filled.cells import Value
from metricbook.layout.plan import Address, Constant
from metricbook.layout.settings import Settings
from metricbook.problems import Problem


@dataclass(frozen=True, slots=True)
class Held:
    """What stands in one cell that is typed into. `place` says where: Inputs!K9; `error` that it is one: #REF!"""

    value: Value
    place: str
    formula: bool = False
    error: bool = False


@dataclass(frozen=True, slots=True)
class Stray:
    """Something typed that no id and no key stands for, or that two do."""

    held: Held
    label: str
    why: str
    address: Address = ("", "", "")


@dataclass(frozen=True)
class Pasted:
    """A record table as it was pasted: the ids of its columns, and its rows with the place of each cell."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Held | None, ...], ...]


@dataclass(frozen=True)
class Filled:
    """A workbook that came back. `held` is what stands under each address, `issued` what stood there at first,
    `loaded` what files said.

    `lines` are the rows that are there, with their labels; `words` gives the id of each word that may be chosen, list
    by list; `left` is what had no cell in it; `text` is the framework it was built from. `shift` turns its dates into
    those of every other workbook.
    """

    file: str
    framework: str
    version: str
    fingerprint: str
    text: str = field(repr=False)
    profile: Mapping[str, str] = field(default_factory=dict)
    client: str = ""
    currency: str = ""
    looks: Settings = field(default_factory=Settings, repr=False)
    held: Mapping[Address, Held] = field(default_factory=dict)
    issued: Mapping[Address, Constant] = field(default_factory=dict)
    loaded: Mapping[Address, Constant] = field(default_factory=dict)
    lines: Mapping[tuple[str, str], str] = field(default_factory=dict)
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    records: Mapping[str, Pasted] = field(default_factory=dict)
    left: Mapping[Address, Stray] = field(default_factory=dict)
    strays: tuple[Stray, ...] = ()
    findings: tuple[Problem, ...] = ()
    shift: float = 0.0

    def typed(self, address: Address) -> Held | None:
        """What somebody typed there: None where nothing stands, or only what was issued."""
        held = self.held.get(address)
        if held is None or (address in self.issued and same(held.value, self.issued[address])):
            return None
        return held


def same(one: Value, other: Value) -> bool:
    """Are two contents the same? Other programs save numbers with fewer digits."""
    if isinstance(one, float) and isinstance(other, float | int):
        return abs(one - other) <= 1e-12 * max(abs(one), abs(other))
    return one == other
