"""How a reference function is written and called.

A function has the name of its metric (or the one its `python:` key gives) and parameters named after metrics; each
gets that metric's value at the same coordinate. `Annotated[float, At("cost_actual[programs]")]` takes the value at
another one. A parameter with the name of a dimension gets the member's id, "total" at the total. A blank never
reaches a function unless the parameter allows None. An undefined result is a ZeroDivisionError or `Undefined`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class At:
    """Where a parameter's value stands, as a formula says it: a metric with coordinates in brackets."""

    reference: str


class Undefined(ArithmeticError):  # noqa: N818 - it says what the result is, not that something failed
    """The result is undefined, for instance a payback where nothing is ever paid back; shown as n/a."""
