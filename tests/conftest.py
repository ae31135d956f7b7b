"""What holds for every test run."""

from __future__ import annotations

import gc

import pytest

# A workbook is a great many small objects that live until their test is over: to look for garbage among them after
# every seven hundredth, as Python does by default, takes a third of the suite's time.
gc.set_threshold(200_000, 10, 100)


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the marks
def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Tests that share a fixture run on one worker, which makes it once.

    LibreOffice takes longest, so it begins: no worker waits for it at the end.
    """
    for item in items:
        if item.get_closest_marker("xdist_group") is None and _shares(item):
            item.add_marker(pytest.mark.xdist_group(item.path.name))
    items.sort(key=lambda item: item.get_closest_marker("soffice") is None)


def _shares(item: pytest.Function) -> bool:
    """Has it a fixture of its module? Those of plugins have no place of their own."""
    defined = item._fixtureinfo.name2fixturedefs.values()
    return any(each[-1].scope == "module" and each[-1].baseid for each in defined)
