"""What holds for every test run."""

from __future__ import annotations

import gc

import pytest

# A workbook is a great many small objects that live until their test is over: to look for garbage among them after
# every seven hundredth, as Python does by default, takes a third of the suite's time.
gc.set_threshold(200_000, 10, 100)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """LibreOffice takes longest, so it begins: a worker does not wait for it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("soffice") is None)
