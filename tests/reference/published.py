"""Worked examples of other people's pages: what goes in, the number that is printed there, and how it is rounded.

A number agrees with a print when it is no further from it than half of the last digit printed. A misprint is a print
that does not agree with its own inputs: the test then asks for the right number, worked out by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pytest

Function = Callable[..., float]


@dataclass(frozen=True)
class Printed:
    """A function, its inputs as the page gives them, and the number it prints, with so many decimals.

    Shares are fractions, so 14.3% is 0.143 with three decimals; 21k is 21,000 with -3.
    """

    function: Function
    inputs: tuple[float, ...]
    number: float
    places: int = 0

    def agrees(self, number: float) -> bool:
        return abs(number - self.number) <= 0.5 * 10**-self.places + 1e-9


@dataclass(frozen=True)
class Misprint(Printed):
    """The same where the print is wrong: the right number, and why the printed one is not."""

    right: float = 0
    why: str = ""


Pages = Mapping[str, Sequence[Printed]]


def examples(pages: Pages) -> Iterator[object]:
    """Each number of each page, named by the page's address."""
    for page, numbers in pages.items():
        site = page.rpartition("://")[2].partition("/")[0]
        for each in numbers:
            yield pytest.param(each, id=f"{site}-{each.function.__name__}")


def check(example: Printed) -> None:
    """The function gives what is printed, or the right number where the print is wrong."""
    number = example.function(*example.inputs)
    if isinstance(example, Misprint):
        assert number == pytest.approx(example.right, rel=1e-4), example.why
        assert not example.agrees(number), "the print is not wrong after all"
        return
    assert example.agrees(number), f"{number}, printed as {example.number}"
