"""Compiles YAML frameworks of metrics into Excel workbooks with live formulas.

    import metricbook

    model = metricbook.load("growth")
    Path("growth.xlsx").write_bytes(metricbook.build_workbook("growth", sample=True).content)

The public names are looked up when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    __version__: str
    from metricbook.api import Built, Checked, build_workbook, check, load
    from metricbook.batches import Batch, Done, batch
    from metricbook.model.model import Model
    from metricbook.new import Written, new_client
    from metricbook.problems import Location, Problem, Refused
    from metricbook.source.load import shipped
    from metricbook.trace import Trace, trace_of

__all__ = [
    "Batch",
    "Built",
    "Checked",
    "Done",
    "Location",
    "Model",
    "Problem",
    "Refused",
    "Trace",
    "Written",
    "__version__",
    "batch",
    "build_workbook",
    "check",
    "load",
    "new_client",
    "shipped",
    "trace_of",
]

_HOMES = {
    "metricbook.api": ("Built", "Checked", "build_workbook", "check", "load"),
    "metricbook.batches": ("Batch", "Done", "batch"),
    "metricbook.model.model": ("Model",),
    "metricbook.new": ("Written", "new_client"),
    "metricbook.problems": ("Location", "Problem", "Refused"),
    "metricbook.source.load": ("shipped",),
    "metricbook.trace": ("Trace", "trace_of"),
}


def __getattr__(name: str) -> Any:
    """Find a public name in its module."""
    if name == "__version__":
        return _version()
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _version() -> str:
    """The installed version; "0" in a folder of sources that nobody installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("metricbook")
    except PackageNotFoundError:
        return "0"


def __dir__() -> list[str]:
    """The public names."""
    return __all__
