"""Work for other processes that ends in ways no work should; processes find it by its name."""

from __future__ import annotations

import os


def echo_or_die(task: str) -> str:
    """The task itself; some tasks kill the process, or raise what cannot be foreseen."""
    if task == "die":
        os._exit(1)
    if task == "raise":
        raise ValueError("nobody foresaw this")
    return task


def lost(task: str, error: BaseException) -> str:
    """What is said of a task that has no result."""
    return f"{task}: {type(error).__name__}"
