"""Compiles YAML frameworks of metrics into Excel workbooks with live formulas.

    import metricbook

    model = metricbook.load("growth")
    Path("growth.xlsx").write_bytes(metricbook.build_workbook("growth", sample=True).content)

The public names are looked up when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from metricbook.api import Built, Checked, build_workbook, check, load
    from metricbook.model.model import Model
    from metricbook.problems import Location, Problem, Refused
    from metricbook.source.load import shipped
    from metricbook.trace import Trace, trace_of

__all__ = [
    "Built",
    "Checked",
    "Location",
    "Model",
    "Problem",
    "Refused",
    "Trace",
    "__version__",
    "build_workbook",
    "check",
    "load",
    "shipped",
    "trace_of",
]

try:
    __version__ = version("metricbook")
except PackageNotFoundError:  # run from a folder of sources that nobody installed
    __version__ = "0"

_HOMES = {
    "metricbook.api": ("Built", "Checked", "build_workbook", "check", "load"),
    "metricbook.model.model": ("Model",),
    "metricbook.problems": ("Location", "Problem", "Refused"),
    "metricbook.source.load": ("shipped",),
    "metricbook.trace": ("Trace", "trace_of"),
}


def __getattr__(name: str) -> Any:
    """Find a public name in its module."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names."""
    return __all__
