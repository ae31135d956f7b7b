"""Many tasks over processes: results as they are ready, and a worker that dies takes only its own task with it."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    as_completed,
    wait,
)
from multiprocessing import get_context
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_all(
    tasks: Sequence[Task],
    work: Callable[[Task], Result],
    lost: Callable[[Task, BaseException], Result],
    executor: Executor | None = None,
    workers: int | None = None,
) -> Iterator[tuple[int, Result]]:
    """Give each task's number with its result, as they become ready.

    `lost` says what stands for the result of a task that has none, since its worker died. `executor` may be any;
    without one there are as many processes as processors, or `workers`.
    """
    numbered = list(enumerate(tasks))
    if executor is not None:
        yield from _through(executor, numbered, work, lost)
        return
    waiting = deque(numbered)
    while waiting:
        for number, task in (yield from _pooled(waiting, work, lost, min(workers or processors(), len(tasks)))):
            # one of these did it, and nobody knows which: each gets a process of its own
            yield from _through(_pool(1), [(number, task)], work, lost, shut=True)


def _pool(workers: int) -> ProcessPoolExecutor:
    # a fresh process, not a copy of this one, whose threads (a progress bar has one) would be lost in the middle
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def _through(
    executor: Executor,
    tasks: Sequence[tuple[int, Task]],
    work: Callable[[Task], Result],
    lost: Callable[[Task, BaseException], Result],
    shut: bool = False,
) -> Iterator[tuple[int, Result]]:
    futures: dict[Future[Result], tuple[int, Task]] = {}
    try:
        for number, task in tasks:
            try:
                futures[executor.submit(work, task)] = (number, task)
            except (BrokenExecutor, RuntimeError) as error:  # it is broken, or was shut down
                yield number, lost(task, error)
        for future in as_completed(futures):
            number, task = futures[future]
            fault = future.exception()
            yield number, future.result() if fault is None else lost(task, fault)
    finally:
        if shut:
            executor.shutdown()


def _pooled(
    waiting: deque[tuple[int, Task]],
    work: Callable[[Task], Result],
    lost: Callable[[Task, BaseException], Result],
    workers: int,
) -> Generator[tuple[int, Result], None, list[tuple[int, Task]]]:
    """Work until nothing waits, or until a worker dies; return the tasks that were in hand then."""
    in_hand: dict[Future[Result], tuple[int, Task]] = {}
    with _pool(workers) as pool:
        while waiting or in_hand:
            # no more is handed out than there are workers, so what is in hand when one dies is little
            while waiting and len(in_hand) < workers:
                number, task = waiting[0]
                try:
                    in_hand[pool.submit(work, task)] = (number, task)
                except BrokenExecutor:
                    return list(in_hand.values())
                waiting.popleft()
            done, _ = wait(in_hand, return_when=FIRST_COMPLETED)
            for future in done:
                error = future.exception()
                if isinstance(error, BrokenExecutor):
                    return list(in_hand.values())
                number, task = in_hand.pop(future)
                yield number, future.result() if error is None else lost(task, error)
    return []
