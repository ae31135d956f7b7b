"""The workbooks of all client files in a folder, in parallel; one that fails stops no other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from metricbook.client_folder import ClientFile, client_files, returned
from metricbook.parallel import run_all
from metricbook.problems import Location, Problem, Refused

MOST_NOTES = 20
"""How many notes a workbook hands back; a report of thousands of cells stands in the workbook itself."""


@dataclass(frozen=True)
class Done:
    """What became of one client file: the workbook that was written, or the problems for which there is none."""

    file: str
    client: str = ""
    framework: str = ""
    workbook: str = ""
    filled_in: str = ""  # the returned workbook whose numbers were carried over
    data_through: str = ""  # how far that one is filled in
    carried: int = 0
    left: int = 0  # what had no place, and stands on a sheet of its own
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def fine(self) -> bool:
        """Is there a workbook?"""
        return not self.problems


@dataclass(frozen=True)
class Batch:
    """All results in the order of their files, what was passed over, and what is wrong beside them."""

    results: tuple[Done, ...]
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> tuple[Done, ...]:
        """The client files without a workbook."""
        return tuple(each for each in self.results if not each.fine)

    @property
    def fine(self) -> bool:
        """Has every client file a workbook, and is nothing wrong beside them?"""
        return not self.failed and not self.problems


@dataclass(frozen=True)
class Task:
    """One workbook to build: small, since it is handed to another process."""

    client: ClientFile
    target: str
    sample: bool = False


Progress = Callable[[int, int], None]
"""Told how many are done, of how many."""


def batch(
    folder: str | Path,
    output: str | Path = "",
    *,
    sample: bool = False,
    filled_in: str | Path | None = None,
    executor: Executor | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Batch:
    """Build the workbook of every client file in a folder and write it into `output`, here by default.

    `filled_in` is a folder of returned workbooks: each client's numbers are carried over from its own. The work is
    done by processes, as many as there are processors, or by any `executor`.
    """
    clients, notes, failed = client_files(Path(folder), sample)
    problems: tuple[Problem, ...] = ()
    if filled_in is not None:
        found = returned(Path(filled_in), clients, executor, workers)
        clients, problems = found.clients, found.problems
        failed, notes = {**failed, **found.failed}, (*notes, *found.notes)
    todo = [each for each in clients if each.file not in failed]
    tasks = [Task(each, str(Path(output) / each.workbook), sample) for each in todo]
    results = {each.file: _failure(each, failed[each.file]) for each in clients if each.file in failed}
    if progress is not None:
        progress(len(results), len(clients))
    for number, done in run_all(tasks, build_one, _lost, executor, workers):
        results[todo[number].file] = done
        if progress is not None:
            progress(len(results), len(clients))
    return Batch(tuple(results[each.file] for each in clients), notes, problems)


def build_one(task: Task) -> Done:
    """Build and write one workbook; whatever goes wrong is among the problems. Runs in a process of its own."""
    from metricbook.api import build_workbook
    from metricbook.output import write_all

    client = task.client
    try:
        built = build_workbook(client=client.file, sample=task.sample, filled_in=client.filled_in or None)
        write_all({Path(task.target): built.content}, keep=client.filled_in or None)
    except Refused as refused:
        return _failure(client, refused.problems)
    except Exception as error:
        return _lost(task, error)
    notes = (*built.notes, *(line for use in built.data for line in use.lines()))
    done = Done(client.file, built.client, built.model.framework.framework, task.target)
    if built.report is not None:
        from metricbook.filled.words import report_lines

        notes = (*notes, *report_lines(built.report))
        through = client.through.isoformat() if client.through else ""
        done = replace(done, filled_in=client.filled_in, data_through=through)
        done = replace(done, carried=built.report.carried, left=len(built.report.dropped))
    more = (f"… and {len(notes) - MOST_NOTES} more",) if len(notes) > MOST_NOTES else ()
    return replace(done, notes=(*notes[:MOST_NOTES], *more))


def _failure(client: ClientFile, problems: tuple[Problem, ...]) -> Done:
    return Done(client.file, client.client, client.framework, filled_in=client.filled_in, problems=problems)


def _lost(task: Task, error: BaseException) -> Done:
    """What is said of a build that ended in a way nobody foresaw."""
    said = " ".join(f"{type(error).__name__}: {error}".split())
    sentence = f"The build of {task.client.file} broke off: {said.rstrip('.')}."
    problem = Problem("broke-off", sentence, "Build it alone to see more.", Location(task.client.file))
    return _failure(task.client, (problem,))
