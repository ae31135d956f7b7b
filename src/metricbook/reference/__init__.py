"""Every KPI as a plain Python function, written from its published definition and without the compiler.

The tests compare each cell of a workbook with these functions, so they must not share code with what they check.

Conventions:

- A function is named by the metric's `python` (its id unless the framework says otherwise).
- A parameter is named after a metric or constant of the framework and gets its value at the same coordinate.
  A value at another coordinate is said in the type: `paid_spend: Annotated[float, At("channel_spend[paid]")]`.
- Functions along the periods take reserved names instead: `series` (the first argument's values from the first period
  up to this one), `opening` (what stands before the first period), `n` (a number of periods), `to_date` (values since
  the fiscal year or quarter began), `whole` (values of the whole fiscal year or quarter). None in them is a blank.
- A parameter named after a dimension gets the member's id, "total" at the total.
- A blank operand never reaches a function unless the parameter allows None: the caller gives blank then. Too little
  history returns None. An undefined result raises ZeroDivisionError, or `Undefined` where nothing is divided by zero.
- Each docstring has unit, clock, source and an example that is run as a test.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from inspect import getmembers, isfunction
from pkgutil import iter_modules

from metricbook.reference.conventions import At, Undefined

__all__ = ["At", "Reference", "Undefined", "find", "registry"]

Reference = Callable[..., "float | None"]


def find(name: str) -> Reference:
    """Return the reference function of that name; raise KeyError where there is none.

    >>> find("cac_payback")(500, 100, 0.8)
    6.25
    """
    return registry()[name]


@cache
def registry() -> dict[str, Reference]:
    """Every public function of this package's modules, by name; two of one name are an error."""
    found: dict[str, Reference] = {}
    for module in iter_modules(__path__, f"{__name__}."):
        for name, function in getmembers(import_module(module.name), isfunction):
            if function.__module__ != module.name or name.startswith("_"):
                continue
            if name in found:
                raise ValueError(f"{name} is defined in {found[name].__module__} and in {module.name}")
            found[name] = function
    return found
