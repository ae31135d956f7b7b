"""Frozen data of which a workbook has tens of thousands: formulas, runs of cells, places in a file.

    @frozen
    class Cell:
        row: int

The type checker, which sees all of the code, holds that nothing is assigned afterwards. A frozen dataclass would look
at run time too, and take four times as long to make.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """A dataclass with slots that can be hashed and that nobody changes."""
    return dataclass(slots=True, unsafe_hash=True)(cls)
