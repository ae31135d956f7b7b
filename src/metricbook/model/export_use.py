"""What became of the rows of an export: used, ignored and why, missing, refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Use:
    """One export. Every row is used, ignored or refused; `passed` are lines that are no rows: titles, totals."""

    name: str
    into: tuple[str, ...]
    files: tuple[str, ...]
    rows: int
    used: int
    first: str = ""
    last: str = ""
    passed: Mapping[str, int] | None = None
    ignored: Mapping[str, int] | None = None
    refused: Mapping[str, int] | None = None
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def data(self) -> dict[str, Any]:
        """The same as plain data."""
        return asdict(self)

    def lines(self) -> Iterable[str]:
        """The same in words: a line, and one more for each thing that was not plainly used."""
        days = self.first if self.first == self.last else f"{self.first} to {self.last}"
        files = f" ({len(self.files)} files)" if len(self.files) > 1 else ""
        yield (
            f"{self.name}{files} → {', '.join(self.into)}: {self.used:,} of {self.rows:,} rows used"
            f"{f', {days}' if days else ''}"
        )
        for name, counts in (("not a row", self.passed), ("ignored", self.ignored), ("refused", self.refused)):
            if counts:
                yield f"  {name}: {', '.join(f'{reason} ({count:,})' for reason, count in counts.items())}"
        if self.missing:
            yield f"  missing: {'; '.join(self.missing)}"
        yield from (f"  {note}" for note in self.notes)


def added(counters: Iterable[Counter[str]]) -> dict[str, int]:
    """Counts of several files together, the largest first."""
    total: Counter[str] = Counter()
    for counter in counters:
        total.update(counter)
    return dict(total.most_common())
